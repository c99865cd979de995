import re

import pytest

from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.questionnaires import actions, queries
from survey.questionnaires.kinds.reasons import DEFAULT_PICK
from tests.factories.drafts import change, make_survey
from tests.factories.forms import form_values
from tests.factories.people import sign_in, submit


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture
def staff(client):
    """A browser of somebody of the staff."""
    sign_in(client, "staff")
    return client


def picked(*codes):
    return {f"reasons.{code}": "yes" for code in codes}


def draft_form(client, slug, **changes):
    """What the edit page's form sends as a browser would, with changes; "__" stands for a dot."""
    kept = form_values(client.get(f"/surveys/{slug}/edit").text, "draft")
    return kept | {name.replace("__", "."): value for name, value in changes.items()}


def test_viewers_and_strangers_do_not_enter(client):
    make_survey()
    assert client.get("/surveys").status_code == 302
    sign_in(client, "viewer")
    for page in ("/surveys", "/surveys/new", "/surveys/how", "/surveys/how/edit", "/surveys/how/qr.svg"):
        assert client.get(page).status_code == 403


def test_an_empty_list_offers_the_first_step(staff):
    assert "Make the first survey" in staff.get("/surveys").text


@pytest.mark.usefixtures("both_databases")
def test_the_list_says_where_each_survey_stands(staff):
    make_survey(slug="how")
    make_survey("exit", slug="bye", is_published=False)
    page = staff.get("/surveys").text
    assert "http://127.0.0.1:8000/s/how" in page
    assert "not published yet" in page


def test_an_exit_survey_is_made_from_picked_reasons(staff):
    page = "/surveys/new?template=exit"
    words = {"reasons.A2.words": "The queue was too long"}
    form = {"title": "Goodbye", "slug": "Goodbye ", **picked(*DEFAULT_PICK[:5], "A2", "T1"), **words}
    assert submit(staff, page, form).headers["Location"] == "/surveys/goodbye/edit"
    options = queries.draft_of(queries.survey_by_slug("goodbye")).question("reasons").settings["options"]
    assert {"code": "A2", "words": "The queue was too long"} in options
    assert {option["code"] for option in options} == {*DEFAULT_PICK[:5], "A2", "T1"}


def test_an_address_that_is_taken_comes_back_with_what_was_typed(staff):
    make_survey(slug="how")
    answer = submit(staff, "/surveys/new?template=satisfaction", {"title": "My own title", "slug": "how"})
    assert answer.status_code == 422
    assert "already" in answer.text
    assert "My own title" in answer.text


def test_the_suggested_address_is_free(staff):
    make_survey(slug="satisfaction")
    assert 'value="satisfaction-2"' in staff.get("/surveys/new?template=satisfaction").text


def test_publishing_says_what_stands_in_the_way(staff):
    make_survey("exit", slug="bye", is_published=False)
    submit(staff, "/surveys/bye/edit", draft_form(staff, "bye", title="", do="save"))
    assert "Give the survey a title" in staff.get("/surveys/bye/publish").text
    assert submit(staff, "/surveys/bye/publish", page="/surveys/bye/options").status_code == 422
    assert queries.live("bye", now=now()) is None


@pytest.mark.usefixtures("both_databases")
def test_publishing_freezes_the_next_version(staff):
    make_survey(is_published=False)
    assert submit(staff, "/surveys/how/publish").status_code == 303
    page = staff.get("/surveys/how").text
    assert "http://127.0.0.1:8000/s/how" in page
    assert queries.live("how", now=now())[1].number == 1
    assert "Nothing new to publish" in staff.get("/surveys/how/publish").text
    submit(staff, "/surveys/how/publish", page="/surveys/how/options")
    assert queries.live("how", now=now())[1].number == 1


def test_a_survey_is_closed_and_opened_again(staff):
    make_survey()
    submit(staff, "/surveys/how/close", page="/surveys/how")
    assert queries.live("how", now=now()) is None
    submit(staff, "/surveys/how/reopen", page="/surveys/how")
    assert queries.live("how", now=now()) is not None


