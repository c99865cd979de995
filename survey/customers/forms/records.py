"""Forms about what we note of somebody, and about accounts."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from survey.customers.actions.accounts import NAME_LIMIT, TIER_LIMIT
from survey.customers.actions.records import WORDS_LIMIT
from survey.customers.forms.people import PersonForm
from survey.customers.models import Person
from survey.customers.rules.consents import HOW, PURPOSES
from survey.customers.rules.money import DECIMALS, minor_units
from survey.foundation.language import gettext
from survey.foundation.language import lazy_gettext as _
from survey.foundation.text import line
from survey.organisation.forms import time_zones
from survey.organisation.rules import LANGUAGES


def _languages() -> list[tuple[str, str]]:
    return [("", gettext("Not known")), *LANGUAGES.items()]


def _zones() -> list[tuple[str, str]]:
    return [("", gettext("The same as ours")), *((choice.value, choice.label) for choice in time_zones())]


class EditForm(PersonForm):
    """Everything that is known of somebody; of their stay only while it goes on."""

    name = StringField(_("Name"), [Optional(), Length(max=200)])
    language = SelectField(_("Language"), choices=_languages)
    time_zone = SelectField(_("Time zone"), choices=_zones)

    def said(self, currency: str) -> dict[str, Any]:
        """What was typed, amounts in this currency; blank means not known."""
        entry = self.entry(currency)
        names = ("name", "external_id", "email", "phone", "started_on", "plan", "tier", "value_minor", "currency")
        chosen = {"language": self.language.data or None, "time_zone": self.time_zone.data or None}
        return {name: getattr(entry, name) for name in names} | chosen

    def validate_name(self, field: Field) -> None:
        """Somebody must be found again: by a name, a number or an address."""
        if not any(line(one.data or "") for one in (field, self.external_id, self.email)):
            raise ValidationError(_("Give a name, a number or an address."))


def edit_form(somebody: Person, currency: str) -> EditForm:
    """The form with what is known of somebody."""
    stay = somebody.latest
    known = {name: getattr(somebody, name) for name in ("name", "external_id", "email", "phone")}
    known |= {"language": somebody.language or "", "time_zone": somebody.time_zone or ""}
    if stay is not None:
        known |= {"started_on": stay.started_on, "plan": stay.plan, "tier": stay.tier}
        known["value"] = amount_typed(stay.value_minor, stay.currency or currency)
    return EditForm(data=known)


def amount_typed(minor: int | None, currency: str) -> str:
    """An amount as somebody would type it: 1234.50."""
    if minor is None:
        return ""
    decimals = DECIMALS.get(currency, 2)
    return f"{minor / 10**decimals:.{decimals}f}"


class ReturnForm(PersonForm):
    """Somebody who had left is a customer again."""

    started_on = DateField(_("Customer again since"), [InputRequired(_("Give the day, such as 2026-09-30."))])

    def __init__(self, *, today: date, **given: Any) -> None:
        super().__init__(**given)
        del self.name, self.external_id, self.email, self.phone
        self.today = today

    def stay(self, currency: str) -> dict[str, Any]:
        """What was typed of the new stay, amounts in this currency."""
        plan, tier, value = line(self.plan.data or ""), line(self.tier.data or ""), self.value.data or ""
        return {
            "on": self.started_on.data,
            "plan": plan or None,
            "tier": tier or None,
            "value_minor": minor_units(value, currency) if value else None,
            "currency": currency if value else None,
        }

    def validate_started_on(self, field: Field) -> None:
        """A return that lies ahead is a promise, not a return."""
        if field.data and field.data > self.today:
            raise ValidationError(_("This day is yet to come. Come back when they are here again."))


class ConsentForm(FlaskForm):  # type: ignore[misc]
    """A yes that somebody gave us, not on a page of ours."""

    purpose = SelectField(_("What they agreed to"), choices=lambda: [*PURPOSES.items()])
    how = SelectField(_("How they told you"), choices=lambda: [*HOW.items()])
    words = TextAreaField(
        _("What you asked, and what they said yes to"),
        [InputRequired(_("Write down what they said yes to, in words.")), Length(max=WORDS_LIMIT)],
        description=_("As it was said. It stands with the yes, for whoever asks later."),
    )


class AccountForm(FlaskForm):  # type: ignore[misc]
    """A household or a company."""

    name = StringField(_("Name"), [InputRequired(_("Give the account a name.")), Length(max=NAME_LIMIT)])
    tier = StringField(
        _("Level"),
        [Optional(), Length(max=TIER_LIMIT)],
        description=_("Such as major and small. It holds from today; who has left keeps the level of then."),
    )
