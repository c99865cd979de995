"""Conditions: whether they hold, whether they are sound, whether they can ever hold."""

import pytest

from survey.questionnaires.rules.logic import holds, logic_remarks
from tests.factories.drafts import questionnaire

YES_NO = {"options": [{"value": "yes", "words": "Yes"}, {"value": "no", "words": "No"}]}


def _problems(questionnaire):
    return [remark.words for remark in logic_remarks(questionnaire)]


def when(*conditions, match="all"):
    return {
        "match": match,
        "conditions": [dict(zip(("question", "test", "values"), one, strict=False)) for one in conditions],
    }


def asked(*shown_if):
    """nps, used (yes or no), many (several), then one text question with each condition."""
    return questionnaire(
        {"key": "nps", "kind": "nps", "words": "Recommend?"},
        {"key": "used", "kind": "choice", "words": "Used?", "settings": YES_NO},
        {"key": "many", "kind": "choice", "words": "Which?", "settings": {**YES_NO, "several": True}},
        *(
            {"key": f"t{number}", "kind": "text", "words": f"Text {number}", "show_if": condition}
            for number, condition in enumerate(shown_if)
        ),
    )


@pytest.mark.parametrize(
    ("condition", "answers", "is_shown"),
    [
        (("nps", "at_most", ["6"]), {"nps": 6}, True),
        (("nps", "at_most", ["6"]), {"nps": 7}, False),
        (("nps", "at_most", ["6"]), {}, False),
        (("nps", "at_least", ["9"]), {"nps": 9}, True),
        (("nps", "is", ["0", "1"]), {"nps": 1}, True),
        (("nps", "is", ["0", "1"]), {"nps": 2}, False),
        (("nps", "is_not", ["0"]), {"nps": 2}, True),
        (("nps", "is_not", ["0"]), {}, False),
        (("nps", "answered", []), {"nps": 0}, True),
        (("nps", "unanswered", []), {"nps": 0}, False),
        (("nps", "unanswered", []), {}, True),
        (("many", "is", ["no"]), {"many": ["yes", "no"]}, True),
        (("many", "is_not", ["no"]), {"many": ["yes", "no"]}, False),
    ],
)
def test_a_condition_holds_or_not(condition, answers, is_shown):
    found = asked(when(condition))
    questions = {question.key: question for question in found.questions}
    assert holds(found.questions[-1].show_if, questions, answers) is is_shown


@pytest.mark.parametrize(("match", "is_shown"), [("all", False), ("any", True)])
def test_all_or_any_of_several(match, is_shown):
    found = asked(when(("nps", "is", ["3"]), ("used", "is", ["yes"]), match=match))
    questions = {question.key: question for question in found.questions}
    assert holds(found.questions[-1].show_if, questions, {"nps": 3, "used": ["no"]}) is is_shown


def test_sound_logic_has_no_problems():
    assert (
        _problems(asked(when(("nps", "at_most", ["6"]), ("used", "is", ["yes"])), when(("t0", "answered", [])))) == []
    )


@pytest.mark.parametrize(
    ("conditions", "says"),
    [
        ([("t1", "answered", [])], "does not come before it"),  # forward, and with the next line a loop
        ([("t0", "answered", [])], "does not come before it"),  # on itself
        ([("gone", "answered", [])], "not there any more"),
        ([("used", "is", ["maybe"])], "not offered: maybe"),
        ([("used", "is", [])], "names no answer"),
        ([("used", "at_least", ["3"])], "cannot be an answer"),
        ([("nps", "at_least", ["11"])], "cannot be an answer"),
        ([("nps", "at_least", [])], "cannot be an answer"),
        ([("nps", "at_least", ["9"]), ("nps", "at_most", ["6"])], "no answers fit"),
        ([("used", "is", ["yes"]), ("used", "is", ["no"])], "no answers fit"),
        ([("used", "is_not", ["yes", "no"])], "no answers fit"),
        ([("nps", "answered", []), ("nps", "unanswered", [])], "no answers fit"),
        ([("nps", "is", ["3"]), ("nps", "at_least", ["7"])], "no answers fit"),
    ],
)
def test_unsound_logic_is_told_with_its_place(conditions, says):
    found = _problems(asked(when(*conditions), when(("nps", "answered", []))))
    assert len(found) == 1
    assert found[0].startswith("“Text 0”")
    assert says in found[0]


def test_several_values_can_be_chosen_together():
    assert _problems(asked(when(("many", "is", ["yes"]), ("many", "is", ["no"])))) == []


