"""What the respond page says of itself: how much it asks, and what is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.responses.rules.values import Opening, Privacy

SECONDS_TO_CHOOSE, SECONDS_TO_WRITE = 8, 25
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
KEPT: Mapping[str, str] = {
    Privacy.IDENTIFIED: "{owner} reads every answer. It keeps what you write here and when you sent it; who you are only if you say so.",
    Privacy.CONFIDENTIAL: "{owner} sees answers only of {minimum} people or more together, never yours alone, and what you write without your name.",
    Privacy.ANONYMOUS: "Nobody can tell which answers are yours: {owner} keeps them with the day, and with nothing about you.",
}
KEPT_OF_PERSONAL_LINK: Mapping[str, str] = {
    Privacy.IDENTIFIED: "This link is yours: {owner} reads your answers and knows that they come from you.",
    Privacy.CONFIDENTIAL: KEPT[Privacy.CONFIDENTIAL] + " Your own link makes sure that everybody answers once.",
}


def effort_words(questions: Sequence[Question]) -> str:
    """Return how much is asked: “Three questions, under a minute.”"""
    seconds = sum(
        SECONDS_TO_CHOOSE
        if KINDS[question.kind].values(question) or KINDS[question.kind].is_personal
        else SECONDS_TO_WRITE
        for question in questions
    )
    number = NUMBERS[len(questions)] if len(questions) < len(NUMBERS) else str(len(questions))
    minutes = max(2, round(seconds / 60))
    return f"{number} {'question' if len(questions) == 1 else 'questions'}, {'under a minute' if seconds <= 60 else f'about {minutes} minutes'}."


def kept_words(opening: Opening, *, is_personal: bool) -> str:
    """Return, in plain words, what is kept and who reads it."""
    words = KEPT_OF_PERSONAL_LINK if is_personal else KEPT
    return words[opening.privacy].format(owner=opening.owner, minimum=opening.minimum)


def opens_words(opening: Opening) -> str:
    """Return when a survey opens, where the organisation is; empty where it has no such moment."""
    if opening.opens_at is None:
        return ""
    there = opening.opens_at.astimezone(ZoneInfo(opening.time_zone))
    return _("on %(day)s at %(time)s", day=day_words(there.date()), time=f"{there:%H:%M}")


def day_words(day: date) -> str:
    """Return a day as people say it: 12 October 2026."""
    return f"{day.day} {day:%B %Y}"
