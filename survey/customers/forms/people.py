"""Forms about people."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from survey.customers.rules import PersonEntry, Unreadable, minor_units
from survey.customers.rules.cells import email
from survey.foundation.language import lazy_gettext as _
from survey.foundation.language import upper_first
from survey.foundation.text import line


def _readable(read: Any) -> Any:
    """A validator that says what a reader of imported cells says."""

    def check(_form: FlaskForm, field: Field) -> None:
        try:
            read(field.data or "")
        except Unreadable as error:
            raise ValidationError(f"{upper_first(str(error))}.") from None

    return check


class PersonForm(FlaskForm):  # type: ignore[misc]
    """A customer, added by hand."""

    name = StringField(_("Name"), [InputRequired(_("Give the person’s name.")), Length(max=200)])
    external_id = StringField(
        _("Customer number"), [Optional(), Length(max=200)], description=_("As you know them elsewhere.")
    )
    email = StringField(_("E-mail"), [Optional(), Length(max=320), _readable(email)])
    phone = StringField(_("Telephone"), [Optional(), Length(max=60)])
    started_on = DateField(_("Customer since"), [Optional()])
    plan = StringField(
        _("What they have"), [Optional(), Length(max=120)], description=_("A plan, a contract, a membership.")
    )
    tier = StringField(
        _("Level"), [Optional(), Length(max=60)], description=_("As you part customers, such as major and small.")
    )
    value = StringField(
        _("Value"), [Optional(), Length(max=40), _readable(minor_units)], description=_("What they pay you.")
    )

    def entry(self, currency: str) -> PersonEntry:
        """What was typed, amounts in this currency."""
        text = {name: line(self[name].data or "") or None for name in ("external_id", "phone", "plan", "tier")}
        value = self.value.data or ""
        return PersonEntry(
            name=line(self.name.data),
            email=email(self.email.data or ""),
            started_on=self.started_on.data,
            value_minor=minor_units(value, currency) if value else None,
            currency=currency if value else None,
            external_id=text["external_id"],
            phone=text["phone"],
            plan=text["plan"],
            tier=text["tier"],
        )


class DeathForm(FlaskForm):  # type: ignore[misc]
    """When somebody died, as far as it is known."""

    on = DateField(_("When?"), [InputRequired(_("Give a day; today will do where you do not know."))])

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def validate_on(self, field: DateField) -> None:
        """Refuse a day that has not come."""
        if field.data and field.data > self.today:
            raise ValidationError(_("This day has not come yet."))
