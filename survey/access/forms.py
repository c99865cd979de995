"""The shape and words of what people type to sign in, to join and to invite others."""

import unicodedata
from typing import Any

from flask_security import ChangePasswordForm, LoginForm
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length

from survey.access.rules import LONGEST_PASSWORD, ROLES, SHORTEST_PASSWORD, email_address, password_problem, role_name
from survey.foundation.language import lazy_gettext as _
from survey.foundation.text import TextRefused, line

PASSWORD_HINT = _(
    "At least %(number)s characters. Three or four words that only you would put together are good.",
    number=SHORTEST_PASSWORD,
)


def _address(value: str | None) -> str:
    """An address as it is stored; what cannot be one is left empty and so belongs to nobody."""
    return email_address(value or "") or ""


class SignInForm(LoginForm):
    """Flask-Security's form with our words; nobody is remembered beyond the session."""

    email = EmailField(
        _("E-mail address"),
        [InputRequired(_("Enter your e-mail address.")), Length(max=255)],
        filters=[_address],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Password"),
        [InputRequired(_("Enter your password.")), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = None


class NewPasswordForm(ChangePasswordForm):
    """Flask-Security's form for another password, with our words."""

    password = PasswordField(
        _("Your present password"), [Length(max=LONGEST_PASSWORD)], render_kw={"autocomplete": "current-password"}
    )
    new_password = PasswordField(
        _("New password"), [InputRequired(_("Choose a new password."))], description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip
    new_password_confirm = PasswordField(
        _("The same password again"), [EqualTo("new_password", _("The two new passwords are not the same."))],
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip


def _name() -> StringField:
    return StringField(
        _("Your name"), [InputRequired(_("Enter your name.")), Length(max=120)], render_kw={"autocomplete": "name"}
    )


def _password() -> PasswordField:
    needed = InputRequired(_("Choose a password."))
    return PasswordField(_("Password"), [needed], description=PASSWORD_HINT, render_kw={"autocomplete": "new-password"})


def _again() -> PasswordField:
    same = EqualTo("password", _("The two passwords are not the same."))
    return PasswordField(_("The same password again"), [same], render_kw={"autocomplete": "new-password"})


class WelcomeForm(FlaskForm):
    """A password chosen by a one-time link, for the account of this address."""

    def __init__(self, *, account: str = "", organisation: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.account, self.organisation = account, organisation

    password = _password()
    again = _again()

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that would be tried first."""
        problem = password_problem(normal_password(field.data), email=self.account, organisation=self.organisation)
        if problem:
            raise ValidationError(problem)


class JoinForm(WelcomeForm):
    """What somebody who was invited says of themselves; fields stand in the order of the page."""

    name = _name()
    password = _password()
    again = _again()

    def validate_name(self, field: StringField) -> None:
        """Keep the name to one line of text."""
        field.data = one_line(field.data)


class SetupForm(JoinForm):
    """What the first admin says of themselves."""

    name = _name()
    email = EmailField(
        _("E-mail address"),
        [InputRequired(_("Enter your e-mail address."))],
        description=_("You sign in with it. Nothing is sent to it."),
        render_kw={"autocomplete": "username"},
    )
    password = _password()
    again = _again()

    def validate_email(self, field: EmailField) -> None:
        """Refuse what cannot be an address; the password is compared with it."""
        field.data = self.account = known_address(field.data)


class InviteForm(FlaskForm):
    """Whom to invite, and as what."""

    email = EmailField(
        _("E-mail address"), [InputRequired(_("Enter their e-mail address."))], render_kw={"autocomplete": "off"}
    )
    role = RadioField(
        _("Role"),
        choices=lambda: [
            SelectChoice(role, _("%(role)s: %(words)s", role=role_name(role), words=words))
            for role, words in ROLES.items()
        ],
        default="staff",
    )

    def validate_email(self, field: EmailField) -> None:
        """Refuse what cannot be an address."""
        field.data = known_address(field.data)


def known_address(value: str | None) -> str:
    """An address as it is stored; raises ValidationError where it cannot be one."""
    address = email_address(value or "")
    if address is None:
        raise ValidationError(_("Enter an e-mail address such as ada@example.org."))
    return address


def one_line(value: str | None) -> str:
    """A name as it is stored; raises ValidationError where it is no text."""
    try:
        name = line(value or "", limit=120)
    except TextRefused as refusal:
        raise ValidationError(str(refusal)) from None
    if not name:
        raise ValidationError(_("Enter your name."))
    return name


def normal_password(value: str | None) -> str:
    """A password as it is hashed: the same however the keyboard composes its accents."""
    return unicodedata.normalize("NFKD", (value or "")[: LONGEST_PASSWORD + 1])
