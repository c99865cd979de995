"""The public door of access: one-time links, to claim a new installation, to join, to set a new password."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_security import hash_password, login_user

from survey.access import actions, queries
from survey.access.forms import JoinForm, SetupForm, WelcomeForm, normal_password
from survey.access.models import User
from survey.access.rules import ROLE_WORDS, Purpose
from survey.access.sign_in import landing
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.language import gettext as _
from survey.foundation.web import EVERYONE, admits
from survey.organisation.queries import organisation

bp = Blueprint("access_public", __name__)


@bp.route("/setup/<token>", methods=["GET", "POST"])
@admits(EVERYONE)
def setup(token: str) -> Any:
    """Let the holder of the address that the start printed become the first admin."""
    queries.open_invite(token, "claim", now=now())
    form = SetupForm(organisation=organisation().name)
    if not form.validate_on_submit():
        return _form_page("access/setup.html", form)
    _enter(_accept(token, "claim", form, name=form.name.data, email=form.email.data))
    flash(_("You are the admin now. Say who you are to your customers, then invite others."), "success")
    return redirect(url_for("organisation.settings"), 303)


@bp.route("/join/<token>", methods=["GET", "POST"])
@admits(EVERYONE)
def join(token: str) -> Any:
    """Let somebody who was invited say their name and choose a password."""
    user = _owner(queries.open_invite(token, "join", now=now()).user_id)
    form = JoinForm(account=user.email, organisation=organisation().name, data={"name": user.name})
    if not form.validate_on_submit():
        return _form_page("access/join.html", form, user=user, role=_(ROLE_WORDS[user.role]))
    _enter(_accept(token, "join", form, name=form.name.data))
    return redirect(landing(), 303)


@bp.route("/password/<token>", methods=["GET", "POST"])
@admits(EVERYONE)
def password(token: str) -> Any:
    """Let somebody to whom an admin gave a link choose a new password."""
    user = _owner(queries.open_invite(token, "password", now=now()).user_id)
    form = WelcomeForm(account=user.email, organisation=organisation().name)
    if not form.validate_on_submit():
        return _form_page("access/password.html", form, user=user)
    _accept(token, "password", form)
    session.clear()
    flash(_("Your new password is set. Sign in with it."), "success")
    return redirect(url_for("security.login"), 303)


def _owner(user_id: UUID | None) -> User:
    """The user a link is for; `open_invite` let no link without one pass."""
    assert user_id is not None
    return queries.user(user_id)


def _form_page(template: str, form: WelcomeForm, **values: Any) -> tuple[str, int]:
    page = render_template(template, form=form, has_errors=bool(form.errors), **values)
    return page, 422 if form.errors else 200


def _accept(token: str, purpose: Purpose, form: WelcomeForm, **values: str) -> User:
    hashed, moment = hash_password(normal_password(form.password.data)), now()
    return write(lambda: actions.accept(token, purpose=purpose, password_hash=hashed, now=moment, **values))


def _enter(user: User) -> None:
    """Begin a session of their own for whoever just chose a password, whatever was in this browser before."""
    session.clear()
    login_user(user)
