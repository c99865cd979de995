"""The staff door of reasons: the organisation’s taxonomy, read by the team and changed by leaders."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.web import LEADERS, TEAM, admits
from survey.reasons import actions, queries
from survey.reasons.forms import NewReasonForm, ReasonForm, form_of
from survey.reasons.rules import LEVELS, Reason
from survey.reasons.rules.taxonomy import REASONS as SHIPPED

bp = Blueprint("reasons", __name__)


@bp.get("/reasons")
@admits(TEAM)
def reasons() -> str:
    """Every reason in its group, those that were retired last."""
    found = queries.taxonomy()
    groups = [
        (_(title), [reason for code, reason in found.active.items() if reason.level1 == level])
        for level, title in LEVELS.items()
    ]
    gone = [found.reasons[code] for code in found.reasons if code in found.retired]
    return render_template("reasons/reasons.html", taxonomy=found, groups=groups, retired=gone, shipped=SHIPPED)  # fmt: skip


@bp.get("/reasons/<code>")
@admits(TEAM)
def reason(code: str) -> ResponseReturnValue:
    """Show a reason, to leaders as a form."""
    found = _reason(code)
    return _page("reasons/reason.html", form_of(found), found)


@bp.post("/reasons/<code>")
@admits(LEADERS)
def edit(code: str) -> ResponseReturnValue:
    """Change a reason, or only look at what its phrases would match."""
    found = _reason(code)
    form = form_of(found)
    if form.validate_on_submit() and not _only_looks():
        wanted = form.edited
        _changed("reason edited", code, lambda by: actions.edit(code, wanted, by=by, now=now()))
        flash(_("Saved."), "good")
        return redirect(url_for("reasons.reason", code=code), 303)
    return _page("reasons/reason.html", form, found)


@bp.route("/reasons/new", methods=["GET", "POST"])
@admits(LEADERS)
def new() -> ResponseReturnValue:
    """Add a reason."""
    form = NewReasonForm(control="C", will="V")
    if form.validate_on_submit() and not _only_looks():
        level, wanted = form.level.data, form.edited
        code = _changed("reason added", level, lambda by: actions.add(level, wanted, by=by, now=now()))
        flash(_("Added."), "good")
        return redirect(url_for("reasons.reason", code=code), 303)
    return _page("reasons/new.html", form, None)


@bp.post("/reasons/<code>/retire")
@admits(LEADERS)
def retire(code: str) -> ResponseReturnValue:
    """Give a reason no more."""
    _changed("reason retired", code, lambda by: actions.retire(code, by=by, now=now()))
    flash(_("Retired. It stays on everything that has it."), "good")
    return redirect(url_for("reasons.reason", code=code), 303)


@bp.post("/reasons/<code>/bring-back")
@admits(LEADERS)
def bring_back(code: str) -> ResponseReturnValue:
    """Give a retired reason again."""
    _changed("reason brought back", code, lambda by: actions.bring_back(code, by=by, now=now()))
    flash(_("It is in use again."), "good")
    return redirect(url_for("reasons.reason", code=code), 303)


def _only_looks() -> bool:
    """Whether the form was sent to see what its phrases would match."""
    return request.form.get("do") == "look"


def _page(template: str, form: ReasonForm, found: Reason | None) -> ResponseReturnValue:
    would_match: Callable[[tuple[str, ...], tuple[str, ...]], Any] = current_app.extensions["hearback.would_match"]
    before = found.phrases if found else ()
    looks = request.method == "POST" and not form.errors
    match = would_match(before, form.phrases) if looks else None
    is_retired = found is not None and found.code in queries.taxonomy().retired
    page = render_template(template, form=form, reason=found, match=match, is_retired=is_retired, has_errors=bool(form.errors))  # fmt: skip
    return page, 422 if form.errors else 200


def _changed(what: str, subject: str, act: Callable[[Any], Any]) -> Any:
    by = current_user.id

    def work() -> Any:
        result = act(by)
        audit(what, subject=subject, user_id=by)
        return result

    return write(work)


def _reason(code: str) -> Reason:
    found = queries.taxonomy().reasons.get(code)
    if found is None:
        raise NotFound(_("There is no such reason."))
    return found
