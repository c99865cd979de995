"""What staff type about results."""

from datetime import date
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from survey.foundation.language import lazy_gettext as _
from survey.questionnaires.queries import all_surveys, newest_versions
from survey.results.actions.marks import Marked
from survey.results.rules.marks import KINDS, WORDS_LIMIT

FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)


def _surveys() -> list[SelectChoice]:
    newest = newest_versions()
    found = [SelectChoice(str(survey.id), str(newest[survey.id].document["title"])) for survey in all_surveys() if survey.id in newest]  # fmt: skip
    return [SelectChoice("", _("All surveys")), *found]


class MarkForm(FlaskForm):
    """Something that happened: when, what, and which survey it concerns."""

    day = DateField(_("When did it happen?"), [InputRequired(_("Say on which day it happened."))])
    kind = SelectField(_("What kind of thing?"), choices=lambda: [SelectChoice(*kind) for kind in KINDS.items()])
    words = StringField(
        _("What happened?"),
        [DataRequired(_("Say in a few words what happened.")), Length(max=WORDS_LIMIT)],
        description=_("As it shall stand on the charts: “New price list”, “Bakery opens opposite”."),
    )
    survey = SelectField(_("Which survey does it concern?"), choices=_surveys)

    def validate_day(self, field: DateField) -> None:
        """A day that a calendar of ours can show."""
        if field.data is not None and not FIRST <= field.data <= LAST:
            raise ValidationError(_("Choose a day between 1900 and 2999."))

    @property
    def marked(self) -> Marked:
        """What was typed, as actions take it."""
        survey_id = UUID(self.survey.data) if self.survey.data else None
        return Marked(self.day.data, self.kind.data, self.words.data, survey_id)
