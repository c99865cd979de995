"""Answers from files, in the browser."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import Blueprint, url_for
from werkzeug.datastructures import MultiDict

from survey.access.actions import audit
from survey.access.queries import names_of_users
from survey.foundation import csv
from survey.foundation.errors import NotFound, Refused
from survey.foundation.imports.models import ImportFile
from survey.foundation.imports.pages import Group, ImportPages, Place
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.tables import LINES
from survey.foundation.text import fold
from survey.foundation.web import LEADERS
from survey.organisation.queries import today
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.queries import newest_version, questionnaire_of, survey, survey_by_slug
from survey.questionnaires.rules import Question
from survey.responses.imports import BESIDE, DAY, GROUP, ID, LANGUAGE, ROOM, VOICE, meaning_in
from survey.responses.rules import Privacy, Voice, is_shown, known_names, sees_single_answers

bp = Blueprint("response_imports", __name__)

DATES = ("", "dmy", "mdy")
WORDS_LIMIT = 100
CALLED: Mapping[str, str] = {
    fold(name): value
    for value, names in {
        DAY: ("submitted_on", "date", "day", "submitted", "submitted at", "response date"),
        ID: ("id", "response id"),
        VOICE: ("voice",),
        LANGUAGE: ("language",),
    }.items()
    for name in names
}
ABOUT: Mapping[str, str] = {
    DAY: lazy_gettext("Day of the answer"),
    ID: lazy_gettext("What tells rows apart (an id)"),
    VOICE: lazy_gettext("Whose answer it is"),
    LANGUAGE: lazy_gettext("Language"),
    GROUP: lazy_gettext("A group, called like the column"),
}
OF_ANONYMOUS = (DAY, ID)  # more would tell whose answer it is


class ResponsePages(ImportPages):
    """Reading answers in."""

    room = ROOM
    who = LEADERS
    title = lazy_gettext("Answers from a file")
    about = lazy_gettext(
        "Answers that were given elsewhere, or that were downloaded here. The same file again adds nothing, and what is read in "
        "opens no case and writes to nobody."
    )
    takes = lazy_gettext(
        "CSV or a spreadsheet (.xlsx) with a line of headings, or lines of JSON that were downloaded here."
    )
    options = "responses/_import_options.html"
    counted: ClassVar[Mapping[str, str]] = {
        "stored": lazy_gettext("New answers"),
        "already": lazy_gettext("Here already"),
        "unanswered": lazy_gettext("Answer none of the questions; counted as such"),
    }
    started = "answers read in from a file"
    stopped = "reading answers in stopped"

    def place(self, slug: str = "", **_where: str) -> Place:
        """A survey that was published."""
        found = survey_by_slug(slug)
        if found is None:
            raise NotFound(_("There is no survey at this address."))
        _version(found)
        crumbs = [(_title(found), url_for("questionnaires.overview", slug=slug))]
        return Place(found.id, slug, {"slug": slug}, crumbs, shows_rows=sees_single_answers(found.privacy))

    def offered(self, place: Place, columns: Sequence[str]) -> Sequence[Group]:
        """Questions in their words, and what stands beside answers; of an anonymous survey only what tells nobody."""
        found = _survey(place)
        beside = OF_ANONYMOUS if found.privacy == Privacy.ANONYMOUS else ABOUT
        return [
            (_("Questions"), _inputs(questionnaire_of(_version(found)).questions)),
            (_("About the answer"), [(value, str(ABOUT[value])) for value in beside]),
        ]

    def guessed(self, place: Place, columns: Sequence[str]) -> dict[str, Any]:
        """By the keys and words of the questions, and by the names that our own files use."""
        asked = questionnaire_of(_version(_survey(place))).questions
        offered = {value for value, _words in self.offered(place, columns)[1][1]}
        beside = {name: value for name, value in CALLED.items() if value in offered}
        known = {**beside, **known_names(asked)}
        return {"columns": csv.mapping((), columns, known), "voice": Voice.CUSTOMER.value, "dates": ""}

    def chosen(self, place: Place, file: ImportFile, form: MultiDict[str, str]) -> dict[str, Any]:
        """Whose answers they are, how days are written; of each column its scale and the cells that are no answer."""
        voice, dates = form.get("voice", ""), form.get("dates", "")
        return {
            "voice": voice if voice in set(Voice) else Voice.CUSTOMER.value,
            "dates": dates if dates in DATES else "",
            "scale": _said("scale", file, form),
            "missing": _said("missing", file, form),
            "version": str(_version(_survey(place)).id),
            "today": today().isoformat(),
        }

    def try_out(self, place: Place, file: ImportFile, choices: Mapping[str, Any]) -> None:
        """A column answers a question, and none is given twice."""
        names = [name for name in choices["columns"].values() if name != GROUP]
        if twice := next((name for name in names if names.count(name) > 1), None):
            words = dict(option for _label, options in self.offered(place, file.columns) for option in options)
            raise Refused(_("“%(field)s” is given to two columns.", field=words[twice]))
        if file.form != LINES and not any(name not in BESIDE for name in names):
            raise Refused(_("No column answers a question. Choose one for at least one column."))
        meaning_in(choices, questionnaire_of(_version(_survey(place))).questions, None)

    def told(self, place: Place) -> Sequence[tuple[str, str]]:
        """The results, and the answers."""
        there = f"/surveys/{place.name}/results"
        return [(_("See the results"), there), (_("See the answers"), url_for("responses.responses", slug=place.name))]


def _said(name: str, file: ImportFile, form: MultiDict[str, str]) -> dict[str, str]:
    said = ((column, form.get(f"{name}-{number}", "").strip()) for number, column in enumerate(file.columns))
    return {column: words[:WORDS_LIMIT] for column, words in said if words}


def _inputs(questions: Sequence[Question]) -> list[tuple[str, str]]:
    """Every input that a column may stand for, as the question's words and what of it."""
    asked = {question.key: question for question in questions if is_shown(question)}
    names = dict.fromkeys(known_names(questions).values())
    split = [(name, *name.partition(".")[::2]) for name in names]
    ordered = sorted(split, key=lambda one: list(asked).index(one[1]))
    return [(name, f"{asked[key].words}{f' ({part})' if part else ''}"[:120]) for name, key, part in ordered]


def _survey(place: Place) -> Survey:
    found = survey(place.subject) if place.subject else None
    if found is None:
        raise NotFound(_("There is no survey at this address."))
    return found


def _version(found: Survey) -> SurveyVersion:
    version = newest_version(found.id)
    if version is None:
        raise Refused(_("This survey was never published. Publish it first; then answers can be read in."))
    return version


def _title(found: Survey) -> str:
    version = newest_version(found.id)
    return (questionnaire_of(version).title if version else "") or found.slug


ResponsePages(audit, names_of_users).add_to(bp, "/surveys/<slug>/import")
