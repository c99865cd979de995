"""What people wrote: the inbox, one comment with why it was read so, and corrections."""

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import today
from survey.results.pages.cards import card
from survey.results.pages.correcting import boxes
from survey.results.pages.explaining import explained
from survey.results.pages.handling import desks, team_options
from survey.results.pages.inbox import inbox
from survey.results.staff.door import back, bp
from survey.results.staff.handling import readable
from survey.text import actions, queries
from survey.text.rules.corrections import Kind

KINDS: dict[str, Kind] = {"reason": "reason", "sentiment": "sentiment"}


@bp.get("/comments")
@admits(TEAM)
def comments() -> str:
    """The inbox: what people wrote, newest first."""
    found, me = inbox(request.args, current_user.role, current_user.id), current_user.id
    shown = found.found.items
    return render_template(
        "results/comments.html",
        inbox=found,
        boxes=boxes(shown),
        desks=desks(shown, me),
        team=team_options(),
        pinned=queries.count_pinned(),
        aside=_aside(request.args.get("aside", "")),
        today=today(),
    )


def _aside(id: str) -> str:
    """The comment whose answer was just set aside, to undo that; empty where it counts."""
    try:
        found = queries.comment(UUID(id)) if id else None
    except ValueError:
        raise Refused(_("There is no such comment.")) from None
    return str(found.id) if found and found.response.set_aside else ""


@bp.get("/comments/<uuid:id>")
@admits(TEAM)
def comment(id: UUID) -> str:
    """Why a comment was read as it was, and what people said of it."""
    found = readable(id)
    return render_template(
        "results/comment.html",
        card=card(found, today()),
        box=boxes([found])[id],
        desk=desks([found], current_user.id)[id],
        team=team_options(),
        why=explained(found),
    )


@bp.post("/comments/<uuid:id>/correct")
@admits(TEAM)
def correct(id: UUID) -> ResponseReturnValue:
    """Say what a comment is about, or what its words say; or that the machine is right."""
    readable(id)
    said, by, by_chance = _said(), current_user.id, request.form.get("by_chance") == "yes"
    if said is None:
        write(lambda: actions.confirm(id, by=by, now=now(), by_chance=by_chance))
    else:
        kind, value = said
        write(lambda: actions.correct([id], kind, value, by=by, now=now(), by_chance=by_chance))
    return back(url_for("results.comment", id=id), to=f"comment-{id}")


def _said() -> tuple[Kind, str] | None:
    """What the pressed button says: kind and value, a reason chosen from the list, or None for “that is right”."""
    pressed = request.form.get("said", "")
    if pressed == "right":
        return None
    kind, _colon, value = pressed.partition(":")
    if kind not in KINDS:
        raise Refused(_("Choose what the comment is about, or what it says."))
    value = value or request.form.get("other", "")
    if not value:
        raise Refused(_("Choose a reason from the list first."))
    return KINDS[kind], value


@bp.post("/corrections/<uuid:id>/undo")
@admits(TEAM)
def undo(id: UUID) -> ResponseReturnValue:
    """Take a correction back, with all that were made in the same stroke."""
    by, to = current_user.id, request.form.get("to", "")[:50]
    many = write(lambda: actions.undo(id, by=by, now=now()))
    if many > 1:
        flash(ngettext("%(num)s correction was taken back.", "%(num)s corrections were taken back.", many), "good")
    return back(url_for("results.comments"), to=to)
