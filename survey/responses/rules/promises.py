"""What the respond page promises: what is kept, for how long, and who reads it."""

from collections.abc import Callable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from survey.foundation import language
from survey.foundation.language import gettext as _
from survey.responses.rules.values import Opening, Privacy

Promise = Callable[[str, int], str]  # of the owner's name and the smallest group that is shown
# Every promise that ever stood on a page, by its name: answers keep the name, so that its words are never changed here, but
# get a new number.
PROMISES: Mapping[str, Promise] = {
    "identified/1": lambda owner, _minimum: _(
        "%(owner)s reads every answer. It keeps what you write here and when you sent it, until you take it back or %(owner)s "
        "deletes it; who you are only if you say so.", owner=owner),
    "identified-personal/1": lambda owner, _minimum: _(
        "This link is yours: %(owner)s reads your answers and knows that they come from you. It keeps them until you take them "
        "back or %(owner)s deletes them.", owner=owner),
    "confidential/1": lambda owner, minimum: _(
        "%(owner)s sees answers only of %(minimum)s people or more together, never yours alone, and what you write without your "
        "name. It keeps them until it deletes the survey.", owner=owner, minimum=minimum),
    "confidential-personal/1": lambda owner, minimum: _(
        "%(owner)s sees answers only of %(minimum)s people or more together, never yours alone, and what you write without your "
        "name. It keeps them until it deletes the survey. Your own link makes sure that everybody answers once.",
        owner=owner, minimum=minimum),
    "anonymous/1": lambda owner, _minimum: _(
        "Nobody can tell which answers are yours: %(owner)s keeps them with the day and with nothing about you, until it deletes "
        "the survey. That is also why you cannot take them back.", owner=owner),
    "anonymous/2": lambda owner, _minimum: _(
        "Nobody can tell which answers are yours: %(owner)s keeps them with the day and with nothing about you, until it deletes "
        "the survey. That is also why you cannot take them back. A link of your own only makes sure that everybody answers once; "
        "it is not kept with your answers.", owner=owner),
}  # fmt: skip
MADE_NOW = {
    Privacy.IDENTIFIED: ("identified/1", "identified-personal/1"),
    Privacy.CONFIDENTIAL: ("confidential/1", "confidential-personal/1"),
    Privacy.ANONYMOUS: ("anonymous/2", "anonymous/2"),  # the answer must not tell by which link it came
}


def promise_name(privacy: str, *, is_personal: bool) -> str:
    """Return the name of the promise that stands on a page now."""
    return MADE_NOW[Privacy(privacy)][is_personal]


def promise_words(name: str, *, owner: str, minimum: int) -> str:
    """Return a promise in plain words: what is kept, for how long, and who reads it; empty for one that nobody made."""
    promise = PROMISES.get(name)
    return promise(owner, minimum) if promise else ""


def kept_words(opening: Opening, *, is_personal: bool) -> str:
    """Return the promise of a survey's page."""
    name = promise_name(opening.privacy, is_personal=is_personal)
    return promise_words(name, owner=opening.owner, minimum=opening.minimum)


def opens_words(opening: Opening) -> str:
    """Return when a survey opens, where the organisation is; empty where it has no such moment."""
    if opening.opens_at is None:
        return ""
    there = opening.opens_at.astimezone(ZoneInfo(opening.time_zone))
    return _("on %(day)s at %(time)s", day=day_words(there.date()), time=f"{there:%H:%M}")


def day_words(day: date) -> str:
    """Return a day as people say it: 12 October 2026."""
    return language.day_words(day)
