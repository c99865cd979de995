"""The shape and words of what recipients and staff type about letters."""

from collections.abc import Collection
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    Form,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from survey.access.rules import email_address
from survey.foundation.language import language_words, upper_first
from survey.foundation.language import lazy_gettext as _
from survey.foundation.text import TextRefused, clean, line
from survey.letters.rules.choosing import HOW_OFTEN
from survey.letters.rules.kinds import TOPICS
from survey.letters.rules.paper import SUBJECT_LIMIT
from survey.letters.rules.permission import BULK

WORDS_LIMIT = 4000
LIST_LIMIT = 200_000  # characters that are pasted; longer lists are read by the command


class AddressForm(Form):
    """An address to which somebody wants a letter."""

    email = EmailField(
        _("E-mail address"), [InputRequired(_("Enter your e-mail address.")), Length(max=320)],
        render_kw={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"},
    )  # fmt: skip
    address = ""

    def validate_email(self, field: EmailField) -> None:
        """Refuse what cannot be an address."""
        self.address = _known(field.data)


class ChoicesForm(Form):
    """What somebody wants to hear, how often, in which language."""

    topics = SelectMultipleField(
        _("What may we write to you about?"), choices=[SelectChoice(*topic) for topic in TOPICS.items()]
    )
    how_often = RadioField(
        _("How often?"), choices=[SelectChoice(str(days), words) for days, words in HOW_OFTEN.items()], default="0"
    )
    language = RadioField(_("In which language?"), choices=[])
    nothing = BooleanField(_("Nothing at all"))

    def __init__(self, *args: Any, languages: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [SelectChoice(code, upper_first(language_words(code))) for code in languages]
        self.language.choices = [SelectChoice("", _("As it is now")), *names]


class ByHandForm(FlaskForm):  # type: ignore[misc]
    """A letter that staff write themselves."""

    kind = RadioField(_("What is it?"), choices=[], validate_choice=False)
    subject = StringField(_("Subject"), [InputRequired(_("Write a subject.")), Length(max=SUBJECT_LIMIT)])
    words = TextAreaField(
        _("Letter"), [InputRequired(_("Write what you want to say.")), Length(max=WORDS_LIMIT)],
        description=_("Plain text. An empty line begins a new paragraph."),
    )  # fmt: skip

    def validate_subject(self, field: StringField) -> None:
        """Keep the subject to one line of text."""
        field.data = _text(line, field.data, SUBJECT_LIMIT)

    def validate_words(self, field: TextAreaField) -> None:
        """Keep what is text."""
        field.data = _text(clean, (field.data or "").replace("\r\n", "\n").strip(), WORDS_LIMIT)


class LookUpForm(FlaskForm):  # type: ignore[misc]
    """One address: is it written to, or shall it be so no more?"""

    email = EmailField(
        _("E-mail address"), [InputRequired(_("Enter an e-mail address."))], render_kw={"autocomplete": "off"}
    )

    def validate_email(self, field: EmailField) -> None:
        """Refuse what cannot be an address."""
        field.data = _known(field.data)


class ListForm(FlaskForm):  # type: ignore[misc]
    """Many addresses that are not to be written to, pasted or from a file."""

    scope = RadioField(
        _("What did they say?"),
        choices=[
            SelectChoice(BULK, _("They unsubscribed: send nothing that they did not ask for")),
            SelectChoice("do_not_contact", _("They want no letter at all")),
        ],
        default=BULK,
    )
    pasted = TextAreaField(
        _("Addresses"), [Length(max=LIST_LIMIT)], description=_("One a line, or a table with a column of addresses.")
    )
    file = FileField(
        _("Or a file"), description=_("Plain text or CSV, up to 200 kB. Longer lists are read in by the command.")
    )


def _known(value: str | None) -> str:
    address = email_address(value or "")
    if address is None:
        raise ValidationError(_("Enter an e-mail address such as ada@example.org."))
    return address


def _text(keep: Any, value: str | None, limit: int) -> str:
    try:
        kept: str = keep(value or "", limit=limit)
    except TextRefused as refusal:
        raise ValidationError(str(refusal)) from None
    if not kept:
        raise ValidationError(_("Write something here."))
    return kept
