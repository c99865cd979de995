"""The staff door of departures: the lost page, the story of one person, and noting that somebody left."""

import hashlib
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for

from survey.customers.actions import end_stay
from survey.customers.models import Person, Standing
from survey.customers.queries import accounts_of, count_people, kept_for
from survey.customers.queries import person as find_person
from survey.customers.rules import money_words, tenure_months, tenure_words
from survey.customers.rules.consents import HOW, PURPOSES
from survey.departures import pages, queries
from survey.departures.forms import LeftForm
from survey.departures.pages import parts
from survey.departures.queries.cases import cases_of
from survey.departures.queries.filters import STATED
from survey.departures.rules import cases as case_rules
from survey.departures.rules import own_words, tags
from survey.departures.rules.pareto import FEWEST, PEOPLE, VALUE, finding
from survey.departures.rules.runs import run_words
from survey.departures.rules.windows import window
from survey.departures.staff.door import bp
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import spoken
from survey.foundation.web import TEAM, admits
from survey.letters.queries import letters_to, recipients
from survey.letters.rules.kinds import KINDS
from survey.letters.rules.permission import standing_against
from survey.letters.rules.states import STATES, TONES, WHY
from survey.organisation.queries import organisation, today
from survey.organisation.rules import dark_accent
from survey.responses.rules import Voice
from survey.results import charts
from survey.results.rules import periods, words
from survey.results.rules.periods import Period

LETTERS_SHOWN = 10

SAYS = {
    "money_words": money_words,
    "tenure_words": tenure_words,
    "interval_words": words.interval_words,
    "tags": tags,
    "own_words": own_words,
}


@bp.get("/lost")
@admits(TEAM)
def lost() -> str:
    """Who left in a period and why; with a reason, the people who gave it."""
    reason, cursor = request.args.get("reason") or None, request.args.get("cursor")
    period = (window(request.args.get("period", ""), today()) if reason else None) or _period()
    layer = request.args.get("layer", STATED)
    seen = None if reason or cursor else pages.overview(period, today())
    found = pages.people_list(period, reason, cursor, layer, total=seen.people if seen else None)
    common = {
        "period": period,
        "periods": periods.options(period),
        "reason": reason,
        "layer": layer,
        "found": found,
        "today": today(),
        **SAYS,
    }
    if seen is None:
        return render_template("departures/lost_list.html", **common)
    if not found.total and not queries.first_loss():
        return render_template(
            "departures/lost_nobody.html", has_people=count_people() > 0, unmatched=queries.count_unmatched()
        )
    return render_template("departures/lost.html", seen=seen, **_around(seen, period, today()), **common)


def _around(seen: pages.Overview, period: Period, day: date) -> dict[str, Any]:
    """What stands beside the reasons: parts of those who left, their worth, the run of months, what they had said before."""
    told_before, before = parts.before(period)
    return {
        "marks": pages.run_marks(seen.months),
        "run_title": pages.run_title(seen.months, day),
        "run_words": run_words(parts.run(period, day), day),
        "parts": parts.parts(period, seen.rows),
        "worth": parts.worth_most(period, seen.values, seen.valued),
        "told_before": told_before,
        "before": before,
        "value_words": words.value_words,
    }


@bp.get("/lost/why")
@admits(TEAM)
def reasons_in_order() -> str:
    """The reasons in their order, by people or by value, with what they add up to."""
    period, by = _period(), VALUE if request.args.get("by") == VALUE else PEOPLE
    has_coded = queries.has_coded()
    layer = request.args.get("layer", STATED) if has_coded else STATED
    found = parts.reasons_in_order(period, by, layer)
    return render_template(
        "departures/reasons_in_order.html",
        period=period,
        periods=periods.options(period),
        by=by,
        layer=layer,
        has_coded=has_coded,
        found=found,
        finding=finding(found),
        fewest=FEWEST,
        **SAYS,
    )


@bp.get("/lost/unmatched")
@admits(TEAM)
def unmatched() -> str:
    """The exit answers of people whom we do not know."""
    period, cursor = _period(), request.args.get("cursor")
    found = queries.unmatched(since=period.since, until=period.until, cursor=cursor)
    return render_template(
        "departures/unmatched.html",
        period=period,
        found=found,
        written=queries.comments_of([row.response_id for row in found.items if row.response_id]),
        total=queries.count_unmatched(since=period.since, until=period.until),
        cursor=cursor,
        today=today(),
        **SAYS,
    )


