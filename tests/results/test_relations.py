"""What goes with low scores, two groups side by side, two questions: exact numbers, honest words, promises kept."""

import html
import re
from datetime import date

import pytest
import time_machine

from survey.foundation.db import write
from survey.questionnaires.actions import create, publish
from survey.responses.actions import submit
from survey.results.actions import fold
from survey.text.actions import mark_read
from survey.text.queries import comments_of
from tests.factories.counted import NOW, TODAY, answer, make_survey, reading, submission
from tests.factories.people import sign_in

SITES = [{"value": "north", "words": "North Street"}, {"value": "quay", "words": "The Quay"}]
DOCUMENT = {
    "title": "The gym", "intro": "", "thanks": "", "language": "en",
    "questions": [
        {"key": "nps", "kind": "nps", "words": "Would you recommend us?"},
        {"key": "why", "kind": "text", "words": "Why?"},
        {"key": "clean", "kind": "rating", "words": "How clean is it?"},
        {"key": "price", "kind": "rating", "words": "How fair is the price?"},
        {"key": "site", "kind": "dropdown", "words": "Which one do you visit?", "settings": {"options": SITES}},
        {"key": "again", "kind": "yesno", "words": "Will you come again?"},
        {"key": "staff", "kind": "matrix", "words": "How are …", "settings": {"rows": [{"value": "desk", "words": "The desk"}]}},
    ],
}  # fmt: skip
LAST_MONTH = date(2026, 9, 15)
PAGES = ("drivers", "compare", "cross")
SENSELESS = [
        "compare?by=colour", "compare?by=score", "compare?by=segment.site&a=North&b=Nowhere", "compare?by=segment.site&a=North",
        "compare?by=segment.site&a=North&b=North", "compare?by=period&a=2026-99&b=2026-09", "compare?by=period&a=3-months&b=2026-10",
        "compare?by=period&a=all&b=2026-10", "compare?period=never", "cross?rows=nps&columns=colour", "cross?rows=nps&columns=nps",
        "cross?rows=why&columns=nps", "cross?rows=staff&columns=nps", "cross?rows=staff:nobody&columns=nps", "drivers?period=never",
        "drivers?segment.site=Nowhere", "drivers?sentiment=furious", "drivers.svg?period=never",
    ]  # fmt: skip
CROSSING = ["drivers", "drivers.svg", "cross", "cross?rows=site&columns=nps", "compare?by=channel", "compare?by=segment.site&a=North&b=Quay"]  # fmt: skip


