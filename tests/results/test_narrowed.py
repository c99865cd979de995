"""Views that are narrowed to segments: their counts, kept or counted while somebody waits, are those of their answers."""

from collections import Counter
from datetime import date

import pytest
import time_machine
from sqlalchemy import delete, select

from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.responses.actions import submit
from survey.responses.models import Response
from survey.responses.queries import count_of
from survey.responses.rules import Submission
from survey.results.actions import fold
from survey.results.jobs import count_as_now, fold_deltas
from survey.results.models import Rollup
from survey.results.pages.seeing import survey_page
from survey.results.queries import counted_as_before, counts_by, differences, segment_values, tally
from survey.results.queries import recounted as recounted_module
from survey.results.rules.tally import REASONS_READ, WROTE, responses_in
from survey.text.queries import count_comments
from tests.factories.counted import NOW, TODAY, answer, make_survey, read, remove
from tests.factories.surveys import submission

SEPTEMBER = date(2026, 9, 15)


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(NOW, tick=False):
        yield


def _answer(survey, nps, **more):
    filled: Submission = submission(survey, {"nps": nps}, **{"on": TODAY, "voice": "customer", **more})
    return write(lambda: submit(filled)).response_id


def _some(survey):
    _answer(survey, 10, channel="personal", language="de", segments={"site": "North", "tenure": "0-3"})
    _answer(survey, 9, channel="personal", language="en", segments={"site": "South"})
    _answer(survey, 2, channel="link", language="en", voice="unverified", segments={"site": "North"})
    _answer(survey, 4, channel="link", language="de", voice="former_customer", on=SEPTEMBER)


def _page(survey, role="leader", **args):
    return survey_page(survey, args, role)


@pytest.mark.parametrize("is_folded", [True, False])
def test_what_answers_can_be_narrowed_to_is_known_with_how_many_gave_it(app, is_folded):
    survey = make_survey()
    _some(survey)
    if is_folded:
        fold_deltas()
    assert segment_values(survey.id) == {
        "channel": {"personal": 2, "link": 2}, "language": {"de": 2, "en": 2}, "version": {"1": 4},
        "score": {"10": 1, "9": 1, "2": 1, "4": 1}, "segment.site": {"North": 2, "South": 1}, "segment.tenure": {"0-3": 1},
    }  # fmt: skip
    assert [choice.label for choice in _page(survey).choices] == ["How it came", "Language", "Score", "Site"]


VIEWS = [
    {"channel": "personal"}, {"language": "de"}, {"version": "1"}, {"score": "2"}, {"segment.site": "North"},
    {"segment.site": "North", "voice": "all"}, {"segment.site": "North", "channel": "link", "voice": "all"},
    {"language": "de", "channel": "personal"}, {"language": "de", "sentiment": "negative", "voice": "all"},
    {"language": "de", "period": "last-month", "voice": "all"}, {"language": "en", "flagged": "without", "voice": "all"},
    {"language": "en", "flagged": "only", "voice": "all"}, {"score": "4", "voice": "former_customer"},
]  # fmt: skip


@pytest.mark.parametrize("args", VIEWS)
def test_a_narrowed_view_counts_the_answers_that_its_list_shows(app, args):
    survey = make_survey()
    _some(survey)
    read(answer(survey, {"nps": 1, "why": "It broke"}, voice="unverified"), "negative")
    fold_deltas()
    doubted = submission(survey, {"nps": 7}, language="en", doubts=("fast",), on=TODAY, voice="customer")
    write(lambda: submit(doubted))
    page = _page(survey, **args)
    listed = count_of(survey.id, **page.view.filters)
    assert page.results.n == listed
    wanted = db.session.scalars(select(Response)).all()
    assert page.results.counts.get("nps", {}) == _by_hand(wanted, page)
    assert all(page.address[name] == value for name, value in args.items() if name not in ("voice",))


def _by_hand(rows, page):
    view, chosen = page.view, dict(page.view.narrowed)
    known = {
        "channel": lambda row: row.channel, "language": lambda row: row.language, "version": lambda row: str(row.version.number),
        "score": lambda row: str(row.score), "segment.site": lambda row: row.segments.get("site"),
    }  # fmt: skip
    mine = [row for row in rows if all(known[name](row) == value for name, value in chosen.items())]
    mine = [row for row in mine if view.voices is None or row.voice in view.voices]
    mine = [row for row in mine if not view.sentiment or row.sentiment == view.sentiment]
    mine = [row for row in mine if not view.flagged or bool(row.doubts) == (view.flagged == "only")]
    if view.period.since:
        mine = [row for row in mine if view.period.since <= row.submitted_on <= view.period.until]
    return Counter(str(row.answers["nps"]) for row in mine)


def test_a_narrowed_view_is_compared_with_the_time_before_in_the_same_view(app):
    survey = make_survey()
    for day, grade in ((SEPTEMBER, 2), (TODAY, 10)):
        for language in ("de", "en"):
            for _ in range(6):
                _answer(survey, grade, language=language, channel="personal", on=day, segments={"site": "North"})
    for more in ({}, {"segment.site": "North"}):
        page = _page(survey, language="de", period="this-month", **more)
        assert (page.results.n, responses_in(page.results.before.counts)) == (6, 6)
        assert page.results.change.difference == 200


