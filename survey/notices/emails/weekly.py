"""The weekly letter of a leader: who left, what moved, what waits, what people said in their own words, what was improved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, zip_longest

from survey.access.models import User
from survey.departures.queries import count_lost, count_unmatched, told_why
from survey.foundation.db import db
from survey.foundation.language import direction, month_words, ngettext, number_words, span_words, spoken, upper_first
from survey.foundation.language import gettext as _
from survey.improvements.models import Improvement
from survey.letters.actions import Taken
from survey.letters.rules.paper import Block, Bullets, Button, Heading, Paper, Paragraph, Quote, Small
from survey.letters.rules.states import Why
from survey.notices import queries
from survey.notices.emails.bundle import address, how_to_change
from survey.notices.rules.kinds import LEADERS, WEEKLY, How
from survey.organisation.queries import organisation, today
from survey.questionnaires.queries import all_surveys
from survey.results.pages.addresses import groups_only
from survey.results.pages.weekly import Weekly
from survey.results.pages.weekly import weekly as weekly_page
from survey.results.queries import last_answers
from survey.results.rules.courses import Span, last_full_week
from survey.results.rules.periods import month_name
from survey.text.queries import count_comments

SURVEYS_TOLD, QUOTES, MOVES_EACH = 8, 3, 5


def weekly(taken: Taken) -> Paper | Why:
    """Write the week; nothing where whoever it is for leads no more or wants it no more, or the week is not the last one."""
    user = db.session.get(User, taken.user_id) if taken.user_id else None
    if user is None or not user.active or user.role not in LEADERS:
        return Why.GONE
    if queries.choices_of(user.id).get(WEEKLY) == How.NEVER:
        return Why.OWN_WISH
    week = last_full_week(today())
    is_late = taken.said.get("monday") != (week.last + timedelta(days=1)).isoformat()
    return Why.GONE if is_late else weekly_paper(user)


def weekly_paper(user: User) -> Paper:
    """The last full week, for somebody who leads: the letter, and its preview."""
    week = week_of(user)
    subject = _("Your week: %(days)s", days=week.days)
    parts = [("", _left(week)), (_("What moved"), _moved(week)), (_("What waits"), _waits(week)),
             (_("In their own words"), _said(week)), (_("What was improved"), _improved(week))]  # fmt: skip
    blocks = [block for heading, found in parts if found for block in ([Heading(heading)] if heading else []) + found]
    close = [Button(_("Open this morning’s page"), address("/today")), *how_to_change()]
    return Paper(subject, _preheader(week), [*blocks, *close], spoken(), direction(spoken()))


@dataclass(frozen=True)
class Week:
    """What is known of the last full week."""

    span: Span
    user: User
    surveys: Sequence[Weekly]
    improvements: Sequence[Improvement]

    @property
    def days(self) -> str:
        """The days of it, in words."""
        return span_words(self.span.first, self.span.last, today())

    @property
    def has_moved(self) -> bool:
        """Whether any number moved beyond chance."""
        return any(one.results.moves and one.results.moves.clear for one in self.surveys)


def week_of(user: User) -> Week:
    """The last full week as somebody may see it."""
    span = last_full_week(today())
    return Week(span, user, _surveys(span, user.role), queries.improved_between(span.first, span.last))


def _surveys(span: Span, role: str) -> list[Weekly]:
    """The surveys that anybody answered in the week; of those that show groups alone the month, once, when it is over."""
    last = last_answers()
    alive = sorted(
        (one for one in all_surveys() if one.id in last and not one.archived_at), key=lambda one: last[one.id]
    )
    begins_month = span.first.month != (span.last + timedelta(days=1)).month
    wanted = [
        one for one in reversed(alive) if (begins_month if groups_only(one, role) else last[one.id] >= span.first)
    ]
    pages = (weekly_page(one, {}, role) for one in wanted[:SURVEYS_TOLD])
    return [page for page in pages if page.results.n]


def _preheader(week: Week) -> str:
    if week.has_moved:
        return _("Something moved more than chance would. What it was, what waits, and what people said.")
    return _("Nothing moved beyond chance this week.")


# ---- its parts --------------------------------------------------------------------------------------------------------


def _left(week: Week) -> list[Block]:
    """How many people left, and how many of them said why."""
    since, until = week.span.first, week.span.last
    people = count_lost(since=since, until=until)
    if not people:
        return [Paragraph(_("Nobody whom we know left in the week of %(days)s.", days=week.days))]
    said = ngettext("One person left in the week of %(days)s.", "%(num)s people left in the week of %(days)s.", people, days=week.days)  # fmt: skip
    why = told_why(since=since, until=until)
    told = (
        ngettext("%(num)s of them told us why.", "%(num)s of them told us why.", why)
        if why
        else _("Nobody told us why yet.")
    )
    page = (
        _("Who left in %(month)s and why", month=month_words(until, today())),
        address(f"/lost?period={month_name(until)}"),
    )
    return [Paragraph(f"{said} {told}"), Bullets([page])]


def _moved(week: Week) -> list[Block]:
    """Each survey's number with its n, interval and time, and what moved beyond chance, corrected for how much was compared."""
    blocks: list[Block] = [] if week.has_moved else [Paragraph(_("Nothing moved beyond chance this week."))]
    for one in week.surveys:
        page = address(f"/surveys/{one.page.survey.slug}/results/weekly")
        blocks.append(Bullets([(_with_time(one), page), *((words, page) for words in _moves(one))]))
    return blocks


