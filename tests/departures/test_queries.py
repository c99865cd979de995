from datetime import date

import pytest

from survey.departures import queries
from survey.departures.rules import (
    AT_LENGTH,
    CONTACT_FIRST,
    CONTROLLABLE,
    NO_SERVICE,
    NOT_KNOWN,
    SERVICE_ANY,
    SERVICE_FIRST,
    SERVICE_TOO,
    SERVICE_UNCLEAR,
    SEVERAL,
    TOLD,
    TOLD_AT_EXIT,
)  # fmt: skip
from survey.foundation.errors import Refused
from survey.foundation.paging import PAGE_SIZE
from survey.results.rules.periods import month_name, period
from tests.departures.conftest import entry
from tests.factories.surveys import answer, from_template

SEP, OCT = date(2026, 9, 10), date(2026, 10, 5)
LONG = "I had been with you for years and then nobody would say why the lights went out."
PERIODS = [
    (None, None),
    (date(2026, 9, 1), date(2026, 9, 30)),
    (date(2026, 10, 1), date(2026, 10, 31)),
    (date(2026, 10, 1), None),
]


@pytest.fixture
def many(recorded):
    recorded(
        entry("1", SEP, "Price too high", 1000), entry("2", SEP, "too expensive", 2000, "USD"), entry("3", OCT, "Moved", 500),
        entry("4", OCT, "Don't know"), entry("5", OCT), entry("6", OCT, "The parrot", -50), entry("7", OCT, LONG),
        entry("8"), entry("9", SEP, "The parrot", 10),
        entry("10", SEP, "Quality", started_on=date(2024, 1, 1)),
    )  # fmt: skip
    recorded(entry("10", OCT, "Waiting", started_on=date(2026, 9, 20)))  # came back, and left again


def _all(find, **filters):
    rows, cursor = [], None
    while True:
        page = find(cursor=cursor, **filters)
        rows += page.items
        cursor = page.next
        if cursor is None:
            return rows


@pytest.mark.parametrize(("since", "until"), PERIODS)
def test_every_count_is_the_length_of_its_list(many, since, until):
    within = {"since": since, "until": until}
    rows = queries.reasons_as_people(**within)
    assert sum(row.people for row in rows) == queries.count_lost(**within) == len(_all(queries.lost_people, **within))
    for row in rows:
        found = _all(queries.lost_people, reason=row.key, **within)
        assert len(found) == row.people == queries.count_lost(reason=row.key, **within)
        assert len({departure.person_id for departure in found}) == row.people
        assert row.values == queries.value_lost(reason=row.key, **within)
    for words, _, people in queries.stated_words(**within):
        assert len(_all(queries.lost_people, reason=f"said:{words}", **within)) == people
    assert queries.told_why(**within) == len(_all(queries.lost_people, reason=TOLD, **within))
    assert queries.told_why(**within) == sum(row.people for row in rows if row.is_known)


def test_people_are_counted_once_by_their_last_departure_of_the_period(many):
    assert queries.count_lost() == 9
    assert queries.count_lost(since=SEP, until=SEP) == 4
    people = {row.key: row.people for row in queries.reasons_as_people()}
    assert people == {"P1": 2, "own:The parrot": 2, "A2": 1, AT_LENGTH: 1, "U2": 1, NOT_KNOWN: 2}


def test_months_count_whoever_left_in_them(many):
    assert queries.monthly_losses(date(2026, 10, 20), 3) == [
        (date(2026, 8, 1), 0),
        (date(2026, 9, 1), 4),
        (date(2026, 10, 1), 6),
    ]
    for month, people in queries.monthly_losses(date(2026, 10, 20), 12):
        this = period(month_name(month), date(2026, 10, 20))
        assert len(_all(queries.lost_people, since=this.since, until=this.until)) == people


def test_december_is_followed_by_january(recorded):
    recorded(entry("1", date(2025, 12, 31)), entry("2", date(2026, 1, 1)))
    assert queries.monthly_losses(date(2026, 1, 5), 2) == [(date(2025, 12, 1), 1), (date(2026, 1, 1), 1)]
    assert queries.monthly_losses(date(2025, 12, 5), 1) == [(date(2025, 12, 1), 1)]


def test_value_is_summed_by_currency_and_said_of_how_many(many):
    assert queries.value_lost() == {"EUR": 1460, "USD": 2000}
    assert queries.count_valued() == 5
    assert queries.value_lost(since=OCT) == {"EUR": 450}


def test_pages_follow_one_another_to_the_last_though_all_left_on_one_day(recorded):
    recorded(*(entry(str(number), OCT) for number in range(PAGE_SIZE + 7)))
    found = _all(queries.lost_people)
    assert len(found) == len({departure.id for departure in found}) == PAGE_SIZE + 7