def test_counts_by_a_segment_are_those_of_the_view(app):
    survey = make_survey()
    _some(survey)
    fold_deltas()
    everybody = _page(survey, voice="all")
    assert {value: sum(map(responses_in, months.values())) for value, months in everybody.counts_by("channel").items()} == {
        "personal": 2, "link": 2,
    }  # fmt: skip
    known = _page(survey)
    assert set(known.counts_by("segment.site")) == {"North", "South"}
    assert known.counts_by("segment.site")["North"][date(2026, 10, 1)]["nps"] == {"10": 1}
    german = _page(survey, voice="all", language="de")
    assert {value: sum(map(responses_in, months.values())) for value, months in german.counts_by("channel").items()} == {
        "personal": 1, "link": 1,
    }  # fmt: skip
    days = everybody.counts_by("day")
    assert days["2026-09-15"] == {date(2026, 9, 1): {"": {"": 1, "nps": 1}, "nps": {"4": 1}}}
    assert german.counts_by("day")["2026-09-15"] == days["2026-09-15"]
    assert counts_by(survey.id, "score", voices=["unverified"]) == {
        "2": {date(2026, 10, 1): {"": {"": 1, "nps": 1}, "nps": {"2": 1}}}
    }


def test_reasons_read_in_comments_are_counted_with_the_answers_in_every_segment(app):
    survey = make_survey()
    first = answer(survey, {"nps": 2, "why": "I waited"}, segments={"site": "North"})
    second = answer(survey, {"nps": 3, "why": "I waited, and it broke"})
    answer(survey, {"nps": 3})
    read(first, "negative", reasons=(("A2", 0.9),))
    read(second, "negative", reasons=(("A2", 0.9), ("S1", 0.8)))
    page = _page(survey)
    assert page.results.counts[REASONS_READ] == {"A2": 2, "S1": 1}
    assert page.results.counts[""][WROTE] == 2
    assert [(code, n) for code, _label, n in page.suggested] == [("A2", 2), ("S1", 1)]
    assert _page(survey, **{"segment.site": "North"}).results.counts[REASONS_READ] == {"A2": 1}
    assert _page(survey, sentiment="negative").results.counts[REASONS_READ] == {"A2": 2, "S1": 1}
    read(second, "mixed", reasons=(("S1", 0.8),))
    fold_deltas()
    assert _page(survey).results.counts[REASONS_READ] == {"A2": 1, "S1": 1}
    assert _page(survey, sentiment="mixed").results.counts[REASONS_READ] == {"S1": 1}
    db.session.rollback()
    assert differences(survey.id) == []


@pytest.mark.parametrize("args", [{"channel": "nothing"}, {"segment.site": "'; --"}, {"version": "x"}, {"score": "9" * 99},
                                  {"segment.": "North"}, {"language": "de", "channel": "\\x00"}])  # fmt: skip
def test_what_nobody_answered_with_is_refused_in_words(app, args):
    survey = make_survey()
    _some(survey)
    with pytest.raises(Refused, match="Choose from the lists"):
        _page(survey, **args)


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_surveys_that_promise_groups_keep_no_counts_by_segment_and_cannot_be_narrowed(app, privacy):
    survey = make_survey(privacy=privacy)
    for _ in range(9):
        answer(survey, {"nps": 9}, segments={"site": "North"} if privacy == "confidential" else None)
    assert {name for name, *_ in tally(survey.id)} == {"", "voice"}
    for args in ({"segment.site": "North"}, {"channel": "link"}, {"score": "9"}):
        with pytest.raises(Refused, match="groups only"):
            _page(survey, **args)
    identified = make_survey("open")
    answer(identified, {"nps": 9}, segments={"site": "North"})
    with pytest.raises(Refused, match="groups only"):
        _page(identified, role="viewer", **{"segment.site": "North"})


def test_too_many_answers_to_count_together_are_refused_in_words(app, monkeypatch):
    survey = make_survey()
    _some(survey)
    monkeypatch.setattr(recounted_module, "MOST", 1)
    assert _page(survey, language="de", voice="all").results.n == 2
    with pytest.raises(Refused, match="shorter period"):
        _page(survey, language="de", version="1", voice="all")


def test_counts_of_an_older_release_are_counted_anew_once(app):
    survey, other = make_survey(), make_survey("groups", privacy="confidential")
    _some(survey)
    answer(other, {"nps": 9})
    fold_deltas()
    assert counted_as_before() == []
    old = Rollup.segment.in_(("channel", "language", "version", "day", "score"))
    write(lambda: db.session.execute(delete(Rollup).where(old)))
    _answer(survey, 8)
    assert counted_as_before() == [survey.id]
    assert (count_as_now(), count_as_now()) == (1, 0)
    write(fold)
    db.session.rollback()
    assert differences(survey.id) == []


def test_how_many_comments_there_are_is_kept_with_the_answers(app):
    survey = make_survey()
    first = answer(survey, {"nps": 2, "why": "I waited"}, segments={"site": "North"})
    answer(survey, {"nps": 9, "why": "Friendly"})
    answer(survey, {"nps": 9})
    fold_deltas()
    for args in ({}, {"segment.site": "North"}, {"score": "9"}, {"segment.site": "North", "score": "2"}):
        page = _page(survey, **args)
        assert page.comments.total == len(page.comments.items) == count_comments(**page.comment_filters)
    read(first, "negative")
    remove(first)
    assert _page(survey).comments.total == 1
    db.session.rollback()
    assert differences(survey.id) == []
