"""What a submission is, what can be read from its answers alone, and how files of answers are read and written."""

from survey.responses.rules.anonymity import as_promised, fewest, is_time_to_mix, language_kept
from survey.responses.rules.answers import (
    Cells,
    answered,
    cells,
    first_grade,
    mood,
    own_words,
    stated_reasons,
)  # fmt: skip
from survey.responses.rules.doubts import (
    FLAGGED,
    ONLY,
    WITHOUT,
    Doubt,
    doubt_words,
    fingerprint,
    is_repeated,
    least_seconds,
)
from survey.responses.rules.exporting import (
    ABOUT,
    Column,
    Exact,
    Kept,
    as_json,
    cells_of_row,
    columns,
    exact_cells,
    header,
)
from survey.responses.rules.importing import (
    Meaning,
    Scale,
    answers_in,
    answers_kept,
    column_called,
    day_in,
    form_id_for,
    groups_in,
    known_names,
    language_in,
    missing_in,
    scales_in,
    voice_in,
)
from survey.responses.rules.outcomes import Outcome, Unfinished, answers_typed, outcome, without_personal
from survey.responses.rules.promises import (
    day_words,
    kept_words,
    opens_words,
    promise_name,
    promise_words,
)
from survey.responses.rules.telling import (
    ALL_VOICES,
    VERIFIED,
    VERIFIED_VOICES,
    VOICE_WORDS,
    VOICES,
    Told,
    codes,
    is_shown,
    labels,
    spoken,
    told,
    voices_of,
)
from survey.responses.rules.values import (
    ENDING,
    IMPORT,
    LINK,
    NO_LANGUAGE,
    PERSONAL,
    SET_ASIDE,
    TEST,
    WITHDRAWN,
    Answers,
    Draft,
    Opening,
    Privacy,
    Receipt,
    Submission,
    Thanks,
    Voice,
    about_person,
    channel_called,
    ending_mark,
    ending_marked,
    is_their_own,
    sees_single_answers,
    voice_of,
)  # fmt: skip

__all__ = [
    "ABOUT", "ALL_VOICES", "ENDING", "FLAGGED", "IMPORT", "LINK", "NO_LANGUAGE", "ONLY", "PERSONAL", "SET_ASIDE",
    "TEST", "VERIFIED", "VERIFIED_VOICES", "VOICES", "VOICE_WORDS", "WITHDRAWN", "WITHOUT", "Answers", "Cells",
    "Column", "Doubt", "Draft", "Exact", "Kept", "Meaning", "Opening", "Outcome", "Privacy", "Receipt", "Scale", "Submission",
    "Thanks", "Told", "Unfinished", "Voice", "about_person", "answered", "answers_in", "answers_kept",
    "answers_typed", "as_json", "as_promised", "cells", "cells_of_row", "channel_called", "codes", "column_called",
    "columns", "day_in", "day_words", "doubt_words", "ending_mark", "ending_marked", "exact_cells", "fewest", "fingerprint",
    "first_grade", "form_id_for", "groups_in", "header", "is_repeated", "is_shown", "is_their_own", "is_time_to_mix", "kept_words",
    "known_names", "labels", "language_in", "language_kept", "least_seconds", "missing_in", "mood", "opens_words", "outcome",
    "own_words", "promise_name", "promise_words", "scales_in", "sees_single_answers", "spoken", "stated_reasons",
    "told", "voice_in", "voice_of", "voices_of", "without_personal",
]  # fmt: skip
