"""Rows of files as answers to a survey: one way of reading them, for the command and for the browser."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from survey.customers.rules import DayOrder, day_order
from survey.foundation.csv import Row
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.imports.models import ImportFile
from survey.foundation.imports.queries import content_of
from survey.foundation.imports.reader import RowReader
from survey.foundation.jsonl import Entry
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.tables import LINES, Table
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.queries import questionnaire_of
from survey.questionnaires.rules import Question
from survey.responses.actions import submit
from survey.responses.queries import form_ids_kept
from survey.responses.rules import (
    IMPORT,
    VOICE_WORDS,
    Meaning,
    Privacy,
    Submission,
    answers_in,
    answers_kept,
    day_in,
    form_id_for,
    groups_in,
    is_shown,
    language_in,
    missing_in,
    scales_in,
    told,
    voice_in,
)

ROOM = "responses"
DAY, ID, VOICE, LANGUAGE, GROUP = "@day", "@id", "@voice", "@language", "@group"  # no question has a key like these
BESIDE = (DAY, ID, VOICE, LANGUAGE)
OUR_DAY, OUR_ID = "submitted_on", "id"  # what our export calls them
EXCERPT = 80


@dataclass(frozen=True)
class Target:
    """What a file is read into, and what its rows mean: a version of a survey, whose answers they are, where nothing else says so."""

    survey_id: UUID
    purpose: str
    privacy: str
    version_id: UUID
    questions: tuple[Question, ...]
    language: str
    meaning: Meaning
    voice: str
    digest: str
    today: date


def target(survey: Survey, version: SurveyVersion, meaning: Meaning, *, voice: str, digest: str, today: date) -> Target:
    """Return what a file is read into."""
    asked = questionnaire_of(version)
    return Target(
        survey_id=survey.id,
        purpose=survey.purpose,
        privacy=survey.privacy,
        version_id=version.id,
        questions=asked.questions,
        language=asked.language,
        meaning=meaning,
        voice=voice,
        digest=digest,
        today=today,
    )


def submission_of(into: Target, row: Row | Entry) -> Submission:
    """Return a row as an answer that starts nothing; raises Refused with the reason where it is none."""
    answers, cells = _read(into, row)
    meaning = into.meaning
    return Submission(
        survey_id=into.survey_id,
        version_id=into.version_id,
        purpose=into.purpose,
        privacy=into.privacy,
        form_id=_form_id(into, _identity(into, row.line, cells)),
        questions=into.questions,
        answers=answers,
        on=day_in(cells, _with_our_day(meaning, row, cells), into.today),
        channel=IMPORT,
        voice=voice_in(cells, meaning, into.voice),
        language=language_in(cells, meaning, into.language),
        segments=groups_in(cells, meaning),
        is_history=True,
    )


def _read(into: Target, row: Row | Entry) -> tuple[dict[str, Any], Mapping[str, str]]:
    """The answers in a row, and what else it says of itself, by the name of the column."""
    if isinstance(row, Row):
        return answers_in(row.cells, into.meaning), row.cells
    answers = row.document.get("answers")
    if not isinstance(answers, dict):
        raise Refused(_("“answers” is needed, an object with an answer for each question’s key"))
    said = {name: str(value) for name, value in row.document.items() if isinstance(value, str | int)}
    named = {name: "" for name in (into.meaning.day_column, into.meaning.id_column) if name}
    return answers_kept(answers, into.questions), named | said


def _with_our_day(meaning: Meaning, row: Row | Entry, cells: Mapping[str, str]) -> Meaning:
    """Lines of JSON name their day as our export does, unless another name is given."""
    is_named = isinstance(row, Entry) and meaning.day_column is None and OUR_DAY in cells
    return replace(meaning, day_column=OUR_DAY) if is_named else meaning


def _form_id(into: Target, identity: tuple[str, str]) -> UUID:
    """The form id of a row: always the same, so that reading a file twice stores it once."""
    if into.privacy == Privacy.ANONYMOUS:
        made: UUID = current_app.extensions["hearback.form_tokens"].id_of_row(into.survey_id, *identity)
        return made
    return form_id_for(into.survey_id, *identity)


def _identity(into: Target, line: int, cells: Mapping[str, str]) -> tuple[str, str]:
    """What tells a row from every other: its id, else the file and its line (identical rows are different people)."""
    if into.meaning.id_column is None:
        return into.digest, str(line)
    identity = cells[into.meaning.id_column].strip()
    if not identity:
        raise Refused(_("there is no id"))
    return "id", identity


def shown_order(table: Table, column: str) -> DayOrder | None:
    """How a file writes its days: 03/04/2026 may be two."""
    return day_order(row.cells[column] for row in table.rows if isinstance(row, Row))


# ---- what somebody chose in the browser ------------------------------------------------------------------------------


def meaning_in(choices: Mapping[str, Any], questions: Sequence[Question], order: DayOrder | None) -> Meaning:
    """Return what was chosen for the columns of a file; raises Refused where it makes no sense."""
    columns: Mapping[str, str] = choices["columns"]
    names = {column: name for column, name in columns.items() if not name.startswith("@")}
    beside = {name: column for column, name in columns.items() if name in BESIDE}
    answered = {name.partition(".")[0] for name in names.values()}
    return Meaning(
        columns=names,
        questions=[question for question in questions if question.key in answered],
        scales=scales_in(_pairs(names, choices.get("scale", {})), questions),
        missing=missing_in(_pairs(names, choices.get("missing", {})), questions),
        day_column=beside.get(DAY),
        id_column=beside.get(ID),
        day_order=order,
        voice_column=beside.get(VOICE),
        language_column=beside.get(LANGUAGE),
        groups={column: column.strip().lower() for column, name in columns.items() if name == GROUP},
    )


def _pairs(names: Mapping[str, str], said: Mapping[str, str]) -> list[str]:
    """What is said of columns, as the command is told it: 'key=words'."""
    return [f"{names[column].partition('.')[0]}={words}" for column, words in said.items() if column in names]


def target_of(file: ImportFile) -> Target:
    """Return what a file of the browser is read into; raises Refused where the survey is not there any more."""
    choices = file.choices
    survey, version = db.session.get(Survey, file.subject), db.session.get(SurveyVersion, UUID(choices["version"]))
    if survey is None or version is None:
        raise Refused(_("The survey that it was meant for is not there any more."))
    meaning = meaning_in(choices, questionnaire_of(version).questions, choices.get("dates") or _order_in(file))
    if _has_ids(file):
        meaning = replace(meaning, id_column=OUR_ID)
    day = date.fromisoformat(choices["today"])
    return target(survey, version, meaning, voice=choices["voice"], digest=file.digest, today=day)


def _has_ids(file: ImportFile) -> bool:
    """Whether lines of JSON have ids, as ours do: then these tell them apart in any file."""
    content = content_of(file) if file.form == LINES else None
    first = next(content.table().rows, None) if content else None
    return isinstance(first, Entry) and OUR_ID in first.document


def _order_in(file: ImportFile) -> DayOrder | None:
    """How a file writes its days; it is read for this only where it has any."""
    column = next((column for column, name in file.choices["columns"].items() if name == DAY), None)
    content = content_of(file) if column and file.form != LINES else None
    return shown_order(content.table(), str(column)) if content else None


def reader_of(file: ImportFile) -> RowReader:
    """Return how the rows of a file are read, tried and stored."""
    into = target_of(file)
    asked = [question for question in into.questions if is_shown(question)]
    if file.form != LINES:
        asked = [question for question in asked if question in into.meaning.questions]
    return RowReader(
        read=lambda row: submission_of(into, row),
        expect=_expecting(),
        store=_store,
        headings=[*(question.words for question in asked), *(words for words, _said in BESIDE_SHOWN)],
        cells=lambda one: [*_answer_cells(asked, one), *(said(one) for _words, said in BESIDE_SHOWN)],
    )


BESIDE_SHOWN: Sequence[tuple[str, Callable[[Submission], str]]] = (
    (lazy_gettext("Day"), lambda one: one.on.isoformat()),
    (lazy_gettext("Whose"), lambda one: str(VOICE_WORDS[one.voice])),
    (lazy_gettext("Language"), lambda one: one.language),
    (lazy_gettext("Groups"), lambda one: ", ".join(f"{name}: {value}" for name, value in one.segments.items())),
)


def _answer_cells(asked: Iterable[Question], one: Submission) -> list[str]:
    said = (told(question, one.answers.get(question.key)) for question in asked)
    cells = ("; ".join(filter(None, (answer.chosen, answer.written))) for answer in said)
    return [cell if len(cell) <= EXCERPT else f"{cell[:EXCERPT]}…" for cell in cells]


def _expecting() -> Callable[[Sequence[Submission]], Mapping[str, int]]:
    """Count what storing rows would do; of rows with the same id in one file the first is new and the others are there."""
    seen: set[UUID] = set()

    def expect(submissions: Sequence[Submission]) -> Mapping[str, int]:
        there = form_ids_kept([one.form_id for one in submissions])
        already = 0
        for one in submissions:
            already += one.form_id in seen or one.form_id in there
            seen.add(one.form_id)
        return _counts(submissions, already)

    return expect


def _store(submissions: Sequence[Submission]) -> Mapping[str, int]:
    receipts = [submit(one) for one in submissions]
    return _counts(submissions, sum(not receipt.is_first for receipt in receipts))


def _counts(submissions: Sequence[Submission], already: int) -> Mapping[str, int]:
    unanswered = sum(not one.answers for one in submissions)
    return {"stored": len(submissions) - already, "already": already, "unanswered": unanswered}
