"""Versions of the reader: tried on everything first, then used; killed and continued without counting anything twice."""

import pytest
from sqlalchemy import select

from survey.foundation import jobs
from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.foundation.jobs import Job
from survey.reactions import JOBS
from survey.reasons import actions as reasons
from survey.reasons.queries import taxonomy
from survey.reasons.rules.edits import Edited
from survey.results.queries import differences
from survey.text import actions, queries
from survey.text import jobs as text_jobs
from survey.text.jobs import apply_versions, notice_new_reader, read_responses, try_versions
from survey.text.models import Comment, ReaderVersion
from survey.text.queries import comments_of, reasons_suggested
from survey.text.rules.trials import Compared, Trial, added
from tests.factories.counted import NOW, answer, make_survey, read
from tests.factories.people import make_user

WOBBLY = "The glimmer wheel wobbled on Tuesday."
FINE = "The staff were lovely."


# ---- what a trial counts --------------------------------------------------------------------------------------------


def _compared(id, was, now, mood="none", **more):
    return Compared(id, was, now, "none", mood, **more)


def test_a_trial_counts_what_changes_is_gained_and_lost_and_leaves_alone_what_a_person_said():
    rows = [
        _compared("a", ("A2",), ("A2",)),
        _compared("b", ("A2",), ("P1",)),
        _compared("c", (), ("A4",)),
        _compared("d", ("A2",), ()),
        _compared("e", ("A2",), (), is_own=True),
        _compared("f", ("A2", "P1"), ("P1", "A2")),
        _compared("g", (), (), mood="positive"),
    ]
    found = added(added(Trial(), rows[:3]), rows[3:])
    assert (found.compared, found.own, found.change, found.gain, found.lose, found.moods) == (7, 1, 4, 1, 1, 1)
    assert {code: (before, after) for code, before, after in found.codes} == {"A2": (4, 2), "P1": (1, 2), "A4": (0, 1)}
    assert [example["comment"] for example in found.examples] == ["b", "c", "d", "g"]


def test_no_example_is_shown_of_a_survey_that_promises_groups():
    assert added(Trial(), [_compared("a", (), ("A2",), may_be_shown=False)]).examples == []


# ---- in the database ------------------------------------------------------------------------------------------------


@pytest.fixture
def ada(app):
    return make_user(app).id


@pytest.fixture
def survey(app):
    return make_survey()


def _wobbling(ada):
    """Add a reason that some comments speak of."""
    wanted = Edited("Wobbling", "The wheel wobbles", "C", "V", ("glimmer wheel", "wobbl*"))
    return write(lambda: reasons.add("A", wanted, by=ada, now=NOW))


def _read(survey, *texts):
    ids = [answer(survey, {"nps": 4, "why": text}) for text in texts]
    read_responses(ids)
    return ids


def _work_off():
    jobs.drain(JOBS)
    db.session.rollback()
    db.session.expire_all()


def _newest():
    return queries.reader_versions()[0]


def _use(version, by):
    id = version.id
    write(lambda: actions.use(id, by=by, now=NOW))


def _codes(ids):
    return [[reason.code for reason in comment.reasons] for comment in comments_of(ids)]


def test_changed_phrases_change_nothing_until_they_were_tried_and_somebody_decides(survey, ada):
    ids = _read(survey, WOBBLY, FINE)
    assert _wobbling(ada) == "A4"
    _work_off()
    version = _newest()
    assert (version.state, version.taxonomy, version.why) == ("tried", 2, "taxonomy")
    trial = Trial.of(version.found)
    assert (trial.compared, trial.change, trial.gain, trial.lose) == (2, 1, 1, 0)
    assert not reasons_suggested(survey_id=survey.id)["A4"]
    _use(version, ada)
    _work_off()
    assert (_newest().state, _newest().applied_by) == ("applied", ada)
    assert reasons_suggested(survey_id=survey.id)["A4"] == 1
    assert sorted(_codes(ids)) == [[], ["A4"]]
    assert {comment.taxonomy for comment in comments_of(ids)} == {2}
    (later,) = _read(survey, WOBBLY)
    assert _codes([later]) == [["A4"]]


def test_going_back_reads_everything_again_with_the_version_before(survey, ada):
    ids = _read(survey, WOBBLY)
    _wobbling(ada)
    _work_off()
    newest, first = queries.reader_versions()
    assert first.state == "applied"
    _use(newest, ada)
    _work_off()
    first = db.session.get(ReaderVersion, first.id)
    assert first.state == "replaced"
    _use(first, ada)
    _work_off()
    assert _codes(ids) == [[]]
    assert [version.state for version in queries.reader_versions()] == ["replaced", "applied"]


def test_what_a_person_said_stays_whatever_version_is_used(survey, ada):
    ids = _read(survey, WOBBLY)
    comment = comments_of(ids)[0].id
    write(lambda: actions.correct([comment], "reason", "A1", by=ada, now=NOW))
    _wobbling(ada)
    _work_off()
    assert (Trial.of(_newest().found).own, Trial.of(_newest().found).change) == (1, 0)
    _use(_newest(), ada)
    _work_off()
    assert _codes(ids) == [["A1"]]
    assert [tag[0] for tag in comments_of(ids)[0].machine_tags] == ["A4"]


def test_what_a_reason_means_and_who_can_help_it_is_no_reason_to_read_anything_again(survey, ada):
    _read(survey, WOBBLY)
    reason = taxonomy().reasons["A2"]
    wanted = Edited(reason.label, "Anything with a clock", "P", reason.will, reason.phrases)
    write(lambda: reasons.edit("A2", wanted, by=ada, now=NOW))
    _work_off()
    assert (taxonomy().reasons["A2"].definition, taxonomy().number) == ("Anything with a clock", 2)
    assert queries.reader_versions() == []


