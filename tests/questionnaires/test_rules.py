from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.foundation.errors import Refused
from survey.questionnaires.kinds.reasons import DEFAULT_PICK, picks
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules import (
    Questionnaire,
    as_document,
    broken_promises,
    ended,
    merged,
    parse,
    problems,
    state_of,
)
from survey.questionnaires.rules.addresses import free_address, is_address
from survey.questionnaires.rules.arranging import moved, with_new, without
from survey.questionnaires.rules.editing import edited
from survey.questionnaires.rules.effort import seconds_of
from survey.questionnaires.rules.languages import all_texts
from survey.questionnaires.rules.templates import TEMPLATES, questionnaire_from
from tests.factories.drafts import questionnaire

NPS = {"key": "nps", "kind": "nps", "words": "Would you?"}
TEXT = {"key": "why", "kind": "text", "words": "Why?"}
CONTACT = {"key": "contact", "kind": "contact", "words": "May we?"}


# ---- templates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "keys"), [
    ("satisfaction", ["nps", "reason", "rating"]),
    ("exit", ["reasons", "words", "better_value", "contact"]),
])  # fmt: skip
def test_a_template_can_be_published_as_it_is(name, keys):
    made = questionnaire_from(TEMPLATES[name], title=None, reasons=None)
    assert [question.key for question in made.questions] == keys
    assert problems(made, privacy="identified") == []


def test_own_title_and_reasons_stand_in_a_template():
    reasons = [{"code": "A2", "words": "The queue"}]
    made = questionnaire_from(TEMPLATES["exit"], title="Goodbye", reasons=reasons)
    assert made.title == "Goodbye"
    assert made.question("reasons").settings["options"] == reasons


# ---- documents ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("document", "place"), [
    (None, "the questionnaire"),
    ({"colour": 1}, "colour"),
    ({"title": 3}, "title"),
    ({"title": "x" * 121}, "title"),
    ({"title": "\ud800"}, "title"),
    ({"language": "english please"}, "language"),
    ({"questions": "many"}, "questions"),
    ({"questions": [NPS] * 51}, "questions"),
    ({"questions": [3]}, r"questions\[0\]"),
    ({"questions": [NPS, NPS]}, r"questions\[1\]\.key"),
    ({"questions": [{**NPS, "key": "Nps!"}]}, r"questions\[0\]\.key"),
    ({"questions": [{**NPS, "kind": "star"}]}, r"questions\[0\]\.kind"),
    ({"questions": [{**NPS, "kind": ["nps"]}]}, r"questions\[0\]\.kind"),
    ({"questions": [{**NPS, "is_required": "yes"}]}, r"questions\[0\]\.is_required"),
    ({"questions": [{**NPS, "settings": {"colour": 1}}]}, r"questions\[0\]\.settings"),
    ({"questions": [{**NPS, "settings": {"low": 1}}]}, r"questions\[0\]\.settings\.low"),
    ({"questions": [{**TEXT, "settings": {"asks_for": []}}]}, r"questions\[0\]\.settings\.asks_for"),
    ({"questions": [{"key": "c", "kind": "choice", "settings": {"options": [{"value": "a"}]}}]}, "number 1"),
    ({"questions": [{"key": "c", "kind": "choice", "settings": {"options": [{"value": "a", "words": "A"}] * 2}}]}, "same value"),
])  # fmt: skip
def test_a_corrupt_document_is_refused_with_its_place(document, place):
    with pytest.raises(Refused, match=place):
        parse(document)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["title", "questions", "key", "kind", "words", "settings", "options", "value", "code", "low"]), inner, max_size=4
    ),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_any_json_is_a_questionnaire_or_refused(document):
    try:
        read = parse(document)
    except Refused:
        return
    assert parse(as_document(read)) == read


# ---- publishing -----------------------------------------------------------------------------------------------------


def test_what_is_missing_is_said_in_words():
    assert problems(parse({}), privacy="identified") == ["Give the survey a title.", "Add at least one question."]
    assert "no words" in problems(questionnaire({**NPS, "words": " "}), privacy="identified")[0]


def test_an_anonymous_survey_cannot_ask_who_somebody_is():
    asked = questionnaire(NPS, CONTACT)
    assert problems(asked, privacy="confidential") == []
    assert "anonymous" in problems(asked, privacy="anonymous")[0]
    assert "keep one" in problems(questionnaire(CONTACT, {**CONTACT, "key": "again"}), privacy="identified")[0]