@pytest.mark.parametrize("reason", ["X9", "nonsense", "'; DROP TABLE departure; --"])
def test_a_reason_that_is_none_is_refused(app, reason):
    with pytest.raises(Refused):
        queries.count_lost(reason=reason)


def test_a_page_that_is_none_is_refused(app):
    with pytest.raises(Refused):
        queries.lost_people(cursor="nonsense")


def test_unmatched_answers_are_counted_apart_and_each_is_listed(app):
    survey = from_template("exit", slug="bye")
    for _ in range(3):
        answer(survey, {"reasons": {"codes": ["A2"], "other": ""}}, on=OCT)
    assert queries.count_unmatched() == len(_all(queries.unmatched)) == 3
    assert queries.count_unmatched(until=SEP) == len(_all(queries.unmatched, until=SEP)) == 0
    assert (queries.count_lost(), queries.reasons_as_people(), queries.monthly_losses(OCT, 1)) == (
        0,
        [],
        [(date(2026, 10, 1), 0)],
    )


def test_a_month_is_usual_only_against_months_in_which_somebody_could_leave(recorded):
    recorded(*(entry(f"{month}-{n}", date(2026, month, 5)) for month in range(4, 10) for n in range(4)))
    recorded(*(entry(f"now-{n}", OCT) for n in range(20)))
    assert queries.course(date(2026, 10, 1), date(2026, 11, 2)).verdict == "more"
    assert queries.course(date(2026, 9, 1), date(2026, 11, 2)).verdict == "usual"
    assert queries.course(date(2026, 5, 1), date(2026, 11, 2)).verdict == "unknown"


def test_answers_that_only_groups_may_be_seen_of_are_not_in_a_persons_story(recorded):
    [somebody] = recorded(entry("1"))
    for slug, privacy in (("open", "identified"), ("closed", "confidential")):
        survey = from_template("satisfaction", slug=slug, privacy=privacy)
        answer(survey, {"nps": 3}, person_id=somebody.id, voice="customer", on=OCT)
    assert [row.survey.slug for row in queries.answers_of(somebody.id)] == ["open"]


@pytest.fixture
def leavers(recorded):
    """People who said why in a list, and in an exit survey, where one may tick several reasons."""
    people = recorded(
        entry("1", SEP, "Quality"), entry("2", SEP, "Attitude"), entry("3", OCT, "Moved away"), entry("4", OCT, "Price rise"),
        entry("5", OCT), entry("6", OCT, "The parrot"), entry("7", OCT), entry("8", OCT), entry("9", OCT),
    )  # fmt: skip
    survey = from_template("exit", slug="bye")
    ticked = {"7": ["P2", "E2"], "8": ["A2", "X1"], "9": ["Z2"]}
    for number, person in enumerate(people, 1):
        if codes := ticked.get(str(number)):
            given = {"reasons": {"codes": codes, "other": ""}}
            answer(survey, given, person_id=person.id, voice="former_customer", on=OCT)


def test_service_is_the_main_reason_one_of_several_or_none_and_every_number_opens_its_people(leavers):
    keys = (NOT_KNOWN, TOLD, AT_LENGTH, SERVICE_FIRST, SERVICE_TOO, SERVICE_ANY, NO_SERVICE, SERVICE_UNCLEAR, CONTACT_FIRST,
            CONTROLLABLE, SEVERAL, TOLD_AT_EXIT)  # fmt: skip
    counted = queries.count_each(keys)
    assert dict(counted) == {
        NOT_KNOWN: 2, TOLD: 7, AT_LENGTH: 0, SERVICE_FIRST: 2, SERVICE_TOO: 1, SERVICE_ANY: 3, NO_SERVICE: 3, SERVICE_UNCLEAR: 3,
        CONTACT_FIRST: 1, CONTROLLABLE: 5, SEVERAL: 2, TOLD_AT_EXIT: 2,
    }  # fmt: skip
    for key, people in counted.items():
        assert len(_all(queries.lost_people, reason=key)) == queries.count_lost(reason=key) == people
    parts = (SERVICE_FIRST, SERVICE_TOO, NO_SERVICE, SERVICE_UNCLEAR)
    assert sum(counted[part] for part in parts) == queries.count_lost()


def test_counts_of_a_period_are_of_its_people_alone(leavers):
    september = queries.count_each((SERVICE_FIRST, NO_SERVICE, TOLD), since=date(2026, 9, 1), until=date(2026, 9, 30))
    assert september == {SERVICE_FIRST: 2, NO_SERVICE: 0, TOLD: 2}