def test_a_version_that_was_left_or_is_used_cannot_be_used_twice(survey, ada):
    _read(survey, WOBBLY)
    _wobbling(ada)
    _work_off()
    id = _newest().id
    _use(_newest(), ada)
    with pytest.raises(Refused):
        write(lambda: actions.use(id, by=ada, now=NOW))
    with pytest.raises(Refused):
        write(lambda: actions.leave(id))


def test_a_newer_proposal_takes_the_place_of_one_that_waits(survey, ada):
    _read(survey, WOBBLY)
    _wobbling(ada)
    _work_off()
    write(lambda: reasons.retire("A2", by=ada, now=NOW))
    _work_off()
    assert [(version.number, version.state) for version in queries.reader_versions()] == [(3, "tried"), (2, "left"), (1, "applied")]  # fmt: skip


@pytest.mark.parametrize("kill_after", [1, 2, 3])
def test_whoever_is_killed_goes_on_where_it_stood_and_counts_nothing_twice(survey, ada, monkeypatch, kill_after):
    monkeypatch.setattr(text_jobs, "AT_ONCE", 2)
    ids = _read(survey, *([WOBBLY] * 5), FINE, FINE)
    _wobbling(ada)
    text_jobs.propose_versions([])
    id = _newest().id
    real, calls = text_jobs._readings, []

    def fragile(*args):
        calls.append(1)
        if len(calls) == kill_after + 1:
            raise SystemExit("killed")
        return real(*args)

    for work, state in ((try_versions, "tried"), (apply_versions, "applied")):
        calls.clear()
        monkeypatch.setattr(text_jobs, "_readings", fragile)
        with pytest.raises(SystemExit):
            work([id])
        db.session.rollback()
        assert db.session.get(ReaderVersion, id).done == 2 * kill_after
        monkeypatch.setattr(text_jobs, "_readings", real)
        work([id])
        db.session.rollback()
        version = db.session.get(ReaderVersion, id)
        assert (version.state, version.done) == (state, 7)
        if state == "tried":
            assert (Trial.of(version.found).compared, Trial.of(version.found).gain) == (7, 5)
            write(lambda: actions.use(id, by=ada, now=NOW))
    assert reasons_suggested(survey_id=survey.id)["A4"] == 5
    assert len(_codes(ids)) == 7
    assert differences(survey.id) == []


def test_two_workers_on_one_version_count_every_comment_once(survey, ada):
    _read(survey, WOBBLY, WOBBLY)
    _wobbling(ada)
    text_jobs.propose_versions([])
    version, batch = _newest(), queries.responses_read(1, after=None)
    id, compared = version.id, [_compared("a", (), ("A4",))]
    assert write(lambda: actions.keep_trial(id, compared, responses=batch, after=None)) is True
    assert write(lambda: actions.keep_trial(id, compared, responses=batch, after=None)) is False
    db.session.rollback()
    assert (_newest().done, Trial.of(_newest().found).compared) == (1, 1)


def test_many_batches_leave_the_rest_to_a_job_of_its_own(survey, ada, monkeypatch):
    monkeypatch.setattr(text_jobs, "AT_ONCE", 1)
    monkeypatch.setattr(text_jobs, "BATCHES", 2)
    _read(survey, *([FINE] * 5))
    _wobbling(ada)
    text_jobs.propose_versions([])
    try_versions([_newest().id])
    db.session.rollback()
    assert _newest().done == 2
    assert "try_version" in db.session.scalars(select(Job.kind)).all()
    _work_off()
    assert (_newest().state, _newest().done) == ("tried", 5)


def test_a_new_release_is_tried_on_what_an_older_one_read_and_only_once(survey, monkeypatch):
    _read(survey, WOBBLY)
    assert notice_new_reader() == 0
    write(lambda: db.session.execute(Comment.__table__.update().values(reader="older")))
    assert notice_new_reader() == 1
    assert [(version.reader, version.why) for version in queries.reader_versions()][1] == ("older", "first")
    assert notice_new_reader() == 0


def test_a_comment_that_breaks_the_reader_stops_no_version(survey, ada, monkeypatch):
    ids = _read(survey, WOBBLY, "boom", FINE)
    _wobbling(ada)
    real = text_jobs.read

    def fragile(text, **how):
        if text == "boom":
            raise RecursionError("no")
        return real(text, **how)

    monkeypatch.setattr(text_jobs, "read", fragile)
    _work_off()
    _use(_newest(), ada)
    _work_off()
    assert _newest().state == "applied"
    assert {comment.text: comment.trouble for comment in comments_of(ids)} == {WOBBLY: None, "boom": "RecursionError", FINE: None}  # fmt: skip


def test_a_comment_that_was_never_read_waits_for_its_own_job(survey, ada):
    read(answer(survey, {"nps": 4, "why": WOBBLY}), "none")
    waits = answer(survey, {"nps": 4, "why": WOBBLY})
    _wobbling(ada)
    text_jobs.propose_versions([])
    try_versions([_newest().id])
    db.session.rollback()
    assert _newest().done == 1
    assert comments_of([waits])[0].sentiment is None


def test_words_of_another_language_are_found_by_ones_own_phrases_alone(survey, ada):
    german = "Der Bus kam schon wieder zu spaet und war voll."
    (id,) = _read(survey, german)
    wanted = Edited("Verkehr", "", "P", "V", ("kam .. spaet",))
    code = write(lambda: reasons.add("A", wanted, by=ada, now=NOW))
    _work_off()
    _use(_newest(), ada)
    _work_off()
    assert _codes([id]) == [[code]]
