"""Anonymous answers are alike in all that is known of people too, and nothing outside of the database leads to one."""

import base64
import json
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import inspect, text, update
from sqlalchemy.exc import IntegrityError

from survey.customers.models import Lifetime
from survey.departures.models import Departure
from survey.foundation.clock import now, today
from survey.foundation.db import db, write
from survey.foundation.errors import Busy
from survey.foundation.jobs import ATTEMPTS, Job, drain
from survey.invitations.models import Participation
from survey.organisation.models import Organisation
from survey.questionnaires.queries import newest_version
from survey.responses.models import Response, ResponseDraft
from survey.responses.public import personal_links, storing
from survey.responses.rules import form_id_for
from survey.text.models import Comment
from tests.factories.people import sign_in, submit
from tests.factories.surveys import (
    answer,
    from_template,
    hidden,
    make_person,
    personal_link,
    republish,
    send,
    with_every_kind,
)  # fmt: skip

NOTHING_OF_A_PERSON = {"person", "invitation", "participation", "consent", "lifetime", "departure", "departure_reason",
                       "users", "invite", "audit_entry"}  # fmt: skip


def make_leaver():
    """The only former customer, the only one who reads Finnish, with a group of her own."""
    person_id = make_person(
        "Aino", language="fi", segments={"site": "Turku"}, email="aino@example.org", external_id="C-1"
    )

    def leave():
        db.session.add(Lifetime(person_id=person_id, ended_on=today("UTC"), tier="gold"))

    write(leave)
    return person_id


def told_apart(row):
    """What stands in a row besides what was answered and what is random."""
    columns = inspect(Response).columns.keys()
    return {
        name: getattr(row, name) for name in columns if name not in ("id", "form_id", "answers", "score", "sentiment")
    }


def test_an_answer_by_a_personal_link_looks_like_any_other(client):
    made = from_template(privacy="anonymous")
    link = personal_link(made, make_leaver())
    slowly(client, link, {"nps": "1", "reason": "Slow"})
    slowly(client, "/s/spring?via=poster", {"nps": "9", "reason": "Quick"})
    slowly(client, "/s/spring?lang=fi", {"nps": "5"})
    first, *others = (told_apart(row) for row in db.session.query(Response))
    assert others == [first, first]
    assert (first["voice"], first["language"], first["channel"], first["promise"], first["doubts"]) == (
        "unverified",
        "und",
        "link",
        "anonymous/2",
        [],
    )


def slowly(client, address, answers):
    """Answer as a person does: who is quicker is doubted, and nobody on a personal link is."""
    with time_machine.travel(today("UTC").isoformat(), tick=False) as clock:
        page = hidden(client.get(address).text)
        clock.shift(60)
        assert client.post(address, data={**page, **answers}).status_code == 303


def test_a_page_of_an_anonymous_survey_greets_nobody_by_name(client):
    made = from_template(privacy="anonymous")
    republish(made, intro="Dear {person.first_name|customer},")
    assert "Aino" not in client.get(personal_link(made, make_leaver())).text


def test_tables_that_know_people_and_tables_that_know_anonymous_answers_have_no_key_in_common(app):
    """Walk from the answers along every key, both ways: but for the survey itself no table of people is reached."""
    tables = {table.name: table for table in db.metadata.sorted_tables}
    made = from_template(privacy="anonymous")
    answer(made, {"nps": 1, "reason": "Slow"})
    reached, new = {"response"}, {"response"}
    while new:
        new = {other for name in new for other in _next_to(tables, name)} - reached
        reached |= new
    assert not reached & NOTHING_OF_A_PERSON
    assert {"comment", "comment_reason"} <= reached | {"comment_reason"}


def _next_to(tables, name):
    """Tables that a key leads to from here where rows are there to follow; the survey and its versions are everybody's."""
    if name in ("survey", "survey_version"):
        return
    for key in tables[name].foreign_keys:
        if _count(tables[name], key.parent.is_not(None)):
            yield key.column.table.name
    for other in tables.values():
        for key in other.foreign_keys:
            if key.column.table.name == name and _count(other, key.parent.is_not(None)):
                yield other.name


def _count(table, condition):
    return db.session.execute(table.select().where(condition).limit(1)).first() is not None


