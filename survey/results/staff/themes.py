"""Themes over time, and keywords."""

from flask import render_template, request

from survey.foundation.web import TEAM, admits
from survey.organisation.queries import today
from survey.results.pages import keywords as keyword_pages
from survey.results.pages import themes as pages
from survey.results.pages.cards import card
from survey.results.rules.words import comments_words, interval_words
from survey.results.staff.door import bp


@bp.get("/themes")
@admits(TEAM)
def themes() -> str:
    """What people speak of week by week, and what moved."""
    return render_template("results/themes.html", page=pages.themes(request.args), fewest=pages.FEWEST)


@bp.get("/themes/keywords")
@admits(TEAM)
def keywords() -> str:
    """Which keywords many comments share; with a keyword, the comments that have it."""
    page = keyword_pages.keywords(request.args)
    return render_template(
        "results/keyword.html" if page.word else "results/keywords.html",
        page=page, fewest=keyword_pages.FEWEST, cards=[card(one, today()) for one in page.opened], comments_words=comments_words,
        interval_words=interval_words,
    )  # fmt: skip
