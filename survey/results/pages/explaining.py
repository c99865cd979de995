"""Why a comment was read as it was: the words that carried it, the phrases that matched, question and rating, versions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, percent_words
from survey.reasons.queries import taxonomy
from survey.reasons.rules import REASONS
from survey.responses.rules import sees_single_answers
from survey.results.pages.correcting import Said, told
from survey.text.models import Comment
from survey.text.queries import history_of
from survey.text.rules.tagging import speaks_for

MOODS = {
    "positive": lazy_gettext("positive"),
    "negative": lazy_gettext("negative"),
    "neutral": lazy_gettext("neutral"),
    "mixed": lazy_gettext("mixed"),
    "unsure": lazy_gettext("unsure"),
    "none": lazy_gettext("no signal"),
    "not_scored": lazy_gettext("not scored"),
}
SURE, FAIRLY = 0.8, 0.6


@dataclass(frozen=True)
class Reading:
    """One reason that the machine considered: what it is, why, and whether it was sure enough to count."""

    label: str
    why: str
    sure: str
    counts: bool


@dataclass(frozen=True)
class Why:
    """Why a comment was read so; `parts` are its text with what mattered marked."""

    parts: Sequence[tuple[str, bool]]
    facts: Sequence[tuple[str, str]]
    reasons: Sequence[Reading]
    versions: str
    history: Sequence[tuple[Said, bool]]
    trouble: str


def explained(comment: Comment) -> Why:
    """Why a comment was read so; of a survey that promises groups nothing of its writer’s other answers."""
    matched = speaks_for(comment.text, taxonomy())
    marked = [*comment.signal_words, *(words for found in matched.values() for words in found)]
    return Why(
        parts=list(_parts(comment.text, marked)),
        facts=list(_facts(comment)),
        reasons=[_reason(matched, *one) for one in comment.suggested],
        versions=_versions(comment),
        history=[(told(row), row.undone_at is not None) for row in history_of(comment.id)],
        trouble=comment.trouble or "",
    )


def _parts(text: str, marked: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it mattered."""
    spans = [r"\W+".join(re.escape(word) for word in words.split()) for words in marked if words.strip()]
    if not spans:
        yield text, False
        return
    pattern = r"(?<!\w)(" + "|".join(sorted(set(spans), key=len, reverse=True)) + r")(?!\w)"
    for index, part in enumerate(re.split(pattern, text, flags=re.IGNORECASE)):
        if part:
            yield part, index % 2 == 1


def _facts(comment: Comment) -> Iterator[tuple[str, str]]:
    if comment.sentiment is None:
        return
    yield _("The words alone"), _mood(comment.text_sentiment)
    if comment.signal_words:
        yield _("Words that carried it"), ", ".join(comment.signal_words)
    if asked := _asked(comment.asks_for):
        yield _("The question"), asked
    if comment.rating is not None and sees_single_answers(comment.response.survey.privacy):
        yield _("Their rating"), _rated(comment.rating)
    yield _("All together"), _("%(mood)s, %(sure)s", mood=_mood(comment.read_as), sure=sure_words(comment.confidence))


def _mood(sentiment: str | None) -> str:
    return str(MOODS.get(sentiment or "", sentiment or ""))


def _asked(asks_for: str) -> str:
    return {
        "faults": _("asked what to improve, which people answer with faults: this counts towards negative"),
        "praise": _("asked what was good, which people answer with praise: this counts towards positive"),
    }.get(asks_for, "")


def _rated(rating: float) -> str:
    if rating < -0.2:
        return _("low: this counts towards negative")
    return _("high: this counts towards positive") if rating > 0.2 else _("in the middle: this counts neither way")


def sure_words(confidence: float | None) -> str:
    """How sure the machine is, in words and in per cent."""
    sure = confidence or 0.0
    words = _("sure") if sure >= SURE else _("fairly sure") if sure >= FAIRLY else _("unsure")
    return f"{words} ({percent_words(sure)})"


def _reason(matched: Mapping[str, Sequence[str]], code: str, confidence: float, source: str, counts: bool) -> Reading:
    words = ", ".join(_("“%(words)s”", words=one) for one in dict.fromkeys(matched.get(code, ())))
    if source == "model":
        why = _("learned from corrections; %(words)s", words=words) if words else _("learned from corrections")
    else:
        why = words or _("no phrase of it, but near in meaning")
    label = REASONS[code].label if code in REASONS else code
    return Reading(label, why, sure_words(confidence), counts)


def _versions(comment: Comment) -> str:
    if comment.reader is None:
        return ""
    learned = _("with what corrections taught, round %(number)s", number=comment.model) if comment.model else _("before anything was learned")  # fmt: skip
    return _(
        "Read by “%(reader)s”, reasons version %(taxonomy)s, %(learned)s.",
        reader=comment.reader, taxonomy=comment.taxonomy or 1, learned=learned,
    )  # fmt: skip
