"""The staff door of access: who works here, and the audit."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user

from survey.access import actions, queries
from survey.access.forms import InviteForm
from survey.access.models import User
from survey.access.rules import ROLES, Purpose, audit_words, link_url, local_path, role_name
from survey.access.sign_in import landing
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import first_spoken, moment_words
from survey.foundation.language import gettext as _
from survey.foundation.web import ADMINS, INSIDERS, LANGUAGE, admits
from survey.organisation.queries import organisation

bp = Blueprint("access", __name__)


@bp.route("/settings/people", methods=["GET", "POST"])
@admits(ADMINS)
def people() -> Any:
    """Show everybody with an account, and invite somebody."""
    form = InviteForm()
    if form.validate_on_submit():
        email, role, by, moment = form.email.data, form.role.data, current_user.id, now()
        try:
            user, token = write(lambda: actions.invite(email, role=role, by=by, now=moment, make=_own_token()))
        except Refused as refusal:
            form.email.errors = [str(refusal)]
        else:
            return _hand_over("join", token, user)
    page = render_template("access/people.html", form=form, has_errors=bool(form.errors), link=session.pop("link", None),
                           users=queries.users(), audit=_audit_lines(), has_mail_server=_has_mail_server())  # fmt: skip
    return page, 422 if form.errors else 200


@bp.get("/settings/people/<uuid:user_id>")
@admits(ADMINS)
def person(user_id: UUID) -> str:
    """Show one account and what can be done with it."""
    return render_template(
        "access/person.html", user=queries.user(user_id), roles=_role_choices(), has_mail_server=_has_mail_server()
    )


@bp.post("/settings/people/<uuid:user_id>/role")
@admits(ADMINS)
def change_role(user_id: UUID) -> Any:
    """Give somebody another role."""
    role, by = request.form.get("role", ""), current_user.id
    return _change(
        user_id,
        lambda user: actions.change_role(user, role, by=by),
        _("The role is changed. They sign in again and have it."),
    )


@bp.post("/settings/people/<uuid:user_id>/disable")
@admits(ADMINS)
def disable(user_id: UUID) -> Any:
    """Close an account."""
    by = current_user.id
    return _change(
        user_id, lambda user: actions.disable(user, by=by), _("The account is closed, and its owner signed out.")
    )


@bp.post("/settings/people/<uuid:user_id>/enable")
@admits(ADMINS)
def enable(user_id: UUID) -> Any:
    """Open an account again."""
    by = current_user.id
    return _change(user_id, lambda user: actions.enable(user, by=by), _("The account is open again."))


@bp.post("/settings/people/<uuid:user_id>/link")
@admits(ADMINS)
def link(user_id: UUID) -> Any:
    """Make a new link for somebody who has not joined yet, or who forgot the password."""
    by, moment = current_user.id, now()
    purpose, token = write(lambda: actions.make_link(queries.user(user_id), by=by, now=moment, make=_own_token()))
    return _hand_over(purpose, token, queries.user(user_id))


@bp.post("/settings/language")
@admits(INSIDERS)
def speak() -> Any:
    """Let the pages speak another language to whoever asks, for as long as they stay signed in."""
    wanted = first_spoken([request.form.get("language", "")])
    if wanted is None:
        raise Refused(_("There is no such language here. Choose one from the list."))
    session[LANGUAGE] = wanted
    return redirect(local_path(request.form.get("next")) or landing(), 303)


def _change(user_id: UUID, change: Callable[[User], None], sentence: str) -> Any:
    """Change a user, or say on their page why that cannot be."""
    try:
        write(lambda: change(queries.user(user_id)))
    except NotFound:
        raise
    except Refused as refusal:
        flash(str(refusal), "error")
    else:
        flash(sentence, "success")
    return redirect(url_for("access.person", user_id=user_id), 303)


def _role_choices() -> list[tuple[str, str]]:
    return [(role, _("%(role)s: %(words)s", role=role_name(role), words=words)) for role, words in ROLES.items()]


def _own_token() -> actions.MakeToken:
    """Makes tokens that the letter with the link can make again."""
    make: actions.MakeToken = current_app.extensions["hearback.links"].own_token
    return make


def _has_mail_server() -> bool:
    """Whether letters leave; else they lie in a folder."""
    return current_app.extensions["hearback.config"].relay is not None


def _hand_over(purpose: Purpose, token: str, user: User) -> Any:
    """Show a link once, on the next page."""
    base: str = current_app.extensions["hearback.config"].base_url  # never what the request says its host is
    session["link"] = {"url": link_url(base, purpose, token), "purpose": purpose, "email": user.email}
    return redirect(url_for("access.people"), 303)


def _audit_lines() -> list[tuple[str, str]]:
    """When, and who did what to whom."""
    zone = organisation().time_zone
    return [
        (
            moment_words(entry.at, zone),
            audit_words(
                name or (_("The command line") if entry.user_id is None else _("Somebody")), entry.what, entry.subject
            ),
        )
        for entry, name in queries.newest_audit()
    ]
