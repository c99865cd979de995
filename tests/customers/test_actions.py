from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from survey.customers.actions import add_person, agree, end_stay, record, record_all
from survey.customers.models import Consent, Lifetime, Person, Standing
from survey.customers.queries import count_people, find_people, person, person_by_email, person_by_external_id
from survey.customers.rules import PersonEntry
from survey.departures.models import Departure, DepartureReason
from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.foundation.paging import PAGE_SIZE

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)


def _record(*entries, is_history=True):
    return write(lambda: record_all(entries, now=NOW, is_history=is_history))


def _count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def _entry(number="1", **said):
    return PersonEntry(external_id=number, **said)


LEFT = {"has_left": True, "started_on": date(2024, 1, 1), "ended_on": date(2026, 9, 30)}


def test_a_person_is_made_once_and_then_updated(app):
    _record(_entry(name="Ada", plan="Small"))
    again = _record(_entry(name="Ada Holm", email="ada@example.org"))
    assert [done.novelty for done in again] == ["changed"]
    somebody = person_by_external_id("1")
    assert (somebody.name, somebody.email, somebody.latest.plan) == ("Ada Holm", "ada@example.org", "Small")
    assert (_count(Person), _count(Lifetime)) == (1, 1)


def test_the_same_entry_again_changes_nothing(app):
    entry = _entry(name="Ada", segments={"city": "Bern"}, reason="Price too high", **LEFT)
    assert [done.novelty for done in _record(entry)] == ["new"]
    assert [done.novelty for done in _record(entry)] == ["unchanged"]
    assert (_count(Departure), _count(DepartureReason)) == (1, 1)


def test_the_same_person_twice_in_one_go_is_one_person(app):
    done = _record(_entry(name="Ada"), _entry(plan="Large"))
    assert [one.novelty for one in done] == ["new", "changed"]
    assert _count(Person) == 1


def test_a_stay_that_ends_tells_it_once(app):
    _record(_entry(started_on=date(2024, 1, 1)))
    assert _count(Departure) == 0
    _record(_entry(value_minor=500, currency="EUR", **LEFT))
    _record(_entry(value_minor=500, currency="EUR", **LEFT))
    departure = db.session.scalars(select(Departure)).one()
    assert (departure.source, departure.left_on, departure.tenure_months, departure.value_minor) == (
        "import",
        date(2026, 9, 30),
        32,
        500,
    )


def test_a_person_without_a_number_is_found_by_address(app):
    _record(PersonEntry(email="ada@example.org", name="Ada"))
    _record(PersonEntry(email="ada@example.org", phone="1"))
    assert person_by_email(" Ada@Example.org ").phone == "1"
    assert _count(Person) == 1


def test_a_number_is_given_to_the_person_who_left_the_same_address(app):
    write(lambda: agree(email="ada@example.org", name="Ada", purposes={"reply": "You may"}, now=NOW))
    _record(_entry("7", email="ada@example.org"))
    assert person_by_email("ada@example.org").external_id == "7"
    assert _count(Person) == 1


def test_two_customers_who_share_an_address_stay_two(app):
    _record(_entry("1", email="home@example.org"), _entry("2", email="home@example.org"))
    assert _count(Person) == 2


def test_somebody_who_comes_back_has_a_second_stay_and_one_departure(app):
    _record(_entry(**LEFT))
    back = _entry(started_on=date(2024, 1, 1), plan="Again")
    _record(back)
    _record(back)
    somebody = person_by_external_id("1")
    assert somebody.standing == Standing.CUSTOMER
    assert [stay.started_on for stay in somebody.lifetimes] == [date(2024, 1, 1), None]
    assert _count(Departure) == 1


def test_a_reckoned_start_does_not_move_with_the_day_of_reckoning(app):
    _record(_entry(started_on=date(2025, 12, 30), is_start_derived=True))
    _record(_entry(started_on=date(2026, 1, 31), is_start_derived=True))
    assert person_by_external_id("1").latest.started_on == date(2025, 12, 30)
    _record(_entry(started_on=date(2025, 11, 2)))
    assert person_by_external_id("1").latest.started_on == date(2025, 11, 2)


def test_what_is_told_later_fills_what_was_not_known_and_changes_nothing_else(app):
    _record(_entry(plan="Small", **LEFT))
    _record(_entry(plan="Large", reason="Price too high", value_minor=700, currency="EUR", **LEFT))
    _record(_entry(reason="Quality", value_minor=900, currency="EUR", **LEFT))
    departure = db.session.scalars(select(Departure)).one()
    assert (departure.plan, departure.value_minor) == ("Small", 700)
    assert [reason.code for reason in departure.reasons] == ["P1"]


