"""Whatever happens to answers, the kept counts say what a recount says."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.responses.actions import count_again, doubt, set_aside, vouch
from survey.responses.models import Response
from survey.responses.rules import Doubt
from survey.results.actions import fold, rebuild
from survey.results.jobs import fold_deltas
from survey.results.models import Rollup, RollupDelta
from survey.results.queries import counts, counts_of_view, differences, monthly, recount, tally, voices
from survey.results.rules.periods import EVER
from survey.results.rules.views import View
from tests.factories.counted import TODAY, answer, make_survey, read, remove

GOOD = {"nps": 10, "why": "Friendly people", "rating": 5, "used": ["web", "shop"]}
BAD = {"nps": 2, "why": "I waited an hour"}


def _waiting():
    return db.session.scalar(select(func.count()).select_from(RollupDelta))


def _everywhere(survey):
    db.session.rollback()
    return differences(survey.id)


def test_an_answer_is_counted_at_once_before_any_worker(app):
    survey = make_survey()
    answer(survey, GOOD, segments={"site": "North"})
    answer(survey, BAD, voice="unverified")
    assert counts(survey.id) == {
        "": {"": 2, "nps": 2, "why": 2, "rating": 1, "used": 1},
        "nps": {"10": 1, "2": 1}, "rating": {"5": 1}, "used": {"web": 1, "shop": 1}, ":comments": {"1": 2},
    }  # fmt: skip
    assert counts(survey.id, segment=("segment.site", "customer+North"))["nps"] == {"10": 1}
    assert voices(survey.id) == {"customer": 1, "unverified": 1}
    assert not db.session.scalar(select(func.count()).select_from(Rollup))


def test_folding_changes_no_number_and_leaves_nothing_behind(app):
    survey = make_survey()
    for _ in range(3):
        answer(survey, GOOD)
    before = counts(survey.id)
    assert write(fold) == 3
    assert (counts(survey.id), _waiting(), write(fold)) == (before, 0, 0)
    answer(survey, BAD)
    assert counts(survey.id)["nps"] == {"10": 3, "2": 1}
    assert fold_deltas() == 1
    assert counts(survey.id)["nps"] == {"10": 3, "2": 1}


def test_months_are_kept_apart_and_asked_for_by_any_of_their_days(app):
    survey = make_survey()
    for day in (date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30)):
        answer(survey, GOOD, on=day)
    write(fold)
    answer(survey, GOOD, on=date(2026, 10, 1))
    assert {month: found["nps"] for month, found in monthly(survey.id).items()} == {
        date(2026, 8, 1): {"10": 1}, date(2026, 9, 1): {"10": 2}, date(2026, 10, 1): {"10": 1},
    }  # fmt: skip
    assert counts(survey.id, since=date(2026, 9, 15), until=date(2026, 9, 15))["nps"] == {"10": 2}
    assert counts(survey.id, since=date(2026, 10, 1))[""][""] == 1
    assert counts(survey.id, until=date(2026, 8, 31))[""][""] == 1


def test_what_the_words_say_is_a_segment_once_read_and_moves_when_read_again(app):
    survey = make_survey()
    first, second = answer(survey, BAD), answer(survey, BAD, voice="unverified")
    assert counts(survey.id, segment=("sentiment", "negative")) == {}
    read(first, "negative")
    read(second, "negative")
    assert counts(survey.id, segment=("sentiment", "negative"))[""][""] == 2
    read(second, "mixed")
    write(fold)
    assert counts(survey.id, segment=("sentiment", "negative"))["nps"] == {"2": 1}
    assert counts(survey.id, segment=("voice+sentiment", "unverified+mixed"))["nps"] == {"2": 1}
    assert counts(survey.id)[""][""] == 2
    assert _everywhere(survey) == []


def test_reading_again_with_the_same_result_counts_nothing(app):
    survey = make_survey()
    first = answer(survey, BAD)
    read(first, "negative")
    waiting = _waiting()
    read(first, "negative")
    assert _waiting() == waiting


@pytest.mark.parametrize("folded", [True, False])
def test_a_removed_answer_leaves_no_trace_in_the_counts(app, folded):
    survey = make_survey()
    gone = answer(survey, BAD, segments={"site": "A place of one"})
    stays = answer(survey, GOOD)
    read(gone, "negative")
    if folded:
        write(fold)
    remove(gone)
    assert counts(survey.id)[""] == {"": 1, "nps": 1, "why": 1, "rating": 1, "used": 1}
    assert counts(survey.id, segment=("sentiment", "negative")) == {}
    write(fold)
    assert not db.session.scalar(select(func.count()).select_from(Rollup).where(Rollup.segment == "segment.site"))
    assert not db.session.scalar(select(func.count()).select_from(Rollup).where(Rollup.n <= 0))
    remove(stays)
    write(fold)
    assert tally(survey.id) == recount(survey.id) == {}


def test_long_and_clashing_segments_neither_break_nor_take_the_place_of_ours(app):
    survey = make_survey()
    hostile = {
        "k" * 500: "v" * 5000,
        "k" * 499 + "x": "v",
        "voice": "employee",
        "sentiment": "positive",
        "": "nobody",
        "é": "𝔘" * 200,
    }
    answer(survey, GOOD, segments=hostile)
    write(fold)
    assert counts(survey.id)[""][""] == 1
    assert voices(survey.id) == {"customer": 1}
    assert counts(survey.id, segment=("sentiment", "positive")) == {}
    own = {name for name, *_ in tally(survey.id) if name.startswith("segment.")}
    assert len(own) == 5  # two long ones apart, é, and two that are called like ours
    assert _everywhere(survey) == []


def test_a_rebuild_repairs_what_a_check_finds(app):
    survey, other = make_survey(), make_survey("other")
    answer(survey, GOOD)
    answer(survey, BAD)
    answer(other, GOOD)
    write(fold)
    write(
        lambda: db.session.execute(
            update(Rollup).where(Rollup.survey_id == survey.id, Rollup.question == "nps").values(n=7)
        )
    )
    wrong = _everywhere(survey)
    assert wrong
    assert {difference.kept for difference in wrong} == {7}
    write(lambda: rebuild(survey.id))
    assert (_everywhere(survey), _everywhere(other)) == ([], [])
    write(lambda: db.session.execute(delete(Rollup)))
    assert _everywhere(other)
    write(rebuild)
    assert (_everywhere(survey), _everywhere(other)) == ([], [])


def test_a_rebuild_counts_waiting_deltas_once(app):
    survey = make_survey()
    answer(survey, GOOD)
    write(rebuild)
    assert (counts(survey.id)[""][""], _waiting()) == (1, 0)


def test_many_answers_and_several_workers_at_once_count_right(app):
    survey = make_survey()

    def work(number):
        with app.app_context():
            if number % 4 == 3:
                return write(fold)
            answer(survey, {"nps": number % 11}, segments={"site": str(number % 3)})
            return None

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(80)))
    assert counts(survey.id)[""][""] == 60
    fold_deltas()
    assert _waiting() == 0
    assert _everywhere(survey) == []


SENTIMENTS = st.sampled_from(["positive", "negative", "mixed", "none", "not_scored"])
REASONS = st.lists(st.sampled_from(["A2", "P1", "S1"]), max_size=2, unique=True)
ANSWERS = st.fixed_dictionaries({}, optional={
    "nps": st.integers(0, 10), "rating": st.integers(1, 5), "why": st.just("words"),
    "used": st.lists(st.sampled_from(["web", "shop"]), min_size=1, max_size=2, unique=True),
    "reasons": st.sampled_from([{"codes": ["A2", "P2"], "other": ""}, {"codes": [], "other": "the dog"}]),
})  # fmt: skip
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("submit"), ANSWERS, st.sampled_from(["customer", "unverified", "employee"]),
            st.sampled_from([date(2026, 9, 30), TODAY]),
            st.dictionaries(st.sampled_from(["site", "voice", "doubted"]), st.sampled_from(["", "North"])),
            st.sampled_from([(), ("fast",), ("trap", "fast")]),
        ),
        st.tuples(st.just("read"), st.integers(0, 9), SENTIMENTS, REASONS),
        st.tuples(st.just("remove"), st.integers(0, 9)),
        st.tuples(st.just("doubt"), st.integers(0, 9), st.sampled_from(list(Doubt))),
        st.tuples(st.just("vouch"), st.integers(0, 9)),
        st.tuples(st.just("set aside"), st.integers(0, 9)),
        st.tuples(st.just("count again"), st.integers(0, 9)),
        st.tuples(st.just("fold")),
    ),
    min_size=4, max_size=14,
)  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_of_answers_readings_and_removals_leaves_counts_that_equal_a_recount(app, steps):
    survey = _next_survey()
    there = []
    for step, *what in steps:
        if step == "submit":
            answers, voice, day, segments, doubts = what
            there.append(answer(survey, answers, voice=voice, on=day, segments=segments, doubts=doubts))
        elif step == "fold":
            write(fold)
        elif there:
            index = what[0] % len(there)
            STEP[step](there[index], *what[1:])
            if step == "remove":
                there.pop(index)
    db.session.rollback()
    assert differences(survey.id) == []
    rows = [row for row in db.session.query(Response).filter_by(survey_id=survey.id) if row.set_aside is None]
    for view in (View(EVER), View(EVER, "negative"), View(EVER, voice="unverified"), View(EVER, "mixed", "verified")):
        for flagged, is_in in (
            ("", lambda row: True),
            ("without", lambda row: not row.doubts),
            ("only", lambda row: bool(row.doubts)),
        ):
            wanted = [row for row in rows if _in_view(row, view) and is_in(row)]
            found = counts_of_view(survey.id, replace(view, flagged=flagged))
            assert found.get("nps", {}) == Counter(str(row.answers["nps"]) for row in wanted if "nps" in row.answers)
            assert found.get("", {}).get("", 0) == len(wanted)
    fold_deltas()
    assert differences(survey.id) == []
    assert counts(survey.id).get("", {}).get("", 0) == len(rows)


def _in_view(row, view):
    return (not view.sentiment or row.sentiment == view.sentiment) and (view.voices is None or row.voice in view.voices)


def _change(act):
    """Do something to a response, where that can be done in its present state."""

    def work(response_id, *more):
        with suppress(Refused):
            write(lambda: act(db.session.get_one(Response, response_id), *more))

    return work


STEP = {
    "read": lambda response_id, sentiment, codes: read(
        response_id, sentiment, reasons=tuple((code, 0.9) for code in codes)
    ),
    "remove": remove,
    "doubt": lambda response_id, why: write(lambda: doubt([response_id], why)),
    "vouch": _change(vouch),
    "set aside": _change(lambda response: set_aside(response, "spam")),
    "count again": _change(count_again),
}


_numbers = iter(range(1_000_000))


def _next_survey():
    return make_survey(f"survey-{next(_numbers)}", keys=("nps", "why", "rating", "used", "reasons"))
