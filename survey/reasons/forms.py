"""What a leader types about a reason."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from survey.foundation.errors import Refused
from survey.foundation.language import gettext
from survey.foundation.language import lazy_gettext as _
from survey.reasons.rules import LEVELS, Control, Reason, Will
from survey.reasons.rules.edits import LABEL_LIMIT, OPEN_LEVELS, Edited, phrases_in
from survey.reasons.rules.taxonomy import REASONS as SHIPPED

CONTROLS = {
    Control.CONTROLLABLE: _("Yes"),
    Control.PARTLY: _("In part"),
    Control.UNCONTROLLABLE: _("No, nobody could"),
    Control.NONE: _("Does not apply"),
}
WILLS = {
    Will.VOLUNTARY: _("They chose to leave"),
    Will.LIFE_EVENT: _("Life decided"),
    Will.BILLING: _("A payment failed"),
    Will.FIRM: _("We ended it"),
    Will.NONE: _("Does not apply"),
}
MEANING_LIMIT = 200


class ReasonForm(FlaskForm):
    """A reason: its name, what it means, whether it can be helped, and what it sounds like."""

    name = StringField(_("Name"), [DataRequired(_("Give it a name.")), Length(max=LABEL_LIMIT)])
    meaning = StringField(
        _("What it means"), [Length(max=MEANING_LIMIT)], description=_("For those who choose among reasons.")
    )
    control = SelectField(
        _("Could we have prevented it?"), choices=[SelectChoice(*choice) for choice in CONTROLS.items()]
    )
    will = SelectField(_("Whose decision was it?"), choices=[SelectChoice(*choice) for choice in WILLS.items()])
    own = TextAreaField(
        _("What it sounds like here"),
        description=_("Your own phrases, one a line: waiting room. A star is any ending: wait*."),
    )
    came = TextAreaField(
        _("Phrases that it came with"),
        description=_(
            "Take out what does not fit here. In “late|slow” either word counts, # is any number, and in “waited .. hours” up to three words may stand between."
        ),
    )

    def validate_own(self, field: TextAreaField) -> None:
        """Every line has to be a phrase."""
        try:
            phrases_in(field.data or "")
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None

    validate_came = validate_own

    @property
    def phrases(self) -> tuple[str, ...]:
        """All phrases, those that it came with first."""
        return tuple(dict.fromkeys(phrases_in(f"{self.came.data or ''}\n{self.own.data or ''}")))

    @property
    def edited(self) -> Edited:
        """What was typed, as a value."""
        return Edited(
            self.name.data or "", self.meaning.data or "", self.control.data, self.will.data, self.phrases,
        )  # fmt: skip


class NewReasonForm(ReasonForm):
    """A reason of the organisation’s own; what group it belongs to gives it its code."""

    level = SelectField(
        _("What does it belong to?"),
        choices=lambda: [SelectChoice(level, gettext(LEVELS[level])) for level in OPEN_LEVELS],
    )


def form_of(reason: Reason) -> ReasonForm:
    """The form with what is in force."""
    came = SHIPPED[reason.code].phrases if reason.code in SHIPPED else ()
    return ReasonForm(
        name=reason.label, meaning=reason.definition, control=reason.control.value, will=reason.will.value,
        own="\n".join(phrase for phrase in reason.phrases if phrase not in came),
        came="\n".join(phrase for phrase in reason.phrases if phrase in came),
    )  # fmt: skip