def test_an_end_by_hand_is_told_as_staff_told_it(app):
    somebody = write(lambda: record(_entry(started_on=date(2024, 1, 1)), now=NOW, is_history=True))
    write(lambda: end_stay(somebody.id, on=date(2026, 10, 1), source="staff", reason="You put it up", code="P2"))
    departure = db.session.scalars(select(Departure)).one()
    assert (departure.source, departure.left_on) == ("staff", date(2026, 10, 1))
    assert [(reason.code, reason.words) for reason in departure.reasons] == [("P2", "You put it up")]


def test_nobody_leaves_twice_or_before_they_came(app):
    somebody = write(lambda: record(_entry(started_on=date(2024, 1, 1)), now=NOW, is_history=True))
    with pytest.raises(Refused, match="became a customer after"):
        write(lambda: end_stay(somebody.id, on=date(2023, 1, 1), source="staff"))
    write(lambda: end_stay(somebody.id, on=date(2026, 1, 1), source="staff"))
    with pytest.raises(Refused, match="not a customer now"):
        write(lambda: end_stay(somebody.id, on=date(2026, 1, 2), source="staff"))
    assert _count(Departure) == 1


def test_by_hand_nobody_is_added_twice(app):
    write(lambda: add_person(_entry("1", name="Ada", email="ada@example.org"), now=NOW))
    for twice in (_entry("1"), _entry("2", email="ada@example.org")):
        with pytest.raises(Refused, match="Ada is here already"):
            write(lambda twice=twice: add_person(twice, now=NOW))
    assert _count(Person) == 1


def test_a_yes_is_kept_with_its_words_and_once(app):
    for words in ("You may write to me", "You may write to me", "Yes, do"):
        write(lambda words=words: agree(email="Ada@example.org", name="Ada", purposes={"reply": words}, now=NOW))
    somebody = person_by_email("ada@example.org")
    assert somebody.standing == Standing.CONTACT
    assert [consent.words for consent in person(somebody.id).consents] == ["You may write to me", "Yes, do"]
    assert _count(Consent) == 2


def test_people_are_found_by_name_number_and_address_and_by_how_they_stand(app):
    _record(
        _entry("A-1", name="Ada Holm", **LEFT), _entry("B-2", name="Ben 100%"), PersonEntry(email="cleo@example.org")
    )
    write(lambda: agree(email="dora@example.org", name="Dora", purposes={}, now=NOW))
    found = {
        words: [one.shown_name for one in find_people(words).items]
        for words in ("holm", "b-2", "CLEO", "%", "_", "zzz")
    }
    assert found == {
        "holm": ["Ada Holm"],
        "b-2": ["Ben 100%"],
        "CLEO": ["cleo@example.org"],
        "%": ["Ben 100%"],
        "_": [],
        "zzz": [],
    }
    assert [count_people(status=status) for status in ("all", "customers", "left", "ever")] == [4, 2, 1, 3]
    with pytest.raises(Refused):
        find_people(status="gone")


def test_who_was_a_customer_on_a_day(app):
    _record(_entry("1", **LEFT), _entry("2", started_on=date(2026, 5, 1)), _entry("3"))
    assert [
        count_people(on=day) for day in (date(2024, 1, 1), date(2026, 5, 2), date(2026, 9, 30), date(2026, 10, 1))
    ] == [1, 3, 3, 2]


def test_pages_of_people_follow_one_another_to_the_last(app):
    _record(*(_entry(str(number)) for number in range(PAGE_SIZE * 2 + 1)))
    seen, cursor = [], None
    while True:
        page = find_people(cursor=cursor)
        seen += [one.external_id for one in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert sorted(seen, key=int) == [str(number) for number in range(PAGE_SIZE * 2 + 1)]
    with pytest.raises(Refused):
        find_people(cursor="nonsense")


def test_a_chunk_of_people_is_read_in_a_few_queries(sqlite_app):
    entries = [_entry(str(number), name=f"N{number}") for number in range(200)]
    _record(*entries)
    said = []

    def count():
        from sqlalchemy import event

        engine = db.session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *args: said.append(args[2]))
        return record_all(entries, now=NOW, is_history=True)

    write(count)
    assert len([statement for statement in said if statement.lstrip().upper().startswith("SELECT")]) <= 3
