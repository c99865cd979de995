"""Lists of responses: the same filter behind a list and its count, and exactly the rows that are counted."""

from datetime import date
from uuid import uuid4

import pytest

from survey.foundation.errors import Refused
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.queries import merged_questions
from survey.responses.queries import answers_of, cells_of, count_of, opening, responses_of
from tests.factories.surveys import EVERY_ANSWER, answer, from_template, republish, with_every_kind

ANSWERS = (
    {"nps": 9, "rating": 3, "used": ["web"], "reasons": {"codes": ["P2"], "other": ""}},
    {"nps": 0, "why": "9", "used": ["web", "shop"], "reasons": {"codes": ["S1", "P2"], "other": "P1"}},
    {"nps": 10, "rating": 5, "reasons": {"codes": [], "other": "P2"}},
    {"nps": 9, "why": 'quote " and } brace'},
)


def _all(survey, **filters):
    rows, cursor = [], None
    while True:
        found = responses_of(survey.id, cursor=cursor, **filters)
        rows += found.items
        if found.next is None:
            return rows
        cursor = found.next


def test_asking_for_a_value_finds_exactly_the_responses_that_count_for_it(app):
    survey = with_every_kind()
    for answers in ANSWERS:
        answer(survey, answers)
    questions = merged_questions(survey.id)
    every = _all(survey)
    values = [("nps", str(grade)) for grade in range(11)] + [
        ("used", "web"),
        ("used", "shop"),
        ("rating", "3"),
        ("rating", "5"),
    ]
    values += [("reasons", code) for code in ("P1", "P2", "S1", "other", "Z2")]
    for key, value in values:
        counted = {row.id for row in every if value in cells_of(row, questions).get(key, ())}
        assert {row.id for row in _all(survey, value=(key, value))} == counted, (key, value)
        assert count_of(survey.id, value=(key, value)) == len(counted), (key, value)


def test_so_it_is_for_every_kind_and_every_value(app):
    survey = with_every_kind()
    more = ({"heard": ["none"], "again": "yes", "hours": 2, "matters": {"order": ["staff", "time", "price"]}},
            {"heard": ["net"], "hours": 0.25, "day": "2026-01-02", "each": {"rows": {"staff": "very-bad"}}, "stars": 1, "word": "yes"},
            {"heard": {"chosen": ["net"], "other": "friend"}, "reasons": {"codes": [], "other": "", "also": ["P2"]}})  # fmt: skip
    for answers in (EVERY_ANSWER, *more):
        answer(survey, answers)
    questions = merged_questions(survey.id)
    every = _all(survey)
    given = {(key, value) for row in every for key, values in cells_of(row, questions).items() for value in values}
    offered = {(one.key, value) for one in questions for value, _words in KINDS[one.kind].values(one)}
    strange = {
        (key, value)
        for key in EVERY_ANSWER
        for value in ("", ":", "price:0", "price:x", "staff:", 'a":"b', "rows", "order:1", "1.50")
    }
    assert len(given) > 20
    for key, value in given | offered | strange:
        counted = {row.id for row in every if value in cells_of(row, questions).get(key, ())}
        assert {row.id for row in _all(survey, value=(key, value))} == counted, (key, value)


def test_days_are_included_on_both_sides(app):
    survey = from_template()
    for day in (1, 2, 3, 4):
        answer(survey, {"nps": day}, on=date(2026, 5, day))
    wanted = {"since": date(2026, 5, 2), "until": date(2026, 5, 3)}
    assert [row.score for row in _all(survey, **wanted)] == [3, 2]
    assert count_of(survey.id, **wanted) == 2


def test_pages_show_every_row_once_the_newest_first(app):
    survey = from_template()
    for number in range(120):
        answer(survey, {"nps": 5}, on=date(2026, 1 + number % 3, 1))
    rows = _all(survey)
    assert len(rows) == len({row.id for row in rows}) == count_of(survey.id) == 120
    assert [row.submitted_on for row in rows] == sorted((row.submitted_on for row in rows), reverse=True)


@pytest.mark.parametrize("cursor", ["x", "WyJ4IiwieSJd", "W10"])
def test_a_page_that_does_not_exist_is_refused(sqlite_app, cursor):
    with pytest.raises(Refused):
        responses_of(from_template().id, cursor=cursor)


def test_what_opens_a_survey_is_its_newest_version(app):
    survey = from_template()
    republish(survey, title="Second")
    assert opening("spring").number == 2
    assert opening("winter") is None


def test_rows_to_export_come_in_order_or_in_none_that_tells_it(app):
    survey = from_template()
    ids = [uuid4() for _number in range(20)]
    for number, form_id in enumerate(ids):
        answer(survey, {"nps": number % 11}, form_id=form_id, on=date(2026, 5, 1 + number))
    assert [row.submitted_on.day for row in answers_of(survey.id)] == list(range(1, 21))
    shuffled = [row.submitted_on.day - 1 for row in answers_of(survey.id, is_shuffled=True)]
    assert shuffled == sorted(range(20), key=lambda number: ids[number])


@pytest.mark.parametrize(
    "narrowed",
    [
        {},
        {"voices": ["customer"]},
        {"value": ("nps", "3")},
        {"flagged": "only"},
        {"aside": True},
        {"since": date(2026, 5, 5)},
    ],
)
def test_rows_to_export_are_those_that_are_listed(app, narrowed):
    survey = from_template()
    for number in range(12):
        answer(survey, {"nps": number % 4}, on=date(2026, 5, 1 + number), voice="customer" if number % 2 else "unverified",
               doubts=("fast",) if number > 9 else ())  # fmt: skip
    rows = [row.id for row in answers_of(survey.id, **narrowed)]
    assert rows == [row.id for row in reversed(_all(survey, **narrowed))]
    assert len(rows) == count_of(survey.id, **narrowed)
