"""Two answers of the same people, counted together."""

import json
from collections.abc import Iterator
from typing import Any, Unpack
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB

from survey.foundation.db import db
from survey.questionnaires.kinds.base import Aspect, Question
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
    one, other = _counted_part(first[0].key).label("one"), _counted_part(second[0].key).label("other")
    rows = select(one, other, func.count()).where(*wanted(survey_id, **filters)).group_by("one", "other")
    for mine, theirs, people in db.session.execute(rows):
        values, others = tuple(_values(first, mine)), tuple(_values(second, theirs))
        if values and others:
            yield values, others, int(people)


def _values(asked: Asked, raw: str | None) -> Iterator[str]:
    """The values that an answer counts for, of one row where the question has rows."""
    question, aspect = asked
    kind, answer = KINDS[question.kind], json.loads(raw) if raw else None
    if not kind.is_empty(answer):
        yield from (value for value in kind.cells(question, answer) if kind.group(value) == aspect.name)


def _counted_part(key: str) -> ColumnElement[Any]:
    """An answer as JSON text without the words written beside it, which are in no count and differ with everybody."""
    if db.session.get_bind().dialect.name == "postgresql":
        found = func.jsonb_extract_path(Response.answers, key)
        without = found.op("-", return_type=JSONB())(cast("other", Text))
        return cast(case((func.jsonb_typeof(found) == "object", without), else_=found), Text)
    answer = Response.answers.op("->", return_type=Text())(literal(f'$."{key}"', Text))
    return case((func.json_type(answer) == "object", func.json_remove(answer, "$.other")), else_=answer)
