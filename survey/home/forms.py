"""What a customer types on the thank-you page."""

from wtforms import BooleanField, EmailField, Form
from wtforms.validators import DataRequired, ValidationError

from survey.access.rules import email_address
from survey.foundation.language import lazy_gettext as _
from survey.home.rules import WORDS_AGREED


class UpdatesForm(Form):
    """An address, and the box that says we may write to it: never ticked beforehand."""

    email = EmailField(_("Your e-mail address"), [DataRequired(_("Type your e-mail address."))])
    agrees = BooleanField(WORDS_AGREED, [DataRequired(_("Tick the box if we may write to you."))])

    def validate_email(self, field: EmailField) -> None:
        """An address is proved by writing to it; here it only has to look like one."""
        if email_address(field.data or "") is None:
            raise ValidationError(_("This e-mail address is not complete. It should look like name@example.org."))