@pytest.fixture
def app(sqlite_app):
    """What these pages read is tested on both databases elsewhere; how they say it does not depend on the database."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _gym(privacy="identified"):
    def make():
        survey = create("gym", purpose="satisfaction", document=DOCUMENT, now=NOW, privacy=privacy)
        publish(survey, now=NOW)
        return survey

    return write(make)


def _fill(survey, *, low=20, high=20, on=TODAY, segments=True):
    """Low scores come from the Quay, find it dirty and wait; high ones are the other way round. The price is the same to all."""
    write(lambda: [_store(survey, number, number < low, on, segments=segments) for number in range(low + high)])


def _store(survey, number, is_low, on, *, segments):
    answers = {
        "nps": 3 if is_low else 10, "why": "I waited very long" if is_low else "Friendly people", "clean": 1 if is_low else 5,
        "price": 2 + 2 * (number % 2), "site": "quay" if is_low else "north", "again": "yes" if number % 2 else "no",
    }  # fmt: skip
    group = {"site": "Quay" if is_low else "North", "tenure": "0-3" if is_low else "24+"} if segments else {}
    id = submit(submission(survey, answers, on=on, segments=group)).response_id
    said = reading("negative", (("A2", 0.9),)) if is_low else reading("positive")
    mark_read(id, {comment.id: said for comment in comments_of([id])}, now=NOW)


def _page(client, address, status=200):
    found = client.get(f"/surveys/gym/results/{address}")
    assert found.status_code == status, found.text
    return html.unescape(found.text)


def _text(page):
    return re.sub(r"\s+", " ", re.sub(r"</?[a-z!][^>]*>", " ", page))


# ---- what goes with low scores ----------------------------------------------------------------------------------------


def test_what_goes_with_low_scores_is_told_with_both_shares_and_never_as_a_cause(client):
    survey = _gym()
    _fill(survey)
    write(fold)
    sign_in(client)
    page = _page(client, "drivers")
    text = _text(page)
    assert "What goes with low scores: “Waiting” and “Which one do you visit? The Quay”." in text
    assert "20 answers of 0–6 against 20 answers of 9–10" in text
    assert "100% of 20 against 0% of 20" in text
    assert "It is no proof that one brings the other" in text
    assert "corrected for 4 comparisons (Holm)" in text
    assert "/comments?survey=gym&reason=A2" in page
    assert "/surveys/gym/responses?question=site&value=quay" in page


def test_what_was_rated_is_told_by_how_it_works_and_how_it_goes_with_the_score(client):
    survey = _gym()
    _fill(survey)
    sign_in(client)
    page = _page(client, "drivers")
    text = _text(page)
    assert "What goes with high scores most works no worse than the rest." in page
    assert "How clean is it? 100% of 20 against 0% of 20" in text
    assert "Good answers: 50% of 40, between 35% and 65%." in text
    assert "How fair is the price? 50% of 20 against 50% of 20" in text
    assert "drivers.svg" in page


def test_groups_of_people_are_held_against_everybody_else(client):
    survey = _gym()
    _fill(survey)
    sign_in(client)
    text = _text(_page(client, "drivers"))
    assert "North 20 answers, between +70 and +100 +100 clearly more" in text
    assert "Quay 20 answers, between −100 and −70 −100 clearly less" in text


def test_the_view_of_the_address_holds(client):
    survey = _gym()
    _fill(survey)
    _fill(survey, low=6, high=6, on=LAST_MONTH)
    sign_in(client)
    assert "6 answers of 0–6 against 6 answers of 9–10" in _text(_page(client, "drivers?period=2026-09"))
    assert "Too few scored low or high" in _page(client, "drivers?segment.site=North")
    assert "6 of 12" not in _page(client, "drivers?period=2026-10")


def test_too_few_on_one_side_are_said_in_words(client):
    survey = _gym()
    _fill(survey, low=4, high=20)
    sign_in(client)
    text = _text(_page(client, "drivers"))
    assert "Too few scored low or high to say what goes with it." in text
    assert "Reasons in their words" not in text


def test_who_skipped_the_leading_question_has_no_score(client):
    survey = _gym()
    _fill(survey)
    sign_in(client)
    before = _text(_page(client, "drivers"))
    answer(survey, {"clean": 1})
    assert _text(_page(client, "drivers")).split("What works, and")[0] == before.split("What works, and")[0]


def test_without_a_score_there_is_nothing_to_hold_against(client):
    make_survey("gym", keys=("why", "used"))
    sign_in(client)
    assert "This view has no score" in _page(client, "drivers")


def test_the_chart_has_an_etag_and_takes_known_themes_only(client):
    survey = _gym()
    _fill(survey)
    sign_in(client)
    first = client.get("/surveys/gym/results/drivers.svg?theme=dark&size=small")
    assert first.mimetype == "image/svg+xml"
    assert "How clean is it?" in first.text
    again = client.get(
        "/surveys/gym/results/drivers.svg?theme=dark&size=small", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert client.get("/surveys/gym/results/drivers.svg?theme=blue").status_code == 400


# ---- two groups, two periods ------------------------------------------------------------------------------------------


def test_two_groups_side_by_side_with_a_verdict(client):
    survey = _gym()
    _fill(survey)
    sign_in(client)
    text = _text(_page(client, "compare?by=segment.site&a=North&b=Quay"))
    assert "North is 200 points above Quay: +100 against −100." in text
    assert "North: 20 answers; Quay: 20 answers." in text
    assert "How clean is it? 100% of 20 against 0% of 20" in text
    assert "How fair is the price? 50% of 20 against 50% of 20; between −28 and +28 0" in text
    assert "Waiting 0% of 20 against 100% of 20" in text
    assert "The score is judged by itself." in text


def test_two_periods_are_those_of_their_own_pages(client):
    survey = _gym()
    _fill(survey, low=2, high=18)
    _fill(survey, low=18, high=2, on=LAST_MONTH)
    sign_in(client)
    text = _text(_page(client, "compare?by=period&a=2026-10&b=2026-09"))
    assert "is 160 points above" in text
    assert "+80 against −80" in text
    assert "1 – 20 Oct: 20 answers; 1 – 30 Sep: 20 answers." in text


def test_all_groups_of_a_kind_stand_in_one_table_with_their_ties(client):
    survey = _gym()
    _fill(survey)
    for number in range(20):
        answer(survey, {"nps": 10 if number else 1}, segments={"site": "Park"})
    sign_in(client)
    page = _page(client, "compare?by=segment.site")
    text = _text(page)
    assert text.index(" North 20 answers") < text.index(" Park 20 answers") < text.index(" Quay 20 answers")
    assert "The first two are too close to rank." in text
    assert "/surveys/gym/results?segment.site=Park" in page


def test_bands_of_time_stand_in_their_order_and_are_not_ranked(client):
    survey = _gym()
    _fill(survey)
    sign_in(client)
    text = _text(_page(client, "compare?by=segment.tenure"))
    assert text.index(" Up to 3 months 20 answers") < text.index(" More than 2 years 20 answers")
    assert "too close to rank" not in text


def test_without_a_score_answers_are_compared_all_the_same(client):
    survey = make_survey("gym", keys=("why", "used"))
    for number in range(12):
        answer(
            survey, {"used": ["web" if number < 6 else "shop"]}, segments={"site": "North" if number < 6 else "Quay"}
        )
    sign_in(client)
    text = _text(_page(client, "compare?by=segment.site&a=North&b=Quay"))
    assert "North and Quay, side by side" in text
    assert "What do you use? The web 100% of 6 against 0% of 6" in text
    assert "This view has no score to compare." in _page(client, "compare?by=segment.site")


def test_months_stand_in_one_table(client):
    survey = _gym()
    _fill(survey)
    _fill(survey, low=2, high=1, on=LAST_MONTH)
    sign_in(client)
    text = _text(_page(client, "compare"))
    assert "October 40 answers, between" in text
    assert "September 3 answers – too few for a score" in text


def test_what_makes_no_sense_is_refused_in_words(client):
    survey = _gym()
    _fill(survey, low=2, high=2)
    sign_in(client)
    for address in SENSELESS:
        assert _page(client, address, status=400)


def test_there_is_no_such_survey(client):
    sign_in(client)
    for page in (*PAGES, "drivers.svg"):
        assert client.get(f"/surveys/nowhere/results/{page}").status_code == 404


def test_nobody_has_answered(client):
    _gym()
    sign_in(client)
    for page in (*PAGES, "drivers.svg", "compare?by=period&a=2026-10&b=2026-09", "cross?rows=site&columns=nps"):
        assert _page(client, page)


# ---- two questions ----------------------------------------------------------------------------------------------------


def test_two_questions_as_a_table_with_residuals_and_a_verdict(client):
    survey = _gym()
    _fill(survey)
    sign_in(client)
    text = _text(_page(client, "cross?rows=site&columns=nps"))
    assert "They go together strongly." in text
    assert "40 people answered both, all time." in text
    assert "North Street 0 0% ▼ less 20 100% ▲ more 20" in text
    assert "0–6 9–10 All" in text
    assert "Cramér’s V = 1.00" in text
    assert "χ² = 40.0 (degrees of freedom: 1), p < 0.001" in text
    assert "corrected for 4 cells (Holm)" in text
    assert "North Street · 9–10 20 100% 10.0 6.3 more" in text


def test_answers_that_have_nothing_to_do_with_each_other(client):
    survey = _gym()
    _fill(survey)
    sign_in(client)
    text = _text(_page(client, "cross?rows=site&columns=again"))
    assert "No clear link: chance would do this too." in text
    assert "▲ more" not in text


def test_the_table_holds_the_view(client):
    survey = _gym()
    _fill(survey)
    _fill(survey, low=3, high=4, on=LAST_MONTH)
    sign_in(client)
    page = _page(client, "cross?rows=site&columns=again&period=2026-09")
    assert "7 people answered both, 1 – 30 Sep." in page
    assert "Too few answers to say whether they go together." in page
    assert '<option value="2026-09" selected' in page


# ---- promises ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_where_only_groups_are_shown_nothing_is_crossed(client, privacy):
    survey = _gym(privacy)
    _fill(survey, low=2, high=2, segments=False)
    sign_in(client)
    for address in CROSSING:
        assert "shows groups only" in _page(client, address, status=400)


def test_where_only_groups_are_shown_periods_are_compared_by_whole_batches(client):
    survey = _gym("confidential")
    _fill(survey, low=2, high=18, on=LAST_MONTH, segments=False)
    _fill(survey, low=1, high=2, on=date(2026, 8, 15), segments=False)
    _fill(survey, low=9, high=9, on=date(2026, 7, 15), segments=False)
    _fill(survey, segments=False)  # this month is not over
    sign_in(client)
    text = _text(_page(client, "compare?by=period&a=2026-09&b=2026-07"))
    assert "too few answers to compare the score" in text  # September is shown together with August alone
    assert "1 – 30 Sep: no answers yet; 1 – 31 Jul: 15 answers." in text
    text = _text(_page(client, "compare"))
    assert "Channel" not in text
    assert "Aug – Sep" in text or "August – September" in text
    assert "How it came" not in text


def test_of_groups_periods_are_compared_by_their_scores_alone(client):
    survey = _gym("confidential")
    for on, happy in ((LAST_MONTH, 19), (date(2026, 7, 15), 10)):
        for number in range(20):
            answer(survey, {"nps": 9, "site": "north" if number < happy else "quay", "again": "yes"}, on=on)
    sign_in(client)
    text = _text(_page(client, "compare?by=period&a=2026-09&b=2026-07"))
    assert "+100" in text
    assert "Will you come again?" not in text
    assert "The Quay" not in text
    assert "North Street" not in text


def test_a_viewer_compares_periods_and_enters_nothing_else(client):
    survey = _gym()
    _fill(survey, on=LAST_MONTH)
    sign_in(client, "viewer")
    page = _page(client, "compare")
    assert "/results/drivers" not in page
    assert "/results/cross" not in page
    for address in ("drivers", "drivers.svg", "cross"):
        _page(client, address, status=403)
    _page(client, "compare?by=channel", status=400)


def test_the_ways_stand_on_the_results_page_with_its_view(client):
    survey = _gym()
    _fill(survey)
    sign_in(client)
    page = html.unescape(client.get("/surveys/gym/results?period=3-months").text)
    for name in PAGES:
        assert f"/surveys/gym/results/{name}?period=3-months" in page
