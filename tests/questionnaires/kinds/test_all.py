"""What holds for every kind."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaires.kinds.base import Given, Invalid
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules import as_document, parse
from survey.questionnaires.rules.languages import texts_of
from survey.questionnaires.rules.piping import filled_question
from tests.factories.drafts import question, questionnaire

ROOT = Path(__file__).parents[3]
OPTIONS = [{"value": "yes", "words": "Yes"}, {"value": "no", "words": "No; never"}, {"value": "a", "words": "-1"}]
ROWS = [{"value": "a", "words": "Row A"}, {"value": "code", "words": "Row B"}]
# Every kind with all that can be set about it, so that all of it is tried.
FULL = {
    "choice": {
        "options": OPTIONS,
        "other": "Something else",
        "none": "None",
        "several": True,
        "least": 2,
        "most": 2,
        "shuffled": True,
    },
    "dropdown": {"options": OPTIONS},
    "ranking": {"options": OPTIONS, "partial": True, "shuffled": True},
    "matrix": {"rows": ROWS, "options": OPTIONS},
    "number": {"lowest": -5, "highest": 2000, "decimals": 2, "unit": "hours"},
    "date": {"earliest": "2020-01-01", "latest": "2030-12-31"},
    "contact": {"quote": "You may quote me", "updates": "Tell me"},
    "csat": {"look": "faces"},
}
PLAIN = {
    "choice": {"options": OPTIONS},
    "ranking": {"options": OPTIONS},
    "matrix": {"rows": ROWS},
    "dropdown": {"options": OPTIONS},
}
ASKED = [question(name, **FULL.get(name, {})) for name in KINDS] + [question(name, **PLAIN[name]) for name in PLAIN]
SEEDS = [
    "", "yes", "no", "a", "other", "none", "Z2", "A2", "P1", "1", "2", "3", "10", "3,5", "1.234", "1 234", "-1", "−2", "bo@example.org",
    "Bo", "words", "\ud800", "\x00", "٣", "2026-09-30", "30.09.2026", "03/04/2026", "30 Sep 2026", "2026-02-31", "9" * 40, "1e5", "nan",
]  # fmt: skip
VALUES = st.lists(st.one_of(st.sampled_from(SEEDS), st.text(max_size=20), st.integers().map(str)), max_size=3)


def _name(asked):
    return f"{asked.kind}-{'full' if asked in ASKED[: len(KINDS)] else 'plain'}"


@pytest.mark.parametrize("asked", ASKED, ids=_name)
@settings(max_examples=60)
@given(data=st.data())
def test_whatever_is_typed_is_an_answer_none_or_invalid(asked, data):
    kind = KINDS[asked.kind]
    offered = [value for part in ("", *kind.parts(asked)) for value, _words in kind.options(asked, part)]
    values = st.one_of(VALUES, st.lists(st.sampled_from(offered or SEEDS), max_size=3))
    typed = Given(tuple(data.draw(values)), {part: tuple(data.draw(values)) for part in kind.parts(asked)})
    try:
        answer = kind.clean(asked, typed)
    except Invalid as refused:
        assert str(refused)  # noqa: PT017
        return
    if answer is None:
        assert kind.is_empty(answer)
        assert isinstance(kind.lacking(asked, answer), str)
        return
    _check_answer(kind, asked, answer)


def _check_answer(kind, asked, answer):
    """An answer is JSON, is counted by values that are known, reads in words, and can be given again by what is entered."""
    assert not kind.is_empty(answer)
    assert isinstance(kind.lacking(asked, answer), str)
    known = {value for value, _label in kind.values(asked)}
    assert not known or set(kind.cells(asked, answer)) <= known
    assert all(isinstance(line, str) and line.encode() for line in kind.said(asked, answer))
    (kind.written(asked, answer) or "").encode()
    kind.spoken(asked, answer).encode()
    if kind.is_personal:
        return
    assert json.loads(json.dumps(answer)) == answer
    assert kind.number(asked, answer) is None or isinstance(kind.number(asked, answer), float)
    parts = {part: kind.entered(asked, answer, part) for part in kind.parts(asked)}
    assert kind.clean(asked, Given(kind.entered(asked, answer), parts)) == answer
    if kind.takes_answer:
        assert set(kind.columns(asked)) <= set(kind.parts(asked))


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_complete(name):
    kind = KINDS[name]
    assert kind.name == name
    assert kind.label
    assert kind.about
    assert kind.words
    assert set(kind.metrics) <= {"nps", "csat", "ces", "mean"}
    assert kind.seconds(question(name)) > 0
    for part in ("ask", "tell"):
        assert (ROOT / "templates" / "kinds" / part / f"{name}.html").is_file()
    assert (ROOT / "tests" / "questionnaires" / "kinds" / f"test_{name}.py").is_file()


@pytest.mark.parametrize("name", KINDS)
def test_a_new_question_of_a_kind_survives_its_document(name):
    made = questionnaire({"key": "q", "kind": name, "words": KINDS[name].words})
    assert parse(json.loads(json.dumps(as_document(made)))) == made


@pytest.mark.parametrize("asked", ASKED, ids=_name)
def test_names_of_inputs_and_values_are_safe(asked):
    """They stand in `<key>.<part>`, and a row or place is parted from its answer by a colon."""
    kind = KINDS[asked.kind]
    for part in ("", *kind.parts(asked)):
        assert not set(".:") & set(part)
        assert not any(set(".:;") & set(value) for value, _words in kind.options(asked, part))


@pytest.mark.parametrize("asked", ASKED, ids=_name)
def test_every_word_that_customers_read_can_be_translated(asked):
    texts = texts_of(asked)
    made = filled_question(asked, str, ())
    assert made == asked
    readable = [
        words
        for part in ("", *KINDS[asked.kind].parts(asked))
        for _value, words in KINDS[asked.kind].options(asked, part)
    ]
    fixed = {"I’d rather not say", "Something else", *map(str, range(11))}
    assert {words for words in readable if words not in fixed} <= set(texts.values())


@pytest.mark.parametrize("asked", ASKED, ids=_name)
@given(junk=st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
                         lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)))  # fmt: skip
@settings(max_examples=30)
def test_a_setting_takes_what_fits_and_refuses_the_rest_with_a_reason(asked, junk):
    for setting in KINDS[asked.kind].settings:
        try:
            kept = setting.check(junk)
        except ValueError as refused:
            assert str(refused)  # noqa: PT017
            continue
        assert setting.check(json.loads(json.dumps(kept))) == kept
        assert setting.translated(kept, setting.texts(kept)) == kept
