"""What an answer weighs in SQLite: the file after people, not the load client, have answered; their comments were read.

What the load client sends is too quick for a person and doubted for it, which would be weighed too.
"""

import random
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from uuid import uuid4

from flask import Flask

from bench.databases import SQLITE, Place, inside, new_place
from bench.instances import SLUG
from bench.load import WORDS
from survey.foundation.clock import now, today
from survey.foundation.db import write
from survey.responses.actions import submit
from survey.responses.queries import asked_in, opening
from survey.responses.rules import Opening, Submission, promise_name

ANSWERS, AT_ONCE = 4_000, 200
PARTS: Mapping[str, tuple[str, ...]] = {
    "answers, counts, indexes": ("response", "rollup", "rollup_delta"),
    "comments, reasons found in them, indexes": ("comment", "comment_reason"),
}
BYTES_OF = """
SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name IN ({tables}))
"""


def weigh(answers: int = ANSWERS) -> dict[str, float]:
    """Return the bytes of each part for each answer; raises OperationalError where this SQLite cannot tell."""
    with new_place(SQLITE) as place:
        with inside(place) as app:
            _answer(app, answers)
        return _weighed(place, answers)


def _answer(app: Flask, answers: int) -> None:
    """Store so many answers as people give them, and do the worker's work."""
    found, chance = opening(SLUG), random.Random(20261122)
    assert found is not None  # noqa: S101 - it was made with the place
    for _ in range(0, answers, AT_ONCE):
        some = list(_submissions(found, chance))
        write(lambda some=some: [submit(one) for one in some])  # type: ignore[misc]
    app.extensions["hearback.work_off"]()


def _submissions(found: Opening, chance: random.Random) -> Iterator[Submission]:
    questions = asked_in(found.version_id).questions
    for _ in range(AT_ONCE):
        words = " ".join(chance.choices(WORDS, k=18))
        yield Submission(
            survey_id=found.survey_id,
            version_id=found.version_id,
            purpose=found.purpose,
            privacy=found.privacy,
            form_id=uuid4(),
            questions=questions,
            answers={"nps": chance.randrange(11), "rating": chance.randrange(1, 6), "reason": words},
            on=today(found.time_zone),
            at=now(),
            promise=promise_name(found.privacy, is_personal=False),
        )


def _weighed(place: Place, answers: int) -> dict[str, float]:
    with closing(sqlite3.connect(place.instance / "hearback.sqlite3")) as database:
        database.execute("VACUUM")
        return {part: bytes_of(database, tables) / answers for part, tables in PARTS.items()}


def bytes_of(database: sqlite3.Connection, tables: tuple[str, ...]) -> int:
    """How many bytes these tables take with their indexes."""
    names = ", ".join(f"'{name}'" for name in tables)
    return int(database.execute(BYTES_OF.format(tables=names)).fetchone()[0])
