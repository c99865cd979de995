"""Two answers of the same people, counted together."""

import json
from collections.abc import Iterator
from typing import Any, Unpack
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from survey.foundation.db import db
from survey.questionnaires.kinds.base import Answer, Aspect, Question
from survey.questionnaires.kinds.table import KINDS
from survey.responses.models import Response
from survey.responses.queries import Filters, wanted
from survey.results.rules.crosstabs import Pairs

Asked = tuple[Question, Aspect]


def given_together(survey_id: UUID, first: Asked, second: Asked, **filters: Unpack[Filters]) -> Pairs:
    """What people answered to both, as the kinds count it, with how many people; who answered one of them alone is not there.

    The database puts equal answers together, so that few rows come out of it at any number of responses; what an answer counts
    for is the kinds' own.
    """
    pair = _both(first[0].key, second[0].key).label("pair")
    rows = select(pair, func.count()).where(*wanted(survey_id, **filters)).group_by("pair")
    for answers, people in db.session.execute(rows):
        mine, theirs = json.loads(answers)
        values, others = tuple(_values(first, mine)), tuple(_values(second, theirs))
        if values and others:
            yield values, others, int(people)


def _values(asked: Asked, answer: Answer | None) -> Iterator[str]:
    """The values that an answer counts for, of one row where the question has rows."""
    question, aspect = asked
    kind = KINDS[question.kind]
    if not kind.is_empty(answer):
        yield from (value for value in kind.cells(question, answer) if kind.group(value) == aspect.name)


def _both(key: str, other: str) -> ColumnElement[Any]:
    """Two answers as the text of one JSON list (null where there is none), each document looked through once.

    The words written beside an answer are left out: they are in no count, and they differ with everybody.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        return cast(func.jsonb_build_array(_bare(key), _bare(other)), Text)
    pair = func.json_extract(Response.answers, f'$."{key}"', f'$."{other}"')
    return func.json_remove(pair, "$[0].other", "$[1].other", type_=Text())


def _bare(key: str) -> ColumnElement[Any]:
    """An answer without its words, on PostgreSQL, which refuses to take a name out of anything but an object."""
    found = func.jsonb_extract_path(Response.answers, key)
    without = found.op("-", return_type=JSONB())(cast("other", Text))
    return case((func.jsonb_typeof(found) == "object", without), else_=found)
