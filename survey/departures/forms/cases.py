"""Forms about recovery cases: the shape of what staff type in; what must be there is for the rules to say."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from survey.customers.rules import minor_units
from survey.customers.rules.cells import Unreadable
from survey.departures.rules.cases import CHANNELS, SCOPES, Event
from survey.departures.rules.offers import KINDS
from survey.foundation.language import gettext
from survey.foundation.language import lazy_gettext as _
from survey.reasons.rules import REASONS

LONG, SHORT = 4000, 120
Choices = Sequence[tuple[str, str]]


def reason_choices(*, first: str = "", levels: str = "") -> list[tuple[str, str]]:
    """Every reason that says why, for a select; `levels` keeps those of some first levels alone."""
    known = [
        (code, gettext("%(code)s · %(label)s", code=code, label=reason.label))
        for code, reason in REASONS.items()
        if reason.level1 in levels or (not levels and reason.level1 != "Z")
    ]
    return [("", first or gettext("Choose a reason")), *known]


def _text(label: str, hint: str = "", *, optional: bool = False) -> TextAreaField:
    needed = [Optional()] if optional else []
    return TextAreaField(label, [*needed, Length(max=LONG)], description=hint)


class CaseForm(FlaskForm):  # type: ignore[misc]
    """What every form of a case carries: the version that was looked at, and the row it is about, where it is about one."""

    version = HiddenField()
    item = HiddenField()

    def __init__(self, *, people: Choices = (), today: date | None = None, **given: Any) -> None:
        super().__init__(**given)
        self.today = today
        for name in ("owner",):
            if name in self:
                self[name].choices = [("", gettext("Choose somebody")), *people]
        for name, field in self._fields.items():
            if isinstance(field, SelectField) and name.startswith("code"):
                field.choices = reason_choices(first=FIRST.get(name, ""), levels=getattr(self, "LEVELS", ""))

    @property
    def codes(self) -> list[str]:
        """The reasons that were chosen, the main one first."""
        chosen = [self[name].data for name in ("code", "code_2", "code_3") if name in self]
        return [code for code in chosen if code]


FIRST = {"code_2": _("No other"), "code_3": _("No other")}


def _reason(label: str) -> SelectField:
    return SelectField(label, [Optional()], choices=[])


def _scope() -> SelectField:
    return SelectField(
        _("Could it happen to others?"), [Optional()], choices=lambda: [("", gettext("Not known yet")), *SCOPES.items()]
    )


class TriageForm(CaseForm):
    """Somebody takes a case on."""

    owner = SelectField(_("Who looks after it"), [Optional()], choices=[])
    code = _reason(_("What seems to be the reason"))
    scope = _scope()
    went_to = StringField(_("Where they went, if known"), [Optional(), Length(max=SHORT)])


class AssignForm(CaseForm):
    """Somebody else takes a case over."""

    owner = SelectField(_("Who looks after it"), [Optional()], choices=[])


class NoteForm(CaseForm):
    """Something to remember."""

    words = _text(_("What is worth knowing"))


class AttemptForm(CaseForm):
    """A try to speak with somebody."""

    channel = RadioField(_("How"), [InputRequired(_("Say how you tried."))], choices=lambda: list(CHANNELS.items()))
    was_reached = RadioField(
        _("Did you reach them?"), [InputRequired(_("Say whether you reached them."))],
        choices=lambda: [("yes", gettext("Yes, we spoke")), ("no", gettext("No"))],
    )  # fmt: skip
    minutes = IntegerField(_("Minutes"), [Optional(), NumberRange(0, 600)])
    note = _text(_("What happened"), optional=True)
    next_on = DateField(_("Try again on"), [Optional()])


class ListenForm(CaseForm):
    """What somebody told us, and how we said it back."""

    their_words = _text(_("What they said, in their own words"), _("As they said it, not as we would put it."))
    playback = _text(_("How you said it back to them"), _("“You left because …, and what would have helped is …”"))
    code = _reason(_("The main reason, as you understand it now"))
    code_2 = _reason(_("What added to it"))
    code_3 = _reason(_("What else added to it"))
    understood = RadioField(
        _("Did they say that you understood?"), default="unknown",
        choices=lambda: [("yes", gettext("Yes")), ("no", gettext("No")), ("unknown", gettext("Not asked yet"))],
    )  # fmt: skip
    scope = _scope()
    went_to = StringField(_("Where they went, if known"), [Optional(), Length(max=SHORT)])
    may_write = BooleanField(_("They agree that we write to them about this"))
    may_quote = BooleanField(_("They agree that we quote them without their name"))
    may_tell = BooleanField(_("They want to hear what we do about it"))

    @property
    def agreed(self) -> dict[str, str]:
        """What they agreed to, with the words of the form."""
        asked = {"reply": self.may_write, "quote": self.may_quote, "updates": self.may_tell}
        return {purpose: str(field.label.text) for purpose, field in asked.items() if field.data}


class ReasonsForm(CaseForm):
    """The reasons as staff understand them, or the cause behind them."""

    layer = RadioField(
        _("What you note"), default="coded",
        choices=lambda: [("coded", gettext("The reason, as we understand it")), ("root_cause", gettext("The cause behind it"))],
    )  # fmt: skip
    code = _reason(_("Main reason"))
    code_2 = _reason(_("What added to it"))
    code_3 = _reason(_("What else added to it"))
    scope = _scope()


class PromiseForm(CaseForm):
    """Something that we will put right."""

    what = _text(_("What we will put right"))
    owner = SelectField(_("Who sees to it"), [InputRequired(_("Say who sees to it."))], choices=[])
    due_on = DateField(_("Until when"), [InputRequired(_("Give the day, such as 2026-09-30."))])


class OfferForm(CaseForm):
    """An offer to come back."""

    template = SelectField(_("Which offer"), [InputRequired(_("Choose an offer."))], choices=[])
    value = StringField(
        _("What it is worth"),
        [Optional(), Length(max=40)],
        description=_("In money; nothing where it costs us nothing."),
    )
    expires_on = DateField(_("Good until"), [InputRequired(_("Give the day, such as 2026-09-30."))])

    def __init__(self, *, offers: Choices = (), currency: str = "EUR", **given: Any) -> None:
        super().__init__(**given)
        self.currency, self.value_minor = currency, 0
        self.template.choices = [("", gettext("Choose an offer")), *offers]

    def validate_value(self, field: Field) -> None:
        """An amount of money."""
        try:
            self.value_minor = minor_units(field.data or "0", self.currency)
        except Unreadable as error:
            raise ValidationError(str(error)) from None
        if self.value_minor < 0:
            raise ValidationError(gettext("An offer is worth nothing or more."))

    def validate_expires_on(self, field: Field) -> None:
        """An offer that is made today is good today."""
        if self.today and field.data and field.data < self.today:
            raise ValidationError(gettext("This day is over."))


class ProposeForm(CaseForm):
    """A case that is not ours to change."""

    LEVELS = "UN"
    code = _reason(_("Why it is not ours to change"))
    evidence = StringField(_("How we know it, in a line"), [Optional(), Length(max=300)])


class CloseForm(CaseForm):
    """The end of a case."""

    end = RadioField(_("How it ended"), [InputRequired(_("Choose how it ended."))], choices=[])
    code = _reason(_("Main reason, where none is noted yet"))
    why = _text(_("Why it ends here"))

    def __init__(self, *, ends: Choices = (), **given: Any) -> None:
        super().__init__(**given)
        self.end.choices = list(ends)


ENDINGS: dict[str, str] = {
    Event.LOSE: _("They stay away"),
    Event.GIVE_UP: _("We could not reach them"),
    Event.PAYMENT: _("Only a payment had failed"),
    Event.NOT_A_LOSS: _("They had not left at all"),
}


class ReopenForm(CaseForm):
    """A case that is taken up again."""

    why = _text(_("Why you open it again"))


class DeathForm(CaseForm):
    """Somebody has died."""

    on = DateField(_("When, as far as we know"), [InputRequired(_("Give the day, such as 2026-09-30."))])

    def validate_on(self, field: Field) -> None:
        """A death lies in the past."""
        if self.today and field.data and field.data > self.today:
            raise ValidationError(gettext("This day lies ahead."))


class TemplateForm(FlaskForm):  # type: ignore[misc]
    """An offer that staff may make."""

    name = StringField(
        _("Name"), [InputRequired(_("Give it a name.")), Length(max=SHORT)], description=_("What staff call it.")
    )
    kind = SelectField(_("What it is"), [InputRequired()], choices=lambda: list(KINDS.items()))
    words = _text(_("What the customer gets, as you would say it"))
    codes = SelectField(
        _("Which reason it answers"), [Optional()], choices=lambda: reason_choices(first=gettext("Any reason"))
    )
    code_2 = SelectField(_("Or this one"), [Optional()], choices=lambda: reason_choices(first=gettext("No other")))
    code_3 = SelectField(_("Or this one, too"), [Optional()], choices=lambda: reason_choices(first=gettext("No other")))
    cap = StringField(_("The most it may be worth to one customer"), [Optional(), Length(max=40)])
    cooldown_days = IntegerField(_("Days since their last offer"), [Optional(), NumberRange(0, 3650)], default=180)
    lasts_days = IntegerField(
        _("Days that it is good for"), [InputRequired(_("Say for how many days.")), NumberRange(1, 365)], default=30
    )
    open_to_loyal = BooleanField(
        _("Customers who stay may have it too"), description=_("Else those who never leave are worse off.")
    )
    needs_approval = BooleanField(_("A leader has to approve each"))

    def __init__(self, *, currency: str = "EUR", **given: Any) -> None:
        super().__init__(**given)
        self.currency = currency
        self.cap_minor: int | None = None

    def validate_words(self, field: Field) -> None:
        """It says what the customer gets."""
        if not (field.data or "").strip():
            raise ValidationError(gettext("Say what the customer gets."))

    def validate_cap(self, field: Field) -> None:
        """An amount of money."""
        if not (field.data or "").strip():
            return
        try:
            self.cap_minor = minor_units(field.data, self.currency)
        except Unreadable as error:
            raise ValidationError(str(error)) from None
        if self.cap_minor is None or self.cap_minor <= 0:
            raise ValidationError(gettext("Leave this empty where there is no limit."))

    @property
    def chosen(self) -> list[str]:
        """The reasons that it answers."""
        return list(dict.fromkeys(code for code in (self.codes.data, self.code_2.data, self.code_3.data) if code))


class RedeemForm(FlaskForm):  # type: ignore[misc]
    """A code that a customer tells us."""

    code = StringField(
        _("The code"),
        [InputRequired(_("Type the code.")), Length(max=40)],
        description=_("Such as 7QF3-MHWD-2KXA. Small letters and blanks do not matter."),
    )


class HoldOutForm(FlaskForm):  # type: ignore[misc]
    """How many new cases are left alone."""

    percent = IntegerField(
        _("Of 100 new cases, leave alone"),
        [InputRequired(_("Give a number from 0 to 50.")), NumberRange(0, 50, _("Give a number from 0 to 50."))],
    )


def as_id(text: str | None) -> UUID | None:
    """The id that a select sent; None where nothing was chosen."""
    return UUID(text) if text else None


def in_days(today: date, days: int) -> date:
    """The day so many days ahead, for what a form begins with."""
    return today + timedelta(days=days)
