import re

import pytest

from survey.reasons.rules import LEVELS, REASONS, TAXONOMY_VERSION, Control, Will, offerable, recognise
from survey.reasons.rules.recognition import ALIASES, words_key

CODES = [
    *("P1", "P2", "P3", "P4", "P5", "S1", "S2", "S3", "S4", "S5", "E1", "E2", "E3", "E4", "R1", "R2", "R3"),
    *("A1", "A2", "A3", "X1", "X2", "X3", "X4", "T1", "T2", "T3", "N1", "N2", "N3", "U1", "U2", "U3", "U4", "U5"),
    *("B", "F", "Z1", "Z2", "Z3"),
]

FROM_ANOTHER_SYSTEM = {
    "Attitude of service provider": "E1",
    "Attitude of support person": "E1",
    "Competitor had better devices": "X2",
    "Competitor made better offer": "X1",
    "Competitor offered higher download speeds": "X2",
    "Competitor offered more data": "X1",
    "Deceased": "U1",
    "Don't know": "Z2",
    "Extra data charges": "P3",
    "Lack of affordable download/upload speed": "P5",
    "Lack of self-service on Website": "A3",
    "Limited range of services": "S3",
    "Long distance charges": "P3",
    "Moved": "U2",
    "Network reliability": "S1",
    "Poor expertise of online support": "E3",
    "Poor expertise of phone support": "E3",
    "Price too high": "P1",
    "Product dissatisfaction": "S2",
    "Service dissatisfaction": "S2",
}


def test_the_taxonomy_is_complete_and_in_table_order():
    assert TAXONOMY_VERSION == 1
    assert list(REASONS) == CODES
    assert {reason.level1 for reason in REASONS.values()} == set(LEVELS)


@pytest.mark.parametrize("field", ["label", "customer_wording", "definition"])
def test_no_two_reasons_read_alike(field):
    assert len({getattr(reason, field) for reason in REASONS.values()}) == len(REASONS)


@pytest.mark.parametrize(
    ("code", "control", "will"),
    [
        ("P2", Control.CONTROLLABLE, Will.VOLUNTARY),
        ("X1", Control.PARTLY, Will.VOLUNTARY),
        ("A1", Control.PARTLY, Will.VOLUNTARY),
        ("N1", Control.UNCONTROLLABLE, Will.VOLUNTARY),
        ("N3", Control.PARTLY, Will.VOLUNTARY),
        ("U1", Control.UNCONTROLLABLE, Will.LIFE_EVENT),
        ("B", Control.CONTROLLABLE, Will.BILLING),
        ("F", Control.CONTROLLABLE, Will.FIRM),
        ("Z2", Control.NONE, Will.NONE),
    ],
)
def test_control_and_will_are_those_of_the_table(code, control, will):
    assert (REASONS[code].control, REASONS[code].will) == (control, will)


def test_a_leaver_is_offered_nothing_that_only_staff_can_know():
    offered = [reason.code for reason in offerable()]
    assert not {"U1", "B", "F", "Z1", "Z3"} & set(offered)
    assert offered[-1] == "Z2"
    assert REASONS["Z2"].customer_wording.endswith("rather not say")


def test_wordings_are_in_the_first_person_and_blame_nobody():
    for reason in offerable():
        wording = reason.customer_wording
        assert not re.search(r"\b(you|your|staff|fault|blame|bad|rude|useless|lied|fail\w*)\b|[!.']", wording, re.I)
        assert wording[0].isupper()


def test_labels_are_short_and_never_end_in_a_full_stop():
    assert all(len(reason.label.split()) <= 5 and reason.label[-1] != "." for reason in REASONS.values())


def test_every_reason_a_leaver_may_tick_knows_how_it_sounds():
    assert all(len(reason.phrases) >= 6 for reason in offerable())


@pytest.mark.parametrize(("text", "code"), FROM_ANOTHER_SYSTEM.items())
def test_reasons_of_another_system_are_recognised(text, code):
    assert recognise(text) == code


@pytest.mark.parametrize("code", CODES)
def test_a_reason_is_recognised_by_its_code_label_and_wording(code):
    reason = REASONS[code]
    assert {recognise(reason.code), recognise(reason.label), recognise(reason.customer_wording)} == {code}


@pytest.mark.parametrize("text", ["PRICE  TOO HIGH!", " price-too-high ", "“Price too high.”", "price_too_high"])
def test_case_blanks_and_punctuation_do_not_matter(text):
    assert recognise(text) == "P1"


def test_curly_and_straight_apostrophes_are_one():
    assert recognise("don’t know") == recognise("Don't know") == recognise("dont know") == "Z2"


@pytest.mark.parametrize("text", ["", "   ", "?", "Other", "Competitor", "the weather on Tuesday", "\x00", "🙂"])
def test_what_is_not_in_the_table_stays_unknown(text):
    assert recognise(text) is None


def test_no_alias_means_two_things():
    keys = [words_key(alias) for aliases in ALIASES.values() for alias in aliases]
    assert len(keys) == len(set(keys))
