"""Writes of notices: telling somebody, what they have seen, what goes by mail, what each wants to hear of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from survey.access.models import User
from survey.access.queries import names_of_users
from survey.foundation import clock
from survey.foundation.db import db, new_id
from survey.foundation.errors import Refused
from survey.foundation.imports.events import ImportFinished
from survey.foundation.language import gettext as _
from survey.invitations.events import CampaignFinished
from survey.letters.actions import Post, post, post_all
from survey.notices import queries
from survey.notices.models import Notice, NoticeChoice
from survey.notices.rules.kinds import LEADERS, WEEKLY, How, kinds_for
from survey.notices.rules.low import tells_why
from survey.notices.rules.times import last_morning
from survey.organisation.queries import organisation
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import survey
from survey.responses.models import Response
from survey.responses.rules import sees_single_answers
from survey.text.events import CommentAssigned
from survey.text.queries import comment, comments_of

KEPT = timedelta(days=180)
FORGOTTEN_AT_ONCE = 1000


@dataclass(frozen=True)
class News:
    """Something to tell: what it is, where it leads, the facts of it, how many it is. `once` keeps it one row for each reader.

    Told again it is new only where it counts more than before; with `always` in any case.
    """

    kind: str
    once: str
    path: str
    said: Mapping[str, Any]
    many: int = 1
    only: UUID | None = None
    always: bool = False


def tell(news: News, *, now: datetime) -> None:
    """Tell everybody who may see it and still works here; one statement."""
    rows = [
        {"id": new_id(), "user_id": user_id, "kind": news.kind, "once": news.once, "path": news.path, "many": news.many,
         "said": dict(news.said), "how": how, "at": now, "since": now}
        for user_id, how in queries.listeners(news.kind, news.only)
    ]  # fmt: skip
    if rows:
        db.session.execute(_upsert(rows, always=news.always))


def _upsert(rows: Collection[Mapping[str, Any]], *, always: bool) -> Any:
    dialect: Any = postgresql if db.session.connection().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Notice).values(rows)
    new, waits = insert.excluded, Notice.read_at.is_(None) & Notice.mailed_at.is_(None)
    changed = {name: new[name] for name in ("path", "many", "said", "how", "at")}
    anew = {
        "read_at": None,
        "mailed_at": None,
        "bundle_id": None,
        "since": case((waits, Notice.since), else_=new.since),
    }
    counts_more = None if always else new.many > Notice.many
    return insert.on_conflict_do_update(index_elements=["user_id", "once"], set_={**changed, **anew}, where=counts_more)


# ---- what happened ----------------------------------------------------------------------------------------------------


def tell_of_answers(response_ids: Collection[UUID], *, now: datetime) -> None:
    """Tell of low scores and of answers that say why somebody left: for each survey and day one notice that counts up."""
    found = queries.answers_of(response_ids)
    days: dict[tuple[UUID, date], list[Response]] = {}
    for one in found:
        days.setdefault((one.survey_id, one.submitted_on), []).append(one)
    for (survey_id, day), answers in days.items():
        about = survey(survey_id)
        if about is not None:
            _tell_of_day(about, day, answers, now=now)


def _tell_of_day(about: Survey, day: date, answers: Collection[Response], *, now: datetime) -> None:
    counted = queries.counted_on(about, day)
    path, said = f"/surveys/{about.slug}/responses", {"survey": queries.title_of(about), "day": day.isoformat()}
    low = [one.id for one in answers if queries.is_low_score(one.version_id, one.score)]
    why = [one.id for one in answers if tells_why(about.purpose, one.voice)]
    for kind, ids, many in (("low_score", low, counted.low), ("new_case", why, counted.told_why)):
        if ids and many:
            tell(News(kind, f"{kind}:{about.id}:{day}", path, {**said, **_newest_words(ids)}, many), now=now)


def _newest_words(response_ids: list[UUID]) -> dict[str, str]:
    """Where words stand that one of these wrote: those of the newest that wrote any."""
    written = {one.response_id: str(one.id) for one in comments_of(response_ids)}
    return next(({"comment": written[id]} for id in response_ids if id in written), {})


def tell_of_leavers(lifetime_ids: Collection[UUID], *, now: datetime) -> None:
    """Tell that staff marked people as left: one notice a day that counts up."""
    for day in sorted(queries.days_of_leavers(lifetime_ids)):
        many, said = queries.count_leavers(day), {"day": day.isoformat()}
        tell(News("new_case", f"new_case:{day}", "/lost?period=all", said, many), now=now)


def tell_of_assignment(event: CommentAssigned) -> None:
    """Tell somebody that a comment was given to them, unless they took it themselves."""
    found = comment(event.comment_id)
    if found is None or event.by == event.to or not sees_single_answers(found.response.survey.privacy):
        return
    by = names_of_users().get(event.by, "") if event.by else ""
    said = {"comment": str(found.id), "survey": queries.title_of(found.response.survey), "by": by}
    once = f"assigned:{found.id}"
    tell(News("assigned", once, f"/comments/{found.id}", said, only=event.to, always=True), now=event.at)


def tell_of_campaign(event: CampaignFinished) -> None:
    """Tell whoever started a campaign that it is done."""
    if event.by is not None:
        path, once = f"/surveys/{event.slug}/invitations/{event.campaign_id}", f"campaign:{event.campaign_id}"
        tell(
            News("campaign_finished", once, path, {"name": event.name}, event.sent, event.by, always=True),
            now=clock.now(),
        )


def tell_of_import(event: ImportFinished) -> None:
    """Tell whoever handed a file in that it is read in."""
    about = survey(event.subject) if event.subject else None
    place = f"/surveys/{about.slug}/import" if about else "/people/import"
    said = {"file": event.name, "rejected": event.rejected, "is_whole": event.is_whole}
    once = f"import:{event.import_id}"
    tell(News("import_finished", once, f"{place}/{event.import_id}", said, event.rows, event.by), now=event.at)


# ---- what they have seen ----------------------------------------------------------------------------------------------


def mark_read(user_id: UUID, id: UUID, *, now: datetime) -> None:
    """Say that somebody has seen a notice of theirs."""
    mine = Notice.id == id, Notice.user_id == user_id, Notice.read_at.is_(None)
    db.session.execute(update(Notice).where(*mine).values(read_at=now))


def mark_all_read(user_id: UUID, *, until: datetime, now: datetime) -> None:
    """Say that somebody has seen everything that they were told up to a moment."""
    mine = Notice.user_id == user_id, Notice.read_at.is_(None), Notice.at <= until
    db.session.execute(update(Notice).where(*mine).values(read_at=now))


def forget_old(*, now: datetime) -> int:
    """Delete notices that are half a year old, some at a time; returns how many."""
    old = select(Notice.id).where(Notice.at < now - KEPT).limit(FORGOTTEN_AT_ONCE)
    return len(db.session.execute(delete(Notice).where(Notice.id.in_(old)).returning(Notice.id)).all())


# ---- by mail ----------------------------------------------------------------------------------------------------------


def mail(user_id: UUID, how: How, *, now: datetime) -> UUID | None:
    """Post one letter with all that waits for somebody; returns its id, None where there is nothing, or they had it.

    What goes with it is taken first: of two workers the second finds nothing.
    """
    morning, user = last_morning(organisation().time_zone, now=now), db.session.get_one(User, user_id)
    until = [Notice.since < morning] if how == How.DAILY else []
    bundle = new_id()
    taken = update(Notice).where(Notice.user_id == user_id, *queries.to_mail(how), *until)
    taken = taken.values(mailed_at=now, bundle_id=bundle).returning(Notice.id)
    if not db.session.execute(taken).all() or not user.active:
        return None
    when = morning.date().isoformat() if how == How.DAILY else now.strftime("%Y-%m-%dT%H")
    posted = post(Post("notices", user=user, about=bundle, once=f"notices:{user_id}:{how}:{when}"), now=now)
    if posted is None:  # the letter of this hour or morning went before this came: it waits for the next
        again = update(Notice).where(Notice.bundle_id == bundle).values(mailed_at=None, bundle_id=None)
        db.session.execute(again)
    return posted


def post_weekly(monday: date, *, now: datetime) -> int:
    """Post the weekly letters of a Monday that are not posted yet; returns how many."""
    said = {"monday": monday.isoformat()}
    readers = queries.readers_of_weekly(monday)
    letters = [Post("weekly", user=one, said=said, once=queries.weekly_key(one.id, monday)) for one in readers]
    return len(post_all(letters, now=now))


# ---- what each wants to hear of ---------------------------------------------------------------------------------------


def choose(user_id: UUID, role: str, chosen: Mapping[str, How]) -> None:
    """Keep when somebody with this role wants to hear of what; what waits for a letter now waits by the new choice."""
    known = {kind.name for kind in kinds_for(role)} | ({WEEKLY} if role in LEADERS else set())
    if not set(chosen) <= known:
        raise Refused(_("There is no such choice. Choose one from the list."))
    for kind, how in chosen.items():
        db.session.merge(NoticeChoice(user_id=user_id, kind=kind, how=how))
        waits = Notice.user_id == user_id, Notice.kind.in_([kind]), Notice.mailed_at.is_(None), Notice.read_at.is_(None)
        db.session.execute(update(Notice).where(*waits).values(how=how))
