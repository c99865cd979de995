"""What leaders type about priorities."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import DateField, Field, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from survey.foundation.language import gettext
from survey.foundation.language import lazy_gettext as _
from survey.priorities import queries
from survey.priorities.rules import SETTLED_LIMIT, WORDS_LIMIT


def _leaders() -> list[tuple[str, str]]:
    return [("", gettext("Choose somebody")), *((str(one.id), one.name or one.email) for one in queries.leaders())]


class LeadForm(FlaskForm):  # type: ignore[misc]
    """Who answers for a priority, and until when."""

    owner = SelectField(
        _("Who leads it?"),
        [DataRequired(_("Choose who answers for it. One person, so that it is clear."))],
        choices=_leaders,
    )
    due_on = DateField(_("To be put right by"), [InputRequired(_("Give the day, such as 2026-09-30."))])

    def __init__(self, *, today: date, **given: Any) -> None:
        super().__init__(**given)
        self.today = today

    def validate_due_on(self, field: Field) -> None:
        """A promise for yesterday is none."""
        if field.data and field.data < self.today:
            raise ValidationError(_("This day is over. Choose one that lies ahead."))

    @property
    def owner_id(self) -> UUID:
        """Who was chosen."""
        return UUID(self.owner.data)


class SettleForm(FlaskForm):  # type: ignore[misc]
    """Why a priority is settled."""

    words = TextAreaField(
        _("Why is it settled?"),
        [DataRequired(_("Say in a sentence why it is settled.")), Length(max=SETTLED_LIMIT)],
        description=_("What was done, and what shows that it helped. It comes back by itself if people go on leaving for it."),
    )  # fmt: skip


class OwnForm(FlaskForm):  # type: ignore[misc]
    """A priority in words of one's own."""

    words = StringField(
        _("What has to be put right?"),
        [DataRequired(_("Say in a few words what has to be put right.")), Length(max=WORDS_LIMIT)],
        description=_("For what no reason says. Nobody is counted for it."),
    )
