"""Questions and endings are added, copied, moved, taken away and put back."""

import pytest

from survey.foundation.errors import Refused
from survey.questionnaires.rules import as_document, parse
from survey.questionnaires.rules.arranging import (
    Step,
    arrange,
    put_back,
    undo_of_ending,
    undo_of_language,
    undo_of_question,
    undo_words,
    with_copy,
    with_new,
    with_new_ending,
    with_other,
    with_pipe,
    without,
    without_ending,
)
from survey.questionnaires.rules.editing import edited, rows
from survey.questionnaires.rules.outline import outline
from survey.questionnaires.rules.translating import without_language

WHEN = {"match": "any", "conditions": [{"question": "a", "test": "is", "values": ["3", "4"]}]}
MADE = parse({
    "title": "T",
    "questions": [
        {"key": "a", "kind": "nps", "words": "A"},
        {"key": "b_2", "kind": "text", "words": "B {a}", "show_if": WHEN},
        {"key": "c", "kind": "contact", "words": "C"},
    ],
    "endings": [{"key": "one", "words": "One", "after": "a", "when": WHEN}, {"key": "two", "words": "Two"}],
    "translations": {"de": {"b_2": {"words": "Be"}, "ending.one": {"words": "Eins"}}, "fr": {"a": {"words": "Ah"}}},
})  # fmt: skip


def keys(questionnaire):
    return [question.key for question in questionnaire.questions]


@pytest.mark.parametrize(("after", "order"), [("a", 1), ("b_2", 2), ("", 3), ("gone", 3)])
def test_a_question_is_added_where_it_is_wanted(after, order):
    found, key = with_new(MADE, "nps", after=after, taken={"nps"})
    assert key == "nps_2"
    assert keys(found).index("nps_2") == order


def test_a_copy_stands_behind_its_original_with_all_that_belongs_to_it():
    found, key = with_copy(MADE, "b_2", taken={"b"})
    assert (key, keys(found)) == ("b_3", ["a", "b_2", "b_3", "c"])
    original, copied = found.question("b_2"), found.question("b_3")
    assert (copied.words, copied.show_if, copied.settings) == (original.words, original.show_if, original.settings)
    assert found.translations["de"]["b_3"] == {"words": "Be"}
    assert with_copy(MADE, "gone") == (MADE, "gone")


def test_another_side_of_a_question_becomes_a_question_of_its_own():
    assert keys(with_other(MADE, MADE.question("a"), taken={"nps"})) == ["a", "nps_2", "b_2", "c"]


@pytest.mark.parametrize("key", ["a", "b_2", "c"])
def test_a_question_that_was_taken_away_comes_back_exactly(key):
    undo = undo_of_question(MADE, key)
    found, shown = put_back(parse(as_document(without(MADE, key))), undo)
    assert as_document(found) == as_document(MADE)
    assert shown == key
    assert undo_words(undo) == MADE.question(key).words


def test_an_ending_and_a_language_come_back_exactly():
    found, _ = put_back(parse(as_document(without_ending(MADE, "one"))), undo_of_ending(MADE, "one"))
    assert as_document(found) == as_document(MADE)
    undo = undo_of_language(MADE, "fr")
    found, _ = put_back(without_language(MADE, "fr"), undo)
    assert as_document(found) == as_document(MADE)
    assert "Français" in undo_words(undo)
    assert undo_of_question(MADE, "gone") is None
    assert undo_of_ending(MADE, "gone") is None


def test_a_full_survey_takes_no_more():
    full = parse({"questions": [{"key": f"q{number}", "kind": "nps"} for number in range(50)]})
    for act in (
        lambda: with_new(full, "nps"),
        lambda: with_copy(full, "q0"),
        lambda: put_back(full, undo_of_question(MADE, "a")),
    ):
        with pytest.raises(Refused, match="50 questions"):
            act()
    full = parse({"endings": [{"key": f"e{number}"} for number in range(20)]})
    with pytest.raises(Refused, match="20 endings"):
        with_new_ending(full)


