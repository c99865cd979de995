"""The taxonomy of reasons and how to read it: values, the table, the offer to a leaver, and recognition."""

from survey.reasons.rules.documents import codes_by_name, wordings_in
from survey.reasons.rules.recognition import recognise
from survey.reasons.rules.taxonomy import LEVELS, REASONS, TAXONOMY_VERSION, offerable
from survey.reasons.rules.values import Control, Reason, Will, Wording, Wordings, wordings_of

__all__ = [
    "LEVELS",
    "REASONS",
    "TAXONOMY_VERSION",
    "Control",
    "Reason",
    "Will",
    "Wording",
    "Wordings",
    "codes_by_name",
    "offerable",
    "recognise",
    "wordings_in",
    "wordings_of",
]
