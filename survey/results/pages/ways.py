"""What every way of looking at one survey needs: whether this reader may, and what is counted in the view."""

import re
from collections.abc import Mapping
from datetime import date
from math import inf

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.responses.lists import CHANNELS
from survey.results.pages.one import SurveyPage
from survey.results.rules.groups import seen
from survey.results.rules.tally import Counts

GROUPS_ONLY = lazy_gettext(
    "This survey shows groups only: what goes with what would tell what few people said. "
    "You can look at the whole, and compare periods."
)
OWN = "segment."
PARTED: Mapping[str, str] = {
    "channel": lazy_gettext("How they answered"),
    "language": lazy_gettext("Language"),
    "version": lazy_gettext("Version of the survey"),
    "segment.tenure": lazy_gettext("How long they have been customers"),
    "segment.tier": lazy_gettext("Value to us"),
}
IN_ORDER = ("version", "segment.tenure")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def single_answers(page: SurveyPage) -> None:
    """Raise Refused where single answers stay closed: a crossing of two things is a small group."""
    if page.groups_only:
        raise Refused(GROUPS_ONLY)


def in_period(page: SurveyPage, months: Mapping[date, Counts]) -> Counts:
    """The counts of the months that the page looks at; only for those who see single answers."""
    return seen(months, page.view.period).counts


def by_value(page: SurveyPage, name: str) -> dict[str, Counts]:
    """The counts of each value of a segment in this view."""
    return {value: in_period(page, months) for value, months in page.counts_by(name).items()}


def segment_names(page: SurveyPage) -> list[str]:
    """What parts the people of this survey, where it parts them at all; what is known of all surveys first."""
    there = [name for name, values in page.segment_options.items() if len(values) > 1]
    return [name for name in PARTED if name in there] + sorted(name for name in there if _is_own(name))


def segment_words(name: str) -> str:
    """What parts people, in words."""
    return str(PARTED.get(name) or name.removeprefix(OWN).capitalize())


def value_words(name: str, value: str) -> str:
    """One group of people, in words."""
    if name == "version":
        return _("Version %(number)s", number=value)
    return str(CHANNELS.get(value, value)) if name == "channel" else value


def has_order(name: str) -> bool:
    """Whether these groups stand in an order of their own, and are not ranked."""
    return name in IN_ORDER


def natural_order(value: str) -> tuple[float, str]:
    """Bands by the number that they begin with; what names none stands last."""
    found = NUMBER.search(value)
    return (float(found[0].replace(",", ".")) if found else inf), value


def _is_own(name: str) -> bool:
    return name.startswith(OWN) and name not in PARTED
