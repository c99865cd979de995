"""What staff type about results."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext as _l
from survey.foundation.text import line
from survey.results.rules.sharing import LASTS_WORDS, NAME_LIMIT


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
