"""What parts everybody who left: whose decision it was, whether it could be prevented, how we know, and who was worth most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from survey.departures import queries
from survey.departures.queries.before import scores_before, scores_of_customers, titles
from survey.departures.rules import (
    ANSWERED,
    ANSWERED_BEFORE,
    ASKED,
    CALLED,
    CONTROL_UNKNOWN,
    CONTROLLABLE,
    DECISION_UNKNOWN,
    ENDED_BY_US,
    LABELS,
    LIFE,
    NEVER_ASKED,
    PARTLY,
    PAYMENT,
    TOLD_OTHERWISE,
    UNCONTROLLABLE,
    VOLUNTARY,
    ReasonRow,
)
from survey.departures.rules.pareto import PEOPLE, Pareto, pareto
from survey.departures.rules.runs import Run, run_of
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import newest_versions, questionnaire_of
from survey.reasons.rules import REASONS, Control, Will
from survey.results.rules.comparisons import Change, mean_change, nps_change
from survey.results.rules.measures import measured, metrics_of
from survey.results.rules.metrics import Metric
from survey.results.rules.periods import Period

DECIDED: Mapping[str, str] = {
    VOLUNTARY: lazy_gettext("They chose to leave"),
    LIFE: lazy_gettext("Life decided"),
    PAYMENT: lazy_gettext("A payment failed"),
    ENDED_BY_US: lazy_gettext("We ended it"),
    DECISION_UNKNOWN: lazy_gettext("Not known"),
}
COULD: Mapping[str, str] = {
    CONTROLLABLE: lazy_gettext("We could have prevented it"),
    PARTLY: lazy_gettext("Partly in our hands"),
    UNCONTROLLABLE: lazy_gettext("Nobody here could"),
    CONTROL_UNKNOWN: lazy_gettext("Not known"),
}
WILLS = {Will.VOLUNTARY: VOLUNTARY, Will.LIFE_EVENT: LIFE, Will.BILLING: PAYMENT, Will.FIRM: ENDED_BY_US}
CONTROLS = {Control.CONTROLLABLE: CONTROLLABLE, Control.PARTLY: PARTLY, Control.UNCONTROLLABLE: UNCONTROLLABLE}
KNOWN = (ANSWERED, CALLED, TOLD_OTHERWISE, ASKED, NEVER_ASKED)
NOBODYS = {DECISION_UNKNOWN, UNCONTROLLABLE, CONTROL_UNKNOWN, ASKED, NEVER_ASKED}
RUN_MONTHS = 24
FEWEST = 5  # people who had answered before, below which no score is told


@dataclass(frozen=True)
class Part:
    """Some of those who left; `key` opens the list of them."""

    key: str
    label: str
    people: int
    is_nobodys: bool


@dataclass(frozen=True)
class Parts:
    """Three ways to part everybody who left; each adds up to all of them."""

    decided: Sequence[Part]
    could: Sequence[Part]
    known: Sequence[Part]


def parts(period: Period, rows: Sequence[ReasonRow]) -> Parts:
    """Part those of whom the rows tell by their reasons; how we know why is asked of the database."""
    will: dict[str, int] = dict.fromkeys(DECIDED, 0)
    control: dict[str, int] = dict.fromkeys(COULD, 0)
    for row in rows:
        reason = REASONS.get(row.code or "")
        will[WILLS.get(reason.will, DECISION_UNKNOWN) if reason else DECISION_UNKNOWN] += row.people
        control[CONTROLS.get(reason.control, CONTROL_UNKNOWN) if reason else CONTROL_UNKNOWN] += row.people
    heard = queries.count_each(KNOWN, since=period.since, until=period.until)
    known = {key: heard[key] for key in KNOWN if heard[key] or key != CALLED}
    return Parts(_parts(DECIDED, will), _parts(COULD, control), _parts(LABELS, known))


def _parts(labels: Mapping[str, str], people: Mapping[str, int]) -> list[Part]:
    return [Part(key, str(labels[key]), people[key], key in NOBODYS) for key in people]


def run(period: Period, today: date) -> Run:
    """The run of the last 24 months that are over, from the first loss on."""
    end = period.until if period.until is not None and period.until < today.replace(day=1) else None
    over = end or today.replace(day=1) - timedelta(days=1)
    first = queries.first_loss()
    months = queries.monthly_losses(over, RUN_MONTHS) if first is not None else []
    return run_of([(month, n) for month, n in months if first is not None and month >= first.replace(day=1)])


# ---- what they were worth ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Worth:
    """How few of those who left are half of the value that was lost, and what part of it they are."""

    people: int
    valued: int
    share: float


def worth_most(period: Period, values: Mapping[str, int], valued: int) -> Worth | None:
    """Read who was worth most; None where nothing is known, or where the value is in several currencies."""
    whole = sum(values.values())
    if len(values) != 1 or whole <= 0 or valued < FEWEST:
        return None
    people, theirs = queries.worth_most(since=period.since, until=period.until)
    return Worth(people, valued, theirs / whole)


# ---- reasons in their order --------------------------------------------------------------------------------------------


def reasons_in_order(period: Period, by: str = PEOPLE, layer: str = "stated") -> Pareto:
    """Read the reasons of a period in their order."""
    return pareto(queries.reasons_as_people(since=period.since, until=period.until, layer=layer), by)


# ---- before they left --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Before:
    """What people who left had said in one survey before they went, beside what those said who are customers now."""

    title: str
    slug: str
    question: str
    theirs: Metric
    others: Metric
    verdict: str


def before(period: Period) -> tuple[int, list[Before]]:
    """How many people had answered before they left, and what they said, by survey; those with too few are left out."""
    scores = scores_before(since=period.since, until=period.until)
    many = {survey_id: counts for survey_id, counts in scores.items() if sum(counts.values()) >= FEWEST}
    others, surveys = (scores_of_customers(list(many)), titles(list(many))) if many else ({}, {})
    told = queries.count_lost(since=period.since, until=period.until, reason=ANSWERED_BEFORE) if scores else 0
    versions = newest_versions() if many else {}
    asked = {id: measured(questionnaire_of(versions[id]).questions)[:1] for id in many if id in versions}
    found = [_before(surveys[id], one, many[id], others.get(id, {})) for id in asked for one in asked[id]]
    return told, sorted(found, key=lambda one: (-one.theirs.n, one.title))


def _before(survey: Survey, question: Question, theirs: Mapping[int, int], others: Mapping[int, int]) -> Before:
    said, stayed = metrics_of(question, theirs)[0], metrics_of(question, others)[0]
    change = nps_change(theirs, others) if said.name == "nps" else mean_change(theirs, others)
    title = survey.draft["title"] or survey.slug
    return Before(title, survey.slug, question.words, said, stayed, _verdict(change, stayed.n))


def _verdict(change: Change, others: int) -> str:
    if others < FEWEST:
        return _("Too few of those who stayed have answered to compare.")
    if change.verdict == "less":
        return _("Lower than those who are customers now: the warning was there.")
    if change.verdict == "more":
        return _("Higher than those who are customers now.")
    return _("No clear difference from those who are customers now.")
