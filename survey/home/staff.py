"""The staff door of home: the page that a leader opens each morning, and why people stay beside why they leave."""

import re
from collections.abc import Sequence
from datetime import date

from flask import Blueprint, render_template, request
from flask_login import current_user

from survey.departures.queries import stated_in
from survey.foundation.errors import Refused
from survey.foundation.language import day_words
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE
from survey.foundation.web import INSIDERS, LEADERS, TEAM, admits
from survey.home.pages import satisfaction
from survey.home.queries import why as why_queries
from survey.home.queries.front import NO_CHANGE
from survey.home.queries.leading import leading
from survey.home.queries.morning import first_steps, lost, waiting
from survey.home.queries.morning import why as why_they_left
from survey.home.rules import ASKED
from survey.home.rules.experience import verdict
from survey.home.rules.heard import heard_words
from survey.home.rules.why import FEWEST, headline
from survey.improvements.queries import headlines
from survey.organisation.queries import organisation
from survey.organisation.queries import today as present_day
from survey.reasons.rules import REASONS
from survey.results.pages.cards import card
from survey.results.rules import periods
from survey.results.rules.periods import Period
from survey.results.rules.words import interval_words
from survey.text.models import Comment
from survey.text.queries import comments_by_id, newest_comments

bp = Blueprint("home", __name__)

COMMENTS_SHOWN = 3
IMPROVEMENTS_SHOWN = 5
USUAL_PERIOD = "12-months"
LAST_PAGE = why_queries.READ // PAGE_SIZE


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
        why=why_they_left(found, minimum=minimum),
        satisfaction=satisfaction(current_user.role),
        asked=ASKED,
        comments=_comments(day) if sees_rows else [],
        labels={code: reason.label for code, reason in REASONS.items()},
        improvements=headlines(IMPROVEMENTS_SHOWN, without=NO_CHANGE),
        waiting=waiting() if sees_rows else None,
        leading=leading(current_user.id, day) if current_user.role in LEADERS else None,
        sees_rows=sees_rows,
        steps=steps,
    )


def _comments(day: date) -> list[tuple[Comment, str, Sequence[str]]]:
    """The newest comments, each with the day it was written on in words and the reasons stated beside it by who left."""
    newest = newest_comments(COMMENTS_SHOWN)
    stated = stated_in([comment.response_id for comment in newest])
    return [(one, day_words(one.written_on, day), stated.get(one.response_id, ())) for one in newest]


# ---- why they stay, why they leave ------------------------------------------------------------------------------------


@bp.get("/why")
@admits(TEAM)
def why() -> str:
    """Why people stay beside why they leave, whether it is service, and who was heard."""
    day, period = present_day(), _period()
    stay, leave, service = why_queries.stay(period), why_queries.leave(period), why_queries.service(period)
    return render_template(
        "home/why.html",
        today=day, period=period, periods=periods.options(period), month_name=periods.month_name, fewest=FEWEST,
        headline=headline(stay.side, leave), stay=stay, leave=leave, service=service, verdict=verdict(service),
        talks=why_queries.talks(period, day), heard_words=heard_words, interval_words=interval_words,
    )  # fmt: skip


@bp.get("/why/praise")
@admits(TEAM)
def praise() -> str:
    """The people behind a thing that customers praise: one comment of each."""
    level, period, number = request.args.get("level", ""), _period(), _page_number()
    found = why_queries.praise_of(period, level)
    shown = comments_by_id(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    return render_template(
        "home/praise.html",
        level=level, label=_(why_queries.PRAISED[level]), period=period, number=number, total=len(found),
        cards=[card(comment, present_day()) for comment in shown], has_more=len(found) > number * PAGE_SIZE,
    )  # fmt: skip


def _period() -> Period:
    return periods.period(request.args.get("period") or USUAL_PERIOD, present_day())


def _page_number() -> int:
    asked = request.args.get("page", "1")
    if not (re.fullmatch("[1-9][0-9]?", asked) and int(asked) <= LAST_PAGE):
        raise Refused(_("This page of the list does not exist. Start from its first page."))
    return int(asked)
