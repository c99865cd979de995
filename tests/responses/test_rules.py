"""What can be said of answers and questions without a database."""

from uuid import UUID

import pytest

from survey.foundation.errors import Refused
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.rules import parse
from survey.questionnaires.rules.effort import effort_words
from survey.responses.rules import (
    Meaning,
    answers_in,
    cells,
    codes,
    first_grade,
    form_id_for,
    known_names,
    labels,
    mood,
    scales_in,
    stated_reasons,
    told,
    voice_of,
)
from tests.factories.surveys import EVERY_KIND

QUESTIONS = parse(EVERY_KIND).questions
BY_KEY = {question.key: question for question in QUESTIONS}
ANSWERS = {"nps": 3, "why": "Words", "used": ["web", "shop"], "reasons": {"codes": ["P2", "A2"], "other": ""}}


def test_only_what_can_be_counted_has_cells():
    assert cells(QUESTIONS, ANSWERS) == {"nps": ("3",), "used": ("web", "shop"), "reasons": ("P2",)}


def test_every_stated_reason_is_told_the_primary_one_first():
    assert stated_reasons(QUESTIONS, ANSWERS) == ("P2", "A2")
    assert stated_reasons(QUESTIONS, {"nps": 1}) == ()


@pytest.mark.parametrize(("answers", "expected"), [
    ({"nps": 0}, -1.0), ({"nps": 5, "rating": 1}, 0.0), ({"nps": 10}, 1.0), ({"rating": 2}, -0.5), ({"why": "x"}, None),
])  # fmt: skip
def test_the_first_grade_says_the_mood(answers, expected):
    assert mood(first_grade(QUESTIONS, answers)) == expected


def test_an_answer_reads_in_words():
    assert told(BY_KEY["nps"], 3).chosen == "3 of 10"
    assert told(BY_KEY["used"], ["web", "shop"]).chosen == "The web; The shop"
    assert told(BY_KEY["why"], "Words").written == "Words"
    assert not told(BY_KEY["why"], None).is_answered
    assert codes(BY_KEY["reasons"], ANSWERS["reasons"]) == ("P2", "A2")
    assert labels(BY_KEY["used"], ["gone"]) == ("gone",)


@pytest.mark.parametrize(("count", "words"), [
    (1, "One question, under a minute."), (2, "Two questions, under a minute."), (3, "Three questions, about 2 minutes."),
    (12, "12 questions, about 5 minutes."),
])  # fmt: skip
def test_the_page_says_how_much_it_asks(count, words):
    assert effort_words([Question(f"q{number}", "text", "Why?") for number in range(count)]) == words


def test_who_left_is_a_former_customer():
    assert (voice_of(is_customer=True), voice_of(is_customer=False)) == ("customer", "former_customer")


def test_an_address_is_never_read_from_a_file():
    assert "contact" not in known_names(QUESTIONS).values()
    assert "reasons.other" in known_names(QUESTIONS).values()


@pytest.mark.parametrize(("cell", "answer"), [("5", 1), ("1", 5), (" 2.0 ", 4), ("", None), ("n/a", None)])
def test_a_reversed_scale_is_turned_round(cell, answer):
    rating = BY_KEY["rating"]
    meaning = Meaning({"grade": "rating"}, [rating], scales=scales_in(["rating=5..1"], [rating]))
    assert answers_in({"grade": cell}, meaning) == ({} if answer is None else {"rating": answer})


@pytest.mark.parametrize("cell", ["0", "6", "-1", "1.5", "five", "٣", "1e0"])
def test_a_grade_off_the_scale_is_refused(cell):
    rating = BY_KEY["rating"]
    for scales in ({}, scales_in(["rating=5..1"], [rating])):
        with pytest.raises(Refused):
            answers_in({"grade": cell}, Meaning({"grade": "rating"}, [rating], scales=scales))


def test_the_form_id_of_a_row_is_always_the_same_and_no_other_row_s():
    survey, other = UUID(int=1), UUID(int=2)
    rows = [form_id_for(survey, "file", str(line)) for line in range(100)]
    assert rows == [form_id_for(survey, "file", str(line)) for line in range(100)]
    assert len({*rows, form_id_for(other, "file", "1"), form_id_for(survey, "id", "1")}) == 102
