"""The staff door of home: the page that a leader opens each morning."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, render_template
from flask_login import current_user

from survey.departures.queries import stated_in
from survey.foundation.language import day_words
from survey.foundation.web import INSIDERS, TEAM, admits
from survey.home.pages import satisfaction
from survey.home.queries.front import NO_CHANGE
from survey.home.queries.morning import first_steps, lost, waiting, why
from survey.home.rules import ASKED
from survey.improvements.queries import headlines
from survey.organisation.queries import organisation
from survey.organisation.queries import today as present_day
from survey.reasons.rules import REASONS
from survey.text.models import Comment
from survey.text.queries import newest_comments

bp = Blueprint("home", __name__)

COMMENTS_SHOWN = 3
IMPROVEMENTS_SHOWN = 5


@bp.get("/today")
@admits(INSIDERS)
def today() -> str:
    """People lost and why, their words, how sure we are, what is being done; viewers see groups only."""
    steps, sees_rows = first_steps(), current_user.role in TEAM
    if not steps.are_enough:
        return render_template("home/first_steps.html", steps=steps, sees_rows=sees_rows)
    day, minimum = present_day(), 0 if sees_rows else organisation().minimum_scores
    found = lost(day, minimum=minimum)
    return render_template(
        "home/today.html",
        today=day,
        lost=found,
        why=why(found, minimum=minimum),
        satisfaction=satisfaction(current_user.role),
        asked=ASKED,
        comments=_comments(day) if sees_rows else [],
        labels={code: reason.label for code, reason in REASONS.items()},
        improvements=headlines(IMPROVEMENTS_SHOWN, without=NO_CHANGE),
        waiting=waiting() if sees_rows else None,
        sees_rows=sees_rows,
        steps=steps,
    )


def _comments(day: date) -> list[tuple[Comment, str, Sequence[str]]]:
    """The newest comments, each with the day it was written on in words and the reasons stated beside it by who left."""
    newest = newest_comments(COMMENTS_SHOWN)
    stated = stated_in([comment.response_id for comment in newest])
    return [(one, day_words(one.written_on, day), stated.get(one.response_id, ())) for one in newest]
