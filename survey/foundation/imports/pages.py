"""The pages of reading a file in: hand it in, say what its columns mean, see what would happen, read it, see what happened.

They are the same for every room: one gives its addresses and words as an `ImportPages`, and registers them on its blueprint.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from survey.foundation import csv
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.imports import actions, queries
from survey.foundation.imports.forms import FILE_BODY, FILE_LIMIT, UploadForm
from survey.foundation.imports.models import CHECKED, CHECKING, DONE, READING, STOPPED, WAITING, ImportFile
from survey.foundation.imports.reader import NOTHING_FOUND
from survey.foundation.language import gettext as _
from survey.foundation.language import spoken
from survey.foundation.tables import LINES, ROW_LIMIT, content_of
from survey.foundation.web import admits

TEMPLATES: Mapping[str, str] = {
    WAITING: "foundation/import_columns.html",
    CHECKING: "foundation/import_running.html",
    CHECKED: "foundation/import_checked.html",
    READING: "foundation/import_running.html",
    DONE: "foundation/import_done.html",
    STOPPED: "foundation/import_done.html",
}
MEGABYTE = 1024**2
Group = tuple[str, Sequence[tuple[str, str]]]  # a label, and options with their words


@dataclass(frozen=True)
class Place:
    """What a file is read into: its id where there are several, its name for the audit, and where its pages stand."""

    subject: UUID | None
    name: str
    address: dict[str, Any]
    crumbs: Sequence[tuple[str, str]]
    shows_rows: bool = True  # to the whole team; else to whoever handed the file in, alone


class ImportPages:
    """The pages of one kind of file. What is left open here a room says."""

    room: ClassVar[str]
    who: ClassVar[frozenset[str]]
    title: ClassVar[str]
    about: ClassVar[str]
    takes: ClassVar[str]  # which files, in words
    options: ClassVar[str]  # the template of what else is asked for beside the columns
    counted: ClassVar[Mapping[str, str]]  # the words for each count
    started: ClassVar[str]  # as the audit says it
    stopped: ClassVar[str]

    def __init__(self, audit: Callable[..., None], names: Callable[[], Mapping[UUID, str]]) -> None:
        self.audit, self.names = audit, names

    # ---- what a room says

    def place(self, **where: str) -> Place:
        """What the address names; raises NotFound, or Refused where nothing can be read into it."""
        raise NotImplementedError

    def check(self, place: Place, form: str) -> None:
        """Raise Refused where a file of this form cannot be read here."""

    def offered(self, place: Place, columns: Sequence[str]) -> Sequence[Group]:
        """What a column may mean."""
        raise NotImplementedError

    def guessed(self, place: Place, columns: Sequence[str]) -> dict[str, Any]:
        """What the columns mean by their names, and what else is usual."""
        raise NotImplementedError

    def chosen(self, place: Place, file: ImportFile, form: MultiDict[str, str]) -> dict[str, Any]:
        """What else was chosen beside the columns, as it is kept."""
        raise NotImplementedError

    def try_out(self, place: Place, file: ImportFile, choices: Mapping[str, Any]) -> None:
        """Raise Refused where what was chosen makes no sense."""
        raise NotImplementedError

    def told(self, place: Place) -> Sequence[tuple[str, str]]:
        """Where to see what was read: words and addresses."""
        raise NotImplementedError

    # ---- the pages

    def add_to(self, bp: Blueprint, path: str) -> None:
        """Give a blueprint these pages."""
        one = f"{path}/<uuid:id>"
        for rule, view, methods in (
            (path, self.start, ["GET", "POST"]),
            (one, self.show, ["GET"]),
            (f"{one}/columns", self.columns, ["GET", "POST"]),
            (f"{one}/read", self.read, ["POST"]),
            (f"{one}/stop", self.stop, ["POST"]),
            (f"{one}/throw-away", self.throw_away, ["POST"]),
            (f"{one}/rejects.csv", self.rejects, ["GET"]),
        ):
            bp.add_url_rule(rule, view.__name__, _admitted(self.who, view), methods=methods)
        bp.url_value_preprocessor(partial(_let_file_in, f"{bp.name}.start"))

    def start(self, **where: str) -> ResponseReturnValue:
        """Hand a file in, and see those that were handed in before."""
        place, form = self.place(**where), UploadForm()
        if form.validate_on_submit():
            try:
                return _onwards(place, self._receive(place, form))
            except Refused as refused:
                form.file.errors = [str(refused)]
        files, status = queries.newest_files(self.room, place.subject), 422 if form.errors else 200
        lines = [(file, self.names().get(file.made_by, "")) for file in files] if files else []
        return self._page(
            "foundation/import_start.html", place, form=form, has_errors=bool(form.errors), lines=lines,
            megabytes=FILE_LIMIT // MEGABYTE, row_limit=ROW_LIMIT,
        ), status  # fmt: skip

    def _receive(self, place: Place, form: UploadForm) -> UUID:
        name, file = form.file.data.filename or "", form.content
        if len(file) > FILE_LIMIT:
            raise Refused(_("This file is too large: at most %(megabytes)s MB.", megabytes=FILE_LIMIT // MEGABYTE))
        content = content_of(file)
        self.check(place, content.form)
        known = {"name": name, "file": file, "content": content, "by": current_user.id, "language": spoken()}
        return write(lambda: actions.receive(self.room, place.subject, **known, at=now()).id)

    def show(self, id: UUID, **where: str) -> ResponseReturnValue:
        """Show how far a file is, and what comes next."""
        place, file = self._find(id, where)
        if file.state == WAITING:
            return self._columns_page(place, file)
        found = _shown({**NOTHING_FOUND, **file.found})
        return self._page(
            TEMPLATES[file.state], place, file=file, found=found, counts=self._counts(file), links=self.told(place),
            may_open=_may_open(place, file), may_be_read=actions.may_be_read(file.found),
            rejected=queries.count_rejects(file.id), row_limit=ROW_LIMIT,
        )  # fmt: skip

    def _counts(self, file: ImportFile) -> list[tuple[str, int]]:
        counts = file.found.get("counts", {}) if file.state == CHECKED else file.counts
        return [(words, counts[name]) for name, words in self.counted.items() if name in counts]

    def columns(self, id: UUID, **where: str) -> ResponseReturnValue:
        """Say what the columns of a file mean, for the first time or once more."""
        place, file = self._find(id, where)
        if file.state not in (WAITING, CHECKED):
            return _onwards(place, id)
        if request.method == "GET":
            return self._columns_page(place, file)
        choices = self._choices(place, file)
        try:
            self.try_out(place, file, choices)
        except Refused as refused:
            return self._columns_page(place, file, choices, str(refused)), 422
        write(lambda: actions.choose(id, choices))
        return _onwards(place, id)

    def _choices(self, place: Place, file: ImportFile) -> dict[str, Any]:
        """What was sent: only what was offered is taken."""
        known = {value for _label, options in self.offered(place, file.columns) for value, _words in options}
        sent = [request.form.get(f"column-{number}", "") for number in range(len(file.columns))]
        columns = {column: value for column, value in zip(file.columns, sent, strict=True) if value in known}
        return {"columns": columns, **self.chosen(place, file, request.form)}

    def _columns_page(
        self, place: Place, file: ImportFile, choices: Mapping[str, Any] | None = None, error: str = ""
    ) -> str:
        last = None if file.choices else queries.same_shape(self.room, place.subject, file.shape)
        guessed = self.guessed(place, file.columns)
        known = choices or file.choices or self._remembered(place, file, last) or guessed
        return self._page(
            TEMPLATES[WAITING], place, file=file, offered=self.offered(place, file.columns), choices=known, error=error,
            has_errors=bool(error), options=self.options, may_open=_may_open(place, file),
            is_remembered=bool(last) and not choices, is_lines=file.form == LINES,
        )  # fmt: skip

    def _remembered(self, place: Place, file: ImportFile, last: ImportFile | None) -> dict[str, Any]:
        """What was chosen for a file with the same columns, written a little otherwise maybe."""
        if last is None:
            return {}
        places = {column: number for number, column in enumerate(last.columns)}
        again = {file.columns[places[column]]: value for column, value in last.choices["columns"].items()}
        return {**self.guessed(place, file.columns), **last.choices, "columns": again}

    def read(self, id: UUID, **where: str) -> ResponseReturnValue:
        """Have a file read in that was tried."""
        place, _file = self._find(id, where)
        self._write(place, id, actions.start, self.started)
        return _onwards(place, id)

    def stop(self, id: UUID, **where: str) -> ResponseReturnValue:
        """Stop reading: what was read stays."""
        place, _file = self._find(id, where)
        self._write(place, id, partial(actions.stop, now=now()), self.stopped)
        return _onwards(place, id)

    def _write(self, place: Place, id: UUID, act: Callable[[UUID], bool], what: str) -> None:
        user_id = current_user.id

        def work() -> None:
            if act(id):
                self.audit(what, subject=place.name, user_id=user_id, details={"import": str(id)})

        write(work)

    def throw_away(self, id: UUID, **where: str) -> ResponseReturnValue:
        """Delete a file of which nothing was read."""
        place, _file = self._find(id, where)
        write(lambda: actions.throw_away(id))
        flash(_("Thrown away. Nothing of it was stored."), "good")
        return redirect(url_for(".start", **place.address), 303)

    def rejects(self, id: UUID, **where: str) -> ResponseReturnValue:
        """Hand out the rows that were not taken, each with its number and the reason."""
        place, file = self._find(id, where)
        if not _may_open(place, file):
            raise Refused(_("Only whoever handed this file in may open its rows."))
        header = (_("row"), _("reason"), *file.columns)
        told = ((str(one.line), one.reason, *one.cells) for one in queries.rejects(id))
        return Response(
            stream_with_context(_encoded(csv.lines(header, told, bom=True))),
            mimetype="text/csv",
            headers={"Content-Disposition": 'attachment; filename="rejected.csv"'},
        )

    def _find(self, id: UUID, where: Mapping[str, str]) -> tuple[Place, ImportFile]:
        place, file = self.place(**where), queries.import_file(id, self.room)
        if file is None or file.subject != place.subject:
            raise NotFound(_("There is no such file. It may have been thrown away."))
        return place, file

    def _page(self, template: str, place: Place, **more: Any) -> str:
        return render_template(template, pages=self, place=place, **more)


def _admitted(who: frozenset[str], view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """A view that says who may enter it."""

    @admits(who)
    def admitted(**where: Any) -> ResponseReturnValue:
        return view(**where)

    return admitted


def _let_file_in(start: str, endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything reads the form: this page takes a file."""
    if endpoint == start:
        request.max_content_length = FILE_BODY


def _onwards(place: Place, id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".show", id=id, **place.address), 303)


def _may_open(place: Place, file: ImportFile) -> bool:
    """Whether whoever asks may see rows of a file."""
    return place.shows_rows or file.made_by == current_user.id


def _shown(found: Mapping[str, Any]) -> dict[str, Any]:
    """What trying a file showed, of its first rows only the columns that hold anything."""
    rows = found["shown"]
    filled = sorted({place for row in rows for place, cell in enumerate(row["cells"]) if cell})
    shown = [{**row, "cells": [row["cells"][place] for place in filled] if row["cells"] else []} for row in rows]
    return {**found, "headings": [found["headings"][place] for place in filled], "shown": shown}


def _encoded(lines: Iterator[str]) -> Iterator[bytes]:
    return (line.encode("utf-8", "replace") for line in lines)
