"""What people wrote, quoted by rule, and what is being done about it."""

from collections.abc import Collection, Sequence

from flask import current_app

from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext, within_sentence
from survey.results.pages.inbox import comments_for
from survey.results.pages.one import SurveyPage
from survey.results.printing.blocks import Block, Quote, Section, Words
from survey.text.models import Comment
from survey.text.rules.personal import personal_data, redacted
from survey.text.rules.quotes import Quotes

READ, MOST_QUOTES, MOST_IMPROVEMENTS = 400, 6, 8


def quotes(page: SurveyPage) -> Section | None:
    """A quote for each of the reasons that most comments sound like; nothing where this reader may read none."""
    if not page.shows_comments or not page.results.n:
        return None
    found = comments_for(page.survey, page.role, page.comment_filters, limit=READ)
    chosen = _chosen(page, found.items)
    if not chosen:
        return Section(_("In their own words"), [Words(found.why_not, "muted")]) if found.why_not else None
    rule = _(
        "Quoted by rule, so that nobody picks what pleases: of the newest %(read)s comments, for each reason the one that says most what all of them say. Personal data is taken out.",
        read=len(found.items),
    )
    return Section(_("In their own words"), [*chosen, Words(rule, "muted")])


def _chosen(page: SurveyPage, comments: Sequence[Comment]) -> list[Block]:
    quoted = Quotes([comment.text for comment in comments], _without_names)
    chosen: list[Block] = []
    for code, label, people in page.suggested[:MOST_QUOTES]:
        about = [number for number, comment in enumerate(comments) if code in {one.code for one in comment.reasons}]
        text = quoted.of(about) if about else ""
        if text:
            chosen.append(Quote(f"“{text}”", _stands_for(label, people)))
    if not chosen and comments and (text := quoted.of(range(len(comments)))):
        chosen.append(Quote(f"“{text}”", ngettext("The one comment.", "The nearest to what all %(num)s comments say.", len(comments))))  # fmt: skip
    return chosen


def _stands_for(label: str, people: int) -> str:
    return ngettext(
        "Stands for %(num)s person who speaks of %(reason)s.",
        "Stands for %(num)s people who speak of %(reason)s.",
        people,
        reason=within_sentence(label),
    )


def _without_names(text: str) -> str:
    return redacted(text, personal_data(text))


def doing(page: SurveyPage) -> Section | None:
    """What is being done about the reasons that people name; the room of improvements knows."""
    found = improvements_for(page.named)
    if not found:
        return None
    parts = [
        Section(title, [Words(stage, "muted"), *([Words(words)] if words else [])]) for title, stage, words in found
    ]
    lead = _("What we work on because of the reasons above, as customers are told.")
    return Section(_("What we are doing"), [Words(lead)], parts)


def improvements_for(codes: Collection[str]) -> Sequence[tuple[str, str, str]]:
    """Title, stage and newest words of what is being done about reasons."""
    found: Sequence[tuple[str, str, str]] = current_app.extensions["hearback.improvements_for"](
        codes, MOST_IMPROVEMENTS
    )
    return found
