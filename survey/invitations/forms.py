"""What staff type about personal links."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from survey.foundation.language import lazy_gettext as _

WHO_LIMIT = 320


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Whom a personal link is for."""

    who = StringField(
        _("Whom is it for?"),
        [
            DataRequired(_("Type an e-mail address or a customer number.")),
            Length(max=WHO_LIMIT, message=_("This is too long.")),
        ],
        description=_("Their e-mail address or customer number, as it stands in People."),
    )
