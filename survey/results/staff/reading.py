"""How well the machine reads here, comments picked by chance to check it, and its versions."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.language import gettext as _
from survey.foundation.web import LEADERS, TEAM, admits
from survey.organisation.queries import today
from survey.results.pages.cards import card
from survey.results.pages.correcting import boxes
from survey.results.pages.reading import ReadingPage, VersionPage, rate_words, state_words, why_words
from survey.results.staff.door import bp
from survey.text import actions, queries

PICKED = 20


@bp.get("/reading")
@admits(TEAM)
def reading() -> str:
    """How well the machine reads: what people checked, what it learned, what it is unsure of."""
    return render_template("results/reading.html", page=ReadingPage(), rate_words=rate_words, why_words=why_words, state_words=state_words)  # fmt: skip


@bp.get("/reading/check")
@admits(TEAM)
def check() -> str:
    """Comments picked by chance that nobody has judged, to learn how well the machine really reads."""
    found = queries.picked_by_chance(PICKED)
    return render_template("results/check.html", comments=found, card=card, boxes=boxes(found), today=today())


@bp.get("/reading/versions/<uuid:id>")
@admits(TEAM)
def version(id: UUID) -> str:
    """What one version of the reader changes, with examples."""
    page = VersionPage(queries.reader_version(id), queries.version_in_use())
    return render_template("results/version.html", page=page, why_words=why_words, state_words=state_words)


@bp.post("/reading/versions/<uuid:id>/use")
@admits(LEADERS)
def use_version(id: UUID) -> ResponseReturnValue:
    """Read with this version from now on, and everything again with it."""
    by = current_user.id

    def work() -> None:
        actions.use(id, by=by, now=now())
        audit("reader version used", subject=str(id), user_id=by)

    write(work)
    flash(_("It reads from now on. What was written before is being read again; what people said stays."), "good")
    return redirect(url_for("results.version", id=id), 303)


@bp.post("/reading/versions/<uuid:id>/leave")
@admits(LEADERS)
def leave_version(id: UUID) -> ResponseReturnValue:
    """Leave everything as it is."""
    by = current_user.id

    def work() -> None:
        actions.leave(id)
        audit("reader version left", subject=str(id), user_id=by)

    write(work)
    flash(_("Not used. Nothing changes."), "good")
    return redirect(url_for("results.reading"), 303)