def test_a_published_key_keeps_its_kind_and_scale():
    rating = {"key": "r", "kind": "rating", "words": "How?", "settings": {"points": 5}}
    old = questionnaire(rating, NPS)
    assert broken_promises(questionnaire({**rating, "words": "Well?"}), old) == []
    assert broken_promises(questionnaire({**rating, "settings": {"points": 7}}), old)
    assert broken_promises(questionnaire({**rating, "kind": "nps", "settings": {}}), old)


BEFORE, NOON, AFTER = (datetime(2026, 3, 1, hour, tzinfo=UTC) for hour in (11, 12, 13))
NEVER = {"opens_at": None, "closes_at": None, "closed_at": None, "archived_at": None, "response_limit": None}


@pytest.mark.parametrize(("facts", "is_published", "answers", "state"), [
    ({}, False, 0, "draft"),
    ({}, True, 0, "open"),
    ({"opens_at": AFTER}, False, 0, "draft"),
    ({"opens_at": AFTER}, True, 0, "scheduled"),
    ({"opens_at": NOON}, True, 0, "open"),
    ({"opens_at": BEFORE, "closes_at": AFTER}, True, 0, "open"),
    ({"closes_at": NOON}, True, 0, "closed"),
    ({"closes_at": BEFORE, "opens_at": None}, True, 0, "closed"),
    ({"closed_at": BEFORE}, True, 0, "closed"),
    ({"closed_at": BEFORE, "opens_at": AFTER}, True, 0, "closed"),
    ({"response_limit": 3}, True, 2, "open"),
    ({"response_limit": 3}, True, 3, "closed"),
    ({"closed_at": BEFORE, "archived_at": BEFORE}, True, 0, "archived"),
])  # fmt: skip
def test_the_state_follows_from_facts(facts, is_published, answers, state):
    survey = SimpleNamespace(**{**NEVER, **facts})
    assert state_of(survey, is_published=is_published, now=NOON, answers=answers) == state


@pytest.mark.parametrize(("facts", "answers", "why"), [
    ({"closed_at": BEFORE, "closes_at": BEFORE}, 0, "by hand"), ({"closes_at": BEFORE}, 0, "by date"),
    ({"response_limit": 1}, 1, "by limit"), ({"opens_at": AFTER}, 0, None),
])  # fmt: skip
def test_what_closed_a_survey_is_known(facts, answers, why):
    assert ended(SimpleNamespace(**{**NEVER, **facts}), now=NOON, answers=answers) == why


def test_merged_questions_have_the_newest_words_and_every_option_ever_offered():
    def choice(words, *values):
        options = [{"value": value, "words": value.upper()} for value in values]
        return {"key": "c", "kind": "choice", "words": words, "settings": {"options": options}}

    newest, oldest = questionnaire(choice("New?", "a", "b"), NPS), questionnaire(TEXT, choice("Old?", "z", "a"))
    found = merged([newest.questions, oldest.questions])
    assert [(question.key, question.words) for question in found] == [
        ("c", "New?"),
        ("nps", "Would you?"),
        ("why", "Why?"),
    ]
    assert [option["value"] for option in found[0].settings["options"]] == ["a", "b", "z"]
    assert len(newest.questions[0].settings["options"]) == 2


def test_rows_and_what_stands_last_keep_their_labels_too():
    rows = [{"value": "a", "words": "A"}, {"value": "b", "words": "B"}]
    asked = {"key": "m", "kind": "matrix", "words": "How?", "settings": {"rows": rows}}
    fewer = {"key": "m", "kind": "matrix", "words": "How?", "settings": {"rows": rows[1:]}}
    other = {"key": "c", "kind": "choice", "words": "What?", "settings": {"options": rows, "other": "Something else"}}
    without = {"key": "c", "kind": "choice", "words": "What?", "settings": {"options": rows}}
    newest, oldest = questionnaire(fewer, without), questionnaire(asked, other)
    matrix, choice = merged([newest.questions, oldest.questions])
    assert [row["value"] for row in matrix.settings["rows"]] == ["b", "a"]
    assert choice.settings["other"] == "Something else"
    assert "other" in dict(KINDS["choice"].values(choice))


