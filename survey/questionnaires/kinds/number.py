"""A number: how many, how long, how much."""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, ngettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Answer, Band, Given, Invalid, Kind, Question
from survey.questionnaires.kinds.settings import DECIMALS, NUMBER_LIMIT, Bound, WholeNumber, Words

PLAIN = re.compile(r"([+-]?)([0-9]{1,12})(?:[.,]([0-9]{1,12}))?")
GROUPED = re.compile(r"([+-]?)([0-9]{1,3}(?:([ .,'])[0-9]{3})(?:\3[0-9]{3})*)(?:(?!\3)[.,]([0-9]{1,12}))?")
# Signs that mean the same: minus, blanks that do not break, apostrophes, Arabic separators.
SAME = str.maketrans({"\N{MINUS SIGN}": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "٫": ".", "٬": "'"})
LONGEST = 30
FEW, BANDS = 8, 6


class Number(Kind):
    """A number in the way people write it (3,5 or 3.5, 1 234 or 1.234); the answer is a JSON number."""

    name = "number"
    holds = "number"
    label = lazy_gettext("Number")
    about = lazy_gettext("How many, how long, how much. Gives the mean.")
    words = _m("How many people live in your household?")
    metrics = ("mean",)
    settings = (
        Bound("lowest", lazy_gettext("Lowest number"), hint=lazy_gettext("Empty: any.")),
        Bound("highest", lazy_gettext("Highest number"), hint=lazy_gettext("Empty: any.")),
        WholeNumber("decimals", lazy_gettext("Digits after the point"), lowest=0, highest=DECIMALS, default=0),
        Words(
            "unit",
            lazy_gettext("What it is counted in"),
            hint=lazy_gettext("Such as hours or kilometres. Stands behind the box."),
        ),
    )

    def clean(self, question: Question, given: Given) -> int | float | None:
        """Return the number."""
        typed = given.typed()
        if not typed:
            return None
        number = self._read(question, typed[0]) if len(typed) == 1 else None
        if number is None or not self._is_within(question, number):
            raise Invalid(self.missing(question))
        return int(number) if number == number.to_integral_value() else float(number)

    def _read(self, question: Question, typed: str) -> Decimal | None:
        """Return the number that was typed; None where it is none, Invalid where it can be read in two ways."""
        text, decimals = _latin(typed), self._decimals(question)
        if len(typed) > LONGEST:
            return None
        plain, grouped = PLAIN.fullmatch(text), GROUPED.fullmatch(text)
        if plain and grouped and not grouped[2].startswith("0") and 0 < decimals < 3:
            raise Invalid(
                _("“%(typed)s” can be read as two numbers. Write thousands without a point or comma.", typed=typed)
            )
        if grouped and not (plain and (decimals or grouped[2].startswith("0"))):
            return _made(grouped[1], grouped[2].replace(grouped[3], ""), grouped[4], decimals)
        return _made(plain[1], plain[2], plain[3], decimals) if plain else None

    def _is_within(self, question: Question, number: Decimal) -> bool:
        lowest, highest = self.bounds(question)
        return (
            (-NUMBER_LIMIT if lowest is None else lowest)
            <= float(number)
            <= (NUMBER_LIMIT if highest is None else highest)
        )

    def bounds(self, question: Question) -> tuple[float | None, float | None]:
        """Return the lowest and the highest number, where there are such."""
        return question.settings.get("lowest"), question.settings.get("highest")

    def _decimals(self, question: Question) -> int:
        return int(question.settings.get("decimals", 0))

    def guide(self, question: Question) -> str:
        """Say between which numbers it is."""
        lowest, highest = self.bounds(question)
        if lowest is not None and highest is not None:
            return _("A number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)
        if lowest is not None:
            return _("A number of at least %(lowest)s.", lowest=lowest) if lowest else ""
        return _("A number of at most %(highest)s.", highest=highest) if highest is not None else ""

    def missing(self, question: Question) -> str:
        """Say what to write."""
        lowest, highest = self.bounds(question)
        decimals = self._decimals(question)
        if lowest is not None and highest is not None:
            said = _("Write a number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)
        elif lowest is not None:
            said = _("Write a number that is %(lowest)s or more.", lowest=lowest)
        elif highest is not None:
            said = _("Write a number that is %(highest)s or less.", highest=highest)
        else:
            said = _("Write a number.")
        after = (
            ngettext("At most %(num)s digit after the point.", "At most %(num)s digits after the point.", decimals)
            if decimals
            else _("A whole number, such as 3.")
        )
        return f"{said} {after}"

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the number as text."""
        return (str(answer),)

    def number(self, question: Question, answer: Answer) -> float:
        """Return the number."""
        return float(answer)

    def said(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the number and what it counts."""
        return (f"{answer} {question.settings.get('unit', '')}".strip(),)

    def problems(self, question: Question) -> tuple[str, ...]:
        """The lowest number must be below the highest."""
        lowest, highest = self.bounds(question)
        is_wrong = lowest is not None and highest is not None and lowest >= highest
        return (
            (
                _(
                    "The lowest number (%(lowest)s) must be smaller than the highest (%(highest)s).",
                    lowest=lowest,
                    highest=highest,
                ),
            )
            if is_wrong
            else ()
        )

    def seconds(self, question: Question) -> int:
        """Return how long a number takes."""
        return 8

    def bands(self, counts: Mapping[str, int]) -> Sequence[Band]:
        """Return how numbers are spread: each by itself where they are few, else in even bands of round width."""
        given = sorted((Decimal(value), value, n) for value, n in counts.items() if n > 0 and PLAIN.fullmatch(value))
        if len(given) <= FEW:
            return [Band(value, n, value) for _number, value, n in given]
        lowest, highest = given[0][0], given[-1][0]
        width = _round_width((highest - lowest) / BANDS)
        first = math.floor(lowest / width)
        places = range(first, math.floor(highest / width) + 1)
        sums = dict.fromkeys(places, 0)
        for number, _value, n in given:
            sums[math.floor(number / width)] += n
        is_whole = all(number == number.to_integral_value() for number, _value, _n in given)
        return [Band(_between(place * width, width, is_whole=is_whole), n) for place, n in sums.items()]


def _latin(typed: str) -> str:
    """Return what was typed with the digits 0-9 and the usual signs."""
    same = typed.strip().translate(SAME)
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in same)


def _made(sign: str, whole: str, fraction: str | None, decimals: int) -> Decimal | None:
    if len((fraction or "").rstrip("0")) > decimals:
        return None
    number = Decimal(f"{whole}.{fraction or 0}").normalize()
    return -number if sign == "-" and number else number


def _round_width(width: Decimal) -> Decimal:
    """Return the next of 1, 2, 5, 10, 20, 50 … from this width on."""
    power = Decimal(10) ** math.floor(math.log10(width))
    return next(power * step for step in (1, 2, 5, 10) if power * step >= width)


def _between(start: Decimal, width: Decimal, *, is_whole: bool) -> str:
    """Return the ends of a band in words; where all numbers are whole, its last one ends it."""
    if is_whole:
        return _("%(first)s to %(last)s", first=_plain(start), last=_plain(start + width - 1))
    return _("%(first)s to under %(last)s", first=_plain(start), last=_plain(start + width))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


KIND = Number()
