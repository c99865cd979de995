"""What every way of looking at one survey needs: whether this reader may, and the groups that its people can be parted into."""

from collections.abc import Collection, Mapping
from datetime import date

from survey.foundation.errors import Refused
from survey.foundation.language import lazy_gettext
from survey.responses.rules import OWN, SCORE, VERSION, Choice
from survey.results.pages.one import SurveyPage
from survey.results.rules.tally import Counts, added

GROUPS_ONLY = lazy_gettext(
    "This survey shows groups only: what goes with what would tell what few people said. "
    "You can look at the whole, and compare periods."
)
IN_ORDER = (VERSION, f"{OWN}tenure")  # these stand in an order of their own, and are not ranked


def single_answers(page: SurveyPage) -> None:
    """Raise Refused where single answers stay closed: a crossing of two things is a small group."""
    if page.groups_only:
        raise Refused(GROUPS_ONLY)


def parted(page: SurveyPage) -> dict[str, Choice]:
    """What parts the people of a survey into groups, by its name; a score is no group."""
    return {choice.name: choice for choice in page.choices if choice.name != SCORE}


def by_value(page: SurveyPage, name: str) -> dict[str, Counts]:
    """The counts of each value of a segment in this view."""
    return by_each(page, (name,)).get(name, {})


def by_each(
    page: SurveyPage, names: Collection[str], questions: Collection[str] | None = None
) -> dict[str, dict[str, Counts]]:
    """The same of several segments, by their names; it is enough if they hold these questions."""
    found = page.counts_by_each(names, questions)
    return {name: {value: _together(months) for value, months in values.items()} for name, values in found.items()}


def _together(months: Mapping[date, Counts]) -> Counts:
    return added(months.values())