def test_options_are_kept_and_refusals_explained(staff):
    make_survey("exit", slug="bye")
    assert submit(staff, "/surveys/bye/options", {"privacy": "confidential", "is_listed": "y"}).status_code == 303
    db.session.expire_all()
    survey = queries.survey_by_slug("bye")
    assert (survey.privacy, survey.is_listed) == ("confidential", True)
    answer = submit(staff, "/surveys/bye/options", {"privacy": "anonymous"})
    assert answer.status_code == 422
    assert "anonymous survey cannot ask" in answer.text


@pytest.mark.usefixtures("both_databases")
def test_privacy_is_frozen_on_the_page_once_there_are_answers(staff, app):
    survey = make_survey()
    app.extensions["hearback.count_answers"] = lambda _ids: {survey.id: 1}
    app.extensions["hearback.was_answered"] = lambda _id: True
    assert "cannot change any more" in staff.get("/surveys/how/options").text
    answer = submit(staff, "/surveys/how/options", {"privacy": "anonymous"})
    assert answer.status_code == 422
    assert "promise" in answer.text


def test_the_qr_code_is_a_picture_without_styles(staff):
    make_survey()
    svg = staff.get("/surveys/how/qr.svg")
    assert svg.mimetype == "image/svg+xml"
    assert svg.text.startswith("<svg")
    assert "style=" not in svg.text
    assert staff.get("/surveys/how/qr.png").data.startswith(b"\x89PNG")


def test_who_did_what_is_written_down(staff):
    from survey.access.models import AuditEntry

    make_survey(is_published=False)
    submit(staff, "/surveys/how/publish")
    found = write(lambda: [(entry.what, entry.subject) for entry in db.session.query(AuditEntry) if entry.subject])
    assert ("survey published", "how") in found


def test_an_unknown_survey_is_not_found(staff):
    for page in ("", "/edit", "/publish", "/options", "/qr.svg", "/personal-link"):
        assert staff.get(f"/surveys/nothing{page}").status_code == 404


# ---- robots -------------------------------------------------------------------------------------------------------------


def listed():
    db.session.rollback()
    return queries.survey_by_slug("how").known_addresses


def test_networks_of_many_people_are_kept_as_one_writes_them_in_short(staff):
    make_survey()
    typed = {"known_addresses": "198.51.100.4\r\n10.1.2.3/16"}
    sent = submit(staff, "/surveys/how/robots", typed, page="/surveys/how/options")
    assert sent.headers["Location"] == "/surveys/how/options#robots"
    assert listed() == ["198.51.100.4", "10.1.0.0/16"]
    assert "198.51.100.4\n10.1.0.0/16" in staff.get("/surveys/how/options").text
    submit(staff, "/surveys/how/robots", {"known_addresses": ""}, page="/surveys/how/options")
    assert listed() == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [("here", "“here” is no address"), ("::/0", "“::/0” is no address"), ("\n".join(f"10.0.{n}.1" for n in range(101)), "At most 100")],
    ids=["words", "everybody", "many"],
)  # fmt: skip
def test_what_cannot_be_listed_comes_back_with_the_reason_and_the_other_form_as_it_is_kept(staff, typed, words):
    make_survey()
    refused = submit(staff, "/surveys/how/robots", {"known_addresses": typed}, page="/surveys/how/options")
    assert refused.status_code == 422
    assert words in refused.text
    assert typed in refused.text.replace("&#13;", "")
    assert re.search(r'value="identified"[^>]* checked', refused.text)
    assert listed() == []


def test_an_archived_survey_says_that_it_cannot_change_and_is_not_published(staff):
    make_survey()
    change("how", lambda survey: actions.save_draft(survey, {**survey.draft, "title": "Changed"}, now=now()))
    form = draft_form(staff, "how", title="Mine")
    change("how", lambda survey: actions.archive(survey, now=now()))
    assert "/surveys/how/edit" not in staff.get("/surveys/how").text
    assert "It is archived" in staff.get("/surveys/how/edit", follow_redirects=True).text
    refused = submit(staff, "/surveys/how/edit", form, page="/surveys/how")
    assert (refused.status_code, "It is archived" in refused.text, "Mine" in refused.text) == (422, True, True)
    published = submit(staff, "/surveys/how/publish", page="/surveys/how")
    assert (published.status_code, "It is archived" in published.text) == (422, True)
    db.session.rollback()
    assert queries.newest_version(queries.survey_by_slug("how").id).number == 1
