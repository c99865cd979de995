"""What customers may see: composed by the owner, seen as customers see it, lent by links that end."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from survey.access.models import AuditEntry
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.organisation.models import Organisation
from survey.questionnaires.actions import create, delete, duplicate, publish
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import survey_by_slug
from survey.responses.actions import set_aside
from survey.responses.models import Response
from survey.results.actions import remove_response
from survey.results.jobs import release_results
from survey.results.models import ShareLink, Sharing
from survey.results.pages.published import public_results
from survey.results.pages.sharing import sharing_page
from survey.results.queries.sharing import sharing_of
from survey.results.rules.sharing import Composition
from survey.results.sharing import compose
from tests.factories.counted import NOW, TODAY, answer, make_survey
from tests.factories.people import sign_in, submit

ADDRESS = "/surveys/autumn/sharing"
HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}\u202e"
EVERYTHING = {
    "is_public": "y",
    "has_headline": "y",
    "minimum": "5",
    "show-nps": "y",
    "show-rating": "y",
    "show-used": "y",
}


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _answers(survey, many, **given):
    for _ in range(many):
        answer(survey, given or {"nps": 9, "rating": 5, "why": "my secret words"}, segments={"site": "Northside"})
    db.session.rollback()
    release_results()
    db.session.rollback()


def _text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(page.text)))


@pytest.fixture
def staff(client):
    """Somebody of the team."""
    sign_in(client, "staff")
    return client


@pytest.fixture
def anyone(app):
    """A visitor who is not signed in."""
    return app.test_client()


# ---- composing ------------------------------------------------------------------------------------------------------


def test_first_everything_that_is_counted_is_shown_and_nothing_is_public(staff):
    make_survey()
    page = staff.get(ADDRESS)
    assert "The results are not public." in page.text
    assert re.search(r'name="show-nps" value="y" checked', page.text)
    assert re.search(r'name="show-used" value="y" checked', page.text)
    assert "show-why" not in page.text


def test_it_is_led_to_from_the_survey_and_from_its_results(staff):
    _answers(make_survey(), 5)
    for page in ("/surveys/autumn", "/surveys/autumn/results"):
        assert f'href="{ADDRESS}"' in staff.get(page).text


@pytest.mark.parametrize(("role", "status"), [("admin", 200), ("leader", 200), ("staff", 200), ("viewer", 403)])
def test_the_team_composes_it(client, role, status):
    make_survey()
    sign_in(client, role)
    assert client.get(ADDRESS).status_code == status
    assert client.get(f"{ADDRESS}/preview").status_code == status


def test_a_survey_that_is_not_there_is_not_found(staff):
    make_survey()
    for address in ("/surveys/none/sharing", "/surveys/none/sharing/preview"):
        assert staff.get(address).status_code == 404
    for address in ("/surveys/none/sharing/links", f"{ADDRESS}/links/{uuid4()}/revoke"):
        form = {"name": "Board", "lasts": "7"}
        assert submit(staff, address, form, page=ADDRESS).status_code == 404


@pytest.mark.usefixtures("both_databases")
def test_what_was_chosen_is_shown_and_nothing_else(staff, anyone):
    _answers(make_survey(), 10)
    form = {"is_public": "y", "minimum": "5", "show-rating": "y", "title-en": "What you told us", "intro-en": "Thank you.\n\nAll of you.",
            "words-rating-en": "How happy are you?"}  # fmt: skip
    assert submit(staff, ADDRESS, form).status_code == 303
    page = anyone.get("/s/autumn/results")
    assert "<h1>What you told us</h1>" in page.text
    assert '<p class="lines">All of you.</p>' in page.text
    assert "<h2>How happy are you?</h2>" in page.text
    for words in (
        "How satisfied are you?",
        "Would you recommend us?",
        "NPS",
        "Northside",
        "secret",
        "<!--",
        "What do you use?",
        "used",
    ):
        assert words not in page.text, words
    assert staff.get(ADDRESS).text.count(" checked") == 2
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "public results composed")).one()
    assert (entry.subject, entry.details["questions"]) == ("autumn", ["rating"])


def test_questions_keep_the_order_of_the_survey(staff, anyone):
    _answers(make_survey(), 10)
    submit(staff, ADDRESS, {"show-used": "y", "show-nps": "y", "is_public": "y", "minimum": "5"})
    page = anyone.get("/s/autumn/results").text
    assert page.index("question-nps") < page.index("question-used")


def test_the_preview_is_what_customers_see(staff, anyone):
    _answers(make_survey(), 10)
    submit(staff, ADDRESS, {**EVERYTHING, "title-en": "Ours"})
    seen, shown = anyone.get("/s/autumn/results").text, staff.get(f"{ADDRESS}/preview").text
    assert shown.split("</h1>")[1].split("<footer>")[0] == seen.split("</h1>")[1].split("<footer>")[0]
    assert "Only you see this" in shown


def test_off_again_it_is_as_if_there_were_none(staff, anyone):
    _answers(make_survey(), 10)
    submit(staff, ADDRESS, EVERYTHING)
    assert anyone.get("/s/autumn/results").status_code == 200
    submit(staff, ADDRESS, {**EVERYTHING, "is_public": ""})
    refused, missing = anyone.get("/s/autumn/results"), anyone.get("/s/nothing/results")
    assert (refused.status_code, missing.status_code) == (404, 404)
    assert _without_reference(refused) == _without_reference(missing)


def _without_reference(page):
    return re.sub(r"[0-9a-f]{12}", "", page.text)


@pytest.mark.parametrize("changed", [
    {"minimum": "4"}, {"minimum": "7"}, {"minimum": "x"}, {"minimum": ""}, {"title-en": "x" * 121}, {"intro-en": "x" * 2001},
    {"words-nps-en": "x" * 301},
    {"has_headline": "", "show-nps": "", "show-rating": "", "show-used": ""},
])  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_is_kept(staff, changed):
    make_survey()
    refused = submit(staff, ADDRESS, {**EVERYTHING, "intro-en": "These words stay", **changed})
    assert refused.status_code in (400, 422)
    assert db.session.get(Sharing, survey_by_slug("autumn").id) is None
    if refused.status_code == 422 and "intro-en" not in changed:
        assert "These words stay" in refused.text


def test_words_of_an_owner_are_words_alone(staff, anyone):
    _answers(make_survey(), 10)
    submit(staff, ADDRESS, {**EVERYTHING, "title-en": HOSTILE, "intro-en": HOSTILE, "words-nps-en": HOSTILE})
    for page in (anyone.get("/s/autumn/results").text, staff.get(ADDRESS).text, staff.get(f"{ADDRESS}/preview").text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "49" not in re.findall(r"<h1>.*?</h1>", page)[0]


def test_a_larger_group_hides_more(staff, anyone):
    survey = make_survey()
    _answers(survey, 12)
    _answers(survey, 6, nps=2)
    submit(staff, ADDRESS, {**EVERYTHING, "minimum": "10"})
    text = _text(anyone.get("/s/autumn/results"))
    assert "At least 10 people answered." in text
    assert re.search(r" 2 – too few to show", text)
    assert "whole groups of ten" in text
    submit(staff, ADDRESS, {**EVERYTHING, "minimum": "20"})
    assert "Results will stand here when at least 20 people have answered." in _text(anyone.get("/s/autumn/results"))


def test_the_organisation_s_least_holds_for_every_survey(staff, anyone):
    _answers(make_survey(is_public=True), 9)
    write(lambda: db.session.merge(Organisation(id=1, minimum_scores=6)))
    assert "when at least ten people" in _text(anyone.get("/s/autumn/results"))
    assert submit(staff, ADDRESS, EVERYTHING).status_code == 422
    write(lambda: db.session.merge(Organisation(id=1, minimum_scores=3)))
    assert "At least 5 people answered." in _text(anyone.get("/s/autumn/results"))


def test_each_language_has_its_own_words_and_falls_back_to_the_survey_s(staff, anyone):
    document = {"title": "Autumn", "intro": "", "thanks": "", "language": "en",
                "questions": [{"key": "nps", "kind": "nps", "words": "Would you recommend us?", "settings": {"low": "No", "high": "Yes"}}],
                "translations": {"de": {"": {"title": "Herbst"}, "nps": {"words": "Empfehlen Sie uns?", "low": "Nein", "high": "Ja"}}}}  # fmt: skip

    def make():
        survey = create("autumn", purpose="other", document=document, now=NOW)
        publish(survey, now=NOW)
        return survey

    _answers(write(make), 10, nps=9)
    assert "Title (Deutsch)" in staff.get(ADDRESS).text
    submit(staff, ADDRESS, {"is_public": "y", "has_headline": "y", "show-nps": "y", "minimum": "5", "title-en": "What you said", "words-nps-en": "Recommended?"})  # fmt: skip
    english, german = anyone.get("/s/autumn/results?lang=en").text, anyone.get("/s/autumn/results?lang=de").text
    assert "What you said" in english
    assert "Recommended?" in english
    assert "Empfehlen Sie uns?" in german
    assert "Herbst" in german
    submit(
        staff,
        ADDRESS,
        {"is_public": "y", "has_headline": "y", "show-nps": "y", "minimum": "5", "title-de": "Was Sie sagten"},
    )
    assert "Was Sie sagten" in anyone.get("/s/autumn/results?lang=de").text


def test_a_draft_can_be_composed_but_not_looked_at_nor_lent(staff):
    document = {"title": "Draft", "questions": []}
    write(lambda: create("draft", purpose="other", document=document, now=NOW))
    page = staff.get("/surveys/draft/sharing")
    assert "as soon as the survey is published" in page.text
    assert staff.get("/surveys/draft/sharing/preview").status_code == 404
    made = submit(staff, "/surveys/draft/sharing/links", {"name": "Board", "lasts": "7"}, page="/surveys/draft/sharing")
    assert made.status_code == 422
    assert submit(staff, "/surveys/draft/sharing", {"has_headline": "y", "minimum": "5"}).status_code == 303
    write(lambda: delete(survey_by_slug("draft")))
    assert db.session.scalars(select(Sharing)).all() == []


def test_a_copy_begins_private_and_with_nothing_of_it(app):
    survey = make_survey(is_public=True)
    _answers(survey, 5)
    write(lambda: duplicate(survey_by_slug("autumn"), "winter", now=NOW))
    copy = survey_by_slug("winter")
    assert not copy.has_public_results
    assert sharing_of(copy.id).released == {}


# ---- links ----------------------------------------------------------------------------------------------------------


def _make_link(staff, **form):
    page = submit(staff, f"{ADDRESS}/links", {"name": "The board", "lasts": "7", **form}, page=ADDRESS)
    found = re.search(r'value="http://127.0.0.1:8000(/shared/[^"]+)"', page.text)
    return found[1] if found else page


@pytest.mark.usefixtures("both_databases")
def test_a_link_opens_what_the_page_shows_while_the_page_is_off(staff, anyone):
    _answers(make_survey(), 5)
    address = _make_link(staff)
    page = anyone.get(address)
    assert "At least 5 people answered." in _text(page)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.text
    assert "Set-Cookie" not in page.headers
    assert anyone.get("/s/autumn/results").status_code == 404
    assert anyone.get(address, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304


def test_the_secret_is_shown_once_and_not_kept(staff):
    make_survey()
    token = _make_link(staff).rsplit("/", 1)[1]
    kept = db.session.scalars(select(ShareLink)).one()
    assert len(token) >= 22
    assert token not in (kept.token_hash, kept.name)
    assert token not in staff.get(ADDRESS).text
    assert "The board" in staff.get(ADDRESS).text
    assert not any(token in str(entry.details) + entry.subject for entry in db.session.scalars(select(AuditEntry)))


@pytest.mark.parametrize(("form", "days"), [
    ({"lasts": "7"}, 7), ({"lasts": "30"}, 30), ({"lasts": "90"}, 90), ({"lasts": "day", "until": "2026-10-22"}, 2),
    ({"lasts": "day", "until": "2026-10-20"}, 0), ({"lasts": "7", "until": "2026-12-31"}, 7),
])  # fmt: skip
def test_a_link_is_good_until_its_last_day_is_over_and_says_so(staff, anyone, form, days):
    make_survey()
    address = _make_link(staff, **form)
    with time_machine.travel(NOW.replace(hour=23, minute=59) + timedelta(days=days), tick=False):
        assert anyone.get(address).status_code == 200
    with time_machine.travel(NOW.replace(hour=0) + timedelta(days=days + 1), tick=False):
        over = anyone.get(address)
        assert over.status_code == 410
        assert "This link is over." in over.text
        assert "autumn" not in over.text
        assert sharing_page(survey_by_slug("autumn"), now=now()).links[0].state.startswith("Over since the end of")


@pytest.mark.parametrize("form", [
    {"lasts": "8"}, {"lasts": ""}, {"lasts": "day"}, {"lasts": "day", "until": "2026-10-19"}, {"lasts": "day", "until": "2036-10-19"},
    {"lasts": "day", "until": "tomorrow"}, {"name": ""}, {"name": "   "}, {"name": "x" * 81},
])  # fmt: skip
def test_a_link_that_cannot_be_is_refused_in_words(staff, form):
    make_survey()
    assert _make_link(staff, **form).status_code == 422
    assert db.session.scalars(select(ShareLink)).all() == []


def test_a_link_that_is_withdrawn_is_over_and_an_unknown_one_was_never_there(staff, anyone):
    make_survey()
    address, id = _make_link(staff, name=HOSTILE), db.session.scalars(select(ShareLink.id)).one()
    assert anyone.get(address).status_code == 200
    assert "<script>alert" not in staff.get(ADDRESS).text
    for _ in range(2):
        assert submit(staff, f"{ADDRESS}/links/{id}/revoke", page=ADDRESS).status_code == 303
    assert anyone.get(address).status_code == 410
    assert anyone.get(f"{address}x").status_code == 404
    make_survey("winter")
    assert submit(staff, f"/surveys/winter/sharing/links/{id}/revoke", page=ADDRESS).status_code == 404


@pytest.mark.usefixtures("both_databases")
def test_looking_at_a_link_leaves_no_trace(staff, anyone):
    make_survey()
    address = _make_link(staff)
    before = [tuple(row) for row in db.session.execute(select(ShareLink.__table__))]
    for _ in range(3):
        anyone.get(address)
        anyone.head(address)
    db.session.rollback()
    assert [tuple(row) for row in db.session.execute(select(ShareLink.__table__))] == before


# ---- what is kept of what was shown ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_only_whole_groups_change_the_page_or_its_name(staff, anyone):
    survey = make_survey(is_public=True)
    _answers(survey, 10)
    before = anyone.get("/s/autumn/results")
    _answers(survey, 4, nps=0, rating=1)
    later = anyone.get("/s/autumn/results")
    assert (later.data, later.headers["ETag"]) == (before.data, before.headers["ETag"])
    assert "10 answers are counted there. 4 more wait" in _text(staff.get(ADDRESS))
    _answers(survey, 1, nps=0, rating=1)
    assert "At least 15 people answered." in _text(anyone.get("/s/autumn/results"))


def test_answers_to_what_is_not_shown_leave_no_trace(staff, anyone):
    survey = make_survey()
    _answers(survey, 10)
    submit(staff, ADDRESS, {"is_public": "y", "show-rating": "y", "minimum": "5"})
    before = anyone.get("/s/autumn/results")
    ids = list(db.session.scalars(select(Response.id)))
    write(lambda: [remove_response(db.session.get_one(Response, id)) or db.session.delete(db.session.get_one(Response, id)) for id in ids[:4]])  # fmt: skip
    _answers(survey, 4, nps=0)
    assert anyone.get("/s/autumn/results").data == before.data


@pytest.mark.usefixtures("both_databases")
def test_an_answer_that_is_taken_out_pushes_no_other_in(anyone):
    survey = make_survey(is_public=True)
    _answers(survey, 10)
    _answers(survey, 1, nps=0)
    before = anyone.get("/s/autumn/results")
    first = db.session.scalars(select(Response.id).order_by(Response.submitted_at)).first()
    write(lambda: set_aside(db.session.get_one(Response, first), "test"))
    release_results()
    assert anyone.get("/s/autumn/results").data == before.data


def test_nothing_is_released_of_what_nobody_may_see(app):
    survey = make_survey()
    _answers(survey, 10)
    assert db.session.get(Sharing, survey.id) is None


def test_a_page_is_small_and_says_what_it_is_without_numbers(anyone):
    survey = make_survey(is_public=True)
    _answers(survey, 20)
    page = anyone.get("/s/autumn/results", headers={"Accept-Encoding": "gzip"})
    assert len(page.data) < 10_000
    text = anyone.get("/s/autumn/results").text
    assert '<meta property="og:title" content="The autumn survey">' in text
    assert not re.search(r'<meta (name|property)="[a-z:]*(description|title)" content="[^"]*[0-9]', text)
    assert "<script" not in text


STEPS = st.one_of(
    st.tuples(st.just("answer"), st.integers(1, 7), st.sampled_from([0, 3, 9, 10]), st.sampled_from(["customer", "customer", "unverified"])),
    st.tuples(st.just("older"), st.integers(1, 7), st.sampled_from([0, 9]), st.just("customer")),
    st.tuples(st.just("aside"), st.integers(1, 6)),
    st.tuples(st.just("compose"), st.sampled_from([0, 5, 10, 15]), st.sampled_from([None, ("nps",), ("rating", "used"), ()])),
    st.tuples(st.just("organisation"), st.sampled_from([3, 5, 6, 10])),
)  # fmt: skip


@given(st.lists(STEPS, min_size=4, max_size=10))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_two_numbers_that_were_ever_shown_are_less_than_a_group_apart(sqlite_app, steps):
    write(lambda: db.session.merge(Organisation(id=1, minimum_scores=5)))
    survey = make_survey(f"s{uuid4().hex[:12]}", is_public=True)
    write(lambda: compose(db.session.get_one(Survey, survey.id), Composition(), is_public=True, on=TODAY))
    seen: dict[str, set[int]] = {}
    for step in steps:
        _do(survey, step)
        release_results()
        db.session.rollback()
        least = db.session.get_one(Organisation, 1).minimum_scores
        for cell, n in _numbers(survey.slug):
            assert n == 0 or n >= least, (cell, n)
            seen.setdefault(cell.split("/")[0], {0}).add(n)
    for cell, numbers in seen.items():
        assert all(one == other or abs(one - other) >= 5 for one in numbers for other in numbers), (cell, numbers)
    write(lambda: db.session.execute(update(Survey).values(has_public_results=False)))


def _do(survey, step):
    what, *more = step
    if what in ("answer", "older"):
        many, grade, voice = more
        for number in range(many):
            given = {"nps": grade, "rating": 1 + grade % 5, **({"used": ["web"]} if number % 2 else {})}
            answer(survey, given, voice=voice, on=TODAY - timedelta(days=40 if what == "older" else 0))
    if what == "aside":
        counted = Response.survey_id == survey.id, Response.set_aside.is_(None)
        ids = list(db.session.scalars(select(Response.id).where(*counted).limit(more[0])))
        write(lambda: [set_aside(db.session.get_one(Response, id), "spam") for id in ids])
    if what == "compose":
        chosen = Composition(minimum=more[0], has_headline=True, questions=more[1])
        write(lambda: compose(db.session.get_one(Survey, survey.id), chosen, is_public=True, on=TODAY))
    if what == "organisation":
        write(lambda: db.session.merge(Organisation(id=1, minimum_scores=more[0])))


def _numbers(slug):
    """Every number of people on the page, by the question that it belongs to."""
    page = public_results(slug)
    yield "responses", page.n
    yield "apart", page.apart
    if page.metric:
        yield "nps/score", page.metric.n
    for told in page.told:
        yield f"{told.question.key}/answered", told.answered
        for value, n in told.distribution.items():
            yield f"{told.question.key}/{value}", n
        for metric in told.metrics:
            yield f"{told.question.key}/metric", metric.n
