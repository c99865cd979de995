"""The taxonomy of reasons and how to read it: values, the table, an organisation's changes, the offer, and recognition."""

from survey.reasons.rules.documents import codes_by_name, wordings_in
from survey.reasons.rules.edits import Taxonomy
from survey.reasons.rules.in_force import REASONS, offerable
from survey.reasons.rules.recognition import recognise, words_key
from survey.reasons.rules.taxonomy import LEVELS, TAXONOMY_VERSION
from survey.reasons.rules.values import Control, Reason, Will, Wording, Wordings, wordings_of

__all__ = [
    "LEVELS",
    "REASONS",
    "TAXONOMY_VERSION",
    "Control",
    "Reason",
    "Taxonomy",
    "Will",
    "Wording",
    "Wordings",
    "codes_by_name",
    "offerable",
    "recognise",
    "wordings_in",
    "wordings_of",
    "words_key",
]
