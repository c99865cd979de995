"""The commands of results."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.language import speaking
from survey.foundation.web import Role
from survey.organisation.queries import organisation
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import all_surveys, merged_questions, survey_by_slug, versions
from survey.responses.rules import FLAGGED, ONLY, sees_single_answers
from survey.results.actions import rebuild as rebuild_counts
from survey.results.pages.report.whole import report
from survey.results.pages.seeing import survey_page
from survey.results.printing.press import Size, printed
from survey.results.queries import Counts, counts_of_view, differences, metrics_of, surveys_with_counts
from survey.results.queries.rates import rates
from survey.results.rules.findings import SHORT, doubtful_words
from survey.results.rules.groups import NO_PROMISE
from survey.results.rules.metrics import Metric
from survey.results.rules.periods import ALL, EVER
from survey.results.rules.tally import answered_in, responses_in
from survey.results.rules.views import View
from survey.results.rules.words import PERCENT, answers_words, interval_words, value_words

SHOWN = 20

results = AppGroup("results", help="What the answers say.")
rollups = AppGroup("rollups", help="The counts that are kept with every answer.")


@results.command()
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: shares in per cent, NPS from -100 to 100.")
@click.option(
    "--flagged",
    type=click.Choice([name for name in FLAGGED if name]),
    help="Without the answers that look as if no person had given them, or only these.",
)
def show(slug: str, as_json: bool, flagged: str | None) -> None:
    """Print the results of the survey SLUG: all voices, all time."""
    survey = _survey(slug)
    if flagged and not sees_single_answers(survey.privacy):
        raise click.ClickException("This survey shows groups only: the difference would show what few people said.")
    found = counts_of_view(survey.id, View(EVER, flagged=flagged or ""))
    told = _told(survey, found)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{slug}: {answers_words(told['n'])}")
    if doubtful := responses_in(counts_of_view(survey.id, View(EVER, flagged=ONLY))):
        click.echo(doubtful_words(doubtful, flagged or ""))
    for question in _asked(survey):
        _say(question, found)
    click.echo(f"{current_app.extensions['hearback.config'].base_url}/surveys/{slug}/results")


@results.command("report")
@click.argument("slug")
@click.option("--period", default=ALL, show_default=True, help="Such as 3-months, last-month, or a month: 2026-09.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; without it, SLUG.pdf.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
def report_(slug: str, period: str, out: Path | None, paper: Size) -> None:
    """Print the results of the survey SLUG as a report in PDF, in the organisation's language."""
    survey = _survey(slug)
    path = out or Path(f"{slug}.pdf")
    with speaking(organisation().language):
        try:
            page = survey_page(survey, {"period": period}, Role.ADMIN)
        except Refused as error:
            raise click.ClickException(str(error)) from error
        path.write_bytes(printed(report(page), paper))
    click.echo(f"Wrote the report of “{slug}” to {path}: {answers_words(page.results.n)}.")
    click.echo(f"{current_app.extensions['hearback.config'].base_url}/surveys/{slug}/results")


def _survey(slug: str) -> Survey:
    survey = survey_by_slug(slug)
    if survey is None:
        raise click.ClickException(f"There is no survey “{slug}”.")
    return survey


def _asked(survey: Survey) -> list[Question]:
    return [question for question in merged_questions(survey.id) if KINDS[question.kind].takes_answer]


def _told(survey: Survey, found: Counts) -> dict[str, Any]:
    questions = [_question(question, found) for question in _asked(survey)]
    return {"survey": survey.slug, "n": responses_in(found), "questions": questions, "rates": _rates(survey)}


def _rates(survey: Survey) -> dict[str, Any]:
    """How many answered of those who could, over all time: each rate in per cent with its interval, and the cases behind it."""
    found, is_open = rates(survey, versions(survey.id)), sees_single_answers(survey.privacy)
    told = found.told(NO_PROMISE if is_open else organisation().minimum_scores)
    metrics = [
        _metric(Metric("share", rate.share, *rate.interval, rate.n)) | {"name": name} for name, rate in told.items()
    ]
    return {"metrics": metrics, "cases": asdict(found.invited.cases) if found.invited and is_open else None}


def _question(question: Question, found: Counts) -> dict[str, Any]:
    given = found.get(question.key, {})
    offered = {value: given.get(value, 0) for value, _ in KINDS[question.kind].values(question)}
    return {
        "key": question.key,
        "kind": question.kind,
        "n": answered_in(found, question.key),
        "metrics": [_metric(metric) for metric in metrics_of(question, given)],
        "distribution": {**offered, **given},
    }


def _metric(metric: Metric) -> dict[str, Any]:
    times = 100 if metric.name in PERCENT else 1
    value, low, high = (None if part is None else part * times for part in (metric.value, metric.low, metric.high))
    return {"name": metric.name, "value": value, "low": low, "high": high, "n": metric.n}


def _say(question: Question, found: Counts) -> None:
    click.echo(f"\n{question.words} ({answers_words(answered_in(found, question.key))})")
    given = found.get(question.key, {})
    for metric in metrics_of(question, given):
        click.echo(f"  {SHORT[metric.name]} {value_words(metric)} {interval_words(metric)}".rstrip())
    for value, label in KINDS[question.kind].values(question):
        click.echo(f"  {given.get(value, 0):>9,}  {label}")


@rollups.command()
def check() -> None:
    """Count all answers anew and compare; exits with 1 and says where the kept counts differ."""
    names = {survey.id: survey.slug for survey in all_surveys()}
    found = [difference for id in sorted(surveys_with_counts()) for difference in differences(id)]
    for one in found[:SHOWN]:
        segment, value, month, question, answer = one.cell
        where = f"{names.get(one.survey_id, one.survey_id)} {month:%Y-%m} {segment or 'everybody'} {value} {question}={answer}"
        click.echo(f"{where}: {one.kept:,} kept, {one.recounted:,} counted")
    if found:
        raise click.ClickException(f"{len(found):,} counts differ. Run: flask --app wsgi rollups rebuild")
    click.echo("All counts agree with the answers.")


@rollups.command()
@click.argument("slug", required=False)
def rebuild(slug: str | None) -> None:
    """Count the answers of the survey SLUG, or of all, anew and keep that; answers wait meanwhile."""
    survey_id = _survey(slug).id if slug else None
    rows = write(lambda: rebuild_counts(survey_id))
    click.echo(f"Counted anew: {rows:,} counts kept{f' for {slug}' if slug else ''}.")


COMMANDS: tuple[click.Command, ...] = (results, rollups)
