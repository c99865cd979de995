"""What staff type about results."""

from datetime import date
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext as _l
from survey.foundation.text import line
from survey.questionnaires.queries import all_surveys, newest_versions
from survey.results.actions.marks import Marked
from survey.results.rules.marks import KINDS, WORDS_LIMIT
from survey.results.rules.sharing import LASTS_WORDS, NAME_LIMIT

FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)


class SharingForm(FlaskForm):  # type: ignore[misc]
    """What everybody may see of a survey; its questions and texts are read by `rules.sharing`."""

    is_public = BooleanField(
        _l("Everyone may see the results"),
        description=_l("On a page of their own, which the thank-you page and the front page lead to."),
    )
    has_headline = BooleanField(
        _l("The score at the head"), description=_l("The first score that the survey gives, with its range.")
    )
    minimum = SelectField(
        _l("Smallest group"),
        coerce=int,
        description=_l(
            "Nothing is told about fewer people. A larger group makes numbers coarser and lets new answers wait longer. "
            "It holds for the page and for every link alike."
        ),
    )

    def offering(self, groups: list[int]) -> "SharingForm":
        """The form with the smallest groups to choose from."""
        self.minimum.choices = [SelectChoice(group, _("%(number)s people", number=group)) for group in groups]
        return self


class LinkForm(FlaskForm):  # type: ignore[misc]
    """A link to the results: what it is called here, and how long it is good."""

    name = StringField(
        _l("Whom is it for?"),
        [
            DataRequired(_l("Give it a name, so that you know later which one it is.")),
            Length(max=NAME_LIMIT, message=_l("At most %(limit)s characters.", limit=NAME_LIMIT)),
        ],
        filters=[lambda typed: line(typed, limit=len(typed)) if typed else typed],
        description=_l("For you alone: it stands in this list and nowhere else."),
    )
    lasts = SelectField(_l("It is good for"), choices=[SelectChoice(*one) for one in LASTS_WORDS])
    until = DateField(_l("Last day"), [Optional()], description=_l("Only where you choose a day yourself."))


def _surveys() -> list[SelectChoice]:
    newest = newest_versions()
    found = [SelectChoice(str(survey.id), str(newest[survey.id].document["title"])) for survey in all_surveys() if survey.id in newest]  # fmt: skip
    return [SelectChoice("", _l("All surveys")), *found]


class MarkForm(FlaskForm):  # type: ignore[misc]
    """Something that happened: when, what, and which survey it concerns."""

    day = DateField(_l("When did it happen?"), [InputRequired(_l("Say on which day it happened."))])
    kind = SelectField(_l("What kind of thing?"), choices=lambda: [SelectChoice(*kind) for kind in KINDS.items()])
    words = StringField(
        _l("What happened?"),
        [DataRequired(_l("Say in a few words what happened.")), Length(max=WORDS_LIMIT)],
        description=_l("As it shall stand on the charts: “New price list”, “Bakery opens opposite”."),
    )
    survey = SelectField(_l("Which survey does it concern?"), choices=_surveys)

    def validate_day(self, field: DateField) -> None:
        """A day that a calendar of ours can show."""
        if field.data is not None and not FIRST <= field.data <= LAST:
            raise ValidationError(_l("Choose a day between 1900 and 2999."))

    @property
    def marked(self) -> Marked:
        """What was typed, as actions take it."""
        survey_id = UUID(self.survey.data) if self.survey.data else None
        return Marked(self.day.data, self.kind.data, self.words.data, survey_id)
