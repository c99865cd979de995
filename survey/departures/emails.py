"""What letters about recovery cases say."""

from flask import current_app

from survey.customers.queries import person
from survey.departures.queries.cases import listening_note
from survey.foundation.language import direction, spoken
from survey.foundation.language import gettext as _
from survey.letters.actions import Taken
from survey.letters.rules.paper import Button, Paper, Paragraph, Quote
from survey.letters.rules.states import Why
from survey.organisation.queries import organisation

PLAYBACK = "playback"


def playback(taken: Taken) -> Paper | Why:
    """Say back what somebody told us, and ask whether we understood."""
    heard = listening_note(taken.about) if taken.about else None
    if heard is None or heard.case.person_id != taken.person_id:
        return Why.GONE
    if heard.understood != "unknown":
        return Why.ANSWERED
    somebody, owner = person(heard.case.person_id), organisation()
    return Paper(
        subject=_("Did we understand you?"),
        preheader=_("What we took from our talk, in a few lines."),
        blocks=(
            Paragraph(_("Hello %(name)s,", name=somebody.name) if somebody and somebody.name else _("Hello,")),
            Paragraph(_("Thank you for telling us why you left. This is what we understood:")),
            Quote(heard.playback),
            Paragraph(_("Is that what you meant? It takes one click, and we read it ourselves.")),
            Button(_("Yes, you understood me"), _link(taken, "yes")),
            Button(_("No, not quite"), _link(taken, "no")),
            Paragraph(owner.name),
        ),
        language=spoken(),
        direction=direction(spoken()),
    )


def _link(taken: Taken, said: str) -> str:
    """The page on which they say so: the letter’s links lead to a question, for programs that open every link."""
    assert taken.about is not None  # noqa: S101
    token = current_app.extensions["hearback.links"].own_token(PLAYBACK, taken.about)
    return f"{current_app.extensions['hearback.config'].base_url}/understood/{token}?said={said}"
