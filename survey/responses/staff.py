"""The staff door of responses: the preview of a survey, its single answers, and their download."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.db import write
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking
from survey.foundation.web import TEAM, admits, csrf, policy
from survey.organisation.queries import organisation, today
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import draft_of, merged_questions, survey_by_slug
from survey.responses import actions, lists, queries, trying
from survey.responses.analysis import FILES, NEEDS, check_possible, installed
from survey.responses.exports import LINES, TYPES, Export, csv_lines, export_of, in_blocks
from survey.responses.models import Response as Answered
from survey.responses.rules import (
    BOTH,
    READINGS,
    VOICES,
    doubt_words,
    is_shown,
    promise_words,
    sees_single_answers,
    told,
)

bp = Blueprint("responses", __name__)

BLOCK = 65_536


# ---- preview: the page that customers see, made from the draft ------------------------------------------------------


@bp.after_request
def _let_editor_frame_preview(response: Response) -> Response:
    """Our own pages may show the preview in a frame."""
    if request.endpoint in ("responses.preview", "responses.try_preview"):
        response.headers["Content-Security-Policy"] = policy(frame_ancestors="'self'")
    return response


@bp.get("/surveys/<slug>/preview")
@admits(TEAM)
def preview(slug: str) -> ResponseReturnValue:
    """Show the draft as customers will see it, from the page or the question that the address names."""
    asked = trying.asked_of_draft(_survey(slug))
    with speaking(asked.language):
        return trying.show(asked)


@bp.post("/surveys/<slug>/preview")
@admits(TEAM)
@csrf.exempt  # type: ignore[untyped-decorator]
def try_preview(slug: str) -> ResponseReturnValue:
    """Check what was typed as the real page does, and store nothing."""
    asked = trying.asked_of_draft(_survey(slug))
    with speaking(asked.language):
        return trying.take(asked)


# ---- single answers -------------------------------------------------------------------------------------------------


@bp.get("/surveys/<slug>/responses")
@admits(TEAM)
def responses(slug: str) -> str:
    """List the answers of a survey, newest first; where only groups are shown, say so."""
    survey = _survey(slug)
    if not sees_single_answers(survey.privacy):
        return render_template(
            "responses/groups.html",
            survey=survey,
            title=_title(survey),
            owner=organisation(),
            has_tests=queries.has_tests(survey.id),
            more_formats=installed(),
        )
    questions = merged_questions(survey.id)
    wanted = lists.wanted(request.args, survey.id, questions, today())
    found = queries.responses_of(survey.id, **wanted.filters, cursor=request.args.get("after"))
    total = queries.count_of(survey.id, **wanted.filters)
    return render_template(
        "responses/responses.html",
        survey=survey,
        title=_title(survey),
        wanted=wanted,
        file_size=lists.file_size(survey.id, wanted, total),
        more_formats=installed(),
        voices=list(VOICES.items()),
        sentiments=lists.SENTIMENTS,
        reading_words=READINGS,
        flagged=lists.flagged_options(),
        lines=[lists.line(response, questions) for response in found.items],
        total=total,
        next_cursor=found.next,
        is_first="after" not in request.args,
        set_aside=queries.count_of(survey.id, aside=True),
        has_tests=queries.has_tests(survey.id),
    )


@bp.get("/responses/<uuid:response_id>")
@admits(TEAM)
def response(response_id: UUID) -> str:
    """Show one response: every question in the words that were asked, with its answer, and what was read in it."""
    found, owner = _response(response_id), organisation()
    asked, readings = queries.asked_in(found.version_id), lists.readings(found)
    return render_template(
        "responses/response.html",
        response=found,
        title=asked.title,
        told=[told(question, found.answers.get(question.key)) for question in asked.questions if is_shown(question)],
        readings=readings,
        boxes=lists.boxes(readings.values()),
        reasons_in=lists.reasons_in,
        reading_words=READINGS,
        who=lists.who(found),
        when=lists.when(found),
        about=lists.about(found),
        doubts=doubt_words(found.doubts),
        promise=promise_words(found.promise, owner=owner.name, minimum=owner.minimum_scores),
    )


@bp.post("/responses/<uuid:response_id>/set-aside")
@admits(TEAM)
def set_aside(response_id: UUID) -> ResponseReturnValue:
    """Count a response no more: it was a test, or spam."""
    why = request.form.get("why", "")
    answer = _changed(response_id, f"response set aside: {why[:20]}", lambda found: actions.set_aside(found, why))
    flash(_("Set aside: it counts in no number. You can undo that below."), "good")
    return answer


@bp.post("/responses/<uuid:response_id>/count-again")
@admits(TEAM)
def count_again(response_id: UUID) -> ResponseReturnValue:
    """Count a response again."""
    answer = _changed(response_id, "response counted again", actions.count_again)
    flash(_("It counts again."), "good")
    return answer


@bp.post("/responses/<uuid:response_id>/person")
@admits(TEAM)
def vouch(response_id: UUID) -> ResponseReturnValue:
    """Say that a person gave a response, whatever a machine noticed."""
    return _changed(response_id, "response vouched for", actions.vouch)


def _changed(response_id: UUID, what: str, act: Callable[[Answered], None]) -> ResponseReturnValue:
    user_id = current_user.id

    def work() -> None:
        act(_response(response_id))
        audit(what, subject=str(response_id), user_id=user_id)

    write(work)
    return redirect(url_for("responses.response", response_id=response_id), 303)


def _response(response_id: UUID) -> Answered:
    found = queries.response(response_id)
    if found is None or not sees_single_answers(found.survey.privacy) or queries.is_withdrawn(found):
        raise NotFound(_("There is no such response, or it is not for anybody’s eyes."))
    return found


# ---- answers by the link for trying out ------------------------------------------------------------------------------


@bp.get("/surveys/<slug>/tests")
@admits(TEAM)
def tests(slug: str) -> str:
    """List what was answered by the link for trying out, apart from all answers: nobody was promised that it stays unseen."""
    survey, found = _survey(slug), queries.tests_of(_survey(slug).id)
    return render_template(
        "responses/tests.html", survey=survey, title=_title(survey), tests=[lists.tried(one) for one in found]
    )


@bp.post("/surveys/<slug>/tests/delete")
@admits(TEAM)
def delete_tests(slug: str) -> ResponseReturnValue:
    """Delete one of them, or all with what was begun by the link."""
    survey_id, user_id = _survey(slug).id, current_user.id
    response_id = request.form.get("response", type=UUID)

    def work() -> None:
        actions.delete_tests(survey_id, response_id)
        audit("test answers deleted", subject=slug, user_id=user_id)

    write(work)
    flash(_("Deleted."), "good")
    return redirect(url_for("responses.tests", slug=slug), 303)


@bp.post("/surveys/<slug>/responses.<any(csv, jsonl, xlsx, sav, parquet):form>")
@admits(TEAM)
def download(slug: str, form: str) -> ResponseReturnValue:
    """Hand out the answers that a list shows as a file, and write down who took them."""
    survey, user_id = _survey(slug), current_user.id
    wanted = lists.wanted(request.form, survey.id, merged_questions(survey.id), today())
    export = export_of(survey, values=request.form.get("values", BOTH), **wanted.filters)
    if form in NEEDS:
        check_possible(export, form)
    write(lambda: audit("responses exported", subject=slug, user_id=user_id))
    return Response(
        stream_with_context(_content(export, form)),
        mimetype=TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{slug}.{form}"'},
    )


def _content(export: Export, form: str) -> Iterator[bytes]:
    if form not in FILES:
        yield from in_blocks(csv_lines(export, bom=True) if form == "csv" else LINES[form](export))
        return
    with TemporaryDirectory() as folder:
        path = Path(folder, f"answers.{form}")
        FILES[form](export, path)
        with path.open("rb") as file:
            yield from iter(lambda: file.read(BLOCK), b"")


def _survey(slug: str) -> Survey:
    survey = survey_by_slug(slug)
    if survey is None:
        raise NotFound(_("There is no survey at this address."))
    return survey


def _title(survey: Survey) -> str:
    return draft_of(survey).title or survey.slug
