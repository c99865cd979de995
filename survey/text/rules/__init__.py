"""Reading free text, purely: from a string to a reading, without database, network or clock."""

from survey.text.rules.keywords import keyword_key, keywords
from survey.text.rules.languages import language_of
from survey.text.rules.plain import clauses, is_non_answer, normalise
from survey.text.rules.reading import read, warm_up
from survey.text.rules.reasons import suggested_reasons
from survey.text.rules.scores import accuracy_and_macro_f1
from survey.text.rules.values import (
    READER_VERSION,
    SENTIMENT_WORDS,
    AsksFor,
    Chances,
    Reading,
    Sentiment,
    Verdict,
    together,
)

__all__ = [
    "READER_VERSION",
    "SENTIMENT_WORDS",
    "AsksFor",
    "Chances",
    "Reading",
    "Sentiment",
    "Verdict",
    "accuracy_and_macro_f1",
    "clauses",
    "is_non_answer",
    "keyword_key",
    "keywords",
    "language_of",
    "normalise",
    "read",
    "suggested_reasons",
    "together",
    "warm_up",
]
