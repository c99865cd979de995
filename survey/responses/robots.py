"""What is noticed about whoever sends answers: whether too many come from their network, whether it is a person at all.

Addresses are counted in the memory of this process (foundation.crowds); none is stored. What is noticed becomes the name of a
doubt (rules.doubts), and nothing is noticed of who answers an anonymous survey.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import ceil
from uuid import UUID

from flask import current_app, request

from survey.foundation.addresses import Address, address_in, is_listed, network_of
from survey.foundation.crowds import Crowd, Crowds
from survey.responses.pages import Asked, Walk, proofs
from survey.responses.rules import Answers, Doubt, Privacy, is_repeated, least_seconds

TRAP, TASK, PROOF = "form.website", "form.task", "form.proof"
ANSWERS = Crowd("answers", 120, seconds=600)  # to one survey, from one network
UNPROVEN = Crowd("unproven", 20, seconds=600)  # the same, where a device did no task though one was set
COPIES = Crowd("copies", 10, seconds=300)  # of the very same answers, from one address
PATIENCE = 30  # seconds from the first page on, for a device that does no task: a robot's would send many forms in them
NOWHERE, UNKNOWN = "", "unknown"
_salt = secrets.token_bytes(16)


@dataclass(frozen=True)
class Sender:
    """Who sends these answers to a survey: from nowhere, where that is nothing to count."""

    survey_id: UUID
    answers: Answers
    address: str = NOWHERE
    network: str = NOWHERE
    crowd: Crowd = ANSWERS

    def may_send(self) -> bool:
        """Whether not too many have come from this network lately; who may is counted."""
        return not self.network or crowds().enter(self.crowd, self.survey_id.hex, self.network)

    def seconds_to_wait(self) -> int:
        """Return how long it takes until the next one may."""
        return crowds().seconds_to_wait(self.crowd, self.survey_id.hex, self.network)

    def settle(self, *, is_stored: bool) -> None:
        """Count what was stored as sent from here; what was not stored (a second copy, a busy database) as never sent."""
        if self.network and not is_stored:
            crowds().leave(self.crowd, self.survey_id.hex, self.network)
        elif self.network:
            crowds().enter(COPIES, self._copy)

    def repeats(self) -> bool:
        """Whether the very same answers came from this address shortly before, and chance does not explain that."""
        return bool(self.network) and is_repeated(crowds().here(COPIES, self._copy), len(self.answers))

    @cached_property
    def _copy(self) -> str:
        """A name for these answers from this address, from which neither can be told."""
        said = json.dumps([self.survey_id.hex, self.address, dict(self.answers)], sort_keys=True)
        return hashlib.blake2b(said.encode(), key=_salt, digest_size=16).hexdigest()


def sender(walked: Walk, crowd: Crowd = ANSWERS) -> Sender:
    """Return who sends: nobody in particular on a personal link or a test, on this machine itself, and from networks that the owner lists."""
    asked, answers, named = walked.asked, walked.way.answers, request.remote_addr or ""
    survey_id = asked.opening.survey_id
    if asked.is_personal or asked.is_test or not named:
        return Sender(survey_id, answers)
    address = address_in(named)
    if address is None:
        return Sender(survey_id, answers, UNKNOWN, UNKNOWN, crowd)
    if _is_excepted(address, asked):
        return Sender(survey_id, answers)
    return Sender(survey_id, answers, str(address), str(network_of(address)), crowd)


def _is_excepted(address: Address, asked: Asked) -> bool:
    return address.is_loopback or is_listed(address, asked.opening.known_addresses)


def doubts(walked: Walk, who: Sender, *, shown_at: datetime, now: datetime) -> tuple[str, ...]:
    """Return the reasons to doubt that a person filled in this form, which was first shown at a moment."""
    asked = walked.asked
    found: Mapping[Doubt, bool] = {
        Doubt.TRAP: bool(request.form.get(TRAP, "").strip()),
        Doubt.FAST: not asked.is_personal and (now - shown_at).total_seconds() < _least_seconds(walked),
        Doubt.DUPLICATE: asked.opening.privacy != Privacy.ANONYMOUS and who.repeats(),
    }
    return tuple(doubt.value for doubt, is_so in found.items() if is_so)


def _least_seconds(walked: Walk) -> float:
    answered = [question for question in walked.way.questions if question.key in walked.way.answers]
    return least_seconds(answered, request.args)


def is_proven(form_id: UUID) -> bool:
    """Whether the device that sent a form has solved the task that was set for it."""
    return proofs().is_solved(request.form.get(TASK, ""), request.form.get(PROOF, ""), form_id)


def seconds_until_trusted(shown_at: datetime, now: datetime) -> int:
    """Return how long a device that did no task waits until its form is taken all the same; 0: no longer."""
    return max(0, ceil(PATIENCE - (now - shown_at).total_seconds()))


def crowds() -> Crowds:
    """Return who came lately."""
    found: Crowds = current_app.extensions["hearback.crowds"]
    return found
