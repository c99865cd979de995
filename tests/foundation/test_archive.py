"""What was backed up comes back, on both databases."""

import shutil

import pytest
from sqlalchemy import delete, func, select

from survey.foundation import archive
from survey.foundation.db import db, new_id, write
from survey.foundation.errors import Refused
from survey.foundation.jobs import Job, add
from survey.questionnaires.models import Survey


@pytest.fixture
def place(app, tmp_path):
    """Where the archive goes, and how this app's database is called."""
    config = app.extensions["hearback.config"]
    if config.database_url.startswith("postgresql") and shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    return tmp_path / "backup.tar.gz", config


def _jobs():
    db.session.rollback()
    count = db.session.scalar(select(func.count()).select_from(Job))
    db.session.rollback()
    return count


def test_a_backup_brings_back_what_was_lost(app, place):
    file, config = place
    write(lambda: add("kind", new_id()))
    write(lambda: db.session.add(Survey(slug="one", draft={})))
    db.session.rollback()
    archive.backup(file, database_url=config.database_url, secret=config.secret_key)
    write(lambda: db.session.execute(delete(Job)))
    assert _jobs() == 0
    for engine in db.engines.values():
        engine.dispose()
    archive.restore(
        file, database_url=config.database_url, secret_path=config.instance_path / "secret_key", replace=True
    )
    assert _jobs() == 1
    assert (config.instance_path / "secret_key").read_text() == config.secret_key
    db.session.rollback()


def test_a_backup_never_overwrites_a_file(app, place):
    file, config = place
    file.write_text("mine")
    with pytest.raises(Refused):
        archive.backup(file, database_url=config.database_url, secret=config.secret_key)
    assert file.read_text() == "mine"
