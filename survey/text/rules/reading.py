"""The one way to read a comment."""

from collections.abc import Collection

from survey.text.rules.context import InContext, in_context, silence_in_context
from survey.text.rules.keywords import keywords
from survey.text.rules.languages import is_english, looks_english
from survey.text.rules.plain import is_non_answer, normalise, opens_with_nothing
from survey.text.rules.reasons import suggested_reasons
from survey.text.rules.sentiment import lean, verdict
from survey.text.rules.values import AsksFor, Reading, Sentiment

OTHER_LANGUAGE = "und"  # ISO 639: undetermined


def read(
    text: str,
    *,
    language: str = "en",
    asks_for: AsksFor = "open",
    rating: float | None = None,
    own_names: Collection[str] = (),
) -> Reading:
    """Read one comment: what it says about us, what it is about, which reasons it sounds like.

    `language` is the code the answer was given in; `asks_for` the question’s role; `rating` the person’s own score as
    -1..1; `own_names` words that name the organisation. Reads the first 10,000 characters; never raises.
    """
    plain = normalise(text)
    if is_non_answer(plain):
        return _silent(language, asks_for)
    if not is_english(language):
        return _unread(language)
    if not looks_english(plain):
        return _unread(OTHER_LANGUAGE)
    found = lean(plain, own_names)
    moved = in_context(found, asks_for, rating=rating, says_nothing=opens_with_nothing(plain))
    return Reading(
        language=language,
        sentiment=moved.sentiment,
        text_sentiment=verdict(found),
        score=round(moved.score, 4),
        confidence=moved.confidence,
        signal_words=found.signal_words,
        keywords=keywords(plain, own_names=own_names),
        reasons=suggested_reasons(plain),
    )


def _silent(language: str, asks_for: AsksFor) -> Reading:
    moved: InContext = silence_in_context(asks_for)
    return Reading(language, moved.sentiment, Sentiment.NONE, moved.score, moved.confidence, (), (), ())


def _unread(language: str) -> Reading:
    return Reading(language, Sentiment.NOT_SCORED, Sentiment.NOT_SCORED, 0.0, 0.0, (), (), ())
