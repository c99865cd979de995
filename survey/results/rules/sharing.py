"""What the owner of a survey composes for everybody: which questions, in which words; and how long links are good."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.text import line
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.rules.documents import INTRO_LIMIT, TITLE_LIMIT, WORDS_LIMIT, read_text

Sent = Callable[[str], str]
Texts = Mapping[str, Mapping[str, str]]  # language -> name of the text -> words

TITLE, INTRO = ":title", ":intro"  # no question can be called so; other texts are headings, by their question's key
ON_A_DAY = "day"
LASTS: Mapping[str, int] = {"7": 7, "30": 30, "90": 90}
LASTS_WORDS: tuple[tuple[str, str], ...] = (
    ("7", lazy_gettext("7 days")),
    ("30", lazy_gettext("30 days")),
    ("90", lazy_gettext("90 days")),
    (ON_A_DAY, lazy_gettext("Until a day that I choose")),
)
LONGEST = timedelta(days=2 * 366)
NAME_LIMIT = 80


@dataclass(frozen=True)
class Composition:
    """What of a survey everybody may see; `questions` None: all that are counted, `minimum` 0: as the organisation has it."""

    minimum: int = 0
    has_headline: bool = True
    questions: tuple[str, ...] | None = None
    texts: Texts = field(default_factory=dict)

    def words(self, language: str, name: str) -> str:
        """The owner's own words for something in a language; "" where there are none."""
        return self.texts.get(language, {}).get(name, "")


def field_name(name: str, language: str) -> str:
    """What the field of a text is called in the form, and its id in the page."""
    return f"{name.removeprefix(':') if name.startswith(':') else f'words-{name}'}-{language}"


def read_composition(
    sent: Sent, questions: Collection[Question], languages: Collection[str], *, minimum: int
) -> tuple[Composition, dict[str, str]]:
    """What a form sent, and what is wrong with it by the field where it stands."""
    chosen = tuple(question.key for question in questions if sent(f"show-{question.key}"))
    limits = {TITLE: TITLE_LIMIT, INTRO: INTRO_LIMIT, **{question.key: WORDS_LIMIT for question in questions}}
    texts: dict[str, dict[str, str]] = {}
    errors: dict[str, str] = {}
    for language in languages:
        read = {name: _read(sent(field_name(name, language)), name, limit) for name, limit in limits.items()}
        texts[language] = {name: words for name, (words, _wrong) in read.items() if words}
        errors |= {field_name(name, language): wrong for name, (_words, wrong) in read.items() if wrong}
    has_headline = bool(sent("has_headline"))
    if not chosen and not has_headline:
        errors["has_headline"] = _("Show the score or at least one question: else there is nothing to see.")
    return Composition(minimum, has_headline, chosen, {name: own for name, own in texts.items() if own}), errors


def _read(typed: str, name: str, limit: int) -> tuple[str, str]:
    """The words of a field and what is wrong with them; titles and headings stand on one line."""
    try:
        return read_text(typed if name == INTRO else line(typed, limit=len(typed) + 1), limit), ""
    except Refused as refused:
        return typed, str(refused)


def good_until(lasts: str, day: date | None, *, now: datetime, zone: ZoneInfo) -> datetime:
    """Until when a link is good: the end of a day where the organisation is; raise Refused for a day that cannot be."""
    if lasts not in LASTS and lasts != ON_A_DAY:
        raise Refused(_("Choose from the list how long the link is good."))
    today = now.astimezone(zone).date()
    last = day if lasts == ON_A_DAY else today + timedelta(days=LASTS[lasts])
    if last is None:
        raise Refused(_("Choose the last day on which the link is good."))
    if not today <= last <= today + LONGEST:
        raise Refused(_("The last day must be today or later, and within two years."))
    return datetime.combine(last + timedelta(days=1), time.min, zone)
