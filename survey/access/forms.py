"""The shape and words of what people type to sign in, to join and to invite others."""

from flask_security import ChangePasswordForm, LoginForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from survey.access.rules import LONGEST_PASSWORD, email_address


def _address(value: str | None) -> str:
    """An address as it is stored; what cannot be one is left empty and so belongs to nobody."""
    return email_address(value or "") or ""


class SignInForm(LoginForm):
    """Flask-Security's form with our words; nobody is remembered beyond the session."""

    email = StringField(
        "E-mail address",
        [InputRequired("Enter your e-mail address."), Length(max=255)],
        filters=[_address],
        render_kw={"type": "email", "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Enter your password."), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = None


class NewPasswordForm(ChangePasswordForm):
    """Flask-Security's form for another password, with our words."""

    password = PasswordField("Your present password", [Length(max=LONGEST_PASSWORD)], render_kw={"autocomplete": "current-password"})
    new_password = PasswordField(
        "New password", [InputRequired("Choose a new password.")], render_kw={"autocomplete": "new-password"}
    )
