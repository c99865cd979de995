"""People from files, in the browser."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import Blueprint, url_for
from werkzeug.datastructures import MultiDict

from survey.access.actions import audit
from survey.access.queries import names_of_users
from survey.customers.imports import GROUP, NO_TABLE, ROOM, fields_in, reading_in
from survey.customers.rules import FIELDS, LEFT_WORDS, SEGMENT, known_in
from survey.foundation import csv
from survey.foundation.errors import Refused
from survey.foundation.imports.models import ImportFile
from survey.foundation.imports.pages import Group, ImportPages, Place
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.tables import LINES
from survey.foundation.web import TEAM
from survey.organisation.queries import organisation, today

bp = Blueprint("people_imports", __name__)

DATES = ("", "dmy", "mdy")
WORDS_LIMIT = 500


class PeoplePages(ImportPages):
    """Reading people in."""

    room = ROOM
    who = TEAM
    title = lazy_gettext("People from a file")
    about = lazy_gettext(
        "A list of the people whom you serve or served. Again as often as you like: nobody is here twice."
    )
    takes = lazy_gettext("CSV or a spreadsheet (.xlsx) with a line of headings.")
    options = "customers/_import_options.html"
    counted: ClassVar[Mapping[str, str]] = {
        "new": lazy_gettext("New people"),
        "known": lazy_gettext("Here already: brought up to date"),
        "changed": lazy_gettext("Here already: something was new"),
        "unchanged": lazy_gettext("Here already: nothing was new"),
        "left": lazy_gettext("Have left"),
        "left_without_reason": lazy_gettext("Have left without a reason"),
    }
    started = "people read in from a file"
    stopped = "reading people in stopped"

    def place(self, **_where: str) -> Place:
        """There is one list of people."""
        return Place(None, "", {}, [(_("People"), url_for("customers.people"))])

    def check(self, place: Place, form: str) -> None:
        """People stand in tables alone."""
        if form == LINES:
            raise Refused(str(NO_TABLE))

    def offered(self, place: Place, columns: Sequence[str]) -> Sequence[Group]:
        """Fields of a person, and groups."""
        own = sorted({name for name in known_in(columns).values() if name.startswith(SEGMENT)})
        groups = [(GROUP, _("A group, called like the column")), *((name, name.removeprefix(SEGMENT)) for name in own)]
        return [(_("About the person"), [(name, str(words)) for name, words in FIELDS.items()]), (_("Groups"), groups)]

    def guessed(self, place: Place, columns: Sequence[str]) -> dict[str, Any]:
        """By the usual names of columns."""
        return {
            "columns": csv.mapping((), columns, known_in(columns)),
            "as_of": today().isoformat(),
            "currency": organisation().currency,
            "left": list(LEFT_WORDS),
            "dates": "",
        }

    def chosen(self, place: Place, file: ImportFile, form: MultiDict[str, str]) -> dict[str, Any]:
        """The day of the file, words for “left”, the currency of bare amounts, how days are written."""
        left = form.get("left", "")[:WORDS_LIMIT].split(",")
        return {
            "as_of": form.get("as_of", "").strip()[:10] or today().isoformat(),
            "currency": form.get("currency", "").strip()[:10],
            "left": [word.strip() for word in left if word.strip()],
            "dates": form.get("dates", "") if form.get("dates", "") in DATES else "",
        }

    def try_out(self, place: Place, file: ImportFile, choices: Mapping[str, Any]) -> None:
        """Somebody must be found again, and no field is given twice."""
        fields = list(fields_in(choices).values())
        if twice := next((name for name in fields if fields.count(name) > 1), None):
            words = FIELDS.get(twice, twice.removeprefix(SEGMENT))
            raise Refused(_("“%(field)s” is given to two columns.", field=words))
        if not {"external_id", "email"} & set(fields):
            raise Refused(
                _(
                    "Say which column holds a customer number or an e-mail address: by one of them people are found again."
                )
            )
        try:
            reading_in(choices, None)
        except ValueError:
            raise Refused(_("A day is written as 2026-09-30.")) from None

    def told(self, place: Place) -> Sequence[tuple[str, str]]:
        """People, and who left."""
        return [(_("See the people"), url_for("customers.people")), (_("See who left"), "/lost")]


PeoplePages(audit, names_of_users).add_to(bp, "/people/import")
