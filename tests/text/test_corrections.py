"""A person's word goes before the machine's, scores it, can be taken back, and leaves every count right."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from survey.foundation import jobs
from survey.foundation.db import db, write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.jobs import Job
from survey.responses.events import ResponseWithdrawn
from survey.responses.models import Response
from survey.results.actions import fold
from survey.results.queries import counts, differences
from survey.text.actions import correct, forget_comments, undo
from survey.text.models import Comment, Correction
from survey.text.queries import comments_of, corrections_of, count_corrections, reasons_suggested
from survey.text.rules.corrections import NO_REASON, Said, by_person, own_reasons, own_sentiment
from tests.factories.counted import NOW, answer, make_survey, read
from tests.factories.people import make_user

A, B = UUID(int=1), UUID(int=2)


# ---- what stands ----------------------------------------------------------------------------------------------------


def _said(*words):
    return [Said(by, "sentiment" if value in ("positive", "negative") else "reason", value) for by, value in words]


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ([], None),
        ([(A, "A2")], ("A2",)),
        ([(A, "A2"), (A, "P1"), (A, "A2")], ("A2", "P1")),
        ([(A, "A2"), (A, NO_REASON)], ()),
        ([(A, NO_REASON), (A, "A2")], ("A2",)),
        ([(A, "A2"), (B, "P1")], ("P1",)),
        ([(A, "A2"), (B, "P1"), (A, "S1")], ("A2", "S1")),
        ([(A, "negative")], None),
    ],
)
def test_the_last_person_decides_and_their_reasons_add_up(said, stands):
    assert own_reasons(_said(*said)) == stands


def test_the_last_sentiment_stands():
    assert own_sentiment(_said((A, "positive"), (A, "A2"), (B, "negative"))) == "negative"
    assert own_sentiment(_said((A, "A2"))) is None


def test_agreement_is_reckoned_where_two_have_judged_and_by_the_main_reason():
    comment, alone = UUID(int=7), UUID(int=8)
    said = {comment: _said((A, "A2"), (A, "P1"), (B, NO_REASON)), alone: _said((A, "A2"))}
    assert by_person(said, "reason") == [(str(A), str(comment), "A2"), (str(B), str(comment), NO_REASON)]


# ---- in the database ------------------------------------------------------------------------------------------------


@pytest.fixture
def survey(app):
    return make_survey()


@pytest.fixture
def ada(app):
    return make_user(app).id


def _comment(survey, *, sentiment="negative", reasons=(("P1", 0.7),), **more):
    id = answer(survey, {"nps": 2, "why": "I waited an hour."}, **more)
    read(id, sentiment, reasons=reasons)
    return comments_of([id])[0]


def _correct(comment, kind, value, by):
    ids = [comment.id]
    write(lambda: correct(ids, kind, value, by=by, now=NOW))


def _now(comment):
    id = comment.id
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Comment, id)


def _undo(row, by):
    id = row.id
    return write(lambda: undo(id, by=by, now=NOW))


def _tags(comment):
    return [(reason.code, reason.source) for reason in _now(comment).reasons]


def test_a_reason_takes_the_place_of_the_machines_and_counts_at_once(survey, ada):
    comment = _comment(survey)
    assert _tags(comment) == [("P1", "rule")]
    _correct(comment, "reason", "A2", ada)
    assert _tags(comment) == [("A2", "human")]
    assert reasons_suggested(survey_id=survey.id) == {"A2": 1}
    _correct(comment, "reason", "E2", ada)
    assert set(_tags(comment)) == {("A2", "human"), ("E2", "human")}


def test_no_reason_is_an_answer(survey, ada):
    comment = _comment(survey)
    _correct(comment, "reason", NO_REASON, ada)
    assert (_tags(comment), _now(comment).has_own_reasons) == ([], True)


def test_a_sentiment_moves_the_response_and_its_counts(survey, ada):
    comment = _comment(survey)
    _correct(comment, "sentiment", "positive", ada)
    assert _now(comment).sentiment == "positive"
    assert db.session.get(Response, comment.response_id).sentiment == "positive"
    assert counts(survey.id, segment=("sentiment", "negative")) == {}
    assert counts(survey.id, segment=("sentiment", "positive"))["nps"] == {"2": 1}
    assert differences(survey.id) == []


def test_reading_again_never_overwrites_a_person(survey, ada):
    comment = _comment(survey)
    _correct(comment, "reason", "A2", ada)
    _correct(comment, "sentiment", "mixed", ada)
    read(comment.response_id, "positive", reasons=(("S1", 0.9),))
    again = _now(comment)
    assert (again.sentiment, again.read_as) == ("mixed", "positive")
    assert _tags(comment) == [("A2", "human")]
    assert again.machine_tags == [("S1", 0.9, "rule")]
    assert differences(survey.id) == []


def test_undoing_lets_what_was_said_before_stand_again(survey, ada):
    comment = _comment(survey)
    _correct(comment, "reason", "A2", ada)
    _correct(comment, "reason", "E2", ada)
    first, second = corrections_of([comment.id])[comment.id]
    _undo(second, ada)
    assert _tags(comment) == [("A2", "human")]
    _undo(first, ada)
    assert (_tags(comment), _now(comment).has_own_reasons) == ([("P1", "rule")], False)
    assert corrections_of([comment.id]) == {}
    row = db.session.get(Correction, first.id)
    assert (row.made_by, row.undone_by, row.undone_at) == (ada, ada, NOW)  # nothing is forgotten


def test_undoing_a_sentiment_gives_back_what_the_machine_says_now(survey, ada):
    comment = _comment(survey)
    _correct(comment, "sentiment", "positive", ada)
    read(comment.response_id, "mixed")
    (row,) = corrections_of([comment.id])[comment.id]
    _undo(row, ada)
    assert _now(comment).sentiment == "mixed"
    assert differences(survey.id) == []


def test_many_are_corrected_in_one_stroke_and_taken_back_in_one(survey, ada):
    comments = [_comment(survey) for _ in range(3)]
    stroke = UUID(int=5)
    ids = [comment.id for comment in comments]
    assert write(lambda: correct(ids, "reason", "A2", by=ada, now=NOW, batch_id=stroke)) == 3
    assert reasons_suggested(survey_id=survey.id) == {"A2": 3}
    one = corrections_of(ids)[ids[1]][0]
    assert _undo(one, ada) == 3
    assert reasons_suggested(survey_id=survey.id) == {"P1": 3}
    assert _undo(one, ada) == 0


def test_each_correction_is_a_test_that_the_machine_had_not_seen(survey, ada):
    right, wrong, nothing = _comment(survey), _comment(survey), _comment(survey, reasons=())
    _correct(right, "reason", "P1", ada)
    _correct(wrong, "reason", "A2", ada)
    _correct(nothing, "reason", NO_REASON, ada)
    _correct(wrong, "sentiment", "negative", ada)
    rows = {(row.comment_id, row.about): row for row in db.session.scalars(select(Correction))}
    assert rows[right.id, "reason"].was_right
    assert not rows[wrong.id, "reason"].was_right
    assert rows[nothing.id, "reason"].was_right
    assert rows[wrong.id, "sentiment"].was_right
    kept = rows[wrong.id, "reason"]
    assert (kept.suggested, kept.taxonomy, kept.reader) == (["P1"], 1, wrong.reader)


def test_a_second_person_is_scored_against_the_machine_not_against_the_first(app, survey, ada):
    comment = _comment(survey)
    _correct(comment, "reason", "A2", ada)
    _correct(comment, "reason", "P1", make_user(app).id)
    assert [row.was_right for row in corrections_of([comment.id])[comment.id]] == [False, True]
    assert _tags(comment) == [("P1", "human")]


@pytest.mark.parametrize(
    ("kind", "value"), [("reason", "XX"), ("reason", ""), ("sentiment", "angry"), ("sentiment", "A2")]
)
def test_what_is_no_reason_and_no_sentiment_is_refused(survey, ada, kind, value):
    comment = _comment(survey)
    with pytest.raises(Refused):
        _correct(comment, kind, value, ada)
    assert count_corrections(kind) == 0


def test_what_has_gone_is_left_out_and_what_never_was_cannot_be_undone(survey, ada):
    assert write(lambda: correct([UUID(int=3)], "reason", "A2", by=ada, now=NOW)) == 0
    with pytest.raises(NotFound):
        write(lambda: undo(UUID(int=3), by=ada, now=NOW))


def test_ten_corrections_leave_a_job_that_learns(survey, ada):
    for number in range(21):
        _correct(_comment(survey), "reason", "A2", ada)
        learning = select(func.count()).select_from(Job).where(Job.kind == "learn_reasons")
        assert db.session.scalar(learning) == (number + 1) // 10
    assert jobs.waiting()


def test_an_answer_taken_back_takes_what_was_said_of_it_along(survey, ada):
    comment = _comment(survey)
    _correct(comment, "reason", "A2", ada)
    withdrawn = ResponseWithdrawn(comment.response_id)
    write(lambda: forget_comments(withdrawn))
    assert db.session.scalar(select(func.count()).select_from(Correction)) == 0


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("submit")),
        st.tuples(
            st.just("read"), st.integers(0, 9), st.sampled_from(["positive", "negative", "mixed", "none", "not_scored"]),
            st.sampled_from([(), (("A2", 0.8),), (("P1", 0.6), ("A2", 0.5))]),
        ),
        st.tuples(
            st.just("correct"), st.lists(st.integers(0, 9), min_size=1, max_size=3),
            st.sampled_from([("reason", "A2"), ("reason", "E2"), ("reason", NO_REASON), ("sentiment", "positive"),
                             ("sentiment", "negative"), ("sentiment", "none")]),
        ),
        st.tuples(st.just("undo"), st.integers(0, 9)),
        st.tuples(st.just("fold")),
    ),
    min_size=5, max_size=16,
)  # fmt: skip
_numbers = iter(range(1_000_000))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_of_readings_corrections_and_undoing_leaves_counts_that_equal_a_recount(app, ada, steps):
    survey = make_survey(f"survey-{next(_numbers)}")
    there, made = [], []
    for step, *what in [("submit",), *steps]:
        if step == "submit":
            id = answer(survey, {"nps": 2, "why": "I waited an hour."})
            read(id, "negative", reasons=(("P1", 0.7),))
            there.append(id)
        elif step == "read":
            read(there[what[0] % len(there)], what[1], reasons=what[2])
        elif step == "correct":
            ids = [comment.id for comment in comments_of([there[at % len(there)] for at in what[0]])]
            stroke = UUID(int=next(_numbers))
            write(lambda ids=ids, said=what[1], stroke=stroke: correct(ids, *said, by=ada, now=NOW, batch_id=stroke))
            made += [row.id for rows in corrections_of(ids).values() for row in rows if row.batch_id == stroke]
        elif step == "undo" and made:
            one = made[what[0] % len(made)]
            write(lambda one=one: undo(one, by=ada, now=NOW))
        elif step == "fold":
            write(fold)
    db.session.rollback()
    db.session.expire_all()
    assert differences(survey.id) == []
    for comment in comments_of(there):
        said = [Said(row.made_by, row.about, row.value) for row in corrections_of([comment.id]).get(comment.id, ())]
        mine = own_reasons(said)
        expected = {code for code, *_ in comment.machine_tags} if mine is None else set(mine)
        assert {reason.code for reason in comment.reasons} == expected
        assert comment.sentiment == (own_sentiment(said) or comment.read_as)
        assert comment.response.sentiment == comment.sentiment
