"""What the respond page says of itself: how much it asks, and what is kept."""

from collections.abc import Mapping, Sequence
from datetime import date

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.rules.effort import seconds_of
from survey.responses.rules.values import Opening, Privacy

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
    seconds = seconds_of(questions)
    number = NUMBERS[len(questions)] if len(questions) < len(NUMBERS) else str(len(questions))
    minutes = max(2, round(seconds / 60))
    return f"{number} {'question' if len(questions) == 1 else 'questions'}, {'under a minute' if seconds <= 60 else f'about {minutes} minutes'}."


def kept_words(opening: Opening, *, is_personal: bool) -> str:
    """Return, in plain words, what is kept and who reads it."""
    words = KEPT_OF_PERSONAL_LINK if is_personal else KEPT
    return words[opening.privacy].format(owner=opening.owner, minimum=opening.minimum)


def day_words(day: date) -> str:
    """Return a day as people say it: 12 October 2026."""
    return f"{day.day} {day:%B %Y}"
