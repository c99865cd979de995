import hashlib
import subprocess
import sys
from importlib.resources import files

import numpy as np
import pytest

from survey.text.rules.word_table import WordTable, table_words, word_table


@pytest.fixture
def table():
    return WordTable(["never", "fly", "again", "ever"], np.eye(4, dtype=np.float32))


def test_a_text_is_the_mean_of_its_words_of_length_one(table):
    assert table.vector("Never fly!").tolist() == pytest.approx([0.5**0.5, 0.5**0.5, 0, 0])
    assert table.vector("?").tolist() == [0, 0, 0, 0]


def test_an_unknown_word_is_taken_apart_into_the_longest_known_ones(table):
    assert table.vector("neverflyagain").tolist() == pytest.approx(table.vector("never fly again").tolist())
    assert table.vector("xxneverxx").tolist() == [1, 0, 0, 0]
    assert table.vector("never" * 20).tolist() == [0, 0, 0, 0]


def test_words_are_spelled_as_in_the_table():
    assert table_words("Don’t WAIT, it's 9am") == ["dont", "wait", "its", "9am"]


def test_the_table_knows_what_is_near():
    near = word_table()
    price, staff = near.vector("price too high"), near.vector("staff were rude")
    assert near.vector("too expensive") @ price > 0.5
    assert near.vector("too expensive") @ price > near.vector("too expensive") @ staff + 0.3


def test_the_card_of_the_table_is_that_of_the_table():
    data = files("survey.text").joinpath("data")
    table = data.joinpath("words.npz").read_bytes()
    assert hashlib.sha256(table).hexdigest() in data.joinpath("words.md").read_text()
    assert len(table) < 8_000_000


def test_neither_numpy_nor_the_table_is_loaded_before_it_is_needed():
    said = "import sys; import survey.text.rules.reasons, survey.text.rules.judging; print({'numpy', 'nltk', 'sklearn', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_nltk_comes_without_the_heavy_libraries_beside_it():
    said = (
        "import sys; from survey.text.rules.evidence import ReasonBook; from survey.text.rules.judging import agreement\n"
        "from survey.reasons.rules import Wording\n"
        "assert ReasonBook({'a': Wording('A', ('waiting',))}).evidence('we waited')\n"
        "rows = [(who, str(n), 'ab'[n % 2]) for who in ('ann', 'bob') for n in range(12)]\n"
        "assert agreement(rows).alpha == 1\n"
        "print({'sklearn', 'scipy.stats'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
