"""From an address to numbers: the one way that page, chart, file and report take."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.organisation.queries import organisation, today
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import questionnaire_of, versions
from survey.questionnaires.rules import merged
from survey.responses.queries import count_of
from survey.responses.rules import (
    ONLY,
    VOICES,
    Narrowed,
    Voice,
    chosen_segments,
    is_narrowing,
)
from survey.results.pages.addresses import groups_only
from survey.results.pages.one import SurveyPage
from survey.results.queries import (
    months_of,
    recounted_in,
    segment_values,
    voices_in,
)
from survey.results.queries.kept import Wanted
from survey.results.rules.groups import NO_PROMISE, seen
from survey.results.rules.measures import leading
from survey.results.rules.periods import ALL, EVER, Period, earlier, period
from survey.results.rules.reading import Results
from survey.results.rules.tally import (
    DOUBTED,
    EVERYBODY,
    VOICE,
    Counts,
    added,
    doubted,
)
from survey.results.rules.views import (
    View,
    chosen_flagged,
    chosen_sentiment,
    chosen_voice,
    in_view,
    is_mixed,
)


def survey_page(survey: Survey, args: Mapping[str, str], role: str) -> SurveyPage:
    """The survey in the view that an address asks for; raises Refused where it asks for what is not there."""
    day, owner, published = today(), organisation(), versions(survey.id)
    chosen, sentiment = period(args.get("period") or ALL, day), chosen_sentiment(args.get("sentiment", ""))
    closed = groups_only(survey, role)
    known = {} if closed else segment_values(survey.id)
    narrowed = () if closed else chosen_segments(args, known)
    months = months_of((survey.id,), _wanted(sentiment, narrowed)).get(survey.id, {})
    voices = voices_in(months)
    flagged = chosen_flagged(args.get("flagged", ""))
    view = View(chosen, sentiment, chosen_voice(args.get("voice", ""), voices), flagged, narrowed)
    if closed and (sentiment or flagged or args.get("voice") or any(is_narrowing(name) for name in args)):
        raise Refused(_("This survey shows groups only: it can be narrowed to a period, and to nothing smaller."))
    minimum = owner.minimum_scores
    questions = merged(questionnaire_of(version).questions for version in published)
    mine = in_view(view, months) if view.is_kept else recounted_in(survey.id, **_with_before(view, day))
    results = results_in(chosen, mine, questions, minimum=minimum, groups=closed, today=day, leads=not sentiment)

    def many(other: View) -> int:
        if narrowed:
            return count_of(survey.id, **other.filters)
        return results_in(chosen, in_view(other, months), (), minimum=minimum, groups=closed, today=day).n

    apart = many(replace(view, voice=Voice.UNVERIFIED)) if is_mixed(voices) else 0
    return SurveyPage(survey, published, view, voices, known, role, results, apart, many(replace(view, flagged=ONLY)))


def _with_before(view: View, today: date) -> dict[str, Any]:
    """The view as a filter that begins with the time before it, which it is compared with."""
    before = earlier(view.period, today)
    return {**view.filters, "since": before.since if before else view.period.since}


def results_in(
    chosen: Period,
    mine: Mapping[date, Counts],
    questions: tuple[Question, ...],
    *,
    minimum: int,
    groups: bool,
    today: date,
    leads: bool = True,
) -> Results:
    """The results of a period, from the counts of a view by month. Without `leads` no number stands at the head.

    The score of those alone who wrote something bad says nothing about the survey.
    """
    least, before = minimum if groups else NO_PROMISE, earlier(chosen, today)
    now = seen(mine, chosen, minimum=least, today=today)
    then = seen(mine, before, minimum=least, today=today) if before else None
    head = leading(questions, added(mine.values())) if leads else None
    return Results(questions, head, now, then, minimum, today)


def _wanted(sentiment: str, narrowed: Narrowed) -> Sequence[Wanted]:
    """The segments that some voice of a view may need."""
    if narrowed:
        view = View(EVER, sentiment, narrowed=narrowed)
        return ((VOICE, None), *(view.segments if view.is_kept else ()))
    if not sentiment:
        return (EVERYBODY, (VOICE, None), doubted(EVERYBODY), (DOUBTED[VOICE], None))
    views = [View(EVER, sentiment, voice) for voice in VOICES]
    there = {segment for view in views for segment in (*view.segments, *view.doubted_segments)}
    return ((VOICE, None), *there)
