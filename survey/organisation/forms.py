"""The shape and words of the settings page."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from survey.foundation.language import lazy_gettext as _
from survey.foundation.text import TextRefused, clean, line
from survey.organisation.models import Organisation
from survey.organisation.rules import (
    LANGUAGES,
    LARGEST_GROUP,
    LONGEST_LIMIT,
    LONGEST_PROMISE,
    MARK_LIMIT,
    MOST_LETTERS,
    SMALLEST_GROUP,
    Settings,
    accent_problem,
    mark_problem,
)  # fmt: skip

OLD_NAMES = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/", "posix/", "right/")


@cache
def time_zones() -> tuple[SelectChoice, ...]:
    """The time zones to choose from: UTC and those named after a place."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith(OLD_NAMES))
    return tuple(SelectChoice(name, name.replace("_", " ")) for name in ("UTC", *places))


def _languages() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in LANGUAGES.items()]


def _line(value: str | None) -> str:
    return line(value or "")


class WholeNumberField(IntegerField):
    """A whole number in the digits 0 to 9; anything else is left to the validators, which say what is wanted."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the digits that were typed, if they are digits."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


RANGE = _("Enter a number from %(lowest)s to %(highest)s.", lowest=SMALLEST_GROUP, highest=LARGEST_GROUP)
HOURS = _("Enter a number from %(lowest)s to %(highest)s.", lowest=1, highest=LONGEST_PROMISE)

LETTERS = _("Enter a number from %(lowest)s to %(highest)s.", lowest=1, highest=MOST_LETTERS)
LETTER_DAYS = _("Enter a number from %(lowest)s to %(highest)s.", lowest=1, highest=LONGEST_LIMIT)


def _group(label: str, description: str) -> WholeNumberField:
    bounds = NumberRange(SMALLEST_GROUP, LARGEST_GROUP, RANGE)
    needed = InputRequired(RANGE)
    return WholeNumberField(label, [needed, bounds], description=description)


class SettingsForm(FlaskForm):
    """Everything about the organisation on one page."""

    name = StringField(
        _("Name of the organisation"), [InputRequired(_("Enter the name that customers know.")), Length(max=120)]
    )
    mark = FileField(
        _("Mark"),
        description=_(
            "PNG, JPEG, WebP or GIF, at most %(limit)s kB. It is shown 32 pixels high.", limit=MARK_LIMIT // 1000
        ),
    )
    remove_mark = BooleanField(_("Take the present mark away"))
    accent = StringField(
        _("Accent colour"), [InputRequired(_("Enter a colour such as #0B6B5D."))], description=_(
            "# and six digits or letters, such as #0B6B5D. White words on it must be readable."), render_kw={"autocapitalize": "characters", "spellcheck": "false", "maxlength": 7},
    )  # fmt: skip
    postal_address = TextAreaField(
        _("Postal address"),
        [Optional(), Length(max=500)],
        description=_("Customers may ask who you are, and where."),
    )
    time_zone = SelectField(
        _("Time zone"), choices=time_zones, description=_("Days begin and end here, and times are shown so.")
    )
    currency = StringField(
        _("Currency"), [Regexp(r"^[A-Z]{3}$", message=_("Enter three letters, such as EUR."))], filters=[lambda value: (value or "").strip().upper()],
        description=_("Three letters, such as EUR or USD. Used where an import does not say."), render_kw={"maxlength": 3},
    )  # fmt: skip
    language = SelectField(_("First language"), choices=_languages)
    languages = SelectMultipleField(_("Languages of your surveys"), choices=_languages)
    minimum_scores = _group(
        _("Smallest group for a score"),
        _("Fewer answers than this are not made into a score for viewers and customers."),
    )
    minimum_comments = _group(
        _("Smallest group for comments"), _("Where answers are confidential, fewer comments than this stay hidden.")
    )
    promised_hours = WholeNumberField(
        _("Hours until you answer"), description=_("How soon somebody who asked for an answer shall have one."), validators=[
            InputRequired(HOURS),
            NumberRange(1, LONGEST_PROMISE, HOURS),
        ],
    )  # fmt: skip

    letter_limit = WholeNumberField(
        _("Most letters to one person"),
        [InputRequired(LETTERS), NumberRange(1, MOST_LETTERS, LETTERS)],
        description=_("Invitations, reminders, news and offers together. Nobody is written to more often."),
    )
    letter_days = WholeNumberField(
        _("… in so many days"), [InputRequired(LETTER_DAYS), NumberRange(1, LONGEST_LIMIT, LETTER_DAYS)]
    )

    def validate_name(self, field: StringField) -> None:
        """Keep the name to one line of text."""
        field.data = _kept(line, field.data)
        if not field.data:
            raise ValidationError(_("Enter the name that customers know."))

    def validate_postal_address(self, field: TextAreaField) -> None:
        """Keep the address as typed."""
        field.data = _kept(clean, field.data).strip()

    def validate_accent(self, field: StringField) -> None:
        """Refuse a colour that could not be read."""
        field.data = field.data.strip()
        if problem := accent_problem(field.data):
            raise ValidationError(problem)

    def validate_mark(self, field: FileField) -> None:
        """Refuse a file that is no picture, or too large."""
        if self.mark_content and (problem := mark_problem(self.mark_content)):
            raise ValidationError(problem)

    def validate_languages(self, field: SelectMultipleField) -> None:
        """Ask for at least one language, and for the first among them."""
        if self.language.data not in (field.data or []):
            raise ValidationError(_("The first language must be among them."))

    @property
    def mark_content(self) -> bytes:
        """The bytes of the picture that was chosen; empty when none was."""
        if not self.mark.data:
            return b""
        self.mark.data.stream.seek(0)
        return bytes(self.mark.data.stream.read())

    def settings(self) -> Settings:
        """What was typed, as the action takes it."""
        names = Settings.__dataclass_fields__
        values: dict[str, Any] = {name: self[name].data for name in names}
        return Settings(
            **values
            | {
                "accent": values["accent"].upper(),
                "languages": tuple(code for code in LANGUAGES if code in values["languages"]),
            }
        )


def _kept(boundary: Any, value: str) -> str:
    try:
        return str(boundary(value or ""))
    except TextRefused as refusal:
        raise ValidationError(str(refusal)) from None


def settings_form(owner: Organisation) -> SettingsForm:
    """The form, filled with what is stored until something is sent."""
    return SettingsForm(data={name: getattr(owner, name) for name in Settings.__dataclass_fields__})