def test_something_is_put_into_words_unless_they_are_too_long():
    assert with_pipe(MADE, "c", "a").question("c").words == "C {a}"
    assert with_pipe(MADE, "c", "") == with_pipe(MADE, "gone", "a") == MADE
    long = parse({"questions": [{"key": "q", "kind": "text", "words": "x" * 299}]})
    with pytest.raises(Refused, match="too long"):
        with_pipe(long, "q", "person.name")


def test_unknown_buttons_only_save():
    for verb in ("save", "below", "open", "explode", ""):
        assert arrange(MADE, Step(verb, "a")).questionnaire == MADE
    assert arrange(MADE, Step("undo")).questionnaire == MADE


# ---- conditions of a form -------------------------------------------------------------------------------------------


def sent(**typed):
    return lambda name: typed.get(name.replace(".", "__"), "")


def form_of(questionnaire, **changes):
    """What the form of a questionnaire would send of its conditions."""
    typed = {"title": questionnaire.title}
    for question in questionnaire.questions:
        typed[f"{question.key}__words"] = question.words
        for row in rows(question.show_if, questionnaire):
            name = f"{question.key}__if__{row.number}"
            if row.condition:
                typed |= {f"{name}__question": row.condition.question, f"{name}__test": row.condition.test}
                typed |= {f"{name}__is__{value}": "yes" for value in row.condition.values}
        typed[f"{question.key}__if__match"] = question.show_if.match if question.show_if else "all"
    return sent(**typed | changes)


@pytest.mark.parametrize(("changes", "conditions"), [
    ({}, [("a", "is", ("3", "4"))]),
    ({"b_2__if__0__is__4": ""}, [("a", "is", ("3",))]),
    ({"b_2__if__0__test": "at_least", "b_2__if__0__bound": " 7 "}, [("a", "at_least", ("7",))]),
    ({"b_2__if__0__test": "at_least"}, [("a", "at_least", ())]),
    ({"b_2__if__0__test": "answered"}, [("a", "answered", ())]),
    ({"b_2__if__0__test": "explodes"}, [("a", "answered", ())]),
    ({"b_2__if__1__question": "c", "b_2__if__1__test": "is"}, [("a", "is", ("3", "4")), ("c", "answered", ())]),
    ({"b_2__if__0__question": ""}, None),
    ({"b_2__if__0__question": "gone"}, None),
])  # fmt: skip
def test_a_condition_is_read_from_its_rows(changes, conditions):
    found = edited(MADE, form_of(MADE, **changes)).questionnaire.question("b_2").show_if
    assert (found and [(one.question, one.test, one.values) for one in found.conditions]) == conditions


def test_a_condition_has_two_empty_rows_for_more_until_it_is_full():
    assert [row.condition is None for row in rows(MADE.question("b_2").show_if, MADE)] == [False, True, True]
    full = parse({"questions": [{"key": "q", "kind": "nps", "show_if": {"match": "all", "conditions": [
        {"question": "q", "test": "answered"}] * 10}}]})  # fmt: skip
    assert len(rows(full.question("q").show_if, full)) == 10


# ---- the list -------------------------------------------------------------------------------------------------------


def test_the_list_says_of_each_question_what_its_editor_wants_to_know():
    found = outline(MADE, privacy="identified")
    assert [(item.number, item.page, item.only_if, item.repeats) for item in found.items] == [
        (1, 1, "", ""), (2, 2, "1 is 3 or 4", "1"), (3, 0, "", ""),
    ]  # fmt: skip
    assert [(end.after, end.only_if) for end in found.ends] == [(1, "1 is 3 or 4"), (0, "")]
    assert [label for _key, label in found.items[2].earlier] == ["1. A", "2. B {a}"]
    assert [name for name, _label in found.items[1].pipes][:2] == ["a", "person.first_name|dear customer"]
    assert [name for name, _label in outline(MADE, privacy="anonymous").items[1].pipes] == ["a"]


def test_what_is_wrong_stands_at_its_place():
    found = outline(without(MADE, "a"), privacy="identified")
    assert "not there any more" in found.items[0].said.problems[0]
    assert "not there any more" in found.ends[0].said.problems[0]
    assert found.items[0].only_if == "a question that is gone is 3 or 4"
    assert outline(parse({}), privacy="identified").said.problems == (
        "Give the survey a title.",
        "Add at least one question.",
    )