# ---- constraints ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [{"voice": "customer"}, {"channel": "personal"}, {"channel": "mira"}, {"language": "fi"}, {"segments": {"site": "north"}},
     {"set_aside": "spam"}, {"submitted_at": datetime(2026, 10, 20, 12, tzinfo=UTC)}],
    ids=lambda changed: "-".join(changed),
)  # fmt: skip
def test_the_database_refuses_what_would_tell_an_anonymous_answer_apart(app, changed):
    id = answer(from_template(privacy="anonymous"), {"nps": 1}).response_id
    with pytest.raises(IntegrityError):
        write(lambda: db.session.execute(update(Response).where(Response.id == id).values(changed)))


def test_the_database_refuses_a_departure_or_a_moment_of_reading_for_an_anonymous_answer(app):
    id = answer(from_template(privacy="anonymous"), {"nps": 1, "reason": "Slow"}).response_id
    with pytest.raises(IntegrityError):
        write(lambda: db.session.add(Departure(response_id=id, source="exit_survey", left_on=today("UTC"))))
    with pytest.raises(IntegrityError):
        write(lambda: db.session.execute(update(Comment).values(read_at=now())))


def test_the_database_refuses_that_anything_is_left_of_an_answer_taken_back(app):
    id = answer(from_template(), {"nps": 1}).response_id
    with pytest.raises(IntegrityError):
        write(lambda: db.session.execute(update(Response).where(Response.id == id).values(set_aside="withdrawn")))


def test_a_promise_cannot_change_once_somebody_began_to_answer(client):
    made = from_template()
    draft = {"form_id": UUID(int=7), "survey_id": made.id, "version_id": _version(made), "began_on": today("UTC"),
             "changed_on": today("UTC")}  # fmt: skip
    write(lambda: db.session.add(ResponseDraft(**draft)))
    with pytest.raises(IntegrityError):
        write(lambda: db.session.execute(text("UPDATE survey SET privacy = 'anonymous'")))
    sign_in(client, "leader")
    refused = submit(client, "/surveys/spring/options", {"privacy": "anonymous"})
    assert refused.status_code == 422
    assert "cannot change any more" in refused.text


def _version(made):
    return newest_version(made.id).id


# ---- what others know ---------------------------------------------------------------------------------------------------


def everything():
    db.session.rollback()
    rows = [dict(row) for table in db.metadata.sorted_tables for row in db.session.execute(table.select()).mappings()]
    return re.sub("-", "", json.dumps(rows, default=str))


@pytest.mark.parametrize("asks_proof", [False, True])
def test_no_page_shows_under_which_id_an_answer_is_kept(client, asks_proof):
    made = from_template(privacy="anonymous")
    write(lambda: db.session.execute(text("UPDATE survey SET asks_proof = :asked"), {"asked": asks_proof}))
    page = client.get("/s/spring").text
    form_id = client.application.extensions["hearback.form_tokens"].form_id(
        hidden(page)["form.token"], f"open/{made.id.hex}/1"
    )
    packed = [base64.b64decode(f"{one}===").decode("latin-1") for one in re.findall(r"[A-Za-z0-9+/]{40,}", page)]
    for shown in (page, *packed):
        assert form_id.hex not in re.sub("-", "", shown)


@pytest.mark.parametrize("is_personal", [False, True])
def test_nothing_that_a_browser_or_a_log_saw_is_in_the_database(client, is_personal):
    """Whoever made a link, or reads the log of a web server, has seen the page and the addresses: they find no answer by it."""
    made = from_template(privacy="anonymous")
    address = personal_link(made, make_leaver()) if is_personal else "/s/spring"
    page = hidden(client.get(address).text)
    thanks = client.post(address, data={**page, "nps": "1", "reason": "Slow"})
    seen = re.findall(
        r"[0-9a-f]{16,}", re.sub("-", "", f"{page['form.token']} {thanks.location} {address} {thanks.headers}")
    )
    assert len(seen) >= 3
    stored = everything()
    assert [one for one in seen if one[:32] in stored] == []
    again = client.post(address, data={**page, "nps": "1", "reason": "Slow"})
    assert again.location.split("?")[0] != thanks.location  # the same person, another address


