"""Jobs: nothing lost, nothing stuck, a bad one harms no other."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from survey.foundation import jobs
from survey.foundation.clock import now
from survey.foundation.db import db, new_id, write
from survey.foundation.jobs import ATTEMPTS, Bell, Job, add, drain, failed, waiting


def _leave(kind, count):
    subjects = [new_id() for _ in range(count)]
    write(lambda: [add(kind, subject) for subject in subjects])
    return subjects


def test_every_job_is_done_once_and_then_forgotten(app):
    subjects = _leave("read", 5)
    done = []
    assert drain({"read": done.extend}) == 5
    assert sorted(done) == sorted(subjects)
    assert waiting() == 0
    assert drain({"read": done.extend}) == 0


def test_a_job_of_an_undone_transaction_was_never_left(app):
    def fail():
        add("read", new_id())
        raise KeyError

    with pytest.raises(KeyError):
        write(fail)
    assert waiting() == 0


def test_a_bad_job_waits_for_another_try_and_the_others_are_done(app):
    bad, *good = _leave("read", 4)
    done = []

    def work(subjects):
        if bad in subjects:
            raise ValueError("cannot read this one")
        done.extend(subjects)

    assert drain({"read": work}) == 3
    assert sorted(done) == sorted(good)
    job = db.session.scalar(select(Job))
    assert (job.subject, job.attempts, job.lease_until) == (bad, 1, None)
    assert job.run_after > now()
    assert "cannot read this one" in job.error


def test_a_job_that_never_works_is_given_up_and_shown(app):
    _leave("read", 1)
    write(lambda: db.session.execute(update(Job).values(attempts=ATTEMPTS - 1)))

    def work(subjects):
        raise ValueError("no")

    drain({"read": work})
    write(lambda: db.session.execute(update(Job).values(run_after=now() - timedelta(hours=1))))
    assert drain({"read": work}) == 0
    assert len(failed()) == 1
    assert waiting() == 0


def test_a_leased_job_is_left_to_its_worker_until_the_lease_ends(app):
    _leave("read", 1)
    write(jobs._claim)
    done = []
    assert drain({"read": done.extend}) == 0
    write(lambda: db.session.execute(update(Job).values(lease_until=now() - timedelta(seconds=1))))
    assert drain({"read": done.extend}) == 1


def test_the_bell_rings_once_for_many_commits_and_again_later(monkeypatch):
    moment = [100.0]
    monkeypatch.setattr(jobs.time, "monotonic", lambda: moment[0])
    rung = []
    bell = Bell(rung.append, delay=1.0)
    for _ in range(5):
        bell()
    moment[0] += 1.0
    bell()
    bell.hand.shutdown()
    assert len(rung) == 2
