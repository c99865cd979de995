"""Form tokens: only ours, only for what they were made for, and not for ever."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from survey.foundation.tokens import FORM_LASTS, FormTokens

OURS = FormTokens("a secret for tests that is long enough to be one")
MADE = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def test_a_token_says_whose_form_it_is_and_when_it_was_made():
    seed = uuid4()
    with time_machine.travel(MADE, tick=False):
        token = OURS.issue("open/a/1", seed=seed)
    with time_machine.travel(MADE + timedelta(hours=1), tick=False):
        issued, again = OURS.read(token, "open/a/1"), OURS.read(OURS.issue("open/b/2", seed=seed), "open/b/2")
    assert (issued.seed, issued.at) == (seed, MADE)
    assert issued.form_id == again.form_id
    assert OURS.form_id(OURS.issue("open/a/1"), "open/a/1") is not None


def test_no_two_tokens_are_the_same():
    seed = uuid4()
    assert len({OURS.issue("open/a/1", seed=seed) for _ in range(100)}) == 100
    assert len({OURS.form_id(OURS.issue("open/a/1"), "open/a/1") for _ in range(100)}) == 100


def test_a_token_does_not_show_the_form_id_and_another_secret_makes_another():
    seed = uuid4()
    token = OURS.issue("open/a/1", seed=seed)
    form_id = OURS.form_id(token, "open/a/1")
    assert form_id.hex not in token
    other = FormTokens("another secret that is long enough to be one too")
    assert other.form_id(other.issue("open/a/1", seed=seed), "open/a/1") != form_id


def test_a_personal_link_has_one_form_id_that_is_not_on_its_page():
    link = "a link’s own secret"
    assert OURS.own_form_id(link) == OURS.own_form_id(link) != OURS.own_form_id(link + "x")
    assert OURS.own_form_id(link) != OURS.own_seed(link)
    token = OURS.issue("x", seed=OURS.own_seed(link))
    assert OURS.form_id(token, "x") == OURS.own_form_id(link)


def test_a_row_of_a_file_has_always_the_same_form_id_for_us_alone():
    survey_id = uuid4()
    assert OURS.id_of_row(survey_id, "id", "C-1") == OURS.id_of_row(survey_id, "id", "C-1")
    assert OURS.id_of_row(survey_id, "id", "C-1") != OURS.id_of_row(survey_id, "id", "C-2")
    assert FormTokens("another secret that is long enough to be one too").id_of_row(
        survey_id, "id", "C-1"
    ) != OURS.id_of_row(survey_id, "id", "C-1")


def test_a_token_may_be_asked_to_be_younger():
    with time_machine.travel(MADE, tick=False):
        token = OURS.issue("open/a/1")
    with time_machine.travel(MADE + timedelta(days=7, seconds=1), tick=False):
        assert OURS.read(token, "open/a/1", lasts=timedelta(days=7)) is None
        assert OURS.read(token, "open/a/1")


def test_a_token_is_good_for_thirty_days():
    with time_machine.travel(MADE, tick=False):
        token = OURS.issue("open/a/1")
    with time_machine.travel(MADE + FORM_LASTS, tick=False):
        assert OURS.read(token, "open/a/1")
    with time_machine.travel(MADE + FORM_LASTS + timedelta(seconds=1), tick=False):
        assert OURS.read(token, "open/a/1") is None


def test_a_token_is_good_for_its_purpose_and_our_secret_alone():
    token = OURS.issue("open/a/1")
    assert OURS.read(token, "open/a/2") is None
    assert FormTokens("another secret that is long enough to be one too").read(token, "open/a/1") is None


@pytest.mark.parametrize("place", range(0, 110, 7))
def test_a_token_that_was_changed_anywhere_is_none_of_ours(place):
    token = OURS.issue("open/a/1")
    changed = token[:place] + ("0" if token[place] != "0" else "1") + token[place + 1 :]
    assert OURS.read(changed, "open/a/1") is None


@pytest.mark.parametrize("typed", ["", ".", "..", "x", "é.ü.ß", "\ud800", "\x00", "0" * 10_000, "a.b.c.d"])
def test_what_is_no_token_is_none(typed):
    assert OURS.read(typed, "open/a/1") is None
