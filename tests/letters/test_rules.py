from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from survey.letters.rules.addresses import domain, hashed, mailbox, masked, normal
from survey.letters.rules.kinds import KINDS, TOPICS, To, Topic
from survey.letters.rules.links import Links
from survey.letters.rules.pace import LONGEST_WAIT, TRIES, Hours, next_try, opening
from survey.letters.rules.permission import ABSOLUTE, BULK, Limit, Recipient, reason_against
from survey.letters.rules.states import STATES, WHY, State, Why

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
LIMIT = Limit(letters=3, days=30)
TO_CUSTOMERS = [kind for kind in KINDS.values() if kind.to != To.STAFF]
ALL_CONSENTS = frozenset({"reply", "updates", "quote", "win_back"})
LINKS = Links("a secret that is long enough", "https://feedback.example.org")


def against(kind, limit=LIMIT, has_postal_address=True, **known):
    recipient = Recipient(**{"consents": ALL_CONSENTS, **known})
    return reason_against(kind, recipient, limit=limit, has_postal_address=has_postal_address, now=NOW)


def ago(*days):
    return tuple(NOW - timedelta(days=day) for day in days)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_whoever_has_said_no_to_nothing_is_written_to(kind):
    assert against(kind) is None


@pytest.mark.parametrize("kind", TO_CUSTOMERS, ids=lambda kind: kind.name)
def test_no_letter_of_any_kind_goes_to_somebody_who_is_left_alone(kind):
    assert against(kind, is_deceased=True) == Why.DECEASED
    assert against(kind, wants_no_contact=True) == Why.DO_NOT_CONTACT
    assert against(kind, has_address=False) == Why.NO_ADDRESS
    for scope, why in ABSOLUTE.items():
        assert against(kind, suppressed=frozenset({scope})) == why


@pytest.mark.parametrize("kind", TO_CUSTOMERS, ids=lambda kind: kind.name)
def test_a_no_holds_for_its_topic_and_a_no_to_all_for_all_that_was_not_asked_for(kind):
    for topic in Topic:
        expected = Why.UNSUBSCRIBED if kind.topic == topic else None
        assert against(kind, suppressed=frozenset({topic})) == expected
    assert against(kind, suppressed=frozenset({BULK})) == (Why.UNSUBSCRIBED if kind.topic else None)


@pytest.mark.parametrize("kind", TO_CUSTOMERS, ids=lambda kind: kind.name)
def test_the_limit_counts_all_kinds_together(kind):
    counted = kind.is_counted
    assert against(kind, lately=ago(1, 5, 29)) == (Why.OFTEN if counted else None)
    assert against(kind, lately=ago(1, 5, 30)) is None  # thirty days ago is not within thirty days
    assert against(kind, lately=ago(5), wish_days=7) == (Why.OWN_WISH if counted else None)
    assert against(kind, lately=ago(8), wish_days=7) is None


def test_marketing_needs_its_own_consent_and_a_postal_address():
    marketing = [kind for kind in KINDS.values() if kind.is_marketing]
    assert {kind.name for kind in marketing} == {"come_back", "win_back"}
    for kind in marketing:
        assert against(kind, consents=ALL_CONSENTS - {"win_back"}) == Why.NO_CONSENT
        assert against(kind, has_postal_address=False) == Why.NO_POSTAL_ADDRESS
        assert kind.is_bulk
        assert kind.is_counted


def test_to_have_said_something_is_no_consent_to_be_told():
    assert against(KINDS["told_back"], consents=frozenset({"reply", "quote"})) == Why.NO_CONSENT


def test_colleagues_get_their_password_link_whatever_they_chose_as_customers():
    left_alone = {"suppressed": frozenset({"do_not_contact", BULK}), "wants_no_contact": True}
    assert against(KINDS["password"], **left_alone) is None
    assert against(KINDS["password"], has_address=False) == Why.NO_ADDRESS


