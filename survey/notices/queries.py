"""Reads of notices: what somebody was told, who wants to hear of what, what is due by mail, and what a notice counts."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, literal_column, or_, select, tuple_

from survey.access.models import User
from survey.departures.models import Departure
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE, Page, decode, page
from survey.improvements.models import Improvement
from survey.letters.models import Letter
from survey.letters.queries import counts
from survey.letters.rules.states import State
from survey.notices.models import Notice, NoticeChoice
from survey.notices.rules.kinds import KINDS, LEADERS, TEAM, WEEKLY, How, how_of, kinds_for
from survey.notices.rules.low import is_low, leading, tells_why
from survey.notices.rules.times import APART, TOGETHER, begin_of, last_morning
from survey.organisation.queries import organisation
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import newest_version
from survey.responses.models import Response
from survey.responses.queries import asked_in, is_doubted
from survey.responses.rules import IMPORT, Privacy

MOST_COUNTED = 100  # of the notices that are new: more than that is “99+”
AT_ONCE = 500  # members of staff whose letters are posted in one round
SHOWN_IN_LETTER = 12


# ---- what somebody was told -----------------------------------------------------------------------------------------


def _mine(user: User) -> list[ColumnElement[bool]]:
    """Somebody's notices, of the kinds that their role may see today."""
    return [Notice.user_id == user.id, Notice.kind.in_([kind.name for kind in kinds_for(user.role)])]


def notices(user: User, *, cursor: str | None = None) -> Page[Notice]:
    """What somebody was told, the newest first; one query."""
    found = select(Notice).where(*_mine(user)).order_by(Notice.at.desc(), Notice.id.desc()).limit(PAGE_SIZE + 1)
    if cursor:
        found = found.where(tuple_(Notice.at, Notice.id) < _last_seen(cursor))
    return page(db.session.scalars(found).all(), lambda row: [row.at.isoformat(), str(row.id)])


def _last_seen(cursor: str) -> tuple[datetime, UUID]:
    at, id = decode(cursor, parts=2)
    try:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return moment, UUID(id)
    except ValueError:
        raise Refused(_("This page of the list does not exist. Start from its first page.")) from None