def _with_time(one: Weekly) -> str:
    when = "" if one.is_week else _("The month of %(days)s:", days=one.span_words)
    return " ".join(part for part in (when, one.headline, one.change_words) if part)


def _moves(one: Weekly) -> Iterator[str]:
    moves = one.results.moves
    for move in moves.clear[:MOVES_EACH] if moves else ():
        told = _(
            "%(now)s answers now, %(before)s before", now=number_words(move.now.n), before=number_words(move.before.n)
        )
        yield f"{move.words} {upper_first(move.difference_words)} ({told})."


def _waits(week: Week) -> list[Block]:
    """What waits for somebody here; each line opens exactly that."""
    return [Bullets(lines)] if (lines := [*_comments_that_wait(week.user), *_others_that_wait()]) else []


def _comments_that_wait(user: User) -> Iterator[tuple[str, str]]:
    mine = count_comments(assigned=user.id, is_answered=False)
    if mine:
        words = ngettext("%(num)s comment was given to you and is not answered", "%(num)s comments were given to you and are not answered", mine)  # fmt: skip
        yield words, address("/comments?assigned=me&answered=no")
    bad = count_comments(sentiment="negative", is_answered=False)
    if bad:
        words = ngettext("%(num)s comment says something bad and is not answered", "%(num)s comments say something bad and are not answered", bad)  # fmt: skip
        yield f"{words}{_beyond_promise()}", address("/comments?sentiment=negative&answered=no")


def _beyond_promise() -> str:
    """How many of them have waited longer than is promised; comments know their day, so whole days have gone by."""
    hours = organisation().promised_hours
    until = today() - timedelta(days=-(-hours // 24) + 1)
    late = count_comments(sentiment="negative", is_answered=False, until=until)
    if not late:
        return ""
    return ngettext("; %(num)s of them for longer than the %(hours)s hours that you promise", "; %(num)s of them for longer than the %(hours)s hours that you promise", late, hours=hours)  # fmt: skip


def _others_that_wait() -> Iterator[tuple[str, str]]:
    if unmatched := count_unmatched():
        words = ngettext("%(num)s answer says why somebody left, but not who", "%(num)s answers say why somebody left, but not who", unmatched)  # fmt: skip
        yield words, address("/lost/unmatched")
    if untold := queries.count_untold():
        words = ngettext("%(num)s improvement that nobody was told of", "%(num)s improvements that nobody was told of", untold)  # fmt: skip
        yield words, address("/improvements")
    held, given_up = queries.count_stuck_letters()
    if held:
        yield (
            ngettext("%(num)s letter was held back", "%(num)s letters were held back", held),
            address("/outbox?state=held"),
        )
    if given_up:
        yield (
            ngettext("%(num)s letter was given up", "%(num)s letters were given up", given_up),
            address("/outbox?state=failed"),
        )


def _said(week: Week) -> list[Block]:
    """A few quotes, chosen by the rule of the weekly page: of each survey one, then the next of each."""
    columns = [[(quote, one.page.title) for quote in one.quotes] for one in week.surveys]
    taken = [found for found in chain.from_iterable(zip_longest(*columns)) if found][:QUOTES]
    quotes = [
        Quote(quote.text, ", ".join(filter(None, (quote.stands_for, _("“%(title)s”", title=title)))))
        for quote, title in taken
    ]
    rule = _("Chosen by rule: what is nearest to what all say. Names and numbers are left out.")
    return [*quotes, Small(rule)] if quotes else []


def _improved(week: Week) -> list[Block]:
    lines = [(f"{one.title}: {one.stage_words}", address(f"/improving/{one.slug}")) for one in week.improvements]
    return [Bullets(lines)] if lines else []
