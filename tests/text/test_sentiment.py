"""The model and what surrounds it: what drove a reading, doubts, role and rating, and German."""

import subprocess
import sys

import pytest

from survey.text.rules import Chances, Sentiment, Verdict, read
from survey.text.rules.context import in_context
from survey.text.rules.features import SHAPE, terms
from survey.text.rules.german import base
from survey.text.rules.languages import language_of, told_apart
from survey.text.rules.model import model
from survey.text.rules.spelling import mended
from survey.text.rules.values import stored

DRIVEN = (
    "The staff were really friendly and the room was spotless.",
    "Terrible experience, the driver was rude and the parcel was damaged.",
    "Waited three hours and nobody told us anything.",
    "A delicious meal served by lovely people in a beautiful room.",
    "The app is slow and keeps crashing.",
    "Very disappointed with the awful quality.",
    "Excellent course, knowledgeable and patient teacher.",
    "They ignored my complaint and overcharged me.",
)
GERMAN = {
    "positive": (
        "Das Essen war ausgezeichnet und die Bedienung sehr aufmerksam.", "Alles bestens, gerne wieder!", "Es gab keine Probleme mit der Lieferung.",
        "Ich kann die Praxis nur empfehlen.", "Schnelle Lieferung und freundlicher Fahrer.", "Nichts zu meckern, alles super.",
        "Wir waren rundum zufrieden mit dem Urlaub.", "Die Mitarbeiterin hat mir sofort geholfen.", "Nicht schlecht, was ihr da gebaut habt.",
    ),
    "negative": (
        "Die Bedienung war unfreundlich und das Essen kalt.", "Der Zug hatte schon wieder Verspätung.", "Das Gerät funktioniert leider nicht.",
        "Ich bin mit dem Service nicht zufrieden.", "Der Kundendienst ist nie erreichbar.", "Viel zu teuer für diese Qualität.",
        "Nie wieder bei diesem Anbieter!", "Die neue App gefällt mir überhaupt nicht.", "Nach drei Wochen immer noch keine Antwort.",
        "Das war eine Zumutung.", "Die Zugverspätungen nerven gewaltig.",
    ),
    "mixed": ("Das Hotel war schön, aber das Frühstück war eine Katastrophe.", "Nettes Personal, jedoch furchtbar lange Wartezeiten."),
}  # fmt: skip


@pytest.mark.parametrize("text", DRIVEN)
def test_taking_the_words_out_that_drove_a_reading_moves_it(text):
    whole = read(text)
    left = text.casefold()
    for words in whole.signal_words:
        left = left.replace(words, " ")
    without = read(left)
    assert abs(without.text_chances.polarity) < 0.6 * abs(whole.text_chances.polarity)


def test_learned_words_are_among_those_that_drove_it():
    learned = [word for text in DRIVEN for word in read(text).signal_words]
    assert learned
    assert all(word == word.casefold() for word in learned)


@pytest.mark.parametrize(("verdict", "text"), [(kind, text) for kind, texts in GERMAN.items() for text in texts])
def test_german_is_read_by_its_own_grammar(verdict, text):
    reading = read(text, language="de")
    assert (reading.language, reading.verdict) == ("de", verdict)
    assert (reading.keywords, reading.reasons) == ((), ())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("freundlichen", "freundlich"),
        ("zugverspätungen", "verspätungen"),
        ("riesenproblem", "problem"),
        ("tisch", "tisch"),
    ],
)
def test_german_words_are_found_in_their_forms_and_compounds(typed, meant):
    assert base(typed) == meant


@pytest.mark.parametrize(
    "text", ["Die Gebühr ist in bar zu zahlen", "Der Brand im Lager war am Montag", "Die Art der Lieferung"]
)
def test_german_is_never_read_with_english_words(text):
    assert read(text, language="de").text_sentiment in (Sentiment.NONE, Sentiment.NEGATIVE)
    assert "die" not in read(text, language="de").signal_words


