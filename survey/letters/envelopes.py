"""From a paper to a message: who writes, where it may come back to, how to say no; and what the page of a letter shows of it."""

import re
from dataclasses import replace
from uuid import UUID

from flask import current_app

from survey.config import Config
from survey.foundation.bounces import bounce_address
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking
from survey.foundation.smtp import Message
from survey.letters.actions import Taken
from survey.letters.printing import Printed, printed
from survey.letters.rules.addresses import domain
from survey.letters.rules.kinds import KINDS, To, Topic
from survey.letters.rules.links import Links
from survey.letters.rules.paper import Foot, Paper
from survey.organisation.queries import organisation

SECRET = re.compile(r"[A-Za-z0-9_-]{20,}")  # what stands in an address and is longer than a word: the secret of a link


def links() -> Links:
    """The maker of the links of letters."""
    made: Links = current_app.extensions["hearback.links"]
    return made


def _config() -> Config:
    config: Config = current_app.extensions["hearback.config"]
    return config


def message_of(taken: Taken, paper: Paper) -> Message:
    """The message to hand over to a mail server."""
    sheet, is_bulk = printed_for(taken.kind, taken.id, paper), KINDS[taken.kind].is_bulk
    return Message(
        to=taken.address,
        subject=sheet.subject,
        text=sheet.text,
        html=sheet.html,
        message_id=f"{taken.id.hex}@{domain(_config().sender.address)}",
        sender_name=organisation().name,
        bounce_to=bounce_address(_config().bounce_address, links().bounce_token(taken.id)),
        list_unsubscribe=links().unsubscribe(taken.id) if is_bulk else None,
        language=paper.language,
    )


def printed_for(kind: str, letter_id: UUID, paper: Paper) -> Printed:
    """A paper with the foot that its kind of letter needs, as HTML and as text."""
    with speaking(paper.language):
        foot = foot_of(kind, letter_id)
    return printed(paper, foot)


def foot_of(kind: str, letter_id: UUID) -> Foot:
    """Who writes and why, and how to say no where the letter was not asked for."""
    owner, what = organisation(), KINDS[kind]
    return Foot(
        sender_name=owner.name,
        postal_address=owner.postal_address,
        why=_why(what.topic, what.to),
        unsubscribe=links().unsubscribe(letter_id) if what.is_bulk else None,
        preferences=links().choices(letter_id) if what.to == To.PERSON else None,
        homepage=_config().base_url,
    )


def _why(topic: Topic | None, to: To) -> str:
    name = organisation().name
    if to == To.STAFF:
        return _("You get this because you work with Hearback at %(name)s.", name=name)
    if to == To.ADDRESS:
        return _("You get this because somebody typed this address into a form of %(name)s.", name=name)
    return {
        Topic.SURVEYS: _("You get this because you are or were a customer of %(name)s.", name=name),
        Topic.UPDATES: _("You get this because you agreed to hear what %(name)s does about it.", name=name),
        Topic.OFFERS: _("You get this because you agreed that %(name)s may ask you to come back.", name=name),
        None: _("You get this because you asked %(name)s for an answer.", name=name),
    }[topic]


def without_secrets(sheet: Printed) -> Printed:
    """A letter as pages show it: what its links hold that opens something is left out."""
    addresses = re.compile(rf"{re.escape(_config().base_url)}/[^\s\"'<>]*")

    def masked_in(words: str) -> str:
        return addresses.sub(lambda found: SECRET.sub("…", found.group()), words)

    return replace(sheet, text=masked_in(sheet.text), html=masked_in(sheet.html))
