"""Writes of campaigns: making one, putting its letters into the outbox chunk by chunk, reminding, and its end."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select

from survey.customers.models import Person
from survey.customers.queries import people_named
from survey.foundation.db import db, new_id, note_job
from survey.foundation.errors import NotFound, Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _
from survey.foundation.tokens import digest
from survey.invitations import queries
from survey.invitations.events import CampaignFinished
from survey.invitations.models import Campaign, CampaignMember, Invitation
from survey.invitations.rules import Audience, Standing, Words
from survey.letters import actions as letters
from survey.letters.actions import Post
from survey.letters.rules.links import Links
from survey.letters.rules.pace import Hours

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Plan:
    """What the team decides of a campaign before it starts."""

    name: str
    audience: Audience
    words: Mapping[str, Words] = field(default_factory=dict)
    hours: Hours = Hours()
    per_hour: int | None = None
    reminders: int = 1
    reminder_days: int = 5
    link_days: int | None = None


def plan_campaign(survey_id: UUID, plan: Plan, *, by: UUID | None, now: datetime) -> Campaign:
    """Make a campaign that is not started yet."""
    survey = queries.survey_asked(survey_id)
    mailing = letters.new_mailing(hours=plan.hours, per_hour=plan.per_hour, is_quiet=survey.privacy != "identified")
    made = Campaign(id=mailing.id, survey_id=survey_id, made_by=by, made_at=now, **_columns(plan))
    db.session.add(made)
    db.session.flush()
    return made


def change_plan(campaign_id: UUID, plan: Plan) -> Campaign:
    """Change a campaign that is not started yet."""
    campaign = _campaign(campaign_id)
    if campaign.standing != Standing.DRAFT:
        raise Refused(_("This campaign has started: what it says and whom it is for stay as they are."))
    for name, value in _columns(plan).items():
        setattr(campaign, name, value)
    campaign.mailing.since_hour, campaign.mailing.until_hour = plan.hours.since, plan.hours.until
    campaign.mailing.per_hour = plan.per_hour
    db.session.flush()
    return campaign


def _columns(plan: Plan) -> dict[str, object]:
    return {
        "name": plan.name, "audience": plan.audience.document, "reminders": plan.reminders,
        "reminder_days": plan.reminder_days, "link_days": plan.link_days,
        "words": {language: asdict(words) for language, words in plan.words.items()},
    }  # fmt: skip


def keep_list(campaign_id: UUID, names: Collection[str]) -> list[str]:
    """Keep who is on the list of a campaign, by numbers and addresses; return those that nobody in People has."""
    db.session.execute(delete(CampaignMember).where(CampaignMember.campaign_id == campaign_id))
    wanted, unknown = list(names), list[str]()
    found: set[UUID] = set()
    for start in range(0, len(wanted), queries.CHUNK):
        some = wanted[start : start + queries.CHUNK]
        addresses = {name.lower() for name in some if "@" in name}
        known = people_named(some, addresses)
        by_name = {name: one.id for one in known for name in (one.external_id, one.email) if name}
        meant = {name: by_name.get(name) or by_name.get(name.lower()) for name in some}
        unknown += [name for name in some if meant[name] is None]
        new = {id for id in meant.values() if id is not None} - found
        found |= new
        if new:
            db.session.execute(
                insert(CampaignMember), [{"campaign_id": campaign_id, "person_id": id} for id in sorted(new)]
            )
    return unknown


def start(campaign_id: UUID, *, now: datetime) -> None:
    """Begin to send: the worker puts the letters into the outbox. A second press does nothing."""
    campaign = _campaign(campaign_id)
    if campaign.standing == Standing.DRAFT:
        campaign.standing, campaign.started_at = Standing.QUEUEING, now
        db.session.flush()
        note_job()


def stop(campaign_id: UUID, *, now: datetime) -> None:
    """Let nothing more of a campaign go, until it goes on or is ended."""
    letters.stop(_campaign(campaign_id).id, now=now)


def go_on(campaign_id: UUID) -> None:
    """Let a campaign that was stopped go on where it was."""
    campaign = _campaign(campaign_id)
    letters.go_on(campaign.id)


def end(campaign_id: UUID, *, now: datetime) -> int:
    """End a campaign for good: what has not gone never goes, nobody is reminded; returns how many letters were taken back."""
    campaign = _campaign(campaign_id)
    if campaign.standing not in queries.OPEN_STANDINGS:
        return 0
    campaign.standing, campaign.ended_at = Standing.ENDED, now
    db.session.flush()
    return letters.take_back(mailing_id=campaign_id, now=now)


def delete_plan(campaign_id: UUID) -> None:
    """Throw a campaign away that was never started."""
    campaign = _campaign(campaign_id)
    if campaign.standing != Standing.DRAFT:
        raise Refused(_("This campaign has started. End it instead."))
    db.session.delete(campaign)
    db.session.flush()
    db.session.delete(campaign.mailing)
    db.session.flush()


def _campaign(id: UUID) -> Campaign:
    found = queries.campaign(id)
    if found is None:
        raise NotFound(_("There is no such campaign."))
    return found


# ---- into the outbox ----------------------------------------------------------------------------------------------


def queue_some(campaign_id: UUID, *, links: Links, now: datetime) -> bool:
    """Put the letters of the next some hundred people into the outbox; returns whether there may be more.

    Everybody gets a row, so that the campaign's numbers add up to the people whom it is for; who may not be written to is found
    out when the letter would go. Of several people with one address the first gets the letter.
    """
    campaign = db.session.get(Campaign, campaign_id, with_for_update=True)
    if campaign is None or campaign.standing != Standing.QUEUEING or campaign.mailing.stopped_at is not None:
        return False
    people = queries.people_after(campaign, campaign.cursor)
    if not people:
        campaign.standing, campaign.look_at = Standing.RUNNING, now
        db.session.flush()
        return False
    _invite_all(campaign, people, links=links, now=now)
    campaign.cursor, campaign.people = people[-1].id, campaign.people + len(people)
    db.session.flush()
    return True


def _invite_all(campaign: Campaign, people: Collection[Person], *, links: Links, now: datetime) -> None:
    ids = {one.id: new_id() for one in people}
    letters.post_all(
        [
            Post("invitation", person=one, about=ids[one.id], mailing_id=campaign.id, once=_once(campaign, one))
            for one in people
        ],
        now=now,
    )
    db.session.flush()
    posted = queries.posted_for(ids.values())
    until = now + timedelta(days=campaign.link_days) if campaign.link_days else None
    rows = [
        {"id": id, "survey_id": campaign.survey_id, "person_id": person_id, "campaign_id": campaign.id, "created_at": now,
         "token_hash": digest(links.own_token("invitation", id)), "expires_at": until}
        for person_id, id in ids.items()
        if id in posted
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(Invitation), rows)


def _once(campaign: Campaign, one: Person) -> str:
    """What two letters of a campaign to one address, or to one person, have in common."""
    return f"{campaign.id.hex}:{letters.key_of(one.email) if one.email else one.id.hex}"


# ---- reminders and the end ----------------------------------------------------------------------------------------


def look_after(campaign_id: UUID, *, now: datetime) -> None:
    """Post the reminders of a campaign that are due, and note its end when nothing more can come."""
    campaign = db.session.scalar(select(Campaign).where(Campaign.id == campaign_id).with_for_update())
    if campaign is None or campaign.standing != Standing.RUNNING:
        return
    campaign.look_at = now + MINUTE
    if campaign.mailing.stopped_at is None:
        posted = sum(_remind(campaign, number, now=now) for number in range(campaign.reminders, 0, -1))
        if not posted and _is_over(campaign, now=now):
            _finish(campaign, now=now)
    db.session.flush()


def _remind(campaign: Campaign, number: int, *, now: datetime) -> int:
    """Post reminders of a number; whoever is due for the second gets no first one any more."""
    due = queries.to_be_reminded(campaign, number, now=now)
    return len(
        letters.post_all(
            [
                Post(
                    "reminder", person=one.person, about=one.id, mailing_id=campaign.id, said={"number": number},
                    once=f"{one.id.hex}:reminder:{number}",
                )
                for one in due
            ],
            now=now,
        )
    )  # fmt: skip


def _is_over(campaign: Campaign, *, now: datetime) -> bool:
    """Whether all letters have come to their end, and nobody will be reminded any more."""
    if queries.has_open_letters(campaign.id):
        return False
    last = queries.last_sent_at(campaign.id)
    reminded_until = (last or campaign.started_at or now) + timedelta(days=campaign.reminder_days * campaign.reminders)
    return not campaign.reminders or now > reminded_until + MINUTE


def _finish(campaign: Campaign, *, now: datetime) -> None:
    campaign.standing, campaign.ended_at = Standing.FINISHED, now
    emit(
        CampaignFinished(
            campaign.id, campaign.name, campaign.survey.slug, campaign.made_by, queries.count_invited(campaign.id)
        )
    )
