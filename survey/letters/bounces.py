"""What becomes of the messages that come to the address for bounces: read, matched with the letter, written down."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from flask import current_app

from survey.config import Config
from survey.foundation.bounces import Bounce, read_bounce
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.letters import actions, queries
from survey.letters.rules.links import Links


class Found(StrEnum):
    """What a message turned out to be."""

    CAME_BACK = "came back"  # a letter of ours, for good
    KNOWN = "known already"
    PASSING = "passing"  # the server tries again by itself
    FOREIGN = "not ours"  # no letter of ours, or not to the address that is named
    NO_BOUNCE = "no bounce"  # an answer of a person or a machine, or anything else


def take_messages(messages: Iterable[bytes]) -> Counter[Found]:
    """Take messages one after another, and return how many of them turned out to be what."""
    return Counter(_take(raw) for raw in messages)


def _take(raw: bytes) -> Found:
    config: Config = current_app.extensions["hearback.config"]
    bounces = read_bounce(raw, config.bounce_address)
    return (
        next((found for found in map(_note, bounces) if found != Found.PASSING), Found.PASSING)
        if bounces
        else Found.NO_BOUNCE
    )


def _note(bounce: Bounce) -> Found:
    """Write down that a letter came back, where it is one of ours and went to the address that did not get it.

    Anybody can write to us: the token proves that it was our letter, and the address that nobody else is made unreachable.
    """
    links: Links = current_app.extensions["hearback.links"]
    id = links.bounced_letter_id(bounce.token)
    letter = queries.letter(id) if id else None
    if letter is None or letter.address_hash != queries.hash_of(bounce.address):
        return Found.FOREIGN
    if not bounce.is_permanent:
        return Found.PASSING
    letter_id = letter.id
    is_news = write(lambda: actions.came_back(letter_id, bounce.words, now=now()))
    return Found.CAME_BACK if is_news else Found.KNOWN
