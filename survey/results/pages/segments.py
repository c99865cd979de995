"""Groups of people by what is known of them: the leading number of each, against everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Question
from survey.responses.rules import Choice, value_label
from survey.results.pages.addresses import address_of
from survey.results.pages.one import SurveyPage
from survey.results.pages.ways import IN_ORDER, by_each, parted
from survey.results.rules.contrasts import Contrast, against_the_rest, judged, ties
from survey.results.rules.metrics import Distribution, Metric, enough
from survey.results.rules.relating import FINDINGS


@dataclass(frozen=True)
class Group:
    """The people of one value of a segment, and how their leading number stands against everybody else's."""

    value: str
    label: str
    contrast: Contrast
    given: Distribution
    minimum: int
    href: str = ""

    @property
    def metric(self) -> Metric:
        """Their number."""
        return self.contrast.here

    @property
    def is_told(self) -> bool:
        """Whether so many answered that it may be told."""
        return enough(self.metric.n, self.minimum)

    @property
    def is_clear(self) -> bool:
        """Whether they differ from everybody else by more than chance."""
        return self.contrast.is_clear

    @property
    def note(self) -> str:
        """How they stand."""
        return str(FINDINGS[self.contrast.finding])


@dataclass(frozen=True)
class Parted:
    """Everybody, parted by one thing that is known of them."""

    by: Choice
    groups: tuple[Group, ...]


def tie_words(question: Question, groups: Sequence[Group]) -> str:
    """Which of groups in the order of their scores cannot be ranked, in words; empty where the order is sure."""
    told = [group for group in groups if group.is_told]
    found = ties(question, [group.given for group in told], minimum=1)[:-1]
    if not any(found):
        return ""
    if all(found) and len(found) > 1:
        return _("Each is too close to the next to rank.")
    if found[0]:
        return _("The first two are too close to rank.")
    return _("Some are too close to the next to rank.")


def groups_of(page: SurveyPage, question: Question, names: Sequence[str]) -> tuple[Parted, ...]:
    """The groups of several segments; whether they differ is corrected for all of them together."""
    found = {name: values for name, values in by_each(page, names, [question.key]).items() if len(values) > 1}
    given = {(name, value): counts.get(question.key, {}) for name in found for value, counts in found[name].items()}
    contrasts = judged(_contrast(page, question, mine) for mine in given.values())
    groups: dict[str, list[Group]] = {}
    for ((name, value), mine), contrast in zip(given.items(), contrasts, strict=True):
        groups.setdefault(name, []).append(_group(page, name, value, contrast, mine))
    known = parted(page)
    return tuple(Parted(known[name], _in_order(known[name], groups[name])) for name in names if name in groups)


def _contrast(page: SurveyPage, question: Question, mine: Distribution) -> Contrast:
    everybody = page.results.counts.get(question.key, {})
    return against_the_rest(question, mine, everybody, minimum=page.results.minimum)


def _group(page: SurveyPage, name: str, value: str, contrast: Contrast, given: Distribution) -> Group:
    href = address_of("results.survey", slug=page.survey.slug, **{**page.address, name: value})
    return Group(value, value_label(name, value), contrast, given, page.results.minimum, href)


def _in_order(choice: Choice, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Bands and versions in their own order; else the best first, and those of too few last."""
    if choice.name in IN_ORDER:
        order = [value for value, _label, _n in choice.values]
        return tuple(sorted(groups, key=lambda group: order.index(group.value)))
    return tuple(sorted(groups, key=lambda group: (not group.is_told, -(group.metric.value or 0.0), group.label)))
