"""Signing in and out: Flask-Security on our users, with its views throttled and its writes sent through `write`."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, Response, abort, current_app, g, redirect, request, session
from flask_login import current_user
from flask_security import PasswordUtil, Security, SQLAlchemyUserDatastore
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import InstanceState

from survey.access import actions
from survey.access.forms import NewPasswordForm, SignInForm, normal_password
from survey.access.models import NamedRole, User
from survey.access.rules import email_address, local_path, password_problem
from survey.access.throttle import count_try, give_back
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.language import CATALOGUES, marked
from survey.foundation.web import admitted
from survey.organisation.queries import organisation

log = structlog.get_logger()

LONGEST_SESSION = timedelta(hours=12)
WRONG = marked("This e-mail address and password do not belong together, or the account is closed.")

SETTINGS: dict[str, Any] = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "LOGOUT_METHODS": ["POST"],
    "CHANGEABLE": True,
    "CHANGE_URL": "/settings/password",
    "POST_LOGIN_VIEW": "/today",
    "POST_LOGOUT_VIEW": "/sign-in",
    "POST_CHANGE_VIEW": "/settings/password",
    "FRESHNESS": timedelta(-1),  # no second sign-in to look at a page, so no view for it
    "I18N_DIRNAME": [CATALOGUES],
    "I18N_DOMAIN": "messages",  # its words are ours, in our catalogues
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": None,  # the group `users` is ours
    "CLI_ROLES_NAME": None,
    "API_ENABLED_METHODS": ["session"],
    "JOIN_USER_ROLES": False,
    "RETURN_GENERIC_RESPONSES": True,
    "FLASH_MESSAGES": True,
    "SEND_PASSWORD_CHANGE_EMAIL": False,
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    # Argon2 is salted: a second hash with SECRET_KEY would only lock everybody out when that key changes.
    "PASSWORD_SINGLE_HASH": ["argon2"],
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 19 * 1024,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    "MSG_GENERIC_AUTHN_FAILED": (WRONG, "error"),
    "MSG_INVALID_PASSWORD": (marked("This is not your present password."), "error"),
    "MSG_PASSWORD_NOT_PROVIDED": (marked("Enter your present password."), "error"),
    "MSG_PASSWORD_IS_THE_SAME": (marked("The new password is the present one. Choose another."), "error"),
    "MSG_RETYPE_PASSWORD_MISMATCH": (marked("The two new passwords are not the same."), "error"),
    "MSG_PASSWORD_CHANGE": (
        marked("Your password is changed. You stay signed in here and are signed out everywhere else."),
        "success",
    ),
}


class Users(SQLAlchemyUserDatastore):
    """Flask-Security's view of our users: it reads with the request's session, and what it changed is written by `write`."""

    def put(self, model: Any) -> Any:
        """Leave a changed user to `commit`; new ones are made by our own actions."""
        return model

    def commit(self) -> None:
        """Write the columns that were changed on users since they were read."""
        changed = {user.id: _changes(user) for user in db.session.dirty if isinstance(user, User)}
        if changed:
            write(lambda: actions.keep(changed))


def _changes(user: User) -> dict[str, Any]:
    state: InstanceState[User] = inspect(user)
    return {column.key: column.value for column in state.attrs if column.history.has_changes()}


class Passwords(PasswordUtil):
    """Flask-Security's question whether a password will do, answered by our rule."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Return the reasons against a password, if any, and the password as it is hashed."""
        password = normal_password(password)
        user = kwargs.get("user")
        problem = password_problem(password, email=user.email if user else "", organisation=organisation().name)
        return [problem] if problem else None, password


def init_app(app: Flask) -> None:
    """Attach Flask-Security with the few of its views that we use, throttled."""
    app.config.update({f"SECURITY_{name}": value for name, value in SETTINGS.items()})
    security = Security(
        app,
        Users(db, User, NamedRole),
        login_form=SignInForm,
        change_password_form=NewPasswordForm,
        password_util_cls=Passwords,
    )
    security.want_json(lambda _request: False)
    security.login_manager.request_loader(None)  # no sign-in by token in a header or address
    security.login_manager.user_loader(_within_lifetime(security.login_manager._user_callback))
    app.view_functions["security.login"] = _sign_in(app.view_functions["security.login"])
    app.view_functions["security.logout"] = _sign_out(app.view_functions["security.logout"])
    app.view_functions["security.change_password"] = _change_password(app.view_functions["security.change_password"])


def _within_lifetime(load: Callable[[str], User | None]) -> Callable[[str], User | None]:
    """Let a session end some hours after its sign-in, however much it was used since."""

    def load_user(identity: str) -> User | None:
        age = now().timestamp() - float(session.get("fs_paa", 0))
        if age >= LONGEST_SESSION.total_seconds() or g.get("users_are_away"):
            return None
        try:
            return load(identity)
        except SQLAlchemyError:
            g.users_are_away = True  # the page that says so is made without asking again
            raise

    return load_user


def _sign_in(view: Callable[[], Any]) -> Callable[[], Any]:
    @wraps(view)
    def sign_in() -> Any:
        target = request.form.get("next") or request.args.get("next")
        if request.is_json or (target and local_path(target) is None):
            abort(400)
        if request.method != "POST" or current_user.is_authenticated:
            return _onwards(view(), target)
        account, address = email_address(request.form.get("email", "")) or "", request.remote_addr or ""
        count_try(account, address)
        answer = view()
        if not isinstance(answer, Response):
            log.info("sign-in refused", address=address)
            return answer, 422
        _keep_changes()
        give_back(account, address)
        log.info("signed in", user=str(current_user.id), address=address)
        return _onwards(answer, target)

    return sign_in


def _keep_changes() -> None:
    """Write what the view changed on the user now: the next write begins by forgetting what was not."""
    current_app.extensions["security"].datastore.commit()


def _onwards(answer: Any, target: str | None) -> Any:
    """Send whoever is signed in where they wanted to go, or to the first page that their role may open."""
    return redirect(target or landing(), 303) if isinstance(answer, Response) else answer


def landing() -> str:
    """The page to begin with: the morning page, or the results for those who may not see single answers."""
    opens = admitted(current_app, "home.today") if "home.today" in current_app.view_functions else None
    return "/today" if opens is None or current_user.role in opens else "/results"


def _sign_out(view: Callable[[], Any]) -> Callable[[], Any]:
    @wraps(view)
    def sign_out() -> Any:
        if request.is_json:
            abort(400)
        if current_user.is_authenticated:
            user_id: UUID = current_user.id
            write(lambda: actions.end_sessions(user_id))  # a copy of the cookie is dead from here on
        answer = view()
        session.clear()
        return answer

    return sign_out


def _change_password(view: Callable[[], Any]) -> Callable[[], Any]:
    @wraps(view)
    def change_password() -> Any:
        if request.is_json:
            abort(400)
        if request.method == "POST":
            account, address = current_user.email, request.remote_addr or ""
            count_try(account, address)
            answer = view()
            if not isinstance(answer, Response):
                return answer, 422
            _keep_changes()
            give_back(account, address)
            return redirect(answer.location, 303)
        return view()

    return change_password
