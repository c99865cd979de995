"""What staff type about surveys; the questions of a draft are read by `rules.editing`."""

from typing import Any, Protocol
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateTimeLocalField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from survey.foundation.addresses import LISTED_LIMIT, NoNetwork, networks_in
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext as _l
from survey.foundation.text import line
from survey.questionnaires.rules import PRIVACIES
from survey.questionnaires.rules.addresses import ORIGINS_LIMIT, SLUG_LIMIT, SLUG_WORDS, is_address, origins_in
from survey.questionnaires.rules.documents import TITLE_LIMIT

MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class Window(Protocol):
    """A survey, as far as its window goes."""

    response_limit: int | None


class NewForm(FlaskForm):  # type: ignore[misc]
    """A survey to begin: its title and its address."""

    title = StringField(
        _l("Title"),
        [
            DataRequired(_l("Give it a title.")),
            Length(max=TITLE_LIMIT, message=_l("At most %(limit)s characters.", limit=TITLE_LIMIT)),
        ],
        description=_l("Stands on top of the page that your customers see."),
    )
    slug = StringField(
        _l("Address"),
        [
            DataRequired(_l("Give it an address.")),
            Length(max=SLUG_LIMIT, message=_l("At most %(limit)s characters.", limit=SLUG_LIMIT)),
        ],
        filters=[lambda typed: line(typed).lower() if typed else typed],
    )

    def validate_slug(self, field: StringField) -> None:
        """An address must be fit for a link."""
        if not is_address(field.data or ""):
            raise ValidationError(_l("This cannot stand in a link. %(rule)s", rule=SLUG_WORDS))


class FileForm(FlaskForm):  # type: ignore[misc]
    """A survey that stands in a file."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("A file that ends in .json, as a survey is downloaded."),
    )

    @property
    def content(self) -> bytes:
        """What the chosen file holds."""
        return bytes(self.file.data.stream.read())


class OptionsForm(FlaskForm):  # type: ignore[misc]
    """What a survey promises, and where it is shown."""

    privacy = RadioField(_l("Who can see single answers?"), choices=list(PRIVACIES))
    is_listed = BooleanField(
        _l("List it on our public front page"),
        description=_l("Anyone who opens the front page finds it there while it is open."),
    )


class Guarded(Protocol):
    """A survey, as far as robots go."""

    known_addresses: list[str]
    asks_proof: bool


class RobotsForm(FlaskForm):  # type: ignore[misc]
    """What a device does before its answers are taken, and from which networks many answers are no attack."""

    asks_proof = BooleanField(
        _l("Let each device do a short task first"),
        description=_l(
            "For the open link, when robots fill it in. While somebody reads, their device computes for about a second; nobody "
            "has to solve a riddle. Whoever cannot run scripts may answer as well, half a minute after opening the page."
        ),
    )
    known_addresses = TextAreaField(
        _l("Networks from which many people answer"),
        description=_l(
            "An office or a kiosk with one address. One address or network in each line, such as 198.51.100.4 or "
            "2001:db8:12::/48. Answers from there are never too many."
        ),
    )

    def validate_known_addresses(self, field: TextAreaField) -> None:
        """Each line is an address or a network, and not nearly everybody's."""
        try:
            found = networks_in(field.data or "")
        except NoNetwork as wrong:
            raise ValidationError(
                _("“%(line)s” is no address, or a network of nearly everybody.", line=str(wrong)[:80])
            ) from None
        if len(found) > LISTED_LIMIT:
            raise ValidationError(_("At most %(limit)s networks are possible.", limit=LISTED_LIMIT))

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen."""
        return {
            "known_addresses": networks_in(self.known_addresses.data or ""),
            "asks_proof": self.asks_proof.data,
        }


def robots_data(survey: Guarded) -> dict[str, Any]:
    """Return what the form shows first."""
    return {"known_addresses": "\n".join(survey.known_addresses), "asks_proof": survey.asks_proof}


class FrameForm(FlaskForm):  # type: ignore[misc]
    """Which websites may show a survey in a frame."""

    origins = TextAreaField(
        _l("Websites that may show it"),
        description=_l("One in each line, such as https://www.example.org. Empty: no website may."),
    )

    def validate_origins(self, field: TextAreaField) -> None:
        """Each line is a website, without a page of it."""
        try:
            found = origins_in(field.data or "")
        except ValueError as wrong:
            raise ValidationError(
                _("“%(line)s” is no website. Write https:// and its name, and nothing behind it.", line=str(wrong)[:80])
            ) from None
        if len(found) > ORIGINS_LIMIT:
            raise ValidationError(_("At most %(limit)s websites are possible.", limit=ORIGINS_LIMIT))

    @property
    def chosen(self) -> list[str]:
        """The websites."""
        return origins_in(self.origins.data or "")


class WindowForm(FlaskForm):  # type: ignore[misc]
    """From when to when a survey takes answers, as clocks show it where the organisation is, and how many it takes."""

    opens_at = DateTimeLocalField(
        _l("Opens"), [Optional()], format=MINUTES, description=_l("Empty: as soon as it is published.")
    )
    closes_at = DateTimeLocalField(
        _l("Closes"), [Optional()], format=MINUTES, description=_l("Empty: when you close it.")
    )
    response_limit = IntegerField(
        _l("Closes after so many answers"),
        [Optional(), NumberRange(1, 10_000_000, _l("A whole number from 1 on is needed."))],
        description=_l("Empty: it takes as many as come. Only complete answers count."),
    )

    def chosen(self, zone: ZoneInfo) -> dict[str, Any]:
        """Return what was chosen, moments as they are everywhere."""
        return {
            "opens_at": self.opens_at.data and self.opens_at.data.replace(tzinfo=zone),
            "closes_at": self.closes_at.data and self.closes_at.data.replace(tzinfo=zone),
            "response_limit": self.response_limit.data,
        }

    def words(self) -> dict[str, object]:
        """Return what was chosen, for the audit."""
        return {name: str(field.data) for name, field in self._fields.items() if name != "csrf_token" and field.data}


def window_data(survey: Window, zone: ZoneInfo) -> dict[str, Any]:
    """Return what the form shows first: moments as clocks show them in a zone."""
    moments = {name: getattr(survey, name) for name in ("opens_at", "closes_at")}
    shown = {name: moment and moment.astimezone(zone).replace(tzinfo=None) for name, moment in moments.items()}
    return {**shown, "response_limit": survey.response_limit}
