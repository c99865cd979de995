"""The words of the interface in several languages, and numbers, days and lists as each language writes them.

English words are the keys of the catalogues (`survey/translations/<language>/LC_MESSAGES`). Rules may use `gettext`: outside of
a request, as in tests and commands, it gives back the English words. `docs/languages.md` says how a language is added.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from math import floor
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import flask_babel
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from flask import Flask, has_request_context
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

ENGLISH = "en"
CATALOGUES = str(Path(__file__).parents[1] / "translations")


def with_catalogues(names: Mapping[str, str]) -> dict[str, str]:
    """Return the languages whose catalogue is here: a page never says that it speaks one whose words it has not."""
    found = {language: (Path(CATALOGUES) / language / "LC_MESSAGES" / "messages.mo").is_file() for language in names}
    return {language: name for language, name in names.items() if language == ENGLISH or found[language]}


# The languages that the interface speaks, by the name that their speakers give them; each has a complete catalogue.
INTERFACE: Mapping[str, str] = with_catalogues({ENGLISH: "English", "de": "Deutsch"})
WRITES_NOUNS_LARGE = {"de"}
MINUS = "\N{MINUS SIGN}"

T = TypeVar("T")

babel = Babel()
_brought_along: ContextVar[Locale | None] = ContextVar("the language that carried work speaks", default=None)


def init_app(app: Flask, *, choose: Callable[[], str]) -> None:
    """Attach the catalogues to the app and its templates; `choose` says which language the page of a request speaks."""
    babel.init_app(
        app,
        default_translation_directories=CATALOGUES,
        locale_selector=lambda: _brought_along.get() or (choose() if has_request_context() else ENGLISH),
    )
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters.update(upper_first=upper_first, within_sentence=within_sentence)
    app.jinja_env.globals.update(
        gettext=_gettext_in_template, ngettext=_ngettext_in_template, _=_gettext_in_template,
        spoken=spoken, direction=direction, our_words=our_words, day_words=day_words, short_day_words=short_day_words, month_words=month_words, number_words=number_words,
        percent_words=percent_words, list_words=list_words, moment_words=moment_words,
    )  # fmt: skip


# ---- words --------------------------------------------------------------------------------------------------------


def gettext(words: str, /, **put_in: object) -> str:
    """Return words in the language of the page, with named places `%(name)s` filled; whole numbers as it writes them."""
    said = str(flask_babel.gettext(words))
    return said % _written(put_in) if put_in else said


def ngettext(one: str, many: str, n: int, /, **put_in: object) -> str:
    """Return the form of words that fits the number n, with named places filled; `%(num)s` is n itself."""
    said = str(flask_babel.get_translations().ungettext(one, many, n))
    return said % _written({"num": n, **put_in})


def lazy_gettext(words: str, /, **put_in: object) -> Any:
    """Return words that are put into the language of the page when they are shown: for labels of forms and for tables."""
    return _Later(gettext, words, **put_in)


def marked(words: str) -> str:
    """Return words as they are: they stand in the catalogues, and `gettext` is asked for them later."""
    return words


class _Later(LazyString):  # type: ignore[misc]
    """Lazy words that templates escape like all others."""

    def __html__(self) -> str:
        return escape(str(self))


def _written(put_in: Mapping[str, object]) -> dict[str, object]:
    return {name: number_words(value) if type(value) is int else value for name, value in put_in.items()}


@pass_context
def _gettext_in_template(context: Context, words: str, /, **put_in: object) -> str:
    return _filled(context, flask_babel.gettext(words), put_in)


@pass_context
def _ngettext_in_template(context: Context, one: str, many: str, n: int, /, **put_in: object) -> str:
    return _filled(context, flask_babel.get_translations().ungettext(one, many, n), {"num": n, **put_in})


def _filled(context: Context, said: str, put_in: Mapping[str, object]) -> str:
    words = Markup(said) if context.eval_ctx.autoescape else said  # noqa: S704 - of our own catalogues
    return words % _written(put_in)


def upper_first(words: str) -> str:
    """Return words as a sentence begins, the rest untouched."""
    return f"{words[:1].upper()}{words[1:]}"


def within_sentence(words: str) -> str:
    """Return a label as it stands within a sentence: with a small letter, but where nouns are written large."""
    return words if spoken() in WRITES_NOUNS_LARGE else f"{words[:1].lower()}{words[1:]}"


# ---- which language -----------------------------------------------------------------------------------------------


def spoken() -> str:
    """Return the language that words are in now."""
    return _locale().language


def first_spoken(wanted: Iterable[str]) -> str | None:
    """Return the first wanted language that the interface speaks, whatever its region (“de-AT”); None where it speaks none."""
    known = (re.split("[-_]", one.strip().lower())[0] for one in wanted)
    return next((language for language in known if language in INTERFACE), None)


def speaking(language: str) -> AbstractContextManager[None]:
    """Let everything within speak a language, whatever the visitor's own is; English where the interface does not speak it."""
    forced: AbstractContextManager[None] = flask_babel.force_locale(_locale_of(language))
    return forced


