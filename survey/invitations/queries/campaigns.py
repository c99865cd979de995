"""Reads of campaigns: whom they are for, and what became of them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from survey.customers.models import Person
from survey.customers.queries import STANDS
from survey.foundation.db import db
from survey.invitations.models import Campaign, CampaignMember, Invitation, Participation
from survey.invitations.rules import Audience, Numbers, Standing
from survey.letters.models import Letter, Mailing, Suppression
from survey.letters.queries import counts, limit, recipients
from survey.letters.rules.kinds import KINDS, Topic
from survey.letters.rules.permission import BULK, reason_against
from survey.letters.rules.states import OPEN, State, Why
from survey.organisation.queries import organisation
from survey.questionnaires.models import Survey

CHUNK = 500
INVITATION, REMINDER = "invitation", "reminder"
OPEN_STANDINGS = (Standing.QUEUEING, Standing.RUNNING)


def campaign(id: UUID) -> Campaign | None:
    """The campaign with this id, with its survey and mailing."""
    whole = select(Campaign).options(joinedload(Campaign.survey), joinedload(Campaign.mailing))
    return db.session.scalar(whole.where(Campaign.id == id))


def campaigns_of(survey_id: UUID) -> Sequence[Campaign]:
    """The campaigns of a survey, the newest first."""
    mine = select(Campaign).where(Campaign.survey_id == survey_id).options(joinedload(Campaign.mailing))
    return db.session.scalars(mine.order_by(Campaign.id.desc()).limit(200)).all()


# ---- whom it is for -----------------------------------------------------------------------------------------------


def _of_group(campaign: Campaign) -> list[ColumnElement[bool]]:
    whom: Audience = campaign.whom
    if whom.group == "list":
        return [exists().where(CampaignMember.campaign_id == campaign.id, CampaignMember.person_id == Person.id)]
    stands = STANDS[{"everybody": "all"}.get(whom.group, whom.group)]()
    return [*stands, *(Person.segments[name].as_string() == value for name, value in whom.segments.items())]


def count_audience(campaign: Campaign) -> int:
    """How many people a campaign is for."""
    return db.session.scalar(select(func.count()).select_from(Person).where(*_of_group(campaign))) or 0


def people_after(campaign: Campaign, cursor: UUID | None, *, most: int = CHUNK) -> Sequence[Person]:
    """The next people whom a campaign is for, in the order of their ids."""
    found: Select[Person] = select(Person).where(*_of_group(campaign)).order_by(Person.id).limit(most)
    return db.session.scalars(found.where(Person.id > cursor) if cursor else found).all()


def somebody_of(campaign: Campaign) -> Person | None:
    """Somebody whom a campaign is for and who can be written to, to show their letter."""
    reached = select(Person).where(*_of_group(campaign), Person.email.is_not(None)).order_by(Person.id)
    return db.session.scalar(reached.limit(1))


def prospects(campaign: Campaign, *, now: datetime) -> dict[Why | None, int]:
    """How many people would be written to at this moment (None), and how many would not, by why; by the rule of every letter."""
    found: dict[Why | None, int] = {}
    for chunk in _chunks(campaign):
        known = recipients(chunk, now=now)
        for one in chunk:
            why = reason_against(
                KINDS[INVITATION], known[one.id], limit=limit(), now=now,
                has_postal_address=bool(organisation().postal_address.strip()),
            )  # fmt: skip
            found[why] = found.get(why, 0) + 1
        db.session.expunge_all()
    return found


def _chunks(campaign: Campaign) -> Iterator[Sequence[Person]]:
    cursor = None
    while chunk := people_after(campaign, cursor):
        cursor = chunk[-1].id
        yield chunk


def posted_for(invitation_ids: Collection[UUID]) -> set[UUID]:
    """Which of these invitations have a letter."""
    letters = select(Letter.about).where(Letter.about.in_(invitation_ids), Letter.kind.in_([INVITATION]))
    return {id for id in db.session.scalars(letters) if id}


# ---- what became of it --------------------------------------------------------------------------------------------


def numbers(campaign: Campaign, *, started: int | None) -> Numbers:
    """What became of a campaign; how many began to answer is told by whoever knows."""
    is_first = Letter.mailing_id == campaign.id, Letter.kind.in_([INVITATION])
    return Numbers(
        people=campaign.people,
        letters=counts(*is_first),
        completed=count_used(campaign.id),
        started=started,
        unsubscribed=count_unsubscribed(campaign.id),
    )


def reminder_counts(campaign_id: UUID) -> dict[tuple[str, str | None], int]:
    """How many reminders stand in each state, apart by why."""
    return counts(Letter.mailing_id == campaign_id, Letter.kind.in_([REMINDER]))


def count_used(campaign_id: UUID) -> int:
    """How many of the invited have answered."""
    used = (
        select(func.count()).select_from(Participation).join(Invitation, Invitation.id == Participation.invitation_id)
    )
    return db.session.scalar(used.where(Invitation.campaign_id == campaign_id)) or 0


def count_unsubscribed(mailing_id: UUID) -> int:
    """How many recipients of a mailing said no to its letters after they had got one."""
    said_no = exists().where(
        Suppression.address_hash == Letter.address_hash, Suppression.scope.in_([Topic.SURVEYS, BULK]),
        Suppression.source == "letter", Suppression.at >= Letter.tried_at,
    )  # fmt: skip
    mine = Letter.mailing_id == mailing_id, Letter.tried_at.is_not(None)
    return db.session.scalar(select(func.count(Letter.address_hash.distinct())).where(*mine, said_no)) or 0


def count_invited(campaign_id: UUID) -> int:
    """How many were invited: those whose letter left the house, and whoever used the link that they got in another way."""
    gone = exists().where(
        Letter.about == Invitation.id, Letter.kind.in_([INVITATION]), Letter.state.in_((State.SENT, State.BOUNCED))
    )
    used = exists().where(Participation.invitation_id == Invitation.id)
    mine = Invitation.campaign_id == campaign_id, or_(gone, used)
    return db.session.scalar(select(func.count()).select_from(Invitation).where(*mine)) or 0


def has_open_letters(mailing_id: UUID) -> bool:
    """Whether letters of a mailing may still go."""
    mine = select(Letter.id).where(Letter.mailing_id == mailing_id, Letter.state.in_(OPEN))
    return db.session.scalar(mine.limit(1)) is not None


def last_sent_at(campaign_id: UUID) -> datetime | None:
    """When the last invitation of a campaign was sent."""
    sent = Letter.mailing_id == campaign_id, Letter.kind.in_([INVITATION]), Letter.state == State.SENT
    return db.session.scalar(select(func.max(Letter.ended_at)).where(*sent))


# ---- reminders and the end ----------------------------------------------------------------------------------------


def campaigns_to_queue() -> Sequence[UUID]:
    """The campaigns whose letters are being put into the outbox and that were not stopped."""
    found = (
        select(Campaign.id)
        .join(Campaign.mailing)
        .where(Campaign.standing == Standing.QUEUEING, Mailing.stopped_at.is_(None))
    )
    return db.session.scalars(found.order_by(Campaign.id)).all()


def survey_asked(survey_id: UUID) -> Survey:
    """The survey that people are invited to."""
    return db.session.get_one(Survey, survey_id)


def campaigns_to_look_at(*, now: datetime, most: int = 20) -> Sequence[Campaign]:
    """Campaigns whose letters are all posted and that are to be looked at again."""
    due = Campaign.standing == Standing.RUNNING, or_(Campaign.look_at.is_(None), Campaign.look_at <= now)
    whole = select(Campaign).where(*due).options(joinedload(Campaign.survey), joinedload(Campaign.mailing))
    return db.session.scalars(whole.order_by(Campaign.id).limit(most)).all()


def to_be_reminded(campaign: Campaign, number: int, *, now: datetime, most: int = CHUNK) -> Sequence[Invitation]:
    """Invitations that were sent long enough ago, were not answered, and have not had their reminder of this number.

    Nor any other one within half the days between two: what went late, as it was held up, is not followed at once by the next.
    """
    sent_before = now - timedelta(days=campaign.reminder_days * number)
    earlier = aliased(Letter)
    reminders = select(func.count()).where(earlier.about == Invitation.id, earlier.kind.in_([REMINDER]))
    had = reminders.correlate(Invitation).scalar_subquery()
    lately = or_(earlier.state.in_(OPEN), earlier.ended_at > now - timedelta(days=campaign.reminder_days) / 2)
    is_same = earlier.once.endswith(f":reminder:{number}")
    close = exists().where(earlier.about == Invitation.id, earlier.kind.in_([REMINDER]), or_(lately, is_same))
    answered = exists().where(Participation.invitation_id == Invitation.id)
    first = Letter.about == Invitation.id, Letter.kind.in_([INVITATION]), Letter.state == State.SENT
    found = (
        select(Invitation)
        .join(Letter, and_(*first))
        .where(Invitation.campaign_id == campaign.id, Letter.ended_at <= sent_before, ~answered, had < number, ~close)
        .options(selectinload(Invitation.person))
    )
    return db.session.scalars(found.order_by(Invitation.id).limit(most)).all()


def links_of(campaign_id: UUID, *, after: UUID | None, most: int = CHUNK) -> Sequence[Invitation]:
    """The personal links of a campaign with their people, in the order of their ids."""
    mine = select(Invitation).where(Invitation.campaign_id == campaign_id).options(selectinload(Invitation.person))
    return db.session.scalars(
        (mine.where(Invitation.id > after) if after else mine).order_by(Invitation.id).limit(most)
    ).all()


def invitation(id: UUID) -> Invitation | None:
    """The invitation with this id, with survey, person and campaign."""
    whole = select(Invitation).options(
        joinedload(Invitation.survey), joinedload(Invitation.person), joinedload(Invitation.campaign)
    )
    return db.session.scalar(whole.where(Invitation.id == id))