def test_every_state_reason_and_topic_has_words():
    assert set(STATES) == set(State)
    assert set(WHY) == set(Why)
    assert set(TOPICS) == set(Topic)


def test_a_letter_is_tried_forty_eight_times_in_about_four_hours_and_then_given_up():
    moments = [NOW]
    for tries in range(1, TRIES + 1):
        later = next_try(tries, now=moments[-1])
        if later is None:
            break
        moments.append(later)
    waits = [b - a for a, b in pairwise(moments)]
    assert len(moments) == TRIES == 48
    assert timedelta(hours=3.5) < moments[-1] - NOW < timedelta(hours=4.5)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


@pytest.mark.parametrize(
    ("zone", "hours", "expected"),
    [
        ("UTC", Hours(), None),
        ("UTC", Hours(9, 18), None),
        ("UTC", Hours(9, 12), datetime(2026, 10, 21, 9, tzinfo=UTC)),
        ("Asia/Tokyo", Hours(9, 18), datetime(2026, 10, 21, 0, tzinfo=UTC)),  # 21:00 there
        ("America/Los_Angeles", Hours(9, 18), datetime(2026, 10, 20, 16, tzinfo=UTC)),  # 5:00 there
        ("Mars/Olympus", Hours(9, 12), datetime(2026, 10, 21, 9, tzinfo=UTC)),  # no such place: UTC
    ],
)
def test_a_letter_waits_for_the_hours_of_its_recipient(zone, hours, expected):
    assert opening(hours, zone, now=NOW) == expected


def test_the_hours_are_those_of_the_day_on_which_clocks_change():
    evening = datetime(2026, 10, 24, 20, tzinfo=UTC)  # 22:00 in Berlin, summer time's last evening
    assert opening(Hours(9, 18), "Europe/Berlin", now=evening) == datetime(2026, 10, 25, 8, tzinfo=UTC)


def test_what_is_kept_of_an_address_knows_it_again_and_does_not_tell_it():
    assert hashed(" Mia@Example.org ", b"salt") == hashed("mia@example.org", b"salt")
    assert hashed("mia@example.org", b"salt") != hashed("mia@example.org", b"other")
    assert "mia" not in hashed("mia@example.org", b"salt")
    assert normal(" A@B.c ") == "a@b.c"
    assert domain("a@B.example") == "b.example"
    assert mailbox("Mia+news@example.org") == mailbox("mia@example.org") == "mia@example.org"
    assert masked("mia@example.org") == "m…@example.org"
    assert masked("nobody") == ""


def test_an_address_is_known_again_however_its_domain_is_spelt():
    assert hashed("mia@Müller.example", b"salt") == hashed("mia@xn--mller-kva.example", b"salt")
    assert hashed("mia@muller.example", b"salt") != hashed("mia@xn--mller-kva.example", b"salt")


def test_a_link_is_read_only_as_it_was_made():
    id = uuid4()
    for make, read in ((LINKS.token, LINKS.letter_id), (LINKS.bounce_token, LINKS.bounced_letter_id)):
        token = make(id)
        assert read(token) == id
        wrong = [token[:-1], token + "a", token[:8] + ("a" if token[8] != "a" else "b") + token[9:], "", "ä", "=" * 9]
        assert [read(one) for one in wrong] == [None] * len(wrong)
    assert LINKS.letter_id(LINKS.bounce_token(id)) is None
    assert LINKS.bounced_letter_id(LINKS.bounce_token(id).upper()) == id  # servers may change its case
    assert Links("another secret, as long as that", "").letter_id(LINKS.token(id)) is None
    assert len(LINKS.unsubscribe(id)) < 80


def test_the_secret_of_an_own_link_can_be_made_again_and_differs_by_purpose_and_row():
    first, second = UUID(int=1), UUID(int=2)
    assert LINKS.own_token("invitation", first) == LINKS.own_token("invitation", first)
    assert len({LINKS.own_token(p, i) for p in ("invitation", "password") for i in (first, second)}) == 4