def test_a_link_does_not_tell_whether_a_guess_is_right(client):
    for privacy in ("anonymous", "confidential"):
        made = from_template(slug=privacy, privacy=privacy)
        link = personal_link(made, make_person())
        page = hidden(client.get(link).text)
        client.post(link, data={**page, "nps": "3"})
        guesses = [client.post(link, data={**page, "nps": str(grade)}).location for grade in range(11)]
        told = {re.sub(r"thanks/[0-9a-f-]+", "", one) for one in guesses}
        assert len(told) == 1
        assert "This link had been used before" in client.get(guesses[0]).text


def test_a_used_link_does_not_tell_the_day(client):
    made = from_template(privacy="anonymous")
    link = personal_link(made, make_person())
    send(client, link, {"nps": "3"})
    page = client.get(link).text
    assert "Your answer is in" in page
    assert "This link was used on" not in page


def test_a_number_from_the_file_that_was_imported_leads_to_no_answer(sqlite_app, tmp_path):
    made = with_every_kind(privacy="anonymous")
    file = tmp_path / "old.csv"
    file.write_text("id,nps\nC-1,3\nC-2,9\n")
    run = sqlite_app.test_cli_runner()
    for _again in range(2):
        done = run.invoke(args=["responses", "import", "spring", str(file), "--id", "id"])
        assert done.exit_code == 0, done.output
    kept = {row.form_id for row in db.session.query(Response)}
    assert len(kept) == 2  # reading it again stores nothing again
    assert form_id_for(made.id, "id", "C-1") not in kept


def test_somebody_is_thanked_in_words_for_them_without_a_trace(client):
    made = with_every_kind(privacy="anonymous")
    low = {"match": "all", "conditions": [{"question": "nps", "test": "at_most", "values": ["6"]}]}
    republish(made, endings=[{"key": "sad", "words": "We are sorry.", "when": low}])
    sent = send(client, "/s/spring", {"nps": "3"})
    assert "We are sorry." in client.get(sent.location).text
    assert "We are sorry." not in client.application.test_client().get(sent.location).text
    assert "We are sorry." not in client.get(send(client, "/s/spring", {"nps": "9"}).location).text


# ---- the note that somebody took part -----------------------------------------------------------------------------------


def test_an_answer_is_kept_and_thanked_for_even_where_the_note_cannot_be_written(client, monkeypatch):
    made = from_template(privacy="anonymous")
    links = [personal_link(made, make_person(f"P{number}")) for number in range(6)]

    def busy(*_args):
        raise Busy("no room")

    with monkeypatch.context() as patched:
        patched.setattr(storing, "use_together", busy)
        for link in links[:5]:
            assert send(client, link, {"nps": "3"}).status_code == 303
    assert db.session.query(Participation).count() == 0
    send(client, links[5], {"nps": "3"})
    assert db.session.query(Participation).count() == 6


def test_no_group_of_fewer_than_five_is_ever_noted(client):
    write(lambda: db.session.add(Organisation(id=1, minimum_scores=3)))
    made = from_template(privacy="anonymous")
    for number in range(4):
        send(client, personal_link(made, make_person(f"P{number}")), {"nps": "3"})
    assert db.session.query(Participation).count() == 0


# ---- jobs and logs ------------------------------------------------------------------------------------------------------


def test_a_job_that_was_given_up_tells_the_day_alone_and_no_log_names_the_answer(app, capsys):
    id = answer(from_template(privacy="anonymous"), {"nps": 1, "reason": "Slow"}).response_id

    def broken(_ids):
        raise RuntimeError("no")

    for _attempt in range(ATTEMPTS):
        write(lambda: db.session.execute(update(Job).values(run_after=now())))
        drain({"read_response": broken})
    job = db.session.query(Job).one()
    assert (job.subject, job.attempts, job.lease_until) == (id, ATTEMPTS, None)
    assert (job.run_after.hour, job.run_after.minute, job.run_after.second, job.run_after.microsecond) == (0, 0, 0, 0)
    said = capsys.readouterr()
    assert str(id) not in said.out + said.err


def test_a_fault_writes_no_secret_address_into_the_log(client, monkeypatch, capsys):
    link = personal_link(from_template(), make_person())

    def broken(*_args):
        raise RuntimeError("no")

    monkeypatch.setattr(personal_links, "participation", broken)
    assert client.get(link).status_code == 500
    said = capsys.readouterr()
    assert link.removeprefix("/r/") not in said.out + said.err
