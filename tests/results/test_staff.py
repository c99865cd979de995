"""The pages of results: every number is exact, opens its rows, and keeps the promises that people answered under."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, update

from survey.foundation.db import db, write
from survey.questionnaires.actions import publish
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import survey_by_slug
from survey.responses.queries import count_of
from survey.results.actions import fold
from survey.text.queries import count_comments
from tests.factories.counted import NOW, TODAY, answer, make_survey, read
from tests.factories.people import sign_in

LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)
MONTH_BEFORE = LAST_MONTH.replace(day=1) - timedelta(days=1)


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _fill(survey, *, happy=7, unhappy=3, voice="customer", on=TODAY, sentiment=True):
    for number in range(happy + unhappy):
        good = number < happy
        id = answer(survey, {"nps": 9 if good else 3, "why": f"Good people, number {number}" if good else f"I waited, number {number}",
                             "used": ["web"] if good else ["web", "shop"]}, voice=voice, on=on)  # fmt: skip
        if sentiment:
            read(id, "positive" if good else "negative", reasons=() if good else (("A2", 0.9),))


def _page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


def _text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def _links(page, part):
    return [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page) if part in link]


def test_the_page_says_the_finding_first_with_n_interval_and_period(client):
    survey = make_survey()
    _fill(survey)
    sign_in(client)
    page = _text(_page(client, "/surveys/autumn/results"))
    assert "10 people answered “The autumn survey”. NPS is +40, between −18 and +79." in page
    assert "10 answers" in page
    assert "all time" in page


def test_nobody_and_too_few_are_said_in_words(client):
    survey = make_survey()
    sign_in(client)
    page = _text(_page(client, "/surveys/autumn/results"))
    assert "Nobody has answered “The autumn survey” here yet." in page
    answer(survey, {"nps": 9})
    page = _text(_page(client, "/surveys/autumn/results"))
    assert "One person answered “The autumn survey”: too few for a score." in page
    assert "1 answer so far: too few for a score; read it" in page
    assert "NPS is" not in page  # nor what it means
    assert "between" not in page


@pytest.mark.usefixtures("both_databases")
def test_every_count_opens_exactly_that_many_answers(client):
    survey = make_survey()
    _fill(survey)
    _fill(survey, happy=2, unhappy=5, on=LAST_MONTH)
    sign_in(client)
    for address in ("", "?period=this-month", "?sentiment=negative", "?period=last-month&sentiment=negative"):
        page = client.get(f"/surveys/autumn/results{address}").text
        numbers = re.findall(r'<td role="cell" class="number"><a href="([^"]+)">([\d,]+)</a>', page)
        assert len(numbers) >= 3, address
        for link, number in numbers:
            opened = _text(_page(client, html.unescape(link)))
            assert re.search(rf"\b{number} (response|comment)s?\b", opened, re.IGNORECASE), (link, number)


@pytest.mark.usefixtures("both_databases")
def test_a_filter_applies_to_every_number_and_stands_in_every_link(client):
    survey = make_survey()
    _fill(survey, happy=6, unhappy=6)
    _fill(survey, happy=0, unhappy=8, on=LAST_MONTH)
    sign_in(client)
    page = _page(client, "/surveys/autumn/results?period=this-month&sentiment=negative")
    assert "6 people wrote something negative." in _text(page)
    assert "NPS is" not in _text(page)  # of those alone who wrote so, it would say nothing
    for link in [*_links(page, "/responses?"), *_links(page, "/comments?")]:
        assert "period=this-month" in link, link
        assert "sentiment=negative" in link or "said=negative" in link, link
    assert '<option value="this-month" selected' in page
    assert '<option value="negative" selected' in page
    assert count_of(survey.id, since=TODAY.replace(day=1), sentiment="negative") == 6


def test_the_chart_follows_the_filter_and_says_its_finding_with_the_same_numbers_beside_it(client):
    survey = make_survey()
    _fill(survey, happy=30, unhappy=0, sentiment=False)
    _fill(survey, happy=0, unhappy=30, on=LAST_MONTH, sentiment=False)
    sign_in(client)
    page = _page(client, "/surveys/autumn/results")
    assert 'alt="NPS rose from −100 in September to +100 in October."' in page
    assert len(_links(page.replace("srcset=", "href=").replace("src=", "href="), "trend.svg")) == 4
    table = _text(page.split("The numbers")[1].split("</details>")[0])
    assert re.search(r"September 30 −100\.00 .* October 30 \+100\.00", table)
    assert "trend.svg" not in _page(client, "/surveys/autumn/results?period=this-month")  # one month is no line


def test_the_chart_is_named_by_its_content(client):
    survey = make_survey()
    _fill(survey, sentiment=False)
    _fill(survey, on=LAST_MONTH, sentiment=False)
    sign_in(client)
    address = "/surveys/autumn/results/trend.svg"
    first = client.get(address)
    assert (first.status_code, first.mimetype) == (200, "image/svg+xml")
    assert first.data.startswith(b"<?xml")
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"{address}?theme=dark").headers["ETag"] != first.headers["ETag"]
    assert client.get(f"{address}?size=small").headers["ETag"] != first.headers["ETag"]
    answer(survey, {"nps": 0})
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_the_chart_names_when_the_survey_changed(client):
    survey = make_survey(now=NOW - timedelta(days=40))
    _fill(survey, sentiment=False)
    _fill(survey, on=LAST_MONTH, sentiment=False)
    write(lambda: publish(survey_by_slug("autumn"), now=NOW - timedelta(days=5)))
    sign_in(client)
    svg = client.get("/surveys/autumn/results/trend.svg").text
    assert "Version 2" in svg


@pytest.mark.parametrize(
    "address",
    [
        "/surveys/autumn/results?period=ever", "/surveys/autumn/results?sentiment=angry", "/surveys/autumn/results?voice=ghost",
        "/surveys/autumn/results/trend.svg?theme=pink", "/surveys/autumn/results/trend.svg?period=%27",
        "/comments?survey=nothing", "/comments?period=2026-13", "/comments?reason=Q9", "/comments?sentiment=x", "/comments?voice=x",
        "/comments?after=abc",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_refused_in_words(client, address):
    make_survey()
    sign_in(client)
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Choose" in answer.text or "Ask for" in answer.text or "first page" in answer.text


def test_an_unknown_survey_is_not_there(client):
    sign_in(client)
    for address in ("/surveys/nothing/results", "/surveys/nothing/results/trend.svg"):
        assert client.get(address).status_code == 404


# ---- voices -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_people_we_cannot_place_stand_apart_where_we_know_others(client):
    survey = make_survey()
    _fill(survey, happy=10, unhappy=0)
    _fill(survey, happy=0, unhappy=8, voice="unverified")
    sign_in(client)
    page = _text(_page(client, "/surveys/autumn/results"))
    assert "8 answers came over the open link, from people we cannot place. They are not counted here." in page
    assert "10 people answered" in page
    assert "NPS is +100" in page
    assert "18 people answered" in _text(_page(client, "/surveys/autumn/results?voice=all"))
    alone = _page(client, "/surveys/autumn/results?voice=unverified&sentiment=negative")
    assert "8 people wrote something negative." in _text(alone)
    assert "See those we know" in alone
    assert "See them alone" not in alone
    happy = _text(_page(client, "/surveys/autumn/results?sentiment=positive"))
    assert "over the open link" not in happy  # the notice counts within the same view
    assert all("voice=unverified" in link for link in _links(alone, "/responses?"))


def test_the_same_number_stands_in_the_list_of_surveys(client):
    survey = make_survey()
    _fill(survey, happy=10, unhappy=0)
    _fill(survey, happy=0, unhappy=8, voice="unverified")
    make_survey("empty")
    sign_in(client)
    page = _page(client, "/results")
    assert re.search(r"The autumn survey autumn 10 \+100 NPS between \+\d+ and \+100 20 October", _text(page))
    assert re.search(r"The empty survey empty 0 no answers yet –", _text(page))
    assert "10 responses" in _text(_page(client, _links(page, "/surveys/autumn/responses")[0]))


def test_open_answers_are_simply_the_answers_where_there_are_no_others(client):
    _fill(make_survey(), voice="unverified")
    sign_in(client)
    page = _text(_page(client, "/surveys/autumn/results"))
    assert "10 people answered" in page
    assert "cannot place" not in page


# ---- groups only --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("privacy", "role"), [("confidential", "leader"), ("anonymous", "admin"), ("identified", "viewer")]
)
def test_where_only_groups_are_shown_nothing_of_fewer_is(client, privacy, role):
    survey = make_survey(privacy=privacy)
    _fill(survey, happy=2, unhappy=2, on=LAST_MONTH)
    sign_in(client, role)
    page = _text(_page(client, "/surveys/autumn/results"))
    assert "Nothing of “The autumn survey” may be shown yet" in page
    assert "4 answers wait for the end of the month, or until there are enough" in page
    assert "NPS" not in page
    _fill(survey, happy=5, unhappy=2, on=LAST_MONTH)
    page = _page(client, "/surveys/autumn/results")
    assert "10 people answered" in _text(page)
    assert "rounded down to whole groups of 5" in _text(page)
    assert _links(page, "/responses") == []
    row = re.search(r"The shop.*?</tr>", page, re.DOTALL).group()
    assert "too few to show" in row
    row = re.search(r">3</th>.*?</tr>", page, re.DOTALL).group()
    assert "too few to show" in row
    row = re.search(r">9</th>.*?</tr>", page, re.DOTALL).group()
    assert ">5<" in row  # seven people: that number would give the others away


@pytest.mark.parametrize("narrow", ["sentiment=negative", "voice=customer"])
def test_groups_cannot_be_narrowed_to_smaller_ones(client, narrow):
    _fill(make_survey(privacy="confidential"))
    sign_in(client)
    answer = client.get(f"/surveys/autumn/results?{narrow}")
    assert answer.status_code == 400
    assert "groups only" in answer.text


def test_months_with_few_answers_are_shown_with_later_ones_alone(client):
    survey = make_survey(privacy="confidential")
    _fill(survey, happy=3, unhappy=0, on=MONTH_BEFORE, sentiment=False)
    _fill(survey, happy=9, unhappy=0, on=LAST_MONTH, sentiment=False)
    sign_in(client)
    assert "10 people answered" in _text(_page(client, "/surveys/autumn/results"))
    for period in (f"{MONTH_BEFORE:%Y-%m}", "last-month"):  # 9 or 3 by themselves would give the others away
        page = _text(_page(client, f"/surveys/autumn/results?period={period}"))
        assert "may be shown yet" in page
    svg = client.get("/surveys/autumn/results/trend.svg").text
    assert "September" in svg or "10 answers" in svg
    assert ">3<" not in svg


@pytest.mark.parametrize(("privacy", "role"), [("confidential", "leader"), ("identified", "viewer")])
@pytest.mark.parametrize("before", [TODAY, LAST_MONTH])
def test_no_number_moves_with_one_answer(client, privacy, role, before):
    survey = make_survey(privacy=privacy)
    _fill(survey, happy=5, unhappy=2, on=before)
    sign_in(client, role)

    def told():
        page = _page(client, "/surveys/autumn/results")
        return re.sub(
            r" \d+ answers? waits? for the end of the month, or until there are enough\.", "", _text(page)
        ), _text(_page(client, "/results"))

    first = told()
    assert ("5 people answered" in first[0]) == (before == LAST_MONTH)
    answer(survey, {"nps": 0, "why": "I alone"})
    assert told() == first


@pytest.mark.parametrize("narrow", ["sentiment=negative", "voice=customer", "reason=A2", "each=person"])
def test_comments_of_a_confidential_survey_cannot_be_narrowed_to_one_writer(client, narrow):
    _fill(make_survey(privacy="confidential"), happy=20, unhappy=10, on=LAST_MONTH)
    sign_in(client)
    assert "I waited" in _page(client, "/comments?survey=autumn")
    assert "30 comments" in _text(_page(client, "/comments?survey=autumn&period=last-month"))
    refused = client.get(f"/comments?survey=autumn&{narrow}")
    assert refused.status_code == 400
    assert "groups only" in refused.text
    assert "I waited" not in refused.text


def test_comments_of_a_confidential_survey_wait_for_the_end_of_the_month(client):
    survey = make_survey(privacy="confidential")
    _fill(survey, happy=20, unhappy=0, on=LAST_MONTH)
    answer(survey, {"nps": 0, "why": "I alone"})
    sign_in(client)
    for address in ("/comments?survey=autumn", "/surveys/autumn/results"):
        page = _page(client, address)
        assert "Good people" in page
        assert "I alone" not in page
    assert "when a month is over" in _page(client, "/comments?survey=autumn&period=this-month")


def test_comments_of_a_confidential_survey_come_together_or_not_at_all(client):
    survey = make_survey(privacy="confidential")
    _fill(survey, happy=4, unhappy=3, on=LAST_MONTH)
    sign_in(client)
    assert "Comments of this survey are shown from 8 on" in _page(client, "/surveys/autumn/results")
    assert "I waited" not in _page(client, "/comments?survey=autumn")
    assert "I waited" not in _page(client, "/comments")
    _fill(survey, happy=3, unhappy=0, on=LAST_MONTH)
    page = _page(client, "/comments?survey=autumn")
    assert "I waited" in page
    assert "10 comments" in page
    assert "score 3" not in page
    assert "30 September" not in page
    assert _links(page, "/responses/") == []


def test_a_viewer_sees_no_comment(client):
    _fill(make_survey(), happy=10, unhappy=10, on=LAST_MONTH)
    sign_in(client, "viewer")
    page = _page(client, "/surveys/autumn/results")
    assert "I waited" not in page
    assert "what single people wrote" in page
    assert client.get("/comments").status_code == 403


# ---- reasons and comments -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_reasons_read_in_comments_are_people_and_open_one_comment_each(client):
    survey = make_survey(keys=("nps", "why", "reasons"), purpose="other")
    twice = answer(survey, {"nps": 1, "why": "I waited", "reasons": {"codes": [], "other": "waited again"}})
    read(twice, "negative", reasons=(("A2", 0.8),))
    plain = make_survey("plain")
    _fill(plain)
    sign_in(client)
    page = _page(client, "/surveys/plain/results")
    assert re.search(r'class="tag machine">Waiting', page)
    opened = _page(client, _links(page, "reason=A2")[0])
    assert "3 comments" in _text(opened)
    assert opened.count('class="verbatim"') == 3
    assert count_comments(survey_id=survey.id, reason="A2") == 2
    assert count_comments(survey_id=survey.id, reason="A2", one_each=True) == 1


@pytest.mark.usefixtures("both_databases")
def test_stated_reasons_are_people_and_open_their_answers(client):
    survey = make_survey("leaving", keys=("reasons", "why"), purpose="exit")
    for code in ("A2", "A2", "P2"):
        answer(survey, {"reasons": {"codes": [code], "other": ""}})
    sign_in(client)
    page = _page(client, "/surveys/leaving/results")
    assert "3 people told us why they left. Waiting is named most: 2 of 3." in _text(page)
    assert "too close to rank" in page
    opened = _text(_page(client, _links(page, "value=A2")[0]))
    assert "2 responses" in opened


def test_all_comments_are_as_many_as_the_link_says(client):
    _fill(make_survey(), happy=40, unhappy=20)
    sign_in(client)
    page = _page(client, "/surveys/autumn/results?sentiment=positive")
    link = next(link for link in _links(page, "/comments?") if "reason" not in link)
    assert "All 40 comments" in page
    opened = _page(client, link)
    assert "40 comments" in _text(opened)
    assert opened.count('class="verbatim"') == 40


@pytest.mark.usefixtures("both_databases")
def test_the_inbox_shows_every_comment_once_over_its_pages(client):
    survey = make_survey()
    _fill(survey, happy=100, unhappy=20)
    sign_in(client)
    seen, address = [], "/comments?survey=autumn"
    while address:
        page = _page(client, address)
        seen += re.findall(r"number \d+", page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = html.unescape(more.group(1)) if more else ""
    assert len(seen) == len(set(seen)) == 120
    assert "120 comments" in _text(page)


def test_a_comment_leads_to_its_response_with_score_and_day(client):
    _fill(make_survey(), happy=0, unhappy=1)
    sign_in(client)
    page = _page(client, "/comments")
    assert "score 3, 20 October" in page
    assert client.get(_links(page, "/responses/")[0]).status_code == 200


def test_hostile_words_stay_words(client):
    survey = make_survey()
    answer(survey, {"nps": 1, "why": '<script>alert("x")</script>{{ 7*7 }}'})
    sign_in(client)
    for address in ("/comments", "/surveys/autumn/results"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "{{ 7*7 }}" in page


# ---- cost ---------------------------------------------------------------------------------------------------------


def _statements(app, client, address):
    found = []

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return found


@pytest.mark.usefixtures("both_databases")
def test_pages_read_the_kept_counts_and_cost_the_same_at_any_number(app, client):
    survey = make_survey()
    _fill(survey, happy=2, unhappy=2)
    sign_in(client)
    write(fold)
    client.get("/results")  # the first page of all looks once whether the tables are those of the code
    few = {address: _statements(app, client, address) for address in ("/results", "/surveys/autumn/results")}
    _fill(survey, happy=30, unhappy=30)
    write(fold)
    for address, before in few.items():
        now = _statements(app, client, address)
        assert len(now) == len(before), address
        assert any("rollup" in statement for statement in now)
        counting = [statement for statement in now if re.search(r"count\([^\n]*\nFROM response\b", statement)]
        assert counting == []
        assert not [statement for statement in now if "response.answers" in statement and "comment" not in statement]


def test_numbers_come_from_the_rollup_and_not_from_answers(client):
    from survey.results.models import Rollup

    survey = make_survey()
    _fill(survey)
    write(fold)
    write(lambda: db.session.execute(update(Rollup).where(Rollup.question == "").values(n=Rollup.n * 100)))
    sign_in(client)
    assert "1,000 people answered" in _text(_page(client, "/surveys/autumn/results"))


def test_a_draft_survey_has_an_empty_page_and_no_line_in_the_list(client):
    from survey.questionnaires.actions import create

    write(
        lambda: create(
            "draft",
            purpose="other",
            document={"title": "A draft", "intro": "", "thanks": "", "language": "en", "questions": []},
            now=NOW,
        )
    )
    sign_in(client)
    assert "Nobody has answered “A draft” here yet." in _text(_page(client, "/surveys/draft/results"))
    assert "A draft" not in _page(client, "/results")
    assert db.session.get(Survey, survey_by_slug("draft").id) is not None


# ---- answers that look as if no person had given them -------------------------------------------------------------------


def _with_doubtful_ones(n=1, on=TODAY, **how):
    survey = make_survey(**how)
    _fill(survey, sentiment=False, on=on)
    for _ in range(n):
        answer(survey, {"nps": 0, "why": "Cheap pills"}, on=on, doubts=("fast",))


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize(
    ("flagged", "n", "said"),
    [("", 11, "It is counted"), ("without", 10, "is left out"), ("only", 1, "the one answer alone")],
)
def test_results_comments_and_lists_agree_on_doubtful_answers(client, flagged, n, said):
    _with_doubtful_ones()
    sign_in(client)
    page = _page(client, f"/surveys/autumn/results?flagged={flagged}")
    assert said in _text(page)
    assert f"{n} answer" in _text(page)
    opened = _links(page, "question=nps&value=0")
    comments = _page(client, f"/comments?survey=autumn&flagged={flagged}")
    assert ("Cheap pills" in comments) == (flagged != "without")
    assert ("Good people" in comments) == (flagged != "only")
    assert [_page(client, link).count('<article class="verbatim">') for link in opened] == [1] * (flagged != "without")


def test_the_doubtful_ones_of_a_page_are_opened_read_and_left_out_from_there(client):
    _with_doubtful_ones()
    sign_in(client)
    page = _page(client, "/surveys/autumn/results")
    (them,) = _links(page, "/responses?flagged=only")
    assert "Cheap pills" in _page(client, them)
    (without,) = _links(page, "/results?flagged=without")
    assert "10 answers" in _text(_page(client, without))


def test_a_survey_that_shows_groups_leaves_no_doubtful_answers_out(client):
    _with_doubtful_ones(6, privacy="confidential", on=MONTH_BEFORE)
    sign_in(client)
    page = _page(client, "/surveys/autumn/results")
    assert "They cannot be left out here" in page
    assert "flagged=" not in page
    for flagged in ("without", "only"):
        assert client.get(f"/surveys/autumn/results?flagged={flagged}").status_code == 400
    assert client.get("/surveys/autumn/results?flagged=all").status_code == 400
