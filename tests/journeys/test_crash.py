"""A short storm: every process is killed again and again while people answer. `make check-crash` is the long one."""

import random

from bench.crash import House, books, survive, work_off
from bench.instances import SLUG
from bench.servers import environment, free_port
from survey.foundation.db import db
from tests.factories.surveys import from_template

SUBMISSIONS = 100


def test_no_acknowledged_answer_is_lost_doubled_or_miscounted_by_kill_9(app):
    from_template(slug=SLUG)
    config, port = app.extensions["hearback.config"], free_port()
    own = {"DATABASE_URL": config.database_url, "SECRET_KEY": config.secret_key}
    house = House(environment(config.instance_path, port) | own, port)
    outcome = survive(house, submissions=SUBMISSIONS, connections=4, chance=random.Random(4), pause=0.03)

    db.session.rollback()  # to see what the others wrote
    assert outcome.broken == []
    assert outcome.kills >= 2
    assert len(outcome.receipts) == SUBMISSIONS
    after_the_kills = books(outcome.receipts)
    assert after_the_kills.agree, after_the_kills
    assert work_off(app) == 0
    after_the_work = books(outcome.receipts)
    assert after_the_work.agree, after_the_work
