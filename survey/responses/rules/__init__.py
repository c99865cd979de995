"""What a submission is, what can be read from its answers alone, and how files of answers are read and written."""

from survey.responses.rules.answers import (
    Cells,
    answered,
    cells,
    first_grade,
    mood,
    own_words,
    stated_reasons,
)  # fmt: skip
from survey.responses.rules.exporting import ABOUT, Column, Kept, as_json, cells_of_row, columns, header
from survey.responses.rules.promises import day_words, effort_words, kept_words
from survey.responses.rules.telling import VOICE_WORDS, Told, codes, is_shown, labels, told
from survey.responses.rules.values import (
    Answers,
    Opening,
    Privacy,
    Receipt,
    Submission,
    Voice,
    sees_single_answers,
    voice_of,
)  # fmt: skip

__all__ = [
    "ABOUT", "VOICE_WORDS", "Answers", "Cells", "Column", "Kept", "Opening", "Privacy", "Receipt", "Submission", "Told", "Voice",
    "answered", "as_json", "cells", "cells_of_row", "codes", "columns", "day_words", "effort_words", "first_grade", "header",
    "is_shown", "kept_words", "labels", "mood", "own_words", "sees_single_answers", "stated_reasons", "told", "voice_of",
]  # fmt: skip
