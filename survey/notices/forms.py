"""The shape of choosing what one wants to hear of."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from survey.foundation.language import lazy_gettext as _
from survey.notices.rules.kinds import HOW, LEADERS, WEEKLY, How, kinds_for

WEEKLY_HOW = {How.WEEKLY: _("By mail, each Monday at 7"), How.NEVER: _("No")}


class ChoicesForm(FlaskForm):
    """A select box for each kind of notice that somebody may get; `for_role` adds them."""

    @property
    def kinds(self) -> list[SelectField]:
        """The select boxes, in order."""
        return [field for field in self if isinstance(field, SelectField)]

    def chosen(self) -> dict[str, How]:
        """What was chosen, by kind."""
        return {field.name: How(field.data) for field in self.kinds}


def choices_form(role: str, chosen: Mapping[str, How]) -> ChoicesForm:
    """Return the form for a role, filled with what somebody chose."""
    fields = {
        kind.name: _box(kind.words, kind.hint, HOW, chosen.get(kind.name, kind.usual)) for kind in kinds_for(role)
    }
    if role in LEADERS:
        hint = _("What moved, what waits, what people said, and what was improved.")
        fields[WEEKLY] = _box(_("The week in a letter"), hint, WEEKLY_HOW, chosen.get(WEEKLY, How.WEEKLY))
    form: ChoicesForm = type("ChoicesOfRole", (ChoicesForm,), fields)()
    return form


def _box(label: str, hint: str, options: Mapping[How, str], chosen: How) -> SelectField:
    return SelectField(label, description=hint, choices=[SelectChoice(*one) for one in options.items()], default=chosen)
