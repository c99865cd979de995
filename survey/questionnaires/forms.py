"""What staff type about surveys; the questions of a draft are read by `rules.editing`."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from survey.foundation.text import line
from survey.questionnaires.rules import PRIVACIES
from survey.questionnaires.rules.addresses import SLUG_LIMIT, SLUG_WORDS, is_address
from survey.questionnaires.rules.documents import TITLE_LIMIT


class NewForm(FlaskForm):  # type: ignore[misc]
    """A survey to begin: its title and its address."""

    title = StringField(
        "Title",
        [DataRequired("Give it a title."), Length(max=TITLE_LIMIT, message=f"At most {TITLE_LIMIT} characters.")],
        description="Stands on top of the page that your customers see.",
    )
    slug = StringField(
        "Address",
        [DataRequired("Give it an address."), Length(max=SLUG_LIMIT, message=f"At most {SLUG_LIMIT} characters.")],
        filters=[lambda typed: line(typed).lower() if typed else typed],
    )

    def validate_slug(self, field: StringField) -> None:
        """An address must be fit for a link."""
        if not is_address(field.data or ""):
            raise ValidationError(f"This cannot stand in a link. {SLUG_WORDS}")


class OptionsForm(FlaskForm):  # type: ignore[misc]
    """What a survey promises, and where it is shown."""

    privacy = RadioField("Who can see single answers?", choices=list(PRIVACIES))
    is_listed = BooleanField(
        "List it on our public front page",
        description="Anyone who opens the front page finds it there while it is open.",
    )
    has_public_results = BooleanField(
        "Show its results to everyone",
        description="Scores and how answers are spread, never single answers or comments. Small groups are left out.",
    )
