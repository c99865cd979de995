"""Two records of one person become one: nothing is lost, and nothing points to the one that went."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from survey.access.models import AuditEntry
from survey.customers.actions import belong_to, leave_alone, merge, note_consent, record_all
from survey.customers.models import Lifetime, MergedPerson, Person
from survey.customers.queries import kept_for, person, person_by_external_id, pointing_at, tally
from survey.customers.rules import PersonEntry
from survey.foundation.db import db, new_id, write
from survey.foundation.errors import Refused
from survey.invitations.models import Campaign, CampaignMember, Invitation, Participation
from survey.letters.actions import Post, post
from survey.letters.models import Mailing, Suppression
from survey.responses.models import Response
from tests.factories.people import sign_in, submit
from tests.factories.surveys import answer, from_template

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
LEFT = {"has_left": True, "ended_on": date(2024, 5, 1)}


def stored(*entries):
    write(lambda: record_all(entries, now=NOW, is_history=True))
    return [person_by_external_id(entry.external_id).id for entry in entries]


def two(**second):
    """Somebody with a stay that ended, and the same person again by another number with one that goes on."""
    return stored(
        PersonEntry(external_id="A-1", name="Ada", started_on=date(2022, 1, 1), reason="too expensive", **LEFT),
        PersonEntry(external_id="B-2", email="ada@example.org", started_on=date(2025, 3, 1), **second),
    )


def test_after_merging_no_row_of_any_table_points_to_the_one_that_went_and_none_is_lost(app):
    kept, gone = two()

    def live():
        belong_to(kept, "The Lovelaces", now=NOW)
        belong_to(gone, "The Lovelaces", role="mother", now=NOW)
        belong_to(gone, "Engines Ltd", now=NOW)
        note_consent(gone, purpose="win_back", words="Yes, do ask me.", how="telephone", now=NOW)
        post(Post("answer", person=person(gone)), now=NOW)

    write(live)
    before = {column.table.name: _rows(column.table) for column in pointing_at("person")}
    assert {"lifetime", "consent", "letter", "membership"} <= set(tally(gone))

    write(lambda: merge(kept, gone, now=NOW))

    for column in pointing_at("person"):
        assert not db.session.scalar(select(func.count()).select_from(column.table).where(column == gone)), column
    assert person(gone) is None
    assert kept_for(gone) == kept
    after = {name: _rows(db.metadata.tables[name]) for name in before}
    # One household had both: that is one membership now. The record that went is remembered.
    assert after == before | {"membership": before["membership"] - 1, "merged_person": 1}
    somebody = person(kept)
    assert (somebody.name, somebody.external_id, somebody.email) == ("Ada", "A-1", "ada@example.org")
    assert [(stay.ordinal, stay.started_on) for stay in somebody.lifetimes] == [
        (1, date(2022, 1, 1)),
        (2, date(2025, 3, 1)),
    ]
    assert [consent.purpose for consent in somebody.consents] == ["win_back"]


def _rows(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_two_open_stays_are_merged_only_when_one_is_chosen(app):
    first, second = stored(
        PersonEntry(external_id="A-1", started_on=date(2022, 1, 1), plan="Basic"),
        PersonEntry(external_id="B-2", started_on=date(2025, 3, 1), plan="Plus"),
    )
    with pytest.raises(Refused):
        write(lambda: merge(first, second, now=NOW))
    assert person(second) is not None
    chosen = person(second).lifetimes[0].id
    write(lambda: merge(first, second, stay_id=chosen, now=NOW))
    db.session.expire_all()
    assert [(stay.ordinal, stay.plan) for stay in person(first).lifetimes] == [(1, "Plus")]
    assert _rows(Lifetime.__table__) == 1


def test_the_list_read_in_again_finds_the_person_by_the_number_that_went_and_changes_nothing(app):
    kept, gone = two()
    write(lambda: merge(kept, gone, now=NOW))
    again = PersonEntry(external_id="B-2", name="A. Lovelace", email="ada@example.org", started_on=date(2025, 3, 1))
    done = write(lambda: record_all([again], now=NOW, is_history=True))
    assert done[0].novelty == "unchanged"
    assert _rows(Person.__table__) == 1
    assert person(kept).external_id == "A-1"
    assert person(kept).name == "Ada"


def test_a_no_of_either_record_holds_for_both_addresses(app):
    kept, gone = stored(
        PersonEntry(external_id="A-1", email="one@example.org"),
        PersonEntry(external_id="B-2", email="two@example.org", **LEFT),
    )
    write(lambda: leave_alone(kept, now=NOW))
    before = _rows(Suppression.__table__)
    write(lambda: merge(kept, gone, now=NOW))
    assert person(kept).is_left_alone
    assert _rows(Suppression.__table__) == before + 1


def test_staff_see_side_by_side_what_is_kept_and_the_old_link_leads_on(sqlite_app):
    client = sqlite_app.test_client()
    kept, gone = two()
    sign_in(client, "staff")
    assert "B-2" in client.get(f"/people/{kept}/merge?words=B-2").text
    page = client.get(f"/people/{kept}/merge?other={gone}").text
    assert "ada@example.org" in page
    assert "Stays as a customer" in page
    answer = submit(client, f"/people/{kept}/merge", {"other": str(gone)}, page=f"/people/{kept}/merge?other={gone}")
    assert answer.status_code == 303, answer.text
    moved = client.get(f"/people/{gone}")
    assert moved.status_code == 301
    assert moved.location.endswith(str(kept))
    audited = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "people merged")).one()
    assert audited.details["gone"] == str(gone)
    assert audited.details["moved"]["lifetime"] == 1
    assert db.session.get(MergedPerson, gone).external_id == "B-2"


def test_both_were_invited_by_one_campaign_and_both_links_and_the_answer_stay(app):
    kept, gone = two()
    survey = from_template(slug="spring")

    def invite():
        mailing = Mailing(id=new_id())
        db.session.add(mailing)
        db.session.flush()
        db.session.add(Campaign(id=mailing.id, survey_id=survey.id, name="Spring", audience={}, words={}))
        db.session.flush()
        for person_id, token in ((kept, "a"), (gone, "b")):
            invitation = Invitation(
                id=new_id(), survey_id=survey.id, person_id=person_id, campaign_id=mailing.id, token_hash=token * 64
            )
            db.session.add(invitation)
            db.session.add(CampaignMember(campaign_id=mailing.id, person_id=person_id))
            db.session.flush()
            db.session.add(Participation(invitation_id=invitation.id, form_id=new_id(), used_on=date(2026, 5, 1)))

    write(invite)
    answer(survey, {"nps": 3, "rating": 2}, person_id=gone, voice="customer")
    write(lambda: merge(kept, gone, now=NOW))
    invited = db.session.execute(
        select(Invitation.token_hash, Invitation.person_id, Invitation.campaign_id.is_not(None))
    ).all()
    assert sorted(tuple(row) for row in invited) == [("a" * 64, kept, True), ("b" * 64, kept, False)]
    assert _rows(Participation.__table__) == 2
    assert db.session.scalars(select(CampaignMember.person_id)).all() == [kept]
    assert db.session.scalars(select(Response.person_id)).all() == [kept]
