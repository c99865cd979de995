import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.number import KIND
from tests.factories.drafts import question

WHOLE = question("number")
HALVES = question("number", decimals=1, lowest=0, highest=24, unit="hours")
EXACT = question("number", decimals=2)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("3,5", 3.5), ("3.5", 3.5), ("3.50", 3.5), ("3", 3), ("03", 3), ("3,0", 3), (" 12 ", 12), ("٣", 3), ("٣٫٥", 3.5), ("0", 0), ("-0", 0)],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(typed, number):
    found = KIND.clean(question("number", decimals=1), given(typed))
    assert found == number
    assert isinstance(found, int) is (number == int(number))


@pytest.mark.parametrize(
    "typed",
    ["1 234", "1.234", "1,234", "1'234", "1’234", "1\u202f234", "1\u00a0234", "1234", "+1234"],
)
def test_thousands_may_be_parted(typed):
    assert KIND.clean(WHOLE, given(typed)) == 1234


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1.234,5", 1234.5), ("1,234.50", 1234.5), ("1 234,5", 1234.5), ("1.234.567", 1234567), ("−2,25", -2.25)],
)
def test_point_and_comma_are_told_apart_where_both_are_there(typed, number):
    assert KIND.clean(EXACT, given(typed)) == number


def test_what_can_be_read_in_two_ways_is_asked_for_again():
    for typed in ("1.234", "1,234"):
        with pytest.raises(Invalid, match="can be read as two numbers"):
            KIND.clean(EXACT, given(typed))
    assert KIND.clean(EXACT, given("0.5")) == 0.5
    assert KIND.clean(question("number", decimals=3), given("1.234")) == 1.234


@pytest.mark.parametrize(
    "typed", ["five", "1e3", "3.55", "1,5", "0x3", "3 hours", "1 2", "1,23,456", "--1", "nan", "∞", "9" * 31, "²"]
)
def test_anything_else_is_refused(typed):
    with pytest.raises(Invalid, match="Write a number"):
        KIND.clean(WHOLE, given(typed))


def test_bounds_are_kept_and_told():
    assert KIND.clean(HALVES, given("24")) == 24
    for off in ("-0,5", "24,5"):
        with pytest.raises(Invalid, match="from 0 to 24. At most 1 digit after"):
            KIND.clean(HALVES, given(off))
    with pytest.raises(Invalid, match="is 5 or more"):
        KIND.clean(question("number", lowest=5), given("4"))
    with pytest.raises(Invalid, match="is 0.1 or less"):
        KIND.clean(question("number", highest=0.1, decimals=1), given("0.2"))
    assert KIND.clean(question("number", highest=0.1, decimals=1), given("0.1")) == 0.1
    assert KIND.problems(question("number", lowest=5, highest=5))
    assert not KIND.problems(HALVES)


def test_a_number_is_counted_compared_and_told_with_its_unit():
    assert KIND.cells(HALVES, 1.5) == ("1.5",)
    assert KIND.number(HALVES, 3) == 3.0
    assert KIND.said(HALVES, 1.5) == ("1.5 hours",)
    assert KIND.metrics == ("mean",)


def test_few_different_numbers_stand_by_themselves_and_many_in_even_bands():
    assert [(band.words, band.n, band.value) for band in KIND.bands({"10": 2, "9": 1, "2.5": 0})] == [
        ("9", 1, "9"),
        ("10", 2, "10"),
    ]
    bands = KIND.bands({str(number): 1 for number in range(-3, 98)})
    assert [band.words for band in bands] == ["-20 to -1", "0 to 19", "20 to 39", "40 to 59", "60 to 79", "80 to 99"]
    assert [band.n for band in bands] == [3, 20, 20, 20, 20, 18]
    fine = KIND.bands({f"{number / 10}": 1 for number in range(20)})
    assert sum(band.n for band in fine) == 20
    assert fine[0].words == "0 to under 0.5"
    assert [band.words for band in KIND.bands({f"{number}.5": 1 for number in range(10)})][0] == "0 to under 2"
    assert [band.words for band in KIND.bands({f"{number}": 1 for number in range(9)})][:2] == ["0 to 1", "2 to 3"]
    assert KIND.bands({}) == []


@pytest.mark.parametrize(("typed", "bound"), [("", None), ("10", 10), ("2,5", 2.5), ("-3", -3), ("−3", -3)])
def test_a_bound_is_typed_like_a_number(typed, bound):
    assert KIND.settings[0].read(lambda _name: typed, "q.lowest", None) == bound


@pytest.mark.parametrize("typed", ["ten", "1e9", "9" * 12])
def test_a_bound_that_is_none_is_refused(typed):
    with pytest.raises(ValueError, match="Lowest number"):
        KIND.settings[0].read(lambda _name: typed, "q.lowest", None)
