"""What letters say that no other room posts: links for colleagues and for those who ask, and what staff write by hand."""

from collections.abc import Sequence
from uuid import UUID

from flask import current_app

from survey.access.queries import invite_to_mail
from survey.access.queries import user as find_user
from survey.access.rules import Purpose, link_url, role_name
from survey.foundation.clock import now
from survey.foundation.language import direction, spoken, within_sentence
from survey.foundation.language import gettext as _
from survey.foundation.tokens import digest
from survey.letters.actions import Taken
from survey.letters.rules.links import Links
from survey.letters.rules.paper import Block, Button, Paper, Paragraph, Small
from survey.letters.rules.states import Why
from survey.organisation.queries import organisation

PREHEADER_LENGTH = 90


def password(taken: Taken) -> Paper | Why:
    """The link to a new password, for a colleague who asked for it."""
    address = _link(taken, "password")
    if address is None:
        return Why.GONE
    return _paper(
        _("A link to a new password"),
        _("It works once, for 24 hours."),
        Paragraph(_("Somebody, probably you, asked for a new password for %(email)s.", email=taken.address)),
        Button(_("Choose a new password"), address),
        Small(_("It works once, for 24 hours. If you did not ask for it, do nothing: your password stays what it is.")),
    )


def join(taken: Taken) -> Paper | Why:
    """The link by which somebody who was invited begins to work here."""
    address = _link(taken, "join")
    if address is None or taken.user_id is None:
        return Why.GONE
    name, role = organisation().name, within_sentence(role_name(find_user(taken.user_id).role))
    return _paper(
        _("Join %(name)s on Hearback", name=name),
        _("Choose a password and begin."),
        Paragraph(
            _("You are invited to work with what the customers of %(name)s say (%(role)s).", name=name, role=role)
        ),
        Button(_("Choose a password and begin"), address),
        Small(_("It works once, for 48 hours. Ask whoever invited you for a new one after that.")),
    )


def choices(taken: Taken) -> Paper | Why:
    """The link to what somebody wants to hear."""
    name = organisation().name
    return _paper(
        _("What you want to hear from %(name)s", name=name),
        _("Choose what we may write to you about, and how often."),
        Paragraph(
            _("Here is the link that you asked for. It leads to what %(name)s may write to you about.", name=name)
        ),
        Button(_("Choose"), _links().choices(taken.id)),
        Small(_("If you did not ask for it, do nothing: nothing changes.")),
    )


def by_hand(taken: Taken) -> Paper | Why:
    """What a member of staff wrote to somebody."""
    words = str(taken.said.get("words", ""))
    if not words:
        return Why.GONE
    return written(str(taken.said.get("subject", "")), words)


def written(subject: str, words: str) -> Paper:
    """The paper of a letter that is written by hand."""
    first = " ".join(words.split())
    return _paper(subject, first[:PREHEADER_LENGTH], Paragraph(words))


def _paper(subject: str, preheader: str, *blocks: Block) -> Paper:
    content: Sequence[Block] = blocks
    return Paper(subject, preheader, content, language=spoken(), direction=direction(spoken()))


def _link(taken: Taken, purpose: Purpose) -> str | None:
    """The address of the one-time link that the letter is about, made again; None where it cannot be used any more."""
    invite = invite_to_mail(taken.about, now=now()) if isinstance(taken.about, UUID) else None
    token = _links().own_token(purpose, invite.id) if invite else ""
    if invite is None or invite.purpose != purpose or invite.token_hash != digest(token):
        return None
    return link_url(_links().base_url, purpose, token)


def _links() -> Links:
    links: Links = current_app.extensions["hearback.links"]
    return links
