"""What holds for every kind."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.kinds.base import Given, Invalid
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules import as_document, parse
from tests.factories.drafts import question, questionnaire

ROOT = Path(__file__).parents[3]
OPTIONS = {"options": [{"value": "yes", "words": "Yes"}, {"value": "no", "words": "No"}]}
ASKED = {name: question(name, **(OPTIONS if name == "choice" else {})) for name in KINDS}
SEEDS = [
    "",
    "yes",
    "no",
    "other",
    "Z2",
    "A2",
    "3",
    "10",
    "bo@example.org",
    "Bo",
    "words",
    "\ud800",
    "\x00",
    "٣",
]


@pytest.mark.parametrize("name", KINDS)
@given(raw=st.lists(st.one_of(st.sampled_from(SEEDS), st.text(), st.integers().map(str)), max_size=5))
def test_whatever_is_typed_is_an_answer_none_or_invalid(name, raw):
    kind, asked = KINDS[name], ASKED[name]
    try:
        answer = kind.clean(asked, Given(tuple(raw), {part: tuple(raw) for part in kind.parts(asked)}))
    except Invalid:
        return
    if answer is None:
        assert kind.is_empty(answer)
        return
    known = {value for value, _label in kind.values(asked)}
    assert set(kind.cells(asked, answer)) <= known
    kind.export(asked, answer).encode()
    (kind.written(asked, answer) or "").encode()
    if not kind.is_personal:
        assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_complete(name):
    kind = KINDS[name]
    assert kind.name == name
    assert kind.label
    assert kind.about
    assert kind.words
    assert set(kind.metrics) <= {"nps", "csat", "mean"}
    for part in ("ask", "tell"):
        assert (ROOT / "templates" / "kinds" / part / f"{name}.html").is_file()
    assert (ROOT / "tests" / "questionnaires" / "kinds" / f"test_{name}.py").is_file()


@pytest.mark.parametrize("name", KINDS)
def test_a_new_question_of_a_kind_survives_its_document(name):
    made = questionnaire({"key": "q", "kind": name, "words": KINDS[name].words})
    assert parse(json.loads(json.dumps(as_document(made)))) == made
