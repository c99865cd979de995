"""What the team does with comments: pin, give, answer, note, read, and set their answers aside."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.foundation.web import TEAM, admits
from survey.responses.actions import count_again, set_aside
from survey.responses.models import Response
from survey.responses.queries import response
from survey.responses.rules import sees_single_answers
from survey.results.pages.inbox import inbox, may_read
from survey.results.staff.door import back, bp, our_page
from survey.text import actions, queries
from survey.text.models import Comment

Act = Callable[[UUID, UUID, Mapping[str, str]], None]


def _assign(id: UUID, by: UUID, form: Mapping[str, str]) -> None:
    try:
        to = UUID(form["to"]) if form.get("to") else None
    except ValueError:
        raise Refused(_("Choose somebody from the list.")) from None
    actions.assign(id, to, by=by, now=now())


DEEDS: Mapping[str, tuple[str, Act]] = {
    "pin": ("comment pinned", lambda id, by, form: actions.pin(id, by=by, now=now())),
    "unpin": ("comment unpinned", lambda id, by, form: actions.pin(id, by=by, now=None)),
    "answered": ("comment marked answered", lambda id, by, form: actions.answer(id, by=by, now=now())),
    "unanswered": ("comment marked unanswered", lambda id, by, form: actions.answer(id, by=by, now=None)),
    "assign": ("comment assigned", _assign),
    "note": ("comment noted", lambda id, by, form: actions.note(id, form.get("note", ""), by=by, now=now())),
}
READING: Mapping[str, Act] = {
    "read": lambda id, by, form: actions.mark_read_by([id], by, now=now()),
    "unread": lambda id, by, form: actions.mark_unread_by(id, by),
}


@bp.post("/comments/<uuid:id>/handle")
@admits(TEAM)
def handle(id: UUID) -> ResponseReturnValue:
    """Do with a comment what the pressed button says."""
    found, by, form, pressed = readable(id), current_user.id, request.form.to_dict(), request.form.get("do", "")
    if pressed in READING:  # by itself a record of who has read what: nothing for the audit
        write(lambda: READING[pressed](id, by, form))
    elif pressed in DEEDS:
        what, act = DEEDS[pressed]
        _refuse_groups(found)
        write(lambda: _do(act, what, id, by, form))
    else:
        raise Refused(_("Choose what to do with the comment."))
    return back(url_for("results.comment", id=id), to=f"comment-{id}")


def _do(act: Act, what: str, id: UUID, by: UUID, form: Mapping[str, str]) -> None:
    act(id, by, form)
    audit(what, subject=str(id), user_id=by)


@bp.post("/comments/<uuid:id>/notes/<uuid:note_id>/take-back")
@admits(TEAM)
def take_back_note(id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Take a note of one’s own back."""
    readable(id)
    by = current_user.id

    def work() -> None:
        actions.take_back_note(note_id, comment_id=id, by=by, now=now())
        audit("comment note taken back", subject=str(id), user_id=by)

    write(work)
    return back(url_for("results.comment", id=id), to=f"comment-{id}")


@bp.post("/comments/read")
@admits(TEAM)
def read_shown() -> ResponseReturnValue:
    """Mark all comments of a page as read that were on it when it was opened; its address is this one’s."""
    by, wanted = current_user.id, set(request.form.getlist("shown"))
    page = inbox(request.args, current_user.role, by)
    ids = [one.id for one in page.found.items if str(one.id) in wanted]
    write(lambda: actions.mark_read_by(ids, by, now=now()))
    flash(ngettext("%(num)s comment is marked as read.", "%(num)s comments are marked as read.", len(ids)), "good")
    return back(url_for("results.comments"))


@bp.post("/comments/<uuid:id>/set-aside")
@admits(TEAM)
def set_comment_aside(id: UUID) -> ResponseReturnValue:
    """Count the answer of a comment no more: it was a test, or spam. The list then offers to undo that."""
    found, why = readable(id), request.form.get("why", "")
    _refuse_groups(found)
    _change(found.response_id, f"response set aside: {why[:20]}", lambda one: set_aside(one, why))
    page = urlsplit(our_page(url_for("results.comments")))
    kept = [(name, value) for name, value in parse_qsl(page.query) if name != "aside"]
    return redirect(f"{page.path}?{urlencode([*kept, ('aside', str(id))])}", 303)


@bp.post("/comments/<uuid:id>/count-again")
@admits(TEAM)
def count_comment_again(id: UUID) -> ResponseReturnValue:
    """Count the answer of a comment again."""
    found = queries.comment(id)
    if found is None or not sees_single_answers(found.response.survey.privacy):
        raise NotFound(_("There is no such comment, or it is not for anybody’s eyes."))
    _change(found.response_id, "response counted again", count_again)
    flash(_("It counts again."), "good")
    return back(url_for("results.comments"), to=f"comment-{id}")


def _change(response_id: UUID, what: str, act: Callable[[Response], None]) -> None:
    by = current_user.id

    def work() -> None:
        act(_response(response_id))
        audit(what, subject=str(response_id), user_id=by)

    write(work)


def _response(id: UUID) -> Response:
    found = response(id)
    if found is None:
        raise NotFound(_("There is no such response, or it is not for anybody’s eyes."))
    return found


def readable(id: UUID) -> Comment:
    """The comment with this id, where whoever asks may read it; raises NotFound."""
    found = queries.comment(id)
    if found is None or not may_read(found, current_user.role):
        raise NotFound(_("There is no such comment, or it is not for anybody’s eyes."))
    return found


def _refuse_groups(comment: Comment) -> None:
    if not sees_single_answers(comment.response.survey.privacy):
        raise Refused(_("This survey shows groups only: nothing is noted about a single comment of it."))
