"""Numbers, days, lists and words as each language writes them; which language a page speaks."""

from datetime import UTC, date, datetime

import pytest
from flask import render_template_string

from survey.foundation.language import (
    INTERFACE,
    day_words,
    direction,
    first_spoken,
    gettext,
    lazy_gettext,
    list_words,
    moment_words,
    month_words,
    ngettext,
    number_words,
    ordinal_words,
    percent_words,
    short_day_words,
    short_month_words,
    signed_words,
    span_words,
    speaking,
    spoken,
    upper_first,
    within_sentence,
)

TODAY = date(2026, 11, 22)
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "said"), [(24, "+24"), (-7.2, "−7"), (0, "0"), (-0.4, "0"), (2.5, "+3"), (-2.5, "−3"), (1200, "+1,200")]
)
def test_scores_carry_their_sign(value, said):
    assert signed_words(value) == said


@pytest.mark.parametrize(("fraction", "said"), [(0.6916, "69%"), (0, "0%"), (1, "100%"), (0.125, "13%")])
def test_fractions_become_per_cent(fraction, said):
    assert percent_words(fraction) == said


def test_numbers_are_written_as_the_language_writes_them(sqlite_app):
    assert [number_words(1869), number_words(4.25, places=1), number_words(-1200)] == ["1,869", "4.3", "−1,200"]
    with speaking("de"):
        assert [number_words(1869), number_words(4.25, places=1), number_words(-1200)] == ["1.869", "4,3", "−1.200"]
        assert percent_words(0.69) == f"69{NO_BREAK}%"
        assert signed_words(1200) == "+1.200"
        assert ordinal_words(22) == "22."


def test_places_are_counted():
    assert [ordinal_words(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th",
    ]  # fmt: skip


def test_days_name_the_year_where_it_is_not_this_one():
    assert day_words(date(2026, 10, 24)) == "24 October 2026"
    assert day_words(date(2026, 10, 24), TODAY) == "24 October"
    assert day_words(date(2025, 9, 24), TODAY) == "24 Sep 2025"
    assert short_day_words(date(2026, 9, 24), TODAY) == "24 Sep"
    assert short_day_words(date(2025, 9, 24), TODAY) == short_day_words(date(2025, 9, 24)) == "24 Sep 2025"
    assert [month_words(date(year, 10, 1), TODAY) for year in (2026, 2025)] == ["October", "October 2025"]
    assert [short_month_words(date(year, 10, 1), TODAY) for year in (2026, 2025)] == ["Oct", "Oct 2025"]


def test_a_moment_is_told_where_the_organisation_is():
    assert moment_words(datetime(2026, 11, 22, 13, 5, tzinfo=UTC), "Europe/Berlin") == "22 Nov 2026, 14:05"


def test_german_days(sqlite_app):
    with speaking("de"):
        assert day_words(date(2026, 10, 24)) == "24. Oktober 2026"
        assert day_words(date(2026, 3, 4), TODAY) == "4. März"
        assert day_words(date(2025, 10, 24), TODAY) == "24. Okt 2025"
        assert span_words(date(2026, 8, 1), date(2026, 10, 31), TODAY) == "1. Aug – 31. Okt"
        assert span_words(date(2026, 10, 1), date(2026, 10, 31), TODAY) == "1. – 31. Okt"
        assert month_words(date(2025, 10, 1), TODAY) == "Oktober 2025"
        assert moment_words(datetime(2026, 11, 22, 13, 5, tzinfo=UTC), "Europe/Berlin") == "22. Nov 2026, 14:05"


def test_things_are_named_as_in_a_sentence(sqlite_app):
    assert [list_words(["a", "b", "c"][:n]) for n in (1, 2, 3)] == ["a", "a and b", "a, b and c"]
    with speaking("de"):
        assert list_words(["a", "b", "c"]) == "a, b und c"


def test_labels_within_a_sentence_keep_their_large_letter_where_nouns_have_one(sqlite_app):
    assert within_sentence("Price rise") == "price rise"
    assert upper_first("no answers, says Ada") == "No answers, says Ada"
    with speaking("de"):
        assert within_sentence("Wartezeit") == "Wartezeit"


def test_numbers_within_words_are_written_so_too(sqlite_app):
    assert gettext("Choose a number from %(lowest)s to %(highest)s.", lowest=1, highest=1000).endswith("1 to 1,000.")
    assert ngettext("%(num)s answer", "%(num)s answers", 1212) == "1,212 answers"
    with sqlite_app.test_request_context(), speaking("de"):
        assert ngettext("%(num)s answer", "%(num)s answers", 1212) == "1.212 Antworten"
        assert ngettext("%(num)s answer", "%(num)s answers", 1) == "1 Antwort"
        page = "{% trans n=n %}{{ n }} answer{% pluralize %}{{ n }} answers{% endtrans %}"
        assert (
            render_template_string("{{ ngettext('%(num)s answer', '%(num)s answers', n) }}", n=1212)
            == "1.212 Antworten"
        )
        assert "1.212" in render_template_string(page, n=1212)


def test_what_is_put_into_words_is_escaped_in_pages(sqlite_app):
    page = "{{ _('See what %(owner)s is improving', owner=owner) }}"
    later = lazy_gettext("See what %(owner)s is improving", owner="<b>")
    with sqlite_app.test_request_context():
        assert "&lt;b&gt;" in render_template_string(page, owner="<b>")
        assert "&lt;b&gt;" in render_template_string("{{ later }}", later=later)


def test_words_that_wait_are_put_into_the_language_they_are_shown_in(sqlite_app):
    later = lazy_gettext("Positive")
    assert later == "Positive"
    with speaking("de"):
        assert later == "Positiv"


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [(["de-AT"], "de"), (["fr", "DE"], "de"), (["en_GB", "de"], "en"), (["fr", ""], None), (["*"], None), ([], None)],
)
def test_the_first_wanted_language_that_is_spoken_counts_whatever_its_region(wanted, spoken, monkeypatch):
    monkeypatch.setattr("survey.foundation.language.INTERFACE", {"en": "English", "de": "Deutsch"})
    assert first_spoken(wanted) == spoken


def test_a_language_that_is_not_spoken_gets_english_words(sqlite_app):
    with speaking("ar"):
        assert (spoken(), gettext("Positive")) == ("en", "Positive")


def test_some_languages_run_from_right_to_left():
    assert {language: direction(language) for language in ("ar", "he", "fa", "ur", "de", "en-GB", "xx")} == {
        "ar": "rtl", "he": "rtl", "fa": "rtl", "ur": "rtl", "de": "ltr", "en-GB": "ltr", "xx": "ltr",
    }  # fmt: skip


def test_outside_of_requests_everything_is_english(sqlite_app):
    assert spoken() == "en"
    assert next(iter(INTERFACE)) == "en"
