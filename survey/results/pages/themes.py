"""What people speak of week by week: each reason’s share with its interval, what moved beyond noise, phrases that are new,
and what people who scored low say more than those who scored high."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import list_words, ngettext, percent_words, short_day_words, within_sentence
from survey.organisation.queries import today
from survey.questionnaires.queries import all_surveys, newest_versions
from survey.reasons.rules import REASONS
from survey.responses.rules import sees_single_answers
from survey.text import queries
from survey.text.rules.keyness import Key, is_new, keyness
from survey.text.rules.themes import Moved, Week, moves

READ_BACK = 26
SHOWN = 12
RECENT = 4
FEWEST = 10
SHOWN_PHRASES = 12
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Theme:
    """One reason, week by week; the last week stands at the end."""

    code: str
    label: str
    weeks: Sequence[Moved]

    @property
    def last(self) -> Moved:
        """The last full week."""
        return self.weeks[-1]

    @property
    def hits(self) -> int:
        """How many comments spoke of it in the weeks shown."""
        return sum(one.week.hits for one in self.weeks)

    @property
    def moved(self) -> Moved | None:
        """The week in which it moved beyond noise, of the last two."""
        return next((one for one in reversed(self.weeks[-2:]) if one.direction), None)

    @property
    def flag(self) -> str:
        """up or down where it moved."""
        return self.moved.direction if self.moved else ""

    @property
    def flag_words(self) -> str:
        """The same in words, with the numbers of that week where it is not the last one."""
        if self.moved is None:
            return ""
        said = {"up": _("more than usual"), "down": _("less than usual")}[self.flag]
        week, before = self.moved.week, self.weeks[self.weeks.index(self.moved) - 1].week
        if week.n < FEWEST:  # by itself it tells nothing: it moved together with the week before
            hits, n, day = week.hits + before.hits, week.n + before.n, short_day_words(before.begins, before.begins)
            return _("%(said)s: %(hits)s of %(n)s in the two weeks from %(day)s", said=said, hits=hits, n=n, day=day)
        if self.moved is self.last:
            return said
        day = short_day_words(week.begins, week.begins)
        return _("%(said)s: %(hits)s of %(n)s in the week of %(day)s", said=said, hits=week.hits, n=week.n, day=day)

    @property
    def last_words(self) -> str:
        """“9 of 31, 29%”."""
        week = self.last.week
        if not week.n:
            return _("no comments")
        share = percent_words(week.hits / week.n)
        return _("%(hits)s of %(n)s, %(share)s", hits=week.hits, n=week.n, share=share) if week.n >= FEWEST else _("%(hits)s of %(n)s", hits=week.hits, n=week.n)  # fmt: skip

    @property
    def usual_words(self) -> str:
        """The share of the eight weeks before."""
        return percent_words(self.last.usual) if self.last.usual is not None else "–"


@dataclass(frozen=True)
class Phrase:
    """A phrase that one group of comments has clearly more than another; `is_new` where the other hardly knows it."""

    words: str
    here: int
    there: int
    is_new: bool


@dataclass(frozen=True)
class Phrases:
    """Such phrases, the clearest first, with the number of comments on both sides."""

    phrases: Sequence[Phrase]
    n_here: int
    n_there: int

    @property
    def is_enough(self) -> bool:
        """Whether both sides hold enough to tell anything."""
        return min(self.n_here, self.n_there) >= FEWEST


@dataclass(frozen=True)
class Themes:
    """The page: which survey, until when, every theme, those that moved first."""

    survey: str
    surveys: Sequence[tuple[str, str]]
    until: date
    comments: int
    themes: Sequence[Theme]
    new: Phrases  # the last four weeks against those before
    low: Phrases  # people who scored low against those who scored high
    high: Phrases  # the other way round
    highest: float

    @property
    def headline(self) -> str:
        """What moved, in a sentence."""
        up = [within_sentence(theme.label) for theme in self.themes if theme.flag == "up"]
        down = [within_sentence(theme.label) for theme in self.themes if theme.flag == "down"]
        if not self.comments:
            return _("Nobody has written anything in these weeks.")
        if up:
            return _("People speak more than usual of %(themes)s.", themes=list_words(up))
        if down:
            return _("People speak less than usual of %(themes)s.", themes=list_words(down))
        return _("Nothing moved beyond chance.")

    @property
    def weeks(self) -> list[tuple[str, int]]:
        """The weeks shown: the day they begin with, and how many comments came."""
        first = self.themes[0].weeks if self.themes else ()
        return [(short_day_words(one.week.begins, self.until), one.week.n) for one in first]

    @property
    def comments_words(self) -> str:
        """How many comments these are."""
        return ngettext("%(num)s comment", "%(num)s comments", self.comments)


def chosen_survey(slug: str, titles: Mapping[str, tuple[UUID, str]]) -> tuple[str, UUID | None]:
    """The survey that an address asks for, None for all; raises Refused where it is not one whose single answers may be seen."""
    if slug and slug not in titles:
        raise Refused(_("There is no such survey, or it shows groups only: its weeks may be too small."))
    return slug, titles[slug][0] if slug else None


def survey_options(titles: Mapping[str, tuple[UUID, str]]) -> list[tuple[str, str]]:
    """The surveys to choose from."""
    return [("", _("All surveys")), *((name, title) for name, (_id, title) in titles.items())]


def themes(args: Mapping[str, str]) -> Themes:
    """The themes of all surveys whose single answers may be seen, or of one of them."""
    titles = open_surveys()
    slug, survey_id = chosen_survey(args.get("survey", ""), titles)
    this_week = today() - timedelta(days=today().weekday())
    begins = [this_week - A_WEEK * back for back in range(READ_BACK, 0, -1)]
    until = this_week - timedelta(days=1)
    n = _by_week(queries.comments_by_day(begins[0], until, survey_id=survey_id))
    found = queries.reasons_by_day(begins[0], until, survey_id=survey_id)
    lines = [_theme(code, found, n, begins) for code in sorted({code for code, _day in found})]
    lines = [theme for theme in lines if theme.hits]
    lines.sort(key=lambda theme: (not theme.flag, -theme.hits, theme.label))
    recent = queries.keywords_between(begins[-RECENT], until, survey_id=survey_id)
    before = queries.keywords_between(begins[0], begins[-RECENT] - timedelta(days=1), survey_id=survey_id)
    low = queries.keywords_of_low_scores(begins[0], until, survey_id=survey_id)
    high = queries.keywords_of_high_scores(begins[0], until, survey_id=survey_id)
    return Themes(
        survey=slug,
        surveys=survey_options(titles),
        until=until,
        comments=sum(n[begin] for begin in begins[-SHOWN:]),
        themes=lines,
        new=said_more(recent, before),
        low=said_more(low, high),
        high=said_more(high, low),
        highest=max((one.interval[1] for theme in lines for one in theme.weeks if one.week.n >= FEWEST), default=1.0),
    )


def open_surveys() -> dict[str, tuple[UUID, str]]:
    """The published surveys whose single answers may be seen: address -> id and title."""
    newest = newest_versions()
    return {
        survey.slug: (survey.id, str(newest[survey.id].document["title"]))
        for survey in all_surveys()
        if survey.id in newest and sees_single_answers(survey.privacy)
    }


def _by_week(days: Mapping[date, int]) -> Counter[date]:
    found: Counter[date] = Counter()
    for day, n in days.items():
        found[day - timedelta(days=day.weekday())] += n
    return found


def _theme(code: str, found: Mapping[tuple[str, date], int], n: Counter[date], begins: Sequence[date]) -> Theme:
    hits = _by_week({day: many for (other, day), many in found.items() if other == code})
    weeks = moves([Week(begin, hits[begin], n[begin]) for begin in begins])
    return Theme(code, REASONS[code].label if code in REASONS else code, weeks[-SHOWN:])


def said_more(here: tuple[Counter[str], int], there: tuple[Counter[str], int]) -> Phrases:
    """What the one side says clearly more than the other."""
    (mine, n), (others, n_others) = here, there
    keys: list[Key] = keyness(mine, others, n, n_others) if min(n, n_others) >= FEWEST else []
    more = [Phrase(key.key, key.here, key.there, is_new(key, n, n_others)) for key in keys if key.z > 0]
    return Phrases(more[:SHOWN_PHRASES], n, n_others)
