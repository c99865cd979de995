from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.customers.rules import (
    PersonEntry,
    Reading,
    Unreadable,
    cells,
    currency_code,
    day_order,
    entry_of,
    known_in,
    minor_units,
    money_words,
    tenure_months,
    tenure_words,
    which,
)
from survey.customers.rules.stays import months_before
from survey.foundation.csv import mapping
from survey.foundation.errors import Refused

AS_OF = date(2026, 9, 30)
READING = Reading(as_of=AS_OF, currency="EUR")


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1,234.50", 123450), ("$65.6", 6560), ("-4", -400), ("(4.00)", -400), ("4.00-", -400), ("−4", -400), ("-$4", -400), ("$-4", -400),
        ("1.234,50 €", 123450), ("65,60", 6560), ("1,23", 123), ("1,234", 123400), ("1 234,50", 123450), ("1’234.50", 123450),
        ("12,34,567.00", 123456700), ("EUR 80", 8000), ("80 eur", 8000), (".5", 50), ("0", 0), ("1.005", 101), (" 7 ", 700),
        ("1234567.89", 123456789),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text, minor):
    assert minor_units(text) == minor


@pytest.mark.parametrize(
    "text", ["", "x", "1.2.3", "1,2,3", "--4", "(4", "4)", "1e5", "NaN", "inf", "12.34.56", "1..2", "9" * 40, "٣"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Unreadable):
        minor_units(text)


@given(st.text(max_size=40) | st.from_regex(r"[-+($€]{0,3}[0-9.,  ]{1,20}[)€-]{0,2}", fullmatch=True))
def test_reading_an_amount_gives_a_whole_number_or_says_why_not(text):
    with suppress(Unreadable):
        assert isinstance(minor_units(text), int)


@given(st.integers(-(10**14), 10**14), st.sampled_from(["EUR", "USD", "JPY", "KWD", "CHF"]))
def test_an_amount_that_was_said_is_read_as_it_was(minor, currency):
    assert minor_units(money_words(minor, currency), currency) == minor


def test_amounts_are_said_with_their_currency():
    assert money_words(123450, "EUR") == "€1,234.50"
    assert money_words(-400, "USD") == "−$4.00"
    assert money_words(8000, "CHF") == "CHF 80.00"
    assert money_words(500, "JPY") == "¥500"
    assert money_words(99950, "EUR", is_short=True) == "€1,000"
    assert money_words(-34400, "EUR", is_short=True) == "−€344"
    assert money_words(40, "EUR", is_short=True) == "€0.40"
    assert money_words(123450, "EUR", is_short=True) == "€1,235"


def test_a_currency_is_three_letters_or_a_symbol():
    assert [currency_code(text) for text in ("eur", "$", "", "n/a")] == ["EUR", "USD", None, None]
    with pytest.raises(Unreadable):
        currency_code("euros")


@pytest.mark.parametrize(
    "text",
    ["2026-09-03", "2026-09-03T10:00:00Z", "2026-09-03 10:00", "20260903", "2026/09/03", "03.09.2026", "3.9.2026", "3 Sep 2026",
     "3 September 2026", "Sep 3, 2026", "september 3 2026", " 2026-09-03 "],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text):
    assert cells.day(text) == date(2026, 9, 3)


def test_a_day_that_can_be_two_is_refused_unless_the_file_or_the_owner_says_which():
    with pytest.raises(Unreadable, match="can be two days"):
        cells.day("03/09/2026")
    assert cells.day("03/09/2026", "dmy") == date(2026, 9, 3)
    assert cells.day("03/09/2026", "mdy") == date(2026, 3, 9)
    assert cells.day("25/09/2026") == date(2026, 9, 25)
    assert cells.day("09/25/2026") == date(2026, 9, 25)
    assert cells.day("04/04/2026") == date(2026, 4, 4)


def test_the_order_of_a_files_days_shows_in_those_that_can_be_only_one():
    assert day_order(["03/09/2026", "25/09/2026"]) == "dmy"
    assert day_order(["03/09/2026", "09/25/2026"]) == "mdy"
    assert day_order(["03/09/2026", "", "03.09.2026"]) is None
    assert day_order(["25/09/2026", "09/25/2026"]) is None


@pytest.mark.parametrize(
    "text", ["2026-02-30", "31.04.2026", "yesterday", "13/13/2026", "3 Foo 2026", "12", "0000-01-01"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Unreadable):
        cells.day(text)


@given(st.text(max_size=30) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,4}[-/. ][0-9]{1,4}", fullmatch=True))
def test_reading_a_day_gives_a_day_or_says_why_not(text):
    with suppress(Unreadable):
        assert cells.day(text) is None or isinstance(cells.day(text), date)


@given(st.dates(date(1000, 1, 1)))
def test_a_day_in_the_usual_form_is_read_as_it_was(day):
    assert cells.day(day.isoformat()) == day


@given(st.text(max_size=20))
def test_reading_months_gives_a_number_or_says_why_not(text):
    with suppress(Unreadable):
        months = cells.months(text)
        assert months is None or months >= 0


@given(st.dates(date(1800, 1, 1), date(2200, 1, 1)), st.integers(0, 1500))
def test_a_tenure_counted_back_is_the_tenure_again(day, months):
    assert tenure_months(months_before(day, months), day) == months


def test_a_tenure_is_said_in_years_and_months():
    said = [tenure_words(months) for months in (None, 0, 1, 12, 38)]
    assert said == ["", "less than a month", "1 month", "1 year", "3 years 2 months"]


# ---- rows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["Churned", "left", "CANCELLED", "Canceled", "former", "Lost", "departed", "ended", "closed"]
)
def test_the_usual_words_for_left_are_known(word):
    assert entry_of({"external_id": "1", "status": f" {word} "}, READING).has_left


def test_other_words_for_left_replace_the_usual_ones():
    reading = Reading(as_of=AS_OF, currency="EUR", left_words=("Gone",))
    assert entry_of({"external_id": "1", "status": "gone"}, reading).has_left
    assert not entry_of({"external_id": "1", "status": "churned"}, reading).has_left


def test_without_dates_the_as_of_day_is_the_end_and_the_tenure_reckons_the_start():
    left = entry_of({"external_id": "1", "status": "left", "tenure_months": "9"}, READING)
    assert (left.started_on, left.ended_on, left.is_start_derived) == (date(2025, 12, 30), AS_OF, True)
    stayed = entry_of({"external_id": "1", "status": "stayed", "tenure_months": "9"}, READING)
    assert (stayed.started_on, stayed.ended_on, stayed.has_left) == (date(2025, 12, 30), None, False)


def test_the_status_decides_and_without_one_the_last_day_does():
    assert not entry_of({"external_id": "1", "status": "active", "ended_on": "2026-01-01"}, READING).has_left
    assert entry_of({"external_id": "1", "ended_on": "2026-01-01"}, READING).ended_on == date(2026, 1, 1)
    assert not entry_of({"external_id": "1", "ended_on": "2027-01-01"}, READING).has_left


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"name": "Ada"}, "neither a customer number nor an e-mail"),
        ({"external_id": "1", "email": "nobody"}, "not an e-mail address"),
        ({"external_id": "1", "value": "lots"}, "not an amount"),
        ({"external_id": "1", "tenure_months": "two"}, "not a number of months"),
        ({"external_id": "1", "tenure_months": "9999"}, "longer than anybody"),
        ({"external_id": "1", "started_on": "2026-05-01", "ended_on": "2026-04-01"}, "before the start"),
        ({"external_id": "1", "status": "left", "ended_on": "2026-12-01"}, "after 2026-09-30"),
        ({"external_id": "1" * 201}, "external_id: "),
        ({"external_id": "1", "reason": "x" * 2001}, "reason: "),
        ({"external_id": "1", "name": "\ud800"}, "not valid text"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_says_why(row, reason):
    with pytest.raises(Refused, match=reason):
        entry_of(row, READING)


def test_stray_blanks_and_the_usual_nothings_are_nothing():
    entry = entry_of(
        {"external_id": " 7 ", "name": " Ada  Holm ", "email": "N/A", "value": "-", "reason": " none ", "plan": "  "},
        READING,
    )
    assert entry == PersonEntry(external_id="7", name="Ada Holm")


def test_segments_come_by_name_and_blank_ones_not_at_all():
    entry = entry_of({"external_id": "7", "segment.city": " Bern ", "segment.site": ""}, READING)
    assert entry.segments == {"city": "Bern"}


def test_a_value_takes_the_currency_of_its_row_or_else_of_the_file():
    said = {"external_id": "7", "value": "1000"}
    assert entry_of(said, READING).value_minor == 100000
    yen = entry_of({**said, "currency": "JPY"}, READING)
    assert (yen.value_minor, yen.currency) == (1000, "JPY")
    assert entry_of({"external_id": "7", "currency": "JPY"}, READING).currency is None


def test_usual_headers_are_recognised_once_each_whatever_their_case_and_blanks():
    columns = ["Customer ID", "E-Mail ", "customer status", "CHURN REASON", "Tenure in Months", "Monthly Charge", "Total Revenue",
               "segment.City", "Gender"]  # fmt: skip
    assert mapping([], columns, known_in(columns), open_prefix="segment.") == {
        "Customer ID": "external_id", "E-Mail ": "email", "customer status": "status", "CHURN REASON": "reason",
        "Tenure in Months": "tenure_months", "Monthly Charge": "value", "segment.City": "segment.city",
    }  # fmt: skip


def test_a_column_that_is_mapped_takes_the_place_of_one_that_is_recognised():
    columns = ["id", "Monthly Charge", "Total Revenue"]
    assert mapping(["total revenue=value"], columns, known_in(columns)) == {
        "Total Revenue": "value",
        "id": "external_id",
    }


# ---- which stay -----------------------------------------------------------------------------------------------------

OPEN = PersonEntry(external_id="1", started_on=date(2024, 1, 1))
FIRST = PersonEntry(external_id="1", has_left=True, started_on=date(2020, 1, 1), ended_on=date(2021, 1, 1))


def _ended(started, ended, *, is_derived=False):
    return PersonEntry(external_id="1", has_left=True, started_on=started, ended_on=ended, is_start_derived=is_derived)


def test_an_end_speaks_of_the_stay_that_is_open():
    assert which(_ended(None, AS_OF), [FIRST, OPEN]) == 1


def test_an_end_before_the_open_stay_began_is_a_stay_of_its_own():
    assert which(_ended(date(2022, 1, 1), date(2022, 5, 1)), [FIRST, OPEN]) is None


def test_the_same_stay_told_again_is_the_same():
    assert which(FIRST, [FIRST, OPEN]) == 0
    assert which(_ended(date(2020, 1, 1), date(2021, 2, 1)), [FIRST]) == 0


def test_the_same_file_a_month_later_tells_of_the_same_end():
    assert which(_ended(date(2020, 3, 1), date(2021, 2, 1), is_derived=True), [FIRST]) == 0


def test_a_stay_that_began_after_the_last_ended_is_a_new_one():
    assert which(_ended(date(2022, 1, 1), date(2022, 5, 1)), [FIRST]) is None


def test_somebody_who_is_a_customer_again_has_a_new_stay():
    assert which(OPEN, [FIRST]) is None
    assert which(OPEN, [FIRST, OPEN]) == 1


def test_an_entry_that_contradicts_itself_is_refused():
    with pytest.raises(Refused):
        PersonEntry(external_id="1", has_left=True)
    with pytest.raises(Refused):
        PersonEntry(external_id="1", ended_on=AS_OF)
