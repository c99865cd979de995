"""What goes with what, in words: differences with their limits and what they are worth, and how far two answers go together."""

from collections.abc import Mapping

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, ngettext, number_words, percent_words, signed_words, whole
from survey.results.rules.contrasts import Contrast, Finding
from survey.results.rules.crosstabs import Cell, Mark, Table, Together
from survey.results.rules.metrics import Metric
from survey.results.rules.several import CLEAR
from survey.results.rules.words import value_words

FINDINGS: Mapping[Finding, str] = {
    "more": lazy_gettext("clearly more"),
    "less": lazy_gettext("clearly less"),
    "close": lazy_gettext("no clear difference"),
    "few": lazy_gettext("too few to compare"),
}
MARKS: Mapping[Mark, tuple[str, str]] = {
    "more": ("▲", lazy_gettext("more")),
    "less": ("▼", lazy_gettext("less")),
    "perhaps more": ("△", lazy_gettext("perhaps more")),
    "perhaps less": ("▽", lazy_gettext("perhaps less")),
    "few": ("", lazy_gettext("too few")),
    "": ("", ""),
}
A_LITTLE, CLEARLY, STRONGLY = 0.1, 0.3, 0.5  # Cohen 1988


def points_words(contrast: Contrast) -> str:
    """“+24”; a dash where it was not compared."""
    return "–" if contrast.difference is None else signed_words(contrast.difference)


def limits_words(contrast: Contrast) -> str:
    """“between +8 and +40”; empty where it was not compared."""
    if contrast.low is None or contrast.high is None:
        return ""
    return _("between %(low)s and %(high)s", low=signed_words(contrast.low), high=signed_words(contrast.high))


def part_words(cell: Cell) -> str:
    """What part of its row a cell is."""
    return percent_words(cell.share)


def side_words(metric: Metric) -> str:
    """“33% of 40”, “+24 of 40”, “nobody was asked”."""
    if metric.value is None:
        return _("no answers")
    return _("%(value)s of %(n)s", value=value_words(metric), n=number_words(metric.n))


def comparisons_words(n: int) -> str:
    """How a finding was reached, with how many comparisons were made."""
    if not n:
        return _("Nothing could be compared: each side needs more answers.")
    return ngettext(
        "“Clearly” is said where chance alone would do it less than 5 times in 100; one comparison was made.",
        "“Clearly” is said where chance alone would do it less than 5 times in 100, corrected for %(num)s comparisons (Holm).",
        n,
    )


def headline(contrast: Contrast | None, one: str, other: str) -> str:
    """What the leading number of two groups says: “North is 25 points above South.”"""
    if contrast is None or contrast.difference is None:
        return _("%(one)s and %(other)s: too few answers to compare the score.", one=one, other=other)
    said = {"one": one, "other": other, "points": abs(whole(contrast.difference)), "a": value_words(contrast.here), "b": value_words(contrast.there)}  # fmt: skip
    if contrast.finding == "close":
        return _("%(one)s %(a)s, %(other)s %(b)s: no clear difference.", **said)
    if contrast.finding == "more":
        return _("%(one)s is %(points)s points above %(other)s: %(a)s against %(b)s.", **said)
    return _("%(one)s is %(points)s points below %(other)s: %(a)s against %(b)s.", **said)


def together_words(table: Table) -> str:
    """How far two answers go together, in a sentence."""
    if not table.n:
        return _("Nobody has answered both.")
    if min(len(table.rows), len(table.columns)) < 2:
        return _("Everybody gave the same answer to one of them: there is nothing to compare.")
    if not table.is_exclusive:
        return _("Look at the marked cells: people could choose several answers, so no one number sums them up.")
    if table.together is None:
        return _("Too few answers to say whether they go together.")
    if table.together.chance >= CLEAR:
        return _("No clear link: chance would do this too.")
    return _strength(table.together.strength)


def numbers_of(together: Together) -> str:
    """The numbers behind that sentence."""
    chance = f"p = {number_words(together.chance, places=3)}" if together.chance >= 0.001 else f"p < {number_words(0.001, places=3)}"  # fmt: skip
    return _(
        "Cramér’s V = %(v)s (0 is no link, 1 a perfect one); χ² = %(chi)s (degrees of freedom: %(degrees)s), %(chance)s.",
        v=number_words(together.cramers_v, places=2), chi=number_words(together.chi_square, places=1),
        degrees=together.degrees, chance=chance,
    )  # fmt: skip


def _strength(w: float) -> str:
    if w < A_LITTLE:
        return _("They hardly go together.")
    if w < CLEARLY:
        return _("They go together a little.")
    return _("They clearly go together.") if w < STRONGLY else _("They go together strongly.")
