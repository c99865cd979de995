"""Two answers counted together: the same on both databases as a recount in Python, with the filters of every list."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from survey.foundation.db import db, write
from survey.questionnaires.actions import create, publish
from survey.questionnaires.kinds.base import Aspect
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.queries import merged_questions
from survey.responses.models import Response
from survey.results.queries.joint import given_together
from tests.factories.counted import NOW, REASONS, TODAY, answer

OPTIONS = [{"value": "web", "words": "The web"}, {"value": "shop", "words": "The shop"}]
DOCUMENT = {
    "title": "Both", "intro": "", "thanks": "", "language": "en",
    "questions": [
        {"key": "nps", "kind": "nps", "words": "Would you recommend us?"},
        {"key": "used", "kind": "choice", "words": "What do you use?", "settings": {"several": True, "options": OPTIONS, "other": "Something else"}},
        {"key": "again", "kind": "yesno", "words": "Again?"},
        {"key": "facets", "kind": "matrix", "words": "How is …", "settings": {"rows": [{"value": "staff", "words": "The staff"}, {"value": "price", "words": "The price"}]}},
        {"key": "reasons", "kind": "reasons", "words": "Why?", "settings": {"options": REASONS}},
    ],
}  # fmt: skip


@pytest.fixture
def survey(app):
    def make():
        made = create("both", purpose="satisfaction", document=DOCUMENT, now=NOW, privacy="identified")
        publish(made, now=NOW)
        return made

    return write(make)


def _asked(survey, key, row=""):
    question = next(one for one in merged_questions(survey.id) if one.key == key)
    return question, next(aspect for aspect in KINDS[question.kind].aspects(question) if aspect.name == row)


def _counted(pairs):
    found = Counter()
    for mine, theirs, n in pairs:
        found[tuple(sorted(mine)), tuple(sorted(theirs))] += n
    return found


def _one(draw):
    grades = [value for value, _words in KINDS["matrix"].options(_matrix(), "staff")]
    every = {
        "nps": draw.randint(0, 10),
        "used": draw.choice([["web"], ["shop"], ["web", "shop"], {"chosen": ["other"], "other": f"Word {draw.random()}"}]),
        "again": draw.choice(["yes", "no"]),
        "facets": {"rows": {row: draw.choice(grades) for row in draw.choice([("staff",), ("staff", "price"), ("price",)])}},
        "reasons": draw.choice([{"codes": ["P2"], "other": ""}, {"codes": ["A2", "P2"], "other": f"{draw.random()}"}, {"codes": [], "other": "So"}]),
    }  # fmt: skip
    return {key: value for key, value in every.items() if draw.random() < 0.8}


def _matrix():
    from survey.questionnaires.rules import parse

    return next(one for one in parse(DOCUMENT).questions if one.key == "facets")


PAIRS = [("nps", "", "used", ""), ("used", "", "again", ""), ("facets", "staff", "facets", "price"), ("reasons", "", "facets", "price"), ("again", "", "reasons", "")]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_pairs_are_those_of_a_recount(survey, pair):
    draw = random.Random(5)
    for _number in range(40):
        answer(survey, _one(draw))
    first, second = _asked(survey, *pair[:2]), _asked(survey, *pair[2:])
    expected = Counter()
    for answers in db.session.scalars(select(Response.answers)):
        mine, theirs = (
            tuple(sorted(value for value in KINDS[question.kind].cells(question, answers[question.key]) if KINDS[question.kind].group(value) == aspect.name))
            if question.key in answers else ()
            for question, aspect in (first, second)
        )  # fmt: skip
        if mine and theirs:
            expected[mine, theirs] += 1
    assert expected
    assert _counted(given_together(survey.id, first, second)) == expected


def test_words_beside_an_answer_do_not_part_it(survey):
    for number in range(5):
        answer(survey, {"used": {"chosen": ["other"], "other": f"Words {number}"}, "again": "yes"})
    pairs = list(given_together(survey.id, _asked(survey, "used"), _asked(survey, "again")))
    assert pairs == [(("other",), ("yes",), 5)]


def test_the_filters_of_every_list_hold(survey):
    answer(survey, {"nps": 9, "again": "yes"})
    answer(survey, {"nps": 9, "again": "yes"}, voice="unverified")
    answer(survey, {"nps": 9, "again": "yes"}, on=TODAY - timedelta(days=60))
    first, second = _asked(survey, "nps"), _asked(survey, "again")

    def many(**filters):
        return sum(n for _mine, _theirs, n in given_together(survey.id, first, second, **filters))

    assert many() == 3
    assert many(voices=("customer",)) == 2
    assert many(since=TODAY - timedelta(days=9), voices=("customer",)) == 1


def test_a_key_that_nobody_answered_gives_nothing(survey):
    answer(survey, {"nps": 9})
    question, _aspect = _asked(survey, "again")
    assert list(given_together(survey.id, _asked(survey, "nps"), (question, Aspect("", "", ())))) == []
