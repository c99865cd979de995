"""What staff type about improvements."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from survey.foundation.language import lazy_gettext as _
from survey.improvements.actions import TITLE_LIMIT, WORDS_LIMIT, YOU_SAID_LIMIT
from survey.improvements.rules.stages import STAGE_WORDS, words_missing
from survey.reasons.rules import REASONS, Reason


def answerable() -> list[Reason]:
    """What an organisation can answer: not what it decided itself, nor what nobody knows."""
    return [reason for reason in REASONS.values() if reason.level1 not in "FZ"]


class ImprovementForm(FlaskForm):
    """An improvement: its title, what customers said, the reasons that it answers."""

    title = StringField(
        _("What are you improving?"),
        [DataRequired(_("Give it a title that customers understand.")), Length(max=TITLE_LIMIT)],
        description=_("As you would say it to a customer: “No more waiting in the evening”."),
    )
    you_said = TextAreaField(
        _("What did they tell you?"),
        [DataRequired(_("Say what customers told you.")), Length(max=YOU_SAID_LIMIT)],
        description=_("Stands under “You said” on the public page. Name nobody."),
    )
    reasons = SelectMultipleField(
        _("Which reasons does it answer?"),
        choices=lambda: [SelectChoice(reason.code, reason.label) for reason in answerable()],
        description=_("It is shown to people who give one of these reasons, and beside them on Today."),
    )


class UpdateForm(FlaskForm):
    """One update: how far it is, and the words for it."""

    stage = RadioField(
        _("How far is it?"),
        [DataRequired(_("Choose how far it is."))],
        choices=[SelectChoice(*choice) for choice in STAGE_WORDS.items()],
    )
    words = TextAreaField(
        _("What do you want to tell your customers?"),
        [Length(max=WORDS_LIMIT)],
        description=_("A post stays: it is never deleted."),
    )

    def validate_words(self, field: TextAreaField) -> None:
        """An update has to say something; a refusal has to say why."""
        if problem := words_missing(self.stage.data or "", field.data or ""):
            raise ValidationError(problem)