# ---- editing --------------------------------------------------------------------------------------------------------


def sent(**typed):
    return lambda name: typed.get(name.replace(".", "__"), "")


def test_a_form_changes_words_and_settings():
    found = edited(questionnaire(NPS), sent(title=" Hello ", nps__words="Do you?", nps__required="yes", nps__low="No"))
    assert found.errors == {}
    asked = found.questionnaire.questions[0]
    assert (found.questionnaire.title, asked.words, asked.is_required, asked.settings["low"]) == (
        "Hello",
        "Do you?",
        True,
        "No",
    )


def test_a_mistake_in_a_form_stands_beside_its_input_and_nothing_else_is_lost():
    rating = {"key": "r", "kind": "rating", "words": "How?"}
    found = edited(questionnaire(rating), sent(title="x" * 121, r__words="Well?", r__points="many"))
    assert set(found.errors) == {"title", "r.points"}
    assert found.questionnaire.questions[0].words == "Well?"


def test_questions_move_within_their_list():
    asked = questionnaire(NPS, TEXT, CONTACT)

    def keys(changed):
        return [question.key for question in changed.questions]

    assert keys(moved(asked, "why", -1)) == ["why", "nps", "contact"]
    assert (
        keys(moved(asked, "nps", -1))
        == keys(moved(asked, "contact", 1))
        == keys(moved(asked, "none", 1))
        == keys(asked)
    )
    assert keys(without(asked, "why")) == ["nps", "contact"]


def test_a_new_question_never_takes_a_key_that_was_used():
    changed, key = with_new(questionnaire(NPS), "nps", taken={"nps_2"})
    assert key == changed.questions[-1].key == "nps_3"
    with pytest.raises(Refused):
        with_new(questionnaire(NPS), "star")


# ---- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["new", "from-file", "", "Über", "a b", "a--b", "-a", "a/b", "x" * 61, "a\n"])
def test_what_cannot_stand_in_a_link_is_no_address(slug):
    assert not is_address(slug)


def test_an_address_that_is_taken_gets_a_number():
    assert is_address("spring-2026")
    assert free_address("leaving", []) == "leaving"
    assert free_address("leaving", ["leaving", "leaving-2"]) == "leaving-3"


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_ready_short_and_calm(name):
    template = TEMPLATES[name]
    reasons = picks(DEFAULT_PICK) if template.reasons_key else None
    made = questionnaire_from(template, title=None, reasons=reasons)
    assert problems(made, privacy=template.privacy) == []
    assert parse(as_document(made)) == made
    assert seconds_of(made.questions) <= 180
    assert "!" not in str(template.document)


def _said(made):
    return [words for texts in all_texts(made).values() for words in texts.values()]


def test_every_template_and_every_kind_of_question_is_ready_in_german_too(sqlite_app):
    for template in TEMPLATES.values():
        english, made = (questionnaire_from(template, title=None, reasons=None, language=one) for one in ("en", "de"))
        assert (made.language, made.translations) == ("de", {})
        assert set(_said(english)) & set(_said(made)) == set()
        assert problems(made, privacy=template.privacy) == []
        assert [question.key for question in made.questions] == [question.key for question in english.questions]
        assert parse(as_document(made)) == made
    for kind in KINDS:
        assert (
            set(_said(with_new(Questionnaire(""), kind)[0]))
            & set(_said(with_new(Questionnaire("", language="de"), kind)[0]))
            == set()
        )


def test_a_survey_begins_in_english_where_our_words_are_not_in_its_language(sqlite_app):
    made = questionnaire_from(TEMPLATES["exit"], title="Adieu", reasons=None, language="fr")
    assert made == questionnaire_from(TEMPLATES["exit"], title="Adieu", reasons=None)


def test_words_of_the_owner_stay_when_a_survey_begins_in_german(sqlite_app):
    reasons = [*picks(DEFAULT_PICK)[:5], {"code": "A2", "words": "The queue"}]
    made = questionnaire_from(TEMPLATES["exit"], title="Yes", reasons=reasons, language="de")
    assert made.title == "Yes"
    assert made.question("reasons").settings["options"][-1] == {"code": "A2", "words": "The queue"}
    assert made.question("reasons").settings["options"][0]["words"] != reasons[0]["words"]