def test_what_rules_out_an_earlier_question_rules_out_what_depends_on_its_answer():
    found = asked(when(("used", "is", ["no"])), when(("t0", "answered", []), ("used", "is", ["yes"])))
    assert _problems(found) == ["“Text 1” can never be shown: no answers fit its condition."]


def test_any_of_several_is_open_when_one_is():
    assert _problems(asked(when(("used", "is_not", ["yes", "no"]), ("nps", "is", ["1"]), match="any"))) == []


def test_long_chains_are_judged_quickly():
    questions = [{"key": "q0", "kind": "nps", "words": "Q0"}] + [
        {"key": f"q{n}", "kind": "nps", "words": f"Q{n}",
         "show_if": when((f"q{n - 1}", "at_least", ["5"]), (f"q{n - 1}", "is", ["3"]), match="any")}
        for n in range(1, 50)
    ]  # fmt: skip
    assert _problems(questionnaire(*questions)) == []


def test_behind_an_ending_for_everybody_nothing_is_shown():
    from survey.questionnaires.rules import parse

    document = {
        "title": "T",
        "questions": [{"key": "a", "kind": "nps", "words": "A"}, {"key": "b", "kind": "nps", "words": "B"}],
    }
    found = _problems(parse({**document, "endings": [{"key": "early", "words": "Bye", "after": "a"}]}))
    assert found == ["“B” can never be shown: the ending “early” comes before it, for everybody."]
    found = _problems(parse({**document, "endings": [{"key": "early", "words": "Bye", "after": "c"}]}))
    assert found == ["The ending “early”: it comes after a question that is not there any more."]
    impossible = when(("a", "at_least", ["9"]), ("a", "at_most", ["3"]))
    found = _problems(parse({**document, "endings": [{"key": "odd", "words": "Bye", "when": impossible}]}))
    assert found == ["The ending “odd” can never be shown: no answers fit its condition."]


# ---- every kind that can be looked at -------------------------------------------------------------------------------


EARLIER = (
    {"key": "hours", "kind": "number", "words": "How long?", "settings": {"lowest": 0, "highest": 24, "decimals": 1}},
    {"key": "day", "kind": "date", "words": "When?"},
    {"key": "each", "kind": "matrix", "words": "How?", "settings": {"rows": [{"value": "rooms", "words": "Rooms"}, {"value": "staff", "words": "Staff"}]}},
    {"key": "order", "kind": "ranking", "words": "Order?", "settings": YES_NO},
    {"key": "heard", "kind": "choice", "words": "Heard?", "settings": {**YES_NO, "other": "Else", "several": True}},
    {"key": "again", "kind": "yesno", "words": "Again?"},
    {"key": "about", "kind": "section", "words": "About"},
    {"key": "who", "kind": "email", "words": "Who?"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "answers", "is_shown"),
    [
        (("hours", "at_least", ["2,5"]), {"hours": 2.5}, True),
        (("hours", "at_least", ["2.5"]), {"hours": 2}, False),
        (("day", "at_most", ["30.09.2026"]), {"day": "2026-09-30"}, True),
        (("day", "at_most", ["2026-09-30"]), {"day": "2026-10-01"}, False),
        (("each", "is", ["rooms:bad", "rooms:very-bad"]), {"each": {"rows": {"rooms": "bad", "staff": "good"}}}, True),
        (("each", "is", ["rooms:bad"]), {"each": {"rows": {"staff": "bad"}}}, False),
        (("order", "is", ["yes:1"]), {"order": {"order": ["yes", "no"]}}, True),
        (("heard", "is", ["other"]), {"heard": {"chosen": ["yes", "other"], "other": "A poster"}}, True),
        (("again", "is_not", ["yes"]), {"again": "no"}, True),
    ],
)
def test_conditions_look_at_numbers_days_rows_places_and_what_was_something_else(condition, answers, is_shown):
    found = questionnaire(*EARLIER, {"key": "t", "kind": "text", "words": "Why?", "show_if": when(condition)})
    assert _problems(found) == []
    questions = {question.key: question for question in found.questions}
    assert holds(found.questions[-1].show_if, questions, answers) is is_shown


@pytest.mark.parametrize(
    "condition",
    [
        ("hours", "at_least", ["25"]), ("hours", "is", ["3"]), ("day", "at_least", ["soon"]), ("each", "is", ["sky:bad"]),
        ("each", "at_least", ["3"]), ("order", "is", ["yes:3"]), ("about", "answered", []), ("who", "answered", []),
    ],
)  # fmt: skip
def test_what_these_can_never_say_is_a_mistake(condition):
    found = questionnaire(*EARLIER, {"key": "t", "kind": "text", "words": "Why?", "show_if": when(condition)})
    assert len(_problems(found)) == 1
