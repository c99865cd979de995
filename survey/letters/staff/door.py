"""What every page of the staff door of letters needs: the blueprint, and how a letter is told."""

import re
from typing import Any

from flask import Blueprint, current_app
from flask_login import current_user

from survey.config import Config
from survey.foundation.language import moment_words
from survey.foundation.web import LEADERS
from survey.letters.models import Letter
from survey.letters.rules.addresses import masked
from survey.letters.rules.kinds import KINDS
from survey.letters.rules.states import STATES, TONES, WHY, State, Why
from survey.organisation.queries import organisation

bp = Blueprint("letters", __name__)

ADDRESS = re.compile(r"[^\s<>()\"':;,]+@[^\s<>()\"':;,]+")


@bp.app_context_processor
def _has_mail_server() -> dict[str, Any]:
    """Say on pages where letters are sent from whether they leave, or lie in a folder."""
    return {"letters_leave": _letters_leave}


def _letters_leave() -> bool:
    config: Config = current_app.extensions["hearback.config"]
    return config.relay is not None


def says() -> dict[str, Any]:
    """What templates ask to show letters."""
    zone = organisation().time_zone
    return {
        "recipient": _recipient,
        "why_words": lambda letter: str(WHY[Why(letter.why)]) if letter.why else "",
        "state_words": lambda letter: str(STATES[State(letter.state)]),
        "tone": lambda letter: TONES.get(State(letter.state), ""),
        "kind_words": lambda letter: str(KINDS[letter.kind].words),
        "server_words": _server_words,
        "moment": lambda moment: moment_words(moment, zone),
    }


def _recipient(letter: Letter) -> str:
    """The address as this member of staff may see it: whole for leaders and admins."""
    address = letter.address or (letter.person.email if letter.person else None) or ""
    return address if current_user.role in LEADERS else masked(address)


def _server_words(letter: Letter) -> str:
    """What a mail server said last; addresses in it are shown as others are."""
    if current_user.role in LEADERS:
        return letter.server_words
    return ADDRESS.sub(lambda found: masked(found.group()), letter.server_words)