def _period() -> Period:
    return periods.period(request.args.get("period", periods.ALL), today())


# ---- the chart ------------------------------------------------------------------------------------------------------


@bp.get("/lost/trend.svg")
@admits(TEAM)
def trend() -> Response:
    """The run of months as a picture; an unchanged one is not drawn again."""
    end = pages.last_month(_period(), today())
    months = tuple(queries.monthly_losses(end, pages.MONTHS))
    theme: charts.ThemeName = "dark" if request.args.get("theme") == "dark" else "light"
    accent = organisation().accent
    accent = dark_accent(accent) if theme == "dark" else accent
    earlier = queries.count_lost(until=months[0][0] - timedelta(days=1))
    happened = pages.run_events(pages.run_marks(months), months)
    asked = months, happened, earlier, theme, accent, request.args.get("wide") != "no", today(), spoken()
    response = Response(mimetype="image/svg+xml")
    response.set_etag(hashlib.sha256(repr(asked).encode()).hexdigest()[:24])
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    if response.status_code != 304:
        response.set_data(_draw(*asked))
    return response


@lru_cache(maxsize=16)
def _draw(
    months: tuple[tuple[date, int], ...],
    happened: tuple[tuple[float, str], ...],
    earlier: int,
    theme: charts.ThemeName,
    accent: str,
    wide: bool,
    on: date,
    _language: str,
) -> bytes:
    labels = pages.run_labels(months, on, wide=wide)
    return charts.distribution(
        [(label, n) for label, (_month, n) in zip(labels, months, strict=True)],
        title=pages.run_title(months, on),
        source=pages.run_source(months, on, earlier=earlier),
        theme=theme,
        accent=accent,
        parts=False,
        events=happened,
        wide=wide,
    )


# ---- one person -----------------------------------------------------------------------------------------------------


@bp.get("/people/<uuid:id>")
@admits(TEAM)
def person(id: UUID) -> Any:
    """The story of one person; of a record that was merged, that of the person it became."""
    became = kept_for(id)
    if became is not None:
        return redirect(url_for("departures.person", id=became), 301)
    somebody = _person(id)
    answers = queries.answers_of(id)
    return render_template(
        "departures/person.html",
        person=somebody,
        accounts=accounts_of(id),
        purposes=PURPOSES,
        hows=HOW,
        departures=queries.departures_of(id),
        cases=cases_of(id),
        case_states=case_rules.STATES,
        answers=answers,
        unchecked=Voice.UNVERIFIED,
        written=queries.comments_of([answer.id for answer in answers]),
        is_customer=somebody.standing == Standing.CUSTOMER,
        letters=letters_to(id, most=LETTERS_SHOWN),
        why_not_written_to=_why_not_written_to(somebody),
        kinds=KINDS,
        states=STATES,
        tones=TONES,
        whys=WHY,
        tenure_months=tenure_months,
        today=today(),
        **SAYS,
    )


@bp.route("/people/<uuid:id>/left", methods=["GET", "POST"])
@admits(TEAM)
def left(id: UUID) -> Any:
    """Note that somebody left, when, and why as they told it."""
    somebody, form = _person(id), LeftForm(today=today(), data={"left_on": today()})
    if not form.validate_on_submit():
        return _left_page(somebody, form)
    on, code, said = form.left_on.data, form.code.data or None, form.words.data or None
    try:
        write(lambda: end_stay(id, on=on, source="staff", reason=said, code=code))
    except Refused as error:
        form.left_on.errors = [str(error)]
        return _left_page(somebody, form)
    flash(_("%(person)s is counted among those who left.", person=somebody.shown_name), "good")
    return redirect(url_for("departures.person", id=id), 303)


def _left_page(somebody: Person, form: LeftForm) -> tuple[str, int]:
    page = render_template("departures/left.html", person=somebody, form=form, has_errors=bool(form.errors))
    return page, 422 if form.errors else 200


def _why_not_written_to(somebody: Person) -> str:
    """Why no letter at all may go to somebody, whatever it is about; "" where one may."""
    why = standing_against(recipients([somebody], now=now())[somebody.id])
    return str(WHY[why]) if why else ""


def _person(id: UUID) -> Person:
    somebody = find_person(id)
    if somebody is None:
        raise NotFound(_("There is nobody here with this address."))
    return somebody