def carried(work: Callable[[], T]) -> Callable[[], T]:
    """Return work that speaks the present language wherever it is done: in another thread, in another context."""
    locale = _locale()

    def done() -> T:
        token = _brought_along.set(locale)
        try:
            return work()
        finally:
            _brought_along.reset(token)

    return done


@lru_cache(maxsize=256)
def _locale_of(language: str) -> Locale:
    """A language as Babel knows it; looking it up takes longer than to speak it."""
    return Locale(first_spoken([language]) or ENGLISH)


def direction(language: str) -> str:
    """Return which way a language runs, as HTML writes it: ltr or rtl."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def language_words(language: str) -> str:
    """Return what a language is called in the one that is spoken: “German”; its code where Babel does not know it."""
    try:
        return Locale.parse(language, sep="-").get_display_name(_locale()) or language
    except (UnknownLocaleError, ValueError):
        return language


def our_words(page: str) -> str:
    """Return the attributes of an element with words of ours, where they are in another language than the page; else nothing."""
    if first_spoken([page]) == spoken():
        return ""
    return Markup(' lang="{}" dir="{}"').format(spoken(), direction(spoken()))


def _locale() -> Locale:
    return flask_babel.get_locale() or Locale(ENGLISH)


# ---- numbers and lists --------------------------------------------------------------------------------------------


def whole(value: float) -> int:
    """The nearest whole number, halves away from zero, as people round."""
    return floor(abs(value) + 0.5) * (1 if value >= 0 else -1)


def number_words(value: float, *, places: int = 0) -> str:
    """Return a number with so many decimals: 1,869 in English, 1.869 in German."""
    digits = f"#,##0.{'0' * places}" if places else "#,##0"
    return _minus(format_decimal(whole(value * 10**places) / 10**places, digits, _locale()))


def percent_words(fraction: float, *, places: int = 0) -> str:
    """Return a fraction in per cent: 0.6916 is 69%, with two places 69.16%."""
    pattern = _locale().percent_formats[None].pattern
    digits = pattern.replace("#,##0", f"#,##0.{'0' * places}") if places else pattern
    rounded = whole(100 * fraction * 10**places) / 10**places
    return _minus(format_percent(rounded / 100, digits, locale=_locale()))


def signed_words(value: float, *, places: int = 0) -> str:
    """Return a number with its sign: +24, −7, 0."""
    return f"{'+' if whole(value * 10**places) > 0 else ''}{number_words(value, places=places)}"


def ordinal_words(n: int) -> str:
    """Return which one of several it is: 1st, 22nd; in German 1., 22."""
    if spoken() != ENGLISH:
        return gettext("%(number)sth", number=n)
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def list_words(words: Sequence[str]) -> str:
    """Return things as a sentence names them: “a, b and c”."""
    return str(format_list([str(one) for one in words], locale="en_GB" if spoken() == ENGLISH else _locale()))


def _minus(digits: str) -> str:
    return digits.replace("-", MINUS)


# ---- days: the patterns are messages, so that each language has its own; letters as in CLDR ------------------------


def day_words(day: date, today: date | None = None) -> str:
    """Return a day: “12 October 2026”; with `today` as people say it then: “24 October”, or “24 Oct 2025” in another year."""
    if today is None:
        return _day(day, gettext("d MMMM y"))
    return _day(day, gettext("d MMMM") if day.year == today.year else gettext("d MMM y"))


def short_day_words(day: date, today: date | None = None) -> str:
    """Return a day where there is little room: “24 Oct 2025”; with `today` in this year “24 Oct”."""
    return _day(day, gettext("d MMM") if today and day.year == today.year else gettext("d MMM y"))


def month_words(day: date, today: date) -> str:
    """Return a month: “October” in this year, “October 2025” in another."""
    return _day(day, gettext("MMMM") if day.year == today.year else gettext("MMMM y"))


def whole_month_words(day: date) -> str:
    """Return a month with its year: “October 2026”."""
    return _day(day, gettext("MMMM y"))


def short_month_words(day: date, today: date) -> str:
    """Return a month where there is little room: “Oct”, “Oct 2025”."""
    return _day(day, gettext("MMM") if day.year == today.year else gettext("MMM y"))


def span_words(start: date, end: date, today: date) -> str:
    """Return days from one to another: “1 Aug – 31 Oct”, with the year where it is not this one."""
    if start == end:
        return short_day_words(end, today)
    if (start.year, start.month) == (end.year, end.month):
        first = gettext("d")
        return f"{_day(start, first)} – {short_day_words(end, today)}"
    # The end's year speaks for both unless they differ.
    if start.year == end.year:
        return f"{short_day_words(start, end)} – {short_day_words(end, today)}"
    return f"{short_day_words(start, today)} – {short_day_words(end)}"


def moment_words(moment: datetime, time_zone: str) -> str:
    """Return a moment where the organisation is: “22 Nov 2026, 14:05”."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return str(format_datetime(local, gettext("d MMM y, HH:mm"), locale=_locale()))


def long_moment_words(moment: datetime) -> str:
    """Return a moment that is told where it is meant: “22 November 2026, 14:05”."""
    return str(format_datetime(moment, gettext("d MMMM y, HH:mm"), locale=_locale()))


def _day(day: date, pattern: str) -> str:
    return str(format_date(day, pattern, _locale()))
