"""What staff type about personal links, campaigns and triggers."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from survey.foundation.csv import decoded
from survey.foundation.language import lazy_gettext as _
from survey.foundation.language import number_words
from survey.foundation.text import TextRefused, clean, line
from survey.invitations.actions import Plan
from survey.invitations.models import Campaign
from survey.invitations.rules import (
    EVENTS,
    GROUPS,
    LONGEST_WAIT,
    MOST_LINES,
    OPENING_LIMIT,
    SUBJECT_LIMIT,
    Audience,
    Words,
    names_in,
    segments_in,
)
from survey.letters.rules.pace import Hours
from survey.organisation.forms import WholeNumberField

WHO_LIMIT, NAME_LIMIT, LIST_LIMIT = 320, 120, 6_000_000
MOST_PER_HOUR, MOST_DAYS = 100_000, 365
TOO_LONG = _("This is too long.")


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Whom a personal link is for."""

    who = StringField(
        _("Whom is it for?"),
        [DataRequired(_("Type an e-mail address or a customer number.")), Length(max=WHO_LIMIT, message=TOO_LONG)],
        description=_("Their e-mail address or customer number, as it stands in People."),
    )


def _number(label: str, lowest: int, highest: int, *, hint: str = "", optional: bool = False) -> WholeNumberField:
    said = _("Enter a number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)
    return WholeNumberField(
        label, [Optional() if optional else InputRequired(said), NumberRange(lowest, highest, said)], description=hint
    )


def _hours(label: str, first: int) -> SelectField:
    return SelectField(
        label, choices=[SelectChoice(hour, f"{hour:02d}:00") for hour in range(first, first + 24)], coerce=int
    )


class CampaignForm(FlaskForm):  # type: ignore[misc]
    """Whom a campaign is for, what its letters say, and how they go; the words by language are added for each survey."""

    name = StringField(
        _("Name of this campaign"),
        [DataRequired(_("Give it a name that your team knows it by.")), Length(max=NAME_LIMIT, message=TOO_LONG)],
        description=_("For your team. Recipients do not see it."),
    )
    group = SelectField(
        _("Whom do you invite?"), choices=lambda: [SelectChoice(name, str(words)) for name, words in GROUPS.items()]
    )
    segments = TextAreaField(
        _("Only people with"), [Optional(), Length(max=1000, message=TOO_LONG)],
        description=_("One a line, as it stands in People: plan = gold. Empty: everybody of the group."),
    )  # fmt: skip
    people = TextAreaField(
        _("Your list"), [Optional(), Length(max=LIST_LIMIT, message=TOO_LONG)],
        description=_("One e-mail address or customer number a line. Only people who are in People can be invited."),
    )  # fmt: skip
    file = FileField(_("… or a file"), description=_("CSV or text, one person a line, address or number first."))
    since = _hours(_("Not before"), 0)
    until = _hours(_("Not after"), 1)
    per_hour = _number(
        _("Most letters in an hour"),
        1,
        MOST_PER_HOUR,
        hint=_("Empty: as fast as your mail server takes them."),
        optional=True,
    )
    reminders = SelectField(
        _("Reminders"), coerce=int,
        choices=lambda: [SelectChoice(0, str(_("None"))), SelectChoice(1, str(_("One"))), SelectChoice(2, str(_("Two")))],
        description=_("Only to those who have not answered."),
    )  # fmt: skip
    reminder_days = _number(_("Days between"), 1, 90)
    link_days = _number(
        _("Days until the links end"), 1, MOST_DAYS, hint=_("Empty: as long as the survey is open."), optional=True
    )

    languages: tuple[str, ...] = ()

    def validate_name(self, field: StringField) -> None:
        """Keep the name to one line of text."""
        field.data = _kept(line, field.data)

    def validate_segments(self, field: TextAreaField) -> None:
        """Refuse lines that are no segment."""
        try:
            segments_in(_kept(clean, field.data))
        except ValueError as wrong:
            raise ValidationError(_("“%(line)s” is no line such as plan = gold.", line=wrong)) from None

    def validate_group(self, field: SelectField) -> None:
        """Ask for a list where the campaign is for one, and refuse one that is too long."""
        many = len(self.names) if field.data == "list" else 0
        if many > MOST_LINES:
            raise ValidationError(_("A list may have %(most)s people at most.", most=number_words(MOST_LINES)))
        if field.data == "list" and not many and not self.has_list:
            raise ValidationError(_("Paste your list or choose a file."))

    def validate_until(self, field: SelectField) -> None:
        """Refuse hours that end before they begin."""
        if field.data <= self.since.data:
            raise ValidationError(_("This hour must be later than the first."))

    has_list: bool = False  # whether the campaign has one from before

    @property
    def names(self) -> list[str]:
        """Who is on the list that was pasted or handed in."""
        if not hasattr(self, "_names"):
            content = self.file.data.stream.read() if self.file.data else b""
            self._names = names_in(f"{_kept(clean, self.people.data)}\n{decoded(content)[0] if content else ''}")
        return self._names

    def plan(self) -> Plan:
        """What was typed, as the action takes it."""
        is_list = self.group.data == "list"
        return Plan(
            name=self.name.data,
            audience=Audience(self.group.data, {} if is_list else segments_in(_kept(clean, self.segments.data))),
            words={language: self._words(language) for language in self.languages},
            hours=Hours(self.since.data, self.until.data),
            per_hour=self.per_hour.data,
            reminders=self.reminders.data,
            reminder_days=self.reminder_days.data or 1,
            link_days=self.link_days.data,
        )

    def _words(self, language: str) -> Words:
        return Words(
            _kept(line, self[f"subject_{language}"].data), _kept(clean, self[f"opening_{language}"].data).strip()
        )


def campaign_form(
    languages: Sequence[str], usual: Mapping[str, Words], campaign: Campaign | None = None
) -> CampaignForm:
    """The form of a campaign, with the words of each language of its survey; filled with what is stored until something is sent."""
    fields: dict[str, Any] = {
        "languages": tuple(languages),
        "has_list": campaign is not None and campaign.whom.group == "list",
    }
    for language in languages:
        fields[f"subject_{language}"] = StringField(
            _("Subject"), [Optional(), Length(max=SUBJECT_LIMIT, message=TOO_LONG)], description=usual[language].subject
        )
        fields[f"opening_{language}"] = TextAreaField(
            _("First words"),
            [Optional(), Length(max=OPENING_LIMIT, message=TOO_LONG)],
            description=usual[language].opening,
        )
    made: type[CampaignForm] = type("CampaignForm", (CampaignForm,), fields)
    return made(data=_stored(languages, campaign))


def _stored(languages: Sequence[str], campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        return {"group": "customers", "since": 9, "until": 18, "reminders": 1, "reminder_days": 5}
    words = {
        f"{part}_{language}": campaign.words.get(language, {}).get(part, "")
        for language in languages
        for part in ("subject", "opening")
    }
    return {
        "name": campaign.name, "group": campaign.whom.group, "reminders": campaign.reminders,
        "segments": "\n".join(f"{name} = {value}" for name, value in campaign.whom.segments.items()),
        "since": campaign.mailing.since_hour, "until": campaign.mailing.until_hour, "per_hour": campaign.mailing.per_hour,
        "reminder_days": campaign.reminder_days, "link_days": campaign.link_days, **words,
    }  # fmt: skip


class TriggerForm(FlaskForm):  # type: ignore[misc]
    """After which event somebody is asked, and how many days later."""

    event = SelectField(_("When"), choices=lambda: [SelectChoice(name, str(words)) for name, words in EVENTS.items()])
    after_days = _number(_("Days later"), 0, LONGEST_WAIT, hint=_("0: on the same day, in the daytime."))


def _kept(boundary: Any, value: str | None) -> str:
    try:
        return str(boundary(value or ""))
    except TextRefused as refusal:
        raise ValidationError(str(refusal)) from None
