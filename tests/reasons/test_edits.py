"""An organisation's own taxonomy: codes stay what they were, words and phrases are its own, only what differs is kept."""

import pytest

from survey.foundation.errors import Refused
from survey.reasons.rules import REASONS
from survey.reasons.rules.edits import (
    FIRST,
    Edited,
    edited,
    next_code,
    phrases_in,
    reads_otherwise,
    retired,
    taxonomy_of,
)
from survey.reasons.rules.taxonomy import REASONS as SHIPPED


def _as_it_is(code, **other):
    reason = SHIPPED[code]
    known = {"name": reason.label, "meaning": reason.definition, "control": reason.control, "will": reason.will, "phrases": reason.phrases}  # fmt: skip
    return Edited(**{**known, **other})


def test_without_an_organisation_the_shipped_reasons_are_in_force():
    assert dict(REASONS) == SHIPPED
    assert REASONS.taxonomy is FIRST


def test_saving_a_form_as_it_was_changes_nothing():
    assert edited({}, "A2", _as_it_is("A2")) == {}


def test_only_what_differs_is_kept_so_that_better_phrases_of_a_later_release_arrive():
    first, *rest = SHIPPED["A2"].phrases
    changes = edited({}, "A2", _as_it_is("A2", name="Queues", phrases=(*rest, "glimmer wheel")))
    assert changes == {"A2": {"name": "Queues", "removed": [first], "added": ["glimmer wheel"]}}
    reason = taxonomy_of(2, changes).reasons["A2"]
    assert (reason.label, reason.code) == ("Queues", "A2")
    assert reason.phrases == (*rest, "glimmer wheel")
    assert edited(changes, "A2", _as_it_is("A2")) == {}


def test_a_new_reason_gets_a_code_that_nothing_ever_had():
    assert next_code(FIRST, "A") == "A4"
    changes = edited({}, "A4", Edited("Parking", "", "P", "V", ("car park",)))
    after = taxonomy_of(2, changes)
    assert (after.reasons["A4"].customer_wording, after.reasons["A4"].level1) == ("Parking", "A")
    gone = taxonomy_of(3, retired(changes, "A4", is_retired=True))
    assert next_code(gone, "A") == "A5"
    assert list(after.reasons).index("A4") == list(after.reasons).index("A3") + 1


@pytest.mark.parametrize("level", ["B", "F", "Z", "", "Q"])
def test_groups_that_only_we_fill_take_no_reason(level):
    with pytest.raises(Refused):
        next_code(FIRST, level)


def test_a_retired_reason_stays_on_history_and_is_neither_given_nor_read():
    changes = retired({}, "A2", is_retired=True)
    taxonomy = taxonomy_of(2, changes)
    assert "A2" in taxonomy.reasons
    assert "A2" not in taxonomy.active
    assert "A2" not in dict(taxonomy.said)
    assert reads_otherwise(FIRST, taxonomy)
    assert retired(changes, "A2", is_retired=False) == {}


def test_a_retired_reason_stays_retired_when_it_is_worded_otherwise():
    changes = edited(retired({}, "A2", is_retired=True), "A2", _as_it_is("A2", name="Queues"))
    assert changes["A2"] == {"name": "Queues", "is_retired": True}


def test_what_a_reason_means_changes_nothing_that_is_read():
    meant = taxonomy_of(2, edited({}, "A2", _as_it_is("A2", meaning="Anything with a clock", control="P")))
    assert not reads_otherwise(FIRST, meant)


def test_a_reason_needs_a_name():
    with pytest.raises(Refused):
        edited({}, "A2", _as_it_is("A2", name="  "))


def test_phrases_are_read_line_by_line_once_each():
    assert phrases_in("Car Park\n\n  car  park ;wait*\r\nno|not .. space") == ("car park", "wait*", "no|not .. space")
    assert phrases_in("") == ()


@pytest.mark.parametrize("typed", ["*", "a*", "..", ".. car", "|", "car |", "x" * 130, "!!!"])
def test_what_is_no_phrase_or_would_match_everything_is_refused(typed):
    with pytest.raises(Refused):
        phrases_in(typed)
