"""Forms about departures."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from survey.customers.rules.entries import REASON_LIMIT
from survey.foundation.language import gettext
from survey.foundation.language import lazy_gettext as _
from survey.reasons.rules import REASONS


def _choices() -> list[tuple[str, str]]:
    """Every reason that says something, those that only staff can know included."""
    known = [(code, reason.label) for code, reason in REASONS.items() if reason.level1 != "Z"]
    return [("", gettext("They gave no reason")), *known]


class LeftForm(FlaskForm):  # type: ignore[misc]
    """Somebody is no longer a customer."""

    left_on = DateField(_("Last day as a customer"), [InputRequired(_("Give the day, such as 2026-09-30."))])
    code = SelectField(_("The main reason they gave"), [Optional()], choices=_choices)
    words = TextAreaField(
        _("In their own words"),
        [Optional(), Length(max=REASON_LIMIT)],
        description=_("As they said it, not as we would put it."),
    )

    def __init__(self, *, today: date, **given: Any) -> None:
        super().__init__(**given)
        self.today = today

    def validate_left_on(self, field: Field) -> None:
        """A departure that lies ahead is not one yet."""
        if field.data and field.data > self.today:
            raise ValidationError(_("This day is yet to come. Come back when they have left."))
