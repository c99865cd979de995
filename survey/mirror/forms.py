"""What leaders type about what they saw, and in a loss review."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import DateField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from survey.foundation.language import gettext
from survey.foundation.language import lazy_gettext as _
from survey.mirror import queries
from survey.mirror.rules import (
    ATTENDEES_LIMIT,
    BY,
    CONVERSATION,
    KINDS,
    LEARNED_LIMIT,
    PLACE_LIMIT,
    SELF,
    WHAT_LIMIT,
    Noted,
)

DAY_MISSING = _("Give the day, such as 2026-09-30.")


class NoteForm(FlaskForm):  # type: ignore[misc]
    """One time: what it was, and what was learned. The rest may stay as it is."""

    kind = RadioField(_("What did you do?"), choices=lambda: list(KINDS.items()), default=CONVERSATION)
    learned = TextAreaField(_("What did you learn?"), [Optional(), Length(max=LEARNED_LIMIT)])
    place = StringField(
        _("Where, or with whom?"),
        [Optional(), Length(max=PLACE_LIMIT)],
        description=_("“Harbour shop”, “a customer of ten years”."),
    )
    friction = TextAreaField(_("What got in the way?"), [Optional(), Length(max=LEARNED_LIMIT)])
    by = RadioField(_("Who was the customer?"), choices=lambda: list(BY.items()), default=SELF)
    day = DateField(_("When?"), [InputRequired(DAY_MISSING)])

    def __init__(self, *, today: date, **given: Any) -> None:
        super().__init__(data={"day": today}, **given)
        self.today = today

    def validate_day(self, field: Field) -> None:
        """What lies ahead was not lived yet."""
        if field.data and field.data > self.today:
            raise ValidationError(_("This day is yet to come."))

    @property
    def noted(self) -> Noted:
        """What was typed, as actions take it."""
        return Noted(self.kind.data, self.day.data, self.learned.data or "", self.place.data or "", self.friction.data or "", self.by.data)  # fmt: skip


class HeldForm(FlaskForm):  # type: ignore[misc]
    """That a review was held."""

    attendees = StringField(_("Who was there?"), [DataRequired(_("Say who was there.")), Length(max=ATTENDEES_LIMIT)])
    held_on = DateField(_("On which day?"), [InputRequired(DAY_MISSING)])


def _colleagues() -> list[tuple[str, str]]:
    return [("", gettext("Choose somebody")), *((str(one.id), one.name or one.email) for one in queries.colleagues())]


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """One decision of a review."""

    what = StringField(_("What was decided?"), [DataRequired(_("Say what is to be done.")), Length(max=WHAT_LIMIT)])
    owner = SelectField(_("Who does it?"), [DataRequired(_("Choose who does it."))], choices=_colleagues)
    due_on = DateField(_("Until when?"), [InputRequired(DAY_MISSING)])

    @property
    def owner_id(self) -> UUID:
        """Who was chosen."""
        return UUID(self.owner.data)