def test_a_language_that_we_cannot_read_has_role_and_rating_alone():
    text = "Le service était vraiment très lent"
    assert read(text).sentiment is Sentiment.NOT_SCORED
    assert read(text, rating=-1).verdict is Verdict.NEGATIVE
    assert read(text, rating=1).verdict is Verdict.POSITIVE
    assert read(text, rating=1).text_sentiment is Sentiment.NOT_SCORED


def test_the_expected_language_prevails_where_words_are_few_or_not_clear():
    assert language_of("Super Service", "en") == "en"
    assert language_of("Very efficient plus pleasant staff.", "en") == "en"
    assert language_of("Das Personal war sehr nett zu uns", "en-GB") == "de"
    assert language_of("The staff were kind to all of us", "de-AT", ["de", "en"]) == "en"
    assert language_of("Всё было отлично", "en") in ("ru", "uk")
    assert told_apart("ok", "en", ["en", "de"]) is None


def test_chances_are_chances():
    for text in (*DRIVEN, "", "n/a", "hm", "???"):
        found = read(text, rating=0.5, asks_for="faults")
        assert sum(found.chances) == pytest.approx(1)
        assert min(found.chances) >= 0
        assert found.confidence == pytest.approx(max(found.chances), abs=1e-4)


def test_role_and_rating_move_the_odds_both_ways_and_alike():
    even = Chances(0.3, 0.4, 0.3)
    down, up = in_context(even, "faults", None), in_context(even, "praise", None)
    assert down.negative == pytest.approx(up.positive)
    assert in_context(even, "open", 1.0).positive > in_context(even, "open", 0.5).positive > even.positive
    assert in_context(even, "open", None) is even


def test_words_without_a_known_signal_weigh_less_against_the_rating():
    against = Chances(0.6, 0.3, 0.1)
    assert in_context(against, "open", 1.0, is_heard=False).positive > in_context(against, "open", 1.0).positive


def test_a_doubtful_verdict_is_stored_as_its_best_guess():
    assert stored(Verdict.UNSURE, Chances(0.4, 0.35, 0.25)) is Sentiment.NEGATIVE
    assert stored(Verdict.UNSURE, Chances(0.3, 0.4, 0.3)) is Sentiment.NONE
    assert stored(Verdict.NEUTRAL, Chances(0.1, 0.8, 0.1)) is Sentiment.NONE
    assert stored(Verdict.MIXED, Chances(0.1, 0.8, 0.1)) is Sentiment.MIXED


def test_the_shipped_weights_fit_the_features():
    shipped = model()
    assert len(shipped.side) == len(shipped.neutral) == len(SHAPE)
    assert len(shipped.terms) > 5_000
    assert shipped.terms["excellent"].side > 0 > shipped.terms["rude"].side


def test_terms_are_words_and_pairs_with_the_ends_of_clauses():
    assert terms("Not 5 bad. Acme", {"acme"}) == {
        "not": 1, "^ not": 1, "#": 1, "not #": 1, "bad": 1, "# bad": 1, "bad $": 1, "^ $": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("horrable", "horrible"), ("proffesional", "professional"), ("apalling", "appalling"), ("beutiful", "beautiful"),
     ("charging", "charging"), ("appealing", "appealing"), ("staff", "staff"), ("wonderfull", "wonderful")],
)  # fmt: skip
def test_slips_of_the_keyboard_are_mended_and_other_words_left(typed, meant):
    assert mended(typed) == meant


def test_nltk_is_loaded_without_the_heavy_libraries_beside_it():
    code = (
        "import sys\nfrom survey.text.rules import warm_up\nwarm_up()\n"
        "print(sorted({'scipy', 'sklearn', 'pandas', 'matplotlib'} & {n for n, m in sys.modules.items()}))\n"
        "import scipy.stats, sklearn.linear_model"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_same_text_is_read_the_same():
    assert [read(text) for text in DRIVEN] == [read(text) for text in DRIVEN]


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b"])
def test_a_blank_is_not_even_nothing(text):
    reading = read(text, asks_for="faults", rating=1)
    assert (reading.verdict, reading.sentiment) == (Verdict.NONE, Sentiment.NONE)