def count_unread(user: User) -> int:
    """How many notices somebody has not seen yet, up to MOST_COUNTED; asked on every page of staff, by an index of these alone."""
    some = select(Notice.id).where(*_mine(user), Notice.read_at.is_(None)).limit(MOST_COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def notice_of(user: User, id: UUID) -> Notice | None:
    """A notice of somebody's own."""
    return db.session.scalar(select(Notice).where(*_mine(user), Notice.id == id))


def in_bundle(user: User, bundle_id: UUID) -> Sequence[Notice]:
    """What a letter tells somebody and they have not seen meanwhile, the newest first; one more than SHOWN_IN_LETTER at most."""
    found = select(Notice).where(*_mine(user), Notice.bundle_id == bundle_id, Notice.read_at.is_(None))
    return db.session.scalars(found.order_by(Notice.at.desc(), Notice.id.desc())).all()


# ---- who wants to hear of what --------------------------------------------------------------------------------------


def choices_of(user_id: UUID) -> dict[str, How]:
    """What somebody chose, by kind; what they left as it is usual is not there."""
    rows = db.session.execute(select(NoticeChoice.kind, NoticeChoice.how).where(NoticeChoice.user_id == user_id))
    return {kind: How(how) for kind, how in rows}


def listeners(kind: str, only: UUID | None = None) -> list[tuple[UUID, How]]:
    """Who is told of a kind of thing, and when by mail: whoever may see it and still works here; of `only` one, that one."""
    chosen = (NoticeChoice.user_id == User.id) & NoticeChoice.kind.in_([kind])
    found = select(User.id, NoticeChoice.how).outerjoin(NoticeChoice, chosen).where(User.active, User.role.in_(TEAM))
    if KINDS[kind].to_one:
        found = found.where(User.id == only)
    return [(id, how_of(kind, how)) for id, how in db.session.execute(found)]


def readers_of_weekly(monday: date) -> list[User]:
    """Leaders who get the weekly letter of a Monday, worked here before it, and have none of it yet."""
    chosen = (NoticeChoice.user_id == User.id) & NoticeChoice.kind.in_([WEEKLY])
    found = (
        select(User)
        .outerjoin(NoticeChoice, chosen)
        .where(User.active, User.role.in_(LEADERS), or_(NoticeChoice.how.is_(None), NoticeChoice.how != How.NEVER))
        .where(User.created_at < begin_of(monday, organisation().time_zone))
    )
    readers = {weekly_key(user.id, monday): user for user in db.session.scalars(found.limit(AT_ONCE))}
    posted = set(db.session.scalars(select(Letter.once).where(Letter.once.in_(readers))))
    return [user for key, user in readers.items() if key not in posted]


def weekly_key(user_id: UUID, monday: date) -> str:
    """What keeps somebody from getting the letter of a Monday twice."""
    return f"weekly:{user_id}:{monday.isoformat()}"


# ---- what is due by mail --------------------------------------------------------------------------------------------


def due(*, now: datetime) -> list[tuple[UUID, How]]:
    """Whom a letter with notices is due to; two queries, one where nothing waits."""
    waits = select(Notice.user_id, Notice.how, func.min(Notice.since)).where(*to_mail())
    rows = db.session.execute(waits.group_by(Notice.user_id, Notice.how).limit(2 * AT_ONCE)).all()
    lately = _lately({row[0] for row in rows}, now=now) if rows else set()
    morning = last_morning(organisation().time_zone, now=now)
    return [
        (user_id, How(how)) for user_id, how, since in rows
        if (since < morning if how == How.DAILY else since <= now - TOGETHER and user_id not in lately)
    ]  # fmt: skip


def to_mail(how: How | None = None) -> list[ColumnElement[bool]]:
    """Notices that wait for a letter; in the very words of the index on these."""
    waits = [Notice.read_at.is_(None), Notice.mailed_at.is_(None), Notice.how != literal_column("'never'")]
    return [*waits, Notice.how == how] if how else waits


def _lately(user_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Who had such a letter within the last hour."""
    had = Letter.user_id.in_(user_ids), Letter.kind.in_(["notices"]), Letter.posted_at > now - APART
    return set(db.session.scalars(select(Letter.user_id).where(*had)))  # type: ignore[arg-type]


# ---- what a notice counts -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """How many answers to a survey on a day are low, and how many say why somebody left."""

    low: int = 0
    told_why: int = 0


def answers_of(response_ids: Collection[UUID]) -> Sequence[Response]:
    """Those of these responses that count and whose single answers may be seen, the newest first."""
    found = select(Response).join(Survey).where(Response.id.in_(response_ids), *_told_of())
    return db.session.scalars(found.order_by(Response.id.desc())).all()


def counted_on(survey: Survey, day: date) -> Counted:
    """What the notices about a survey and a day count: from the answers themselves, so that counting twice changes nothing."""
    columns = Response.version_id, Response.score, Response.voice, func.count()
    found = (
        select(*columns).join(Survey).where(Response.survey_id == survey.id, Response.submitted_on == day, *_told_of())
    )
    rows = db.session.execute(found.group_by(*columns[:3])).all()
    return Counted(
        low=sum(n for version_id, score, _voice, n in rows if is_low_score(version_id, score)),
        told_why=sum(n for _version, _score, voice, n in rows if tells_why(survey.purpose, voice)),
    )


def is_low_score(version_id: UUID, score: int | None) -> bool:
    """Whether the score of a response to a version is low."""
    return score is not None and is_low(leading(asked_in(version_id).questions), score)


def _told_of() -> list[ColumnElement[bool]]:
    is_open = Survey.privacy == Privacy.IDENTIFIED
    return [is_open, Response.set_aside.is_(None), Response.channel != IMPORT, ~is_doubted()]


def title_of(survey: Survey) -> str:
    """What a survey is called, as it was published last."""
    newest = newest_version(survey.id)
    return str((newest.document if newest else survey.draft).get("title", survey.slug))


def days_of_leavers(lifetime_ids: Collection[UUID]) -> set[date]:
    """The days, where the organisation is, on which staff marked the people of these stays as left."""
    known = select(Departure.known_at).where(Departure.lifetime_id.in_(lifetime_ids), Departure.source == "staff")
    zone = ZoneInfo(organisation().time_zone)
    return {moment.astimezone(zone).date() for moment in db.session.scalars(known)}


def count_leavers(day: date) -> int:
    """How many people staff marked as left on a day."""
    zone = organisation().time_zone
    since, until = begin_of(day, zone), begin_of(day + timedelta(days=1), zone)
    marked = Departure.source == "staff", Departure.known_at >= since, Departure.known_at < until
    return db.session.scalar(select(func.count()).select_from(Departure).where(*marked)) or 0


def has_old(*, before: datetime) -> bool:
    """Whether there are notices from before a moment."""
    return db.session.scalar(select(Notice.id).where(Notice.at < before).limit(1)) is not None


# ---- for the weekly letter ------------------------------------------------------------------------------------------


def improved_between(first: date, last: date) -> Sequence[Improvement]:
    """What customers may read that reached its stage on these days, the newest first."""
    found = select(Improvement).where(Improvement.stage.is_not(None), Improvement.stage_since.between(first, last))
    return db.session.scalars(found.order_by(Improvement.stage_since.desc(), Improvement.id.desc()).limit(10)).all()


def count_untold() -> int:
    """How many improvements nobody was told of."""
    return db.session.scalar(select(func.count()).select_from(Improvement).where(Improvement.stage.is_(None))) or 0


def count_stuck_letters() -> tuple[int, int]:
    """How many letters are held back, and how many were given up."""
    many: Counter[str] = Counter()
    for (state, _why), n in counts(Letter.state.in_((State.HELD, State.FAILED))).items():
        many[state] += n
    return many[State.HELD], many[State.FAILED]
