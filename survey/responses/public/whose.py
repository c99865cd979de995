"""Who answers, as far as the link says, and what they are asked, in which language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from flask import request

from survey.customers.models import Lifetime, Person
from survey.customers.rules import tenure_months
from survey.invitations.models import Invitation
from survey.organisation.queries import today
from survey.questionnaires.rules.addresses import is_channel
from survey.questionnaires.rules.languages import best_language
from survey.responses import pages
from survey.responses.pages import PLAIN, Asked, Way, tokens
from survey.responses.rules import (
    TEST,
    Opening,
    Privacy,
    Voice,
    about_person,
    sees_single_answers,
    tenure_band,
    voice_of,
)


@dataclass(frozen=True)
class Whose:
    """What is known of the person who answers; nothing on an open link."""

    link: str = ""
    seed: UUID | None = None
    form_id: UUID | None = None
    invitation_id: UUID | None = None
    person_id: UUID | None = None
    voice: Voice = Voice.UNVERIFIED
    segments: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)


ANYBODY = Whose()


def whose_link(invitation: Invitation, token: str) -> Whose:
    """What is known of the person whose link this is."""
    person: Person = invitation.person
    if invitation.survey.privacy == Privacy.ANONYMOUS:
        # Nothing of the person belongs on that page, or with the answers.
        seed, form_id = tokens().own_seed(token), tokens().own_form_id(token)
        return Whose(link=token, seed=seed, form_id=form_id, invitation_id=invitation.id, language=person.language)
    stay = person.lifetimes[-1] if person.lifetimes else None
    return Whose(
        link=token,
        seed=tokens().own_seed(token),
        form_id=tokens().own_form_id(token),
        invitation_id=invitation.id,
        person_id=person.id,
        voice=voice_of(is_customer=stay is None or stay.ended_on is None),
        segments=person.segments | _of_stay(stay, invitation.survey.privacy),
        language=person.language,
        about=about_person(
            person.name, person.segments, plan=stay.plan if stay else None, tier=stay.tier if stay else None
        ),
    )


def _of_stay(stay: Lifetime | None, privacy: str) -> dict[str, str]:
    """The tier of somebody’s stay and, where single answers may be seen, for how long they have been a customer."""
    if stay is None:
        return {}
    months = tenure_months(stay.started_on, stay.ended_on or today()) if sees_single_answers(privacy) else None
    return {**({"tier": stay.tier} if stay.tier else {}), **({} if months is None else {"tenure": tenure_band(months)})}


def asked_of(found: Opening, whose: Whose) -> Asked:
    """What is asked, in the language that the link, the person or the browser wants."""
    written = pages.written_in(found)
    language = _wanted_language(written.languages, whose) if len(written.languages) > 1 else written.language
    return Asked(
        found, written, language, whose.invitation_id, about=whose.about, way=PLAIN if whose.link else way_in()
    )


def _wanted_language(offered: Sequence[str], whose: Whose) -> str:
    wanted = [request.args.get("lang", ""), whose.language or "", *request.accept_languages.values()]
    return best_language(offered, wanted)


def way_in() -> Way:
    """What the address of an open link says besides what is asked."""
    via = request.args.get("via", "")
    if not request.query_string:
        return PLAIN
    return Way(via if is_channel(via) else "", is_kiosk="kiosk" in request.args, test=request.args.get(TEST, ""))
