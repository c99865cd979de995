"""The letter with what happened: a line for each thing, and the customer's words where there is one comment."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from flask import current_app

from survey.access.models import User
from survey.foundation.db import db
from survey.foundation.language import direction, ngettext, spoken
from survey.foundation.language import gettext as _
from survey.letters.actions import Taken
from survey.letters.rules.paper import Block, Bullets, Button, Paper, Paragraph, Quote, Small
from survey.letters.rules.states import Why
from survey.notices import queries
from survey.notices.models import Notice
from survey.organisation.queries import organisation, today
from survey.responses.rules import sees_single_answers
from survey.text.models import Comment
from survey.text.queries import comments_by_id

LONGEST_QUOTE = 300  # characters


def notices(taken: Taken) -> Paper | Why:
    """Write what happened; nothing where whoever it is for has seen it meanwhile, or works here no more."""
    user = db.session.get(User, taken.user_id) if taken.user_id else None
    found = queries.in_bundle(user, taken.about) if user and user.active and taken.about else ()
    return notices_paper(found) if found else Why.GONE


def notices_paper(found: Sequence[Notice]) -> Paper:
    """The letter with these notices. Nothing that a customer wrote is in its subject or stands before it is opened."""
    subject = ngettext("One new notice", "%(num)s new notices", len(found))
    told = _("What happened at %(name)s since the last letter.", name=organisation().name)
    blocks = [Paragraph(told), *_lines(found), Button(_("See all notices"), address("/notices")), *how_to_change()]
    return Paper(subject, told, blocks, spoken(), direction(spoken()))


def _lines(found: Sequence[Notice]) -> Iterator[Block]:
    shown = found[: queries.SHOWN_IN_LETTER]
    words = _words_of(shown)
    for notice in shown:
        yield Bullets([(notice.words(today()), address(notice.path))])
        if quote := words.get(str(notice.said.get("comment"))):
            yield Quote(quote)
    if more := len(found) - len(shown):
        yield Paragraph(ngettext("And %(num)s more notice.", "And %(num)s more notices.", more))


def _words_of(found: Sequence[Notice]) -> dict[str, str]:
    """What customers wrote that these notices are about, by comment: as long as it may be read, and no more than fits."""
    ids = [UUID(notice.said["comment"]) for notice in found if "comment" in notice.said]
    return {str(one.id): shortened(one.text) for one in comments_by_id(ids) if _may_be_read(one)} if ids else {}


def _may_be_read(comment: Comment) -> bool:
    return comment.response.set_aside is None and sees_single_answers(comment.response.survey.privacy)


def shortened(words: str) -> str:
    """Return the beginning of what somebody wrote, in one paragraph."""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1].rstrip()}…"


def how_to_change() -> list[Block]:
    """How to get other letters than these, or none."""
    return [
        Small(_("You choose yourself what you want to hear of, and when.")),
        Bullets([(_("Choose what you hear of"), address("/notices/settings"))]),
    ]


def address(path: str) -> str:
    """The whole address of a page of ours."""
    return f"{current_app.extensions['hearback.config'].base_url}{path}"
