"""Why people stay beside why they leave, read from what the other rooms know."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from survey.departures.queries import count_each, reasons_as_people
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import marked
from survey.home.rules.experience import SERVICE_KEYS, Service, service_of
from survey.home.rules.heard import Heard, heard, together
from survey.home.rules.why import Side, leaving, staying
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import all_surveys, newest_versions
from survey.reasons.rules import LEVELS
from survey.responses.rules import Voice, sees_single_answers
from survey.results.queries import months_of
from survey.results.queries.kept import Months
from survey.results.rules.periods import Period, month_of, months_between
from survey.results.rules.tally import VOICE, responses_in
from survey.text.queries.praise import Praise, positive_comments
from survey.text.rules.languages import same_language
from survey.text.rules.praise import levels

READ = 2_000  # the newest positive comments; what people like changes slowly
MONTHS_SHOWN = 6
UNNAMED = "unnamed"
PRAISED: Mapping[str, str] = {**LEVELS, UNNAMED: marked("Nothing that we can name")}


@dataclass(frozen=True)
class Stay:
    """What people praise: `voice` says whose words were read, `foreign` how many of them in a language that is not."""

    side: Side
    voice: str
    read: int
    foreign: int
    by_level: Mapping[str, Mapping[UUID, UUID]]  # level, or UNNAMED -> who -> the newest comment of theirs

    @property
    def is_cut(self) -> bool:
        """Whether there may be more comments than were read."""
        return self.read == READ


def stay(period: Period) -> Stay:
    """What customers praise in a period; where none of theirs is there, what came over open links."""
    voice, found = _praise(period)
    newest: dict[UUID, UUID] = {}
    by_level: dict[str, dict[UUID, UUID]] = defaultdict(dict)
    for one in found:
        newest.setdefault(one.by, one.id)
        for level in levels(one.text, one.language, one.codes):
            by_level[level].setdefault(one.by, one.id)
    known = {level: by_level[level] for level in LEVELS if level in by_level}
    foreign = sum(not same_language(one.language, "en") for one in found)
    unnamed = {by: id for by, id in newest.items() if not any(by in people for people in known.values())}
    return Stay(staying(known, newest), voice, len(found), foreign, {**known, UNNAMED: unnamed})


def _praise(period: Period) -> tuple[str, list[Praise]]:
    for voice in (Voice.CUSTOMER, Voice.UNVERIFIED):
        found = positive_comments(READ, voices=(voice,), since=period.since, until=period.until)
        if found:
            break
    return voice, found


def praise_of(period: Period, level: str) -> list[UUID]:
    """One comment of each person who praises this, or nothing that we can name, the newest first; raises Refused for anything else."""
    if level not in PRAISED:
        raise Refused(_("There is no such thing to praise. Choose one from the list."))
    return list(stay(period).by_level.get(level, {}).values())


def leave(period: Period) -> Side:
    """The reasons of people who left in a period, as they stated them."""
    return leaving(reasons_as_people(since=period.since, until=period.until))


def service(period: Period) -> Service:
    """Whether service is why they left."""
    return service_of(count_each(SERVICE_KEYS, since=period.since, until=period.until))


# ---- who was heard --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A survey with whom it heard in a period."""

    slug: str
    title: str
    heard: Heard


@dataclass(frozen=True)
class Talks:
    """Whom we listened to: by survey in a period, and by month until now; `has_closed` where surveys are left out."""

    surveys: Sequence[Asked]
    months: Sequence[tuple[date, Heard]]
    has_closed: bool

    @property
    def all(self) -> Heard:
        """Everybody who was heard in the period."""
        return together(one.heard for one in self.surveys)


def talks(period: Period, today: date) -> Talks:
    """The answers of customers and of people who had left; of surveys alone whose single answers may be seen."""
    newest = newest_versions()
    published = [survey for survey in all_surveys() if survey.id in newest]
    asked = [survey for survey in published if sees_single_answers(survey.privacy)]
    counted = months_of([survey.id for survey in asked], ((VOICE, None),), questions={""})
    by_survey = [(survey, _by_month(survey, counted.get(survey.id, {}))) for survey in asked]
    lines = [
        Asked(survey.slug, str(newest[survey.id].document["title"]), _within(months, period))
        for survey, months in by_survey
    ]
    shown = [(month, together(months.get(month, Heard()) for _survey, months in by_survey)) for month in _last(today)]
    return Talks([line for line in lines if line.heard.n], shown, len(asked) < len(published))


def _by_month(survey: Survey, counted: Months) -> dict[date, Heard]:
    voices: dict[date, dict[str, int]] = defaultdict(dict)
    for (name, voice), months in counted.items():
        for month, counts in months.items() if name == VOICE else ():
            voices[month][voice] = responses_in(counts)
    return {month: heard(survey.purpose, own) for month, own in voices.items()}


def _within(months: Mapping[date, Heard], period: Period) -> Heard:
    since = month_of(period.since) if period.since else date.min
    until = period.until or date.max
    return together(one for month, one in months.items() if since <= month <= until)


def _last(today: date) -> list[date]:
    """The last months, the present one first."""
    year_ago = date(today.year - 1, today.month, 1)
    return months_between([year_ago, today])[: -MONTHS_SHOWN - 1 : -1]
