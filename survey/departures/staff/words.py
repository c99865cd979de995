"""The staff door of what words mean: reasons as other systems and people write them, and the reason each stands for."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.access.actions import audit
from survey.departures.actions.words import give_meaning
from survey.departures.forms.words import WordsFileForm
from survey.departures.queries.words import words_and_codes
from survey.departures.rules.words import Meant
from survey.departures.staff.door import bp
from survey.foundation import csv
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.foundation.web import LEADERS, TEAM, admits
from survey.reasons.queries import taxonomy

SHOWN = 100
COLUMNS = ("words", "code", "people")


@bp.get("/reasons/words")
@admits(TEAM)
def reason_words() -> str:
    """What was stated in words of others, with the reason that each is taken for; what has none stands first."""
    return _page(WordsFileForm())


@bp.post("/reasons/words")
@admits(LEADERS)
def choose_words() -> Any:
    """Choose what words mean, for what was stated and for every later import."""
    shown = {one.key: one for one in words_and_codes()}
    wanted: dict[str, str | None] = {}
    for key, chosen in zip(request.form.getlist("key"), request.form.getlist("code"), strict=False):
        if key in shown and (chosen or None) != shown[key].code:
            wanted[shown[key].words] = chosen or None
    return _given(wanted)


@bp.get("/reasons/words.csv")
@admits(TEAM)
def words_file() -> Response:
    """The same as a file that can be sent in again."""
    rows = [(one.words, one.code or "", one.people) for one in words_and_codes()]
    return Response(
        "".join(csv.lines(COLUMNS, rows)),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="reason-words.csv"'},
    )


@bp.post("/reasons/words/file")
@admits(LEADERS)
def send_words() -> Any:
    """Choose what words mean by a file with the columns words and code; a row that cannot be taken refuses all of it."""
    form = WordsFileForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        return _given(form.meanings())
    except Refused as error:
        form.file.errors = [str(error)]
        return _page(form), 422


def _given(wanted: dict[str, str | None]) -> Any:
    by = current_user.id

    def work() -> tuple[int, int]:
        done = give_meaning(wanted, by=by, now=now())
        if done[0]:
            audit("meaning of words chosen", user_id=by, details={"words": list(wanted)[:SHOWN], "reasons": done[1]})
        return done

    changed, recoded = write(work) if wanted else (0, 0)
    flash(_said(changed, recoded), "good")
    return redirect(url_for("departures.reason_words"), 303)


def _said(changed: int, recoded: int) -> str:
    if not changed:
        return _("Nothing has changed.")
    return ngettext(
        "Saved. %(num)s person’s reason counts under another name now; what they said is as it was.",
        "Saved. %(num)s people’s reasons count under another name now; what they said is as it was.",
        recoded,
    )


def _page(form: WordsFileForm) -> str:
    found, reasons = words_and_codes(), taxonomy()
    options = [(code, reason.label) for code, reason in reasons.active.items()]
    return render_template(
        "departures/reason_words.html",
        unknown=[one for one in found if one.code is None],
        shown=found[:SHOWN],
        total=len(found),
        options=options,
        active=set(reasons.active),
        labels={code: reason.label for code, reason in reasons.reasons.items()},
        form=form,
        has_errors=bool(form.errors),
        people=_people,
    )


def _people(found: list[Meant]) -> int:
    return sum(one.people for one in found)
