"""Finding the reasons of an organisation's own taxonomy in comments, by its phrases and by what was learned from corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from survey.reasons.rules import Taxonomy, Wording
from survey.reasons.rules.edits import FIRST
from survey.text.rules.evidence import ReasonBook
from survey.text.rules.languages import same_language
from survey.text.rules.learning import Learned
from survey.text.rules.plain import is_non_answer, normalise
from survey.text.rules.reasons import COUNTS, MOST_REASONS, ReasonReader
from survey.text.rules.values import Reading

OFFERED = 5
WORTH_A_LOOK = 0.05  # below this it is not even offered
A_WORD = 1.0  # the weight of a phrase of one word; what is denied weighs less
Said = tuple[tuple[str, Wording], ...]


class Tagger:
    """A taxonomy, and what was learned in it: a model's number and its stored value, None before there is one."""

    def __init__(self, taxonomy: Taxonomy, model: int | None = None, value: Mapping[str, Any] | None = None) -> None:
        self.taxonomy, self.model, self.value = taxonomy, model, value

    @cached_property
    def english(self) -> ReasonReader:
        """What names the reasons in English."""
        return _reader(self.taxonomy.said).knowing(self._learned)

    @cached_property
    def other(self) -> ReasonReader:
        """What names them in other languages: the organisation’s own phrases, and what was learned."""
        return _reader(self.taxonomy.said_in_any_language).knowing(self._learned)

    @cached_property
    def _learned(self) -> Learned | None:
        return Learned.from_stored(self.value) if self.value else None

    def tagged(self, reading: Reading, text: str) -> Reading:
        """The reading with the reasons that are found in the text; a reading of nothing stays one."""
        reading = replace(reading, taxonomy=self.taxonomy.number, model=self.model)
        if is_non_answer(normalise(text)):
            return replace(reading, reasons=())
        reader = self.english if same_language(reading.language, "en") else self.other
        named = (one for one in reader.suggest(text, most=OFFERED) if one.confidence >= WORTH_A_LOOK)
        found = [(one.code, round(one.confidence, 2), one.source) for one in named]
        counted = tuple((code, sure) for code, sure, _source in found[:MOST_REASONS] if sure >= COUNTS)
        return replace(reading, reasons=counted, suggested=tuple(found))


SHIPPED_TAGGER = Tagger(FIRST)


def learned(examples: Sequence[tuple[str, tuple[str, ...]]], taxonomy: Taxonomy) -> dict[str, Any] | None:
    """What corrections teach, as a value that can be stored; None where they teach nothing yet."""
    found = _reader(taxonomy.said).learn(examples)
    return found.stored() if found else None


@lru_cache(maxsize=8)
def _reader(said: Said) -> ReasonReader:
    return ReasonReader(dict(said))


@lru_cache(maxsize=32)
def _book(said: Said) -> ReasonBook:
    return ReasonBook(dict(said))


def speaks_for(text: str, taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    """What in a text speaks for each reason, in the text’s own words."""
    return {code: one.words for code, one in _book(taxonomy.said).evidence(normalise(text)).items()}


def has_phrase(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text says one of these phrases and does not deny it."""
    found = _book((("", Wording("", phrases)),)).evidence(normalise(text)).get("")
    return found is not None and found.weight >= A_WORD
