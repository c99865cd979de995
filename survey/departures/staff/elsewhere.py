"""The staff door of better value elsewhere."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, request, url_for

from survey.departures.queries import elsewhere as queries
from survey.departures.rules import elsewhere as rules
from survey.departures.staff.door import bp
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import today
from survey.results.rules.words import interval_words

PLACES = 12
LISTS = {  # what is listed: what they said, and whether they left later
    "yes": (rules.YES, False), "no": (rules.NO, False), "not-sure": (rules.NOT_SURE, False),
    "yes-left": (rules.YES, True), "no-left": (rules.NO, True),
}  # fmt: skip


@bp.get("/results/better-value")
@admits(TEAM)
def better_value() -> str:
    """How many customers could find better value elsewhere, where, and whether those who said so left."""
    surveys = queries.surveys_asking()
    ids = [one.id for one in surveys if one.privacy == "identified"]
    who = request.args.get("who", "")
    if who:
        return _listed(ids, who)
    found = rules.elsewhere(queries.said_of(ids))
    return render_template(
        "departures/better_value.html",
        surveys=surveys,
        groups_only=[one for one in surveys if one.privacy != "identified"],
        found=found,
        verdict=rules.verdict(found),
        places=rules.places(queries.named(ids), PLACES),
        fewest=rules.FEWEST,
        interval_words=interval_words,
    )


def _listed(ids: Sequence[UUID], who: str) -> str:
    if who not in LISTS:
        raise Refused(_("There is no such list."))
    value, left = LISTS[who]
    cursor = request.args.get("cursor")
    titles = {
        "yes": _("Could find better value elsewhere, and are customers now"),
        "no": _("Could not find better value elsewhere, and are customers now"),
        "not-sure": _("Not sure about better value elsewhere, and are customers now"),
        "yes-left": _("Could find better value elsewhere, and left later"),
        "no-left": _("Could not find better value elsewhere, and left later"),
    }
    counted = rules.elsewhere(queries.said_of(ids))
    total = counted.left.get(value, (0, 0))[0] if left else counted.customers.get(value, 0)
    return render_template(
        "departures/better_value_list.html",
        title=titles[who],
        who=who,
        found=queries.people_who(ids, value, left=left, cursor=cursor),
        total=total,
        cursor=cursor,
        today=today(),
        back=url_for("departures.better_value"),
    )
