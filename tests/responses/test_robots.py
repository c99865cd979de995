"""Robots: what is noticed, who is let in, and that neither costs a person anything."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from survey.foundation.addresses import NoNetwork, address_in, is_listed, network_of, networks_in
from survey.foundation.crowds import Crowd
from survey.foundation.db import db
from survey.questionnaires.kinds.base import Question
from survey.responses import robots
from survey.responses.models import Response
from survey.responses.rules import fingerprint, is_repeated, least_seconds
from tests.factories.drafts import change
from tests.factories.surveys import (
    from_template,
    hidden,
    make_person,
    personal_link,
    republish,
    with_every_kind,
    with_questions,
)

AWAY = {"REMOTE_ADDR": "203.0.113.7"}
START = datetime(2026, 10, 20, 12, tzinfo=UTC)
MANY = {"nps": "9", "stars": "5", "faces": "2", "easy": "6", "points": "10", "terms": "yes"}


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def open_and_send(client, answers, *, seconds=60, address="/s/spring", **environ):
    """Open a survey, take some time, and send it."""
    with time_machine.travel(START, tick=False) as clock:
        page = hidden(client.get(address).text)
        clock.shift(seconds)
        return client.post(address, data={**page, **answers}, environ_base=environ)


def doubts():
    """The doubts of every response, by what was said."""
    db.session.rollback()
    return {str(row.answers): tuple(row.doubts) for row in db.session.query(Response)}


def the_doubts():
    [found] = doubts().values()
    return found


# ---- how quick a person is ------------------------------------------------------------------------------------------


def grade(key):
    return Question(key, "nps", "Would you?")


def words(key):
    return Question(key, "text", "Why?")


def test_a_person_needs_a_part_of_the_usual_time_and_two_seconds_at_least():
    assert least_seconds([grade("a")]) == 2
    assert least_seconds([grade("a"), grade("b"), words("c")]) == pytest.approx(0.15 * 41)


def test_what_a_link_ticked_beforehand_costs_no_time():
    assert least_seconds([grade("a"), words("c")], {"a"}) == pytest.approx(0.15 * 25)
    assert least_seconds([grade("a")], {"a"}) == 1
    assert least_seconds([]) == 1


def test_an_answer_that_took_its_time_is_not_doubted(client):
    from_template()
    assert open_and_send(client, {"nps": "9", "reason": "Friendly"}, seconds=20).status_code == 303
    assert the_doubts() == ()


def test_an_answer_that_nobody_could_have_read_is_stored_and_doubted(client):
    from_template()
    assert open_and_send(client, {"nps": "9", "reason": "Friendly people"}, seconds=2).status_code == 303
    assert the_doubts() == ("fast",)


def test_whoever_clicks_one_score_and_sends_is_no_robot(client):
    with_every_kind()
    open_and_send(client, {"nps": "9"}, seconds=3)
    assert the_doubts() == ()


def test_a_score_that_was_clicked_in_a_mail_may_be_sent_at_once(client):
    from_template()
    open_and_send(client, {"nps": "9"}, seconds=1, address="/s/spring?nps=9")
    assert the_doubts() == ()


def test_a_personal_link_is_somebodys_and_may_be_quick(client):
    link = personal_link(from_template(), make_person())
    open_and_send(client, {"nps": "9", "reason": "Friendly"}, seconds=0, address=link)
    assert the_doubts() == ()


PAGES = [
    {"key": "a", "kind": "nps", "words": "One?"}, {"key": "part", "kind": "section", "words": "Part"},
    {"key": "b", "kind": "text", "words": "Two?"}, {"key": "more", "kind": "section", "words": "More"},
    {"key": "c", "kind": "text", "words": "Three?"},
]  # fmt: skip


def test_on_several_pages_the_time_counts_from_the_first(client):
    republish(with_questions(PAGES), layout="sections")
    with time_machine.travel(START, tick=False) as clock:
        page = client.get("/s/spring")
        clock.shift(30)
        page = client.post("/s/spring", data={**hidden(page.text), "a": "9"}, follow_redirects=True)
        page = client.post("/s/spring", data={**hidden(page.text), "b": "Two"}, follow_redirects=True)
        assert "Three?" in page.text
        assert client.post("/s/spring", data={**hidden(page.text), "c": "Three"}).status_code == 303
    assert the_doubts() == ()


def test_whoever_goes_on_later_has_read_it_before(client):
    republish(with_questions(PAGES), layout="sections")
    with time_machine.travel(START, tick=False) as clock:
        page = client.post("/s/spring", data={**hidden(client.get("/s/spring").text), "a": "9"}, follow_redirects=True)
        left = client.post("/s/spring", data={**hidden(page.text), "b": "Two", "form.go": "later"}).text
        address = left.split('href="/s/spring/later/')[1].split('"')[0]
        clock.shift(3600)
        other = client.application.test_client()
        page = other.get(f"/s/spring/later/{address}")
        page = other.post("/s/spring", data={**hidden(page.text), "b": "Two"}, follow_redirects=True)
        assert other.post("/s/spring", data={**hidden(page.text), "c": "Three"}).status_code == 303
    assert the_doubts() == ()


# ---- the trap -------------------------------------------------------------------------------------------------------


def test_a_field_that_people_do_not_see_tells_robots(client):
    from_template()
    page = client.get("/s/spring").text
    assert '<div class="vh" aria-hidden="true"><label>Leave this empty <input name="form.website" tabindex="-1"' in page
    assert open_and_send(client, {"nps": "9", "form.website": "https://pills.example"}).status_code == 303
    assert the_doubts() == ("trap",)


def test_blanks_in_the_trap_are_nothing(client):
    from_template()
    open_and_send(client, {"nps": "9", "form.website": "  "})
    assert the_doubts() == ()


# ---- copies ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_the_very_same_long_answer_from_one_address_is_doubted_the_second_time(client):
    with_every_kind()
    for _ in range(2):
        open_and_send(client, MANY, **AWAY)
    assert sorted(tuple(row.doubts) for row in db.session.query(Response)) == [(), ("duplicate",)]


def test_a_few_people_in_one_room_may_choose_the_same_score(client):
    from_template()
    for _ in range(4):
        open_and_send(client, {"nps": "9"}, **AWAY)
    assert sorted(tuple(row.doubts) for row in db.session.query(Response)) == [(), (), (), ("duplicate",)]


def test_other_answers_other_addresses_and_later_ones_are_no_copies(client):
    with_every_kind()
    open_and_send(client, MANY, **AWAY)
    open_and_send(client, {**MANY, "nps": "8"}, **AWAY)
    open_and_send(client, MANY, REMOTE_ADDR="203.0.113.8")
    open_and_send(client, MANY, seconds=3600, **AWAY)
    assert {tuple(row.doubts) for row in db.session.query(Response)} == {()}


def test_the_same_form_sent_twice_is_one_answer_and_no_copy(client):
    with_every_kind()
    with time_machine.travel(START, tick=False) as clock:
        page = hidden(client.get("/s/spring").text)
        clock.shift(60)
        for _ in range(2):
            client.post("/s/spring", data={**page, **MANY}, environ_base=AWAY)
    assert the_doubts() == ()


@pytest.mark.usefixtures("both_databases")
def test_of_anonymous_answers_nothing_is_noted_that_says_where_they_came_from(client):
    with_every_kind(privacy="anonymous")
    for _ in range(3):
        open_and_send(client, MANY, **AWAY)
    assert {tuple(row.doubts) for row in db.session.query(Response)} == {()}


def test_repetition_is_strange_the_sooner_the_more_was_said():
    assert not is_repeated(0, 9)
    assert is_repeated(1, 5)
    assert not is_repeated(2, 4)
    assert is_repeated(3, 1)


# ---- too many -------------------------------------------------------------------------------------------------------


@pytest.fixture
def few(monkeypatch):
    """Three answers are many, so that a test need not send a hundred."""
    monkeypatch.setattr(robots, "ANSWERS", Crowd("answers", 3, seconds=600))


def _statuses(client, addresses, **more):
    return [
        open_and_send(client, {"nps": str(n % 11)}, REMOTE_ADDR=one, **more).status_code
        for n, one in enumerate(addresses)
    ]


@pytest.mark.usefixtures("both_databases")
def test_too_many_answers_from_one_network_wait_with_everything_kept(client, few):
    from_template()
    assert _statuses(client, ["203.0.113.7", "203.0.113.8", "203.0.113.250"]) == [303, 303, 303]
    refused = open_and_send(client, {"nps": "4", "reason": "Kept words"}, REMOTE_ADDR="203.0.113.9")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert "come from your network" in refused.text
    assert "Kept words" in refused.text
    assert db.session.query(Response).count() == 3
    assert _statuses(client, ["198.51.100.1"]) == [303]


def test_who_waited_may_send(client, few):
    from_template()
    assert _statuses(client, ["203.0.113.7"] * 4) == [303, 303, 303, 429]
    assert open_and_send(client, {"nps": "4"}, seconds=700, **AWAY).status_code == 303


def test_a_home_has_one_prefix_of_ipv6(client, few):
    from_template()
    inside = [f"2001:db8:0:{n:x}::1" for n in (1, 2, 0xFF, 4)]
    assert _statuses(client, [*inside, "2001:db8:0:100::1"]) == [303, 303, 303, 429, 303]


@pytest.mark.usefixtures("both_databases")
def test_only_what_is_stored_is_counted(client, few):
    from_template()
    with time_machine.travel(START, tick=False):
        page = hidden(client.get("/s/spring").text)
        for _ in range(6):
            assert client.post("/s/spring", data={**page, "nps": "9"}, environ_base=AWAY).status_code == 303
            assert client.post("/s/spring", data={**page, "nps": "99"}, environ_base=AWAY).status_code == 422
    assert _statuses(client, ["203.0.113.7"] * 3) == [303, 303, 429]


def test_this_machine_and_listed_networks_and_personal_links_are_never_too_many(client, few):
    survey = from_template()
    assert _statuses(client, ["127.0.0.1", "::1", "127.9.9.9"] * 2) == [303] * 6
    change("spring", lambda found: setattr(found, "known_addresses", ["203.0.113.0/24"]))
    assert _statuses(client, ["203.0.113.7"] * 6) == [303] * 6
    for _ in range(4):
        link = personal_link(survey, make_person())
        assert open_and_send(client, {"nps": "9"}, address=link, REMOTE_ADDR="198.51.100.1").status_code == 303


def test_each_survey_counts_its_own(client, few):
    from_template()
    from_template(slug="autumn")
    assert _statuses(client, ["203.0.113.7"] * 3) == [303] * 3
    assert _statuses(client, ["203.0.113.7"] * 3, address="/s/autumn") == [303] * 3


FORWARDED = [
    "unknown", "203.0.113.7:4711", "[2001:db8::1]:4711", "fe80::1%eth0", "::ffff:203.0.113.7", "_hidden", "'; DROP TABLE survey", "9" * 5000,
    "203.0.113.7, garbage", ",", " ", "١.٢.٣.٤", "\x7f", "999.1.1.1", "0x7f.1",
]  # fmt: skip


@pytest.mark.parametrize("proxies", [0, 1])
def test_whatever_a_proxy_says_is_no_fault_of_ours(sqlite_app, proxies):
    from werkzeug.middleware.proxy_fix import ProxyFix

    if proxies:
        sqlite_app.wsgi_app = ProxyFix(sqlite_app.wsgi_app, x_for=1)
    from_template()
    client = sqlite_app.test_client()
    for forwarded in FORWARDED:
        page = hidden(client.get("/s/spring").text)
        environ = {"HTTP_X_FORWARDED_FOR": forwarded.encode().decode("latin-1")}
        sent = client.post("/s/spring", data={**page, "nps": "9"}, environ_base=environ)
        assert sent.status_code == 303, forwarded


def test_behind_a_proxy_that_is_named_people_are_told_apart(sqlite_app, few):
    from werkzeug.middleware.proxy_fix import ProxyFix

    sqlite_app.wsgi_app = ProxyFix(sqlite_app.wsgi_app, x_for=1)
    from_template()
    client = sqlite_app.test_client()
    said = [{"HTTP_X_FORWARDED_FOR": f"6.6.6.{n}, 203.0.113.7"} for n in range(4)]
    assert [open_and_send(client, {"nps": "9"}, **one).status_code for one in said] == [303, 303, 303, 429]
    assert open_and_send(client, {"nps": "9"}, HTTP_X_FORWARDED_FOR="198.51.100.1").status_code == 303


def test_no_address_is_stored_anywhere(client):
    from_template(privacy="anonymous")
    open_and_send(client, {"nps": "9"}, **AWAY)
    db.session.rollback()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            assert "203.0.113" not in str(row), table.name


# ---- addresses and words --------------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_any_words_are_an_address_or_none(said):
    found = address_in(said)
    assert found is None or found in network_of(found)


def test_networks_are_written_in_one_way():
    assert networks_in("10.1.2.3/16, 2001:db8::1\n 198.51.100.4 198.51.100.4/32") == [
        "10.1.0.0/16",
        "2001:db8::1",
        "198.51.100.4",
    ]
    assert networks_in(" \n") == []
    assert is_listed(address_in("10.1.200.3"), ["10.1.0.0/16"])
    assert not is_listed(address_in("2001:db8::2"), ["10.1.0.0/16", "2001:db8::1"])


@pytest.mark.parametrize("typed", ["0.0.0.0/0", "::/0", "10.0.0.0/7", "here", "1.2.3", "1.2.3.4/33", "example.org"])
def test_what_is_no_network_or_nearly_everybody_is_not_listed(typed):
    with pytest.raises(NoNetwork):
        networks_in(typed)


def test_equal_words_have_one_fingerprint_whatever_their_case_and_marks():
    said = "The people at the desk were friendly and quick"
    assert fingerprint(said) == fingerprint("  the PEOPLE at the desk: were friendly, and quick! ") is not None
    assert fingerprint(said) != fingerprint(said + "er")
    assert fingerprint("Friendly, and quick.") is None


@given(st.text(max_size=200))
def test_a_fingerprint_fits_into_the_database(said):
    found = fingerprint(said)
    assert found is None or -(2**63) <= found < 2**63


def test_a_token_keeps_the_moment_that_it_is_given(sqlite_app):
    signer = sqlite_app.extensions["hearback.form_tokens"]
    before = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    assert signer.read(signer.issue("x", at=before), "x").at == before
