"""The one way to read a comment."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from survey.text.rules.context import in_context, silence
from survey.text.rules.english import english, goes_both_ways
from survey.text.rules.features import shape, terms
from survey.text.rules.german import german, judge_german
from survey.text.rules.keywords import keywords
from survey.text.rules.languages import code, language_of, same_language
from survey.text.rules.model import model
from survey.text.rules.plain import is_non_answer, normalise, opens_with_nothing, taken_apart, word_key, words
from survey.text.rules.reasons import suggested_reasons
from survey.text.rules.sentiment import lean
from survey.text.rules.values import EVEN, AsksFor, Chances, Reading, Sentiment, Verdict, stored

SURE = 0.45  # below this all three labels are about as likely: unsure
MOST_LEARNED = 3
SPEAKS = 0.5  # words without any known signal must convince the model this far to be heard


def warm_up() -> None:
    """Load what reading needs, so that the first comment is read as fast as the others."""
    for text in ("The staff were rude and the queue was slow.", "Das Personal war sehr freundlich zu uns allen."):
        read(text)


class Said(NamedTuple):
    """What the words alone say: how likely each label is, whether their parts disagree, and what carried it."""

    chances: Chances
    disagrees: bool
    is_heard: bool  # by the word list, not by learned words alone
    signal_words: tuple[str, ...]


def read(
    text: str,
    *,
    language: str = "en",
    languages: Collection[str] = (),
    asks_for: AsksFor = "open",
    rating: float | None = None,
    own_names: Collection[str] = (),
) -> Reading:
    """Read one comment: what it says about us, what it is about, which reasons it sounds like.

    `language` is the code the answer was given in, `languages` those of the organisation; `asks_for` the question’s
    role; `rating` the person’s own score as -1..1; `own_names` words that name the organisation. Reads the first
    10,000 characters; never raises.
    """
    plain = normalise(text)
    if not plain:
        return _silent(language, "open", None)  # nobody wrote anything, not even “nothing”
    if is_non_answer(plain):
        return _silent(language, asks_for, rating)
    spoken = language_of(plain, language, languages)
    says = READERS.get(code(spoken))
    if says is None:
        return _unread(spoken, asks_for, rating)
    said = says(plain, frozenset(word_key(word) for name in own_names for word in words(name)))
    moved = in_context(said.chances, asks_for, rating, says_nothing=opens_with_nothing(plain), is_heard=said.is_heard)
    verdict = _verdict(said, moved, is_alone=rating is None and asks_for == "open")
    text_verdict = _verdict(said, said.chances, is_alone=True)
    is_english = same_language(spoken, "en")
    return Reading(
        language=spoken,
        sentiment=stored(verdict, moved),
        text_sentiment=stored(text_verdict, said.chances),
        score=round(moved.polarity, 4),
        confidence=round(moved.confidence, 4),
        signal_words=said.signal_words,
        keywords=keywords(plain, own_names=own_names) if is_english else (),
        reasons=suggested_reasons(plain) if is_english else (),
        verdict=verdict,
        chances=moved,
        text_chances=said.chances,
    )


def _verdict(said: Said, found: Chances, *, is_alone: bool) -> Verdict:
    """The label for these chances; without rating or role to help, words without a signal must convince."""
    if said.disagrees:
        return Verdict.MIXED
    if is_alone and not said.is_heard and (found.best is Verdict.NEUTRAL or found.confidence < SPEAKS):
        return Verdict.NONE
    return found.best if found.confidence >= SURE else Verdict.UNSURE


def _english(plain: str, own_names: frozenset[str]) -> Said:
    found = lean(plain, english(), own_names)
    judged = model().judge(shape(found, plain), terms(plain, own_names))
    learned = _learned(plain, judged.moved, found.signal_words)
    disagrees = found.disagrees or goes_both_ways(plain)
    return Said(judged.chances, disagrees, bool(found.signal_words), (*found.signal_words, *learned))


def _learned(plain: str, moved: Mapping[str, float], known: Collection[str]) -> Iterator[str]:
    """The few single words that moved the model most and are not among its known signals yet, as typed."""
    pushing = [word for word in moved if word.isalpha()]
    if not pushing:
        return
    said = {word_key(word) for phrase in known for word in words(phrase)}
    typed = {key: word for clause in taken_apart(plain) for key, word in zip(clause.keys, clause.words, strict=True)}
    unsaid = [word for word in pushing if word not in said]
    for word in sorted(unsaid, key=lambda word: -abs(moved[word]))[:MOST_LEARNED]:
        yield typed[word].casefold()


def _german(plain: str, own_names: frozenset[str]) -> Said:
    found = lean(plain, german(), own_names)
    return Said(judge_german(found), found.disagrees, bool(found.signal_words), found.signal_words)


READERS = {"en": _english, "de": _german}


def _silent(language: str, asks_for: AsksFor, rating: float | None) -> Reading:
    found = silence(asks_for, rating)
    verdict = found.best if asks_for != "open" or rating else Verdict.NONE
    if verdict is Verdict.NEUTRAL:
        verdict = Verdict.NONE
    return Reading(
        language, stored(verdict, found), Sentiment.NONE, round(found.polarity, 4), round(found.confidence, 4), (), (), (),
        verdict=verdict, chances=found,
    )  # fmt: skip


def _unread(language: str, asks_for: AsksFor, rating: float | None) -> Reading:
    """A language that we cannot read: the role and the rating alone, or not scored."""
    if not rating and asks_for == "open":
        return Reading(language, Sentiment.NOT_SCORED, Sentiment.NOT_SCORED, 0.0, 0.0, (), (), ())
    found = in_context(EVEN, asks_for, rating)
    verdict = found.best if found.confidence >= SURE else Verdict.UNSURE
    return Reading(
        language, stored(verdict, found), Sentiment.NOT_SCORED, round(found.polarity, 4), round(found.confidence, 4), (), (), (),
        verdict=verdict, chances=found,
    )  # fmt: skip
