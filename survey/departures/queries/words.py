"""The words that people and other systems give as reasons, and what they are taken to mean."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select

from survey.departures.models import DepartureReason
from survey.departures.queries.lost import stated_words
from survey.departures.rules.words import Meant, meanings
from survey.foundation.db import db
from survey.reasons.queries import words_meant
from survey.reasons.rules import words_key

LONGEST = 200  # a longer text is no name of a reason


def words_and_codes() -> list[Meant]:
    """The short reasons that people gave first, those without a code first, and what was chosen for them; most people first."""
    chosen = {key: (row.words, row.code) for key, row in words_meant().items()}
    return meanings([(words, n) for words, _code, n in stated_words()], chosen)


def spellings(keys: Collection[str]) -> Mapping[str, Sequence[str]]:
    """How words were written that are compared alike, of all that were ever stated, by the words as they are compared."""
    stated = (
        DepartureReason.layer == "stated",
        DepartureReason.words != "",
        func.length(DepartureReason.words) <= LONGEST,
    )
    found: dict[str, list[str]] = {}
    for words in db.session.scalars(select(DepartureReason.words).where(*stated).distinct()):
        if (key := words_key(words)) in keys:
            found.setdefault(key, []).append(words)
    return found
