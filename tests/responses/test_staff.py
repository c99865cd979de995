"""What the team sees: the preview, single answers of surveys that promise no more, and their download."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import func, select

from survey.access.models import AuditEntry
from survey.foundation.db import db
from survey.organisation.queries import today
from survey.questionnaires import actions
from survey.questionnaires.kinds.base import ContactAnswer
from survey.questionnaires.queries import merged_questions
from survey.responses import lists
from survey.responses.models import Response
from survey.responses.queries import count_of
from tests.factories.drafts import NOW, change, make_survey
from tests.factories.people import sign_in, submit
from tests.factories.sheets import sheet_rows
from tests.factories.surveys import (
    EVERY_KIND,
    answer,
    from_template,
    hidden,
    make_person,
    with_every_kind,
    with_questions,
)


@pytest.fixture
def staff(sqlite_app):
    client = sqlite_app.test_client()
    sign_in(client, "staff")
    return client


def _stored():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Response))


# ---- preview ----------------------------------------------------------------------------------------------------------


def test_the_preview_is_the_page_that_customers_see_made_from_the_draft(staff):
    with_questions(EVERY_KIND["questions"], slug="draft", is_published=False)
    page = staff.get("/surveys/draft/preview").text
    with_every_kind(slug="live")
    real = staff.get("/s/live").text
    form = slice(page.index("<form method"), page.index("</form>"))
    same = page[form].replace(hidden(page)["form.token"], "").replace('value="0"', "", 1)
    assert "Preview." in page
    assert "Would you recommend us?" in same
    assert same.count("<fieldset") == real.count("<fieldset")


def test_a_preview_checks_what_is_typed_and_stores_nothing(staff):
    with_every_kind()
    form = hidden(staff.get("/surveys/spring/preview").text)
    wrong = staff.post("/surveys/spring/preview", data={**form, "why": "kept words"})
    assert wrong.status_code == 422
    assert "kept words</textarea>" in wrong.text
    right = staff.post("/surveys/spring/preview", data={**hidden(wrong.text), "nps": "9"}, follow_redirects=True)
    assert "Nothing was stored." in right.text
    assert _stored() == 0


def test_the_form_of_a_preview_is_no_form_of_the_survey(staff):
    with_every_kind()
    form = hidden(staff.get("/surveys/spring/preview").text)
    assert staff.post("/s/spring", data={**form, "nps": "9"}).status_code == 422
    assert staff.post("/surveys/spring/preview", data={"nps": "9"}).status_code == 422


# ---- single answers ---------------------------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(staff):
    from_template()
    page = staff.get("/surveys/spring/responses").text
    assert "0 responses" in page
    assert "Hand on the link" in page


def test_the_list_shows_each_answer_with_its_words_and_whose_it_is(staff):
    survey = from_template()
    answer(survey, {"nps": 9, "reason": "Friendly <b>staff</b>"}, person_id=make_person("Mira Holm"), voice="customer")
    answer(survey, {"nps": 2})
    page = staff.get("/surveys/spring/responses").text
    assert "2 responses" in page
    assert "9 of 10" in page
    assert "Friendly &lt;b&gt;staff&lt;/b&gt;" in page
    assert "Mira Holm" in page
    assert "By the open link" in page


def test_a_name_whose_address_nobody_checked_says_so(staff):
    survey, person = from_template(), make_person("Mira Holm")
    answer(survey, {"nps": 9}, person_id=person, voice="customer")
    assert "(address not checked)" not in staff.get("/surveys/spring/responses").text
    answer(survey, {"nps": 2}, person_id=person, voice="unverified")
    assert staff.get("/surveys/spring/responses").text.count("Mira Holm (address not checked)") == 1


def test_the_number_on_the_list_is_the_number_of_its_rows(staff):
    survey = with_every_kind()
    for number in range(70):
        answer(survey, {"nps": number % 11}, on=date(2026, 1 + number % 9, 3))
    for query, expected in (
        ("", 70),
        ("period=2026-05", 8),
        ("question=nps&value=3", 7),
        ("period=2026-05&question=nps&value=3", 1),
        ("question=nps&value=3&sentiment=mixed", 0),
    ):
        rows, url = 0, f"/surveys/spring/responses?{query}"
        while url:
            page = staff.get(url).text
            assert f"{expected} response" in page, query
            rows += page.count('<article class="verbatim">')
            url = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&") if 'rel="next"' in page else ""
        assert rows == expected, query


@pytest.mark.parametrize(
    "query", ["period=soon", "sentiment=happy", "question=none&value=1", "after=x", "voice=nobody"]
)
def test_an_address_that_makes_no_sense_is_refused(staff, query):
    from_template()
    assert staff.get(f"/surveys/spring/responses?{query}").status_code == 400


def test_answers_are_narrowed_by_what_their_words_say(staff, sqlite_app):
    survey = from_template()
    answer(survey, {"nps": 10, "reason": "I love it, wonderful and friendly people."})
    answer(survey, {"nps": 1, "reason": "Terrible, I waited for hours and nobody helped."})
    sqlite_app.extensions["hearback.work_off"]()
    page = staff.get("/surveys/spring/responses?sentiment=negative").text
    assert "1 response" in page
    assert "Terrible" in page
    assert "wonderful" not in page


def test_one_answer_shows_every_question_as_it_was_asked(staff, sqlite_app):
    done = answer(
        with_every_kind(), {"nps": 9, "why": "Wonderful, friendly staff.", "reasons": {"codes": ["P2"], "other": "and the noise"}},
        contact=ContactAnswer("mira@example.org", "Mira Holm", "Yes"),
    )  # fmt: skip
    sqlite_app.extensions["hearback.work_off"]()
    page = staff.get(f"/responses/{done.response_id}").text
    for words in (
        "Would you recommend us?",
        "9 of 10",
        "Wonderful, friendly staff.",
        "Positive",
        "and the noise",
        "Not answered.",
    ):
        assert words in page, words
    assert "nobody has checked that it is theirs" in page
    assert "May we write to you?" not in page


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_single_answers_of_a_survey_that_shows_groups_stay_closed(staff, privacy):
    done = answer(with_every_kind(privacy=privacy), {"nps": 9, "why": "secret words"})
    page = staff.get("/surveys/spring/responses")
    assert "nobody opens single answers" in page.text
    assert "secret words" not in page.text
    assert staff.get(f"/responses/{done.response_id}").status_code == 404
    assert submit(staff, "/surveys/spring/responses.csv", page="/surveys/spring/responses").status_code == 400


@pytest.mark.parametrize("role", ["viewer", None])
def test_nobody_but_the_team_sees_single_answers(sqlite_app, role):
    client = sqlite_app.test_client()
    done = answer(from_template(), {"nps": 9})
    if role:
        sign_in(client, role)
    for address in ("/surveys/spring/responses", f"/responses/{done.response_id}", "/surveys/spring/preview"):
        assert client.get(address).status_code == (403 if role else 302)
    assert client.post("/surveys/spring/responses.csv").status_code in (400, 403)


def test_a_download_is_written_down(staff):
    answer(from_template(), {"nps": 9, "reason": "=1+1"})
    answer_file = submit(staff, "/surveys/spring/responses.csv", page="/surveys/spring/responses")
    assert answer_file.headers["Content-Disposition"] == 'attachment; filename="spring.csv"'
    (row,) = csv.DictReader(io.StringIO(answer_file.text.removeprefix("\ufeff"), newline=""))
    assert (row["nps"], row["reason"]) == ("9", "'=1+1")
    db.session.rollback()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "responses exported")).one()
    assert (entry.subject, entry.user_id is not None) == ("spring", True)


def test_what_is_not_there_is_not_found(staff):
    for address in (
        "/surveys/none/responses",
        "/surveys/none/preview",
        "/responses/00000000-0000-4000-8000-000000000000",
    ):
        assert staff.get(address).status_code == 404


# ---- the preview beside the editor ----------------------------------------------------------------------------------


def test_only_our_own_pages_may_frame_the_preview(staff):
    make_survey()
    policy = staff.get("/surveys/how/preview").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in staff.get("/surveys/how").headers["Content-Security-Policy"]


def test_the_preview_shows_the_page_of_a_question_that_not_everybody_sees(staff):
    survey = make_survey()
    document = dict(survey.draft)
    when = {"match": "all", "conditions": [{"question": "nps", "test": "at_most", "values": ["3"]}]}
    document["questions"] = [
        one | ({"show_if": when} if one["key"] == "reason" else {}) for one in document["questions"]
    ]
    change("how", lambda found: actions.save_draft(found, document, now=NOW))
    words = "What is the main reason"
    assert words not in staff.get("/surveys/how/preview").text
    assert words in staff.get("/surveys/how/preview?question=reason").text
    assert staff.get("/surveys/how/preview?question=gone").status_code == 200


# ---- answers that look as if no person had given them -------------------------------------------------------------------


@pytest.fixture
def doubted(sqlite_app):
    """One answer that nothing is held against, and one that was sent too soon."""
    survey = from_template()
    answer(survey, {"nps": 9, "reason": "Friendly people"})
    return answer(survey, {"nps": 1, "reason": "Cheap pills"}, doubts=("fast",)).response_id


FLAGS = [("", (True, True)), ("without", (True, False)), ("only", (False, True))]


@pytest.mark.parametrize(("flagged", "shown"), FLAGS)
def test_a_list_and_its_download_leave_doubtful_answers_out_or_show_these_alone(staff, doubted, flagged, shown):
    address = f"/surveys/spring/responses?flagged={flagged}"
    page = staff.get(address).text
    assert f"{sum(shown)} response" in page
    assert f'name="flagged" value="{flagged}"' in page or not flagged
    file = submit(staff, "/surveys/spring/responses.csv", {"flagged": flagged}, page=address).text
    for text in (page, file):
        assert ("Friendly people" in text, "Cheap pills" in text) == shown


NARROWED = (
    {}, {"voice": "customer"}, {"question": "nps", "value": "3"}, {"period": "all", "flagged": "without"},
    {"question": "nps", "value": "9", "voice": "verified"}, {"sentiment": "positive"}, {"aside": "yes"}, {"score": "3"},
)  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
@pytest.mark.parametrize("address", NARROWED)
def test_a_file_holds_as_many_rows_as_the_list_counts(staff, tmp_path, address, form):
    survey = from_template()
    for number in range(8):
        answer(survey, {"nps": 9 if number < 6 else 3, "reason": "a\nb"}, voice="customer" if number % 2 else "unverified",
               doubts=("fast",) if number == 7 else ())  # fmt: skip
    wanted = lists.wanted(address, survey.id, merged_questions(survey.id), today())
    file = submit(staff, f"/surveys/spring/responses.{form}", address, page="/surveys/spring/responses")
    assert file.headers["Content-Disposition"] == f'attachment; filename="spring.{form}"'
    if form == "csv":
        rows = len(list(csv.reader(io.StringIO(file.text, newline="")))) - 1
    elif form == "jsonl":
        rows = len(file.text.splitlines())
    else:
        rows = len(sheet_rows(file.data)) - 1
    assert rows == count_of(survey.id, **wanted.filters)


def test_a_file_of_a_filter_that_makes_no_sense_is_refused(staff):
    answer(from_template(), {"nps": 9})
    page = "/surveys/spring/responses"
    for wrong in ({"voice": "ghost"}, {"period": "never"}, {"question": "sun", "value": "1"}, {"sentiment": "x"}):
        assert submit(staff, "/surveys/spring/responses.csv", wrong, page=page).status_code == 400
    assert submit(staff, "/surveys/spring/responses.sav", page=page).status_code == 404


def test_a_choice_of_doubtful_answers_that_is_not_offered_is_refused(staff, doubted):
    assert staff.get("/surveys/spring/responses?flagged=all").status_code == 400
    page = "/surveys/spring/responses"
    assert submit(staff, "/surveys/spring/responses.csv", {"flagged": "all"}, page=page).status_code == 400


def test_where_only_groups_are_shown_no_file_leaves_doubtful_answers_out(staff):
    survey = from_template(privacy="confidential")
    for number in range(12):
        answer(survey, {"nps": 9}, doubts=("fast",) if number == 0 else ())
    page = "/surveys/spring/responses"
    assert submit(staff, "/surveys/spring/responses.csv", page=page).status_code == 200
    for narrowed in (
        {"flagged": "without"},
        {"flagged": "only"},
        {"voice": "unverified"},
        {"question": "nps", "value": "9"},
    ):
        assert submit(staff, "/surveys/spring/responses.csv", narrowed, page=page).status_code == 400


def test_the_team_says_that_it_was_a_person_and_nothing_is_held_against_it_any_more(staff, doubted):
    address = f"/responses/{doubted}"
    assert "sent sooner than anybody can read" in staff.get(address).text
    assert submit(staff, f"{address}/person", page=address).headers["Location"] == address
    page = staff.get(address).text
    assert "Yes, your team says so" in page
    assert "sent sooner than anybody can read" not in page
    assert "0 responses" in staff.get("/surveys/spring/responses?flagged=only").text
    db.session.rollback()
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.what == "response vouched for")).one().subject == str(
        doubted
    )


def test_vouching_for_what_nobody_doubts_is_refused_in_words(staff, doubted):
    address = f"/responses/{doubted}"
    submit(staff, f"{address}/person", page=address)
    again = submit(staff, f"{address}/person", page=address)
    assert again.status_code == 400
    assert "Nothing is held against this answer" in again.text


def test_nobody_vouches_for_an_answer_that_is_not_for_their_eyes(staff):
    done = answer(from_template(privacy="confidential"), {"nps": 9}, doubts=("fast",))
    path = f"/responses/{done.response_id}/person"
    assert submit(staff, path, page="/surveys/spring").status_code == 404
    db.session.rollback()
    assert db.session.get_one(Response, done.response_id).doubts == ["fast"]
