"""Personal data in texts: what is found, and what must survive."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.text.rules.personal import Kind, is_card, is_iban, personal_data, redacted
from survey.text.rules.plain import normalise, offsets

FOUND = {
    Kind.EMAIL: (
        "jo@example.org", "Jo.Smith+shop@mail.example.co.uk", "a_b-c@sub.domain.de", "jo (at) example (dot) com",
        "jo[at]example.org", "INFO@EXAMPLE.COM", "o’neill.99@example.ie", "müller@beispiel.de", "jo\u200b@example.org",
    ),
    Kind.PHONE: (
        "0151 2345 6789", "+44 20 7946 0958", "+49 (0)30 1234567", "07700900123", "(555) 123-4567", "555-123-4567",
        "555.123.4567", "0049 170 1234567", "030/1234567", "06 12 34 56 78", "+1 (415) 555-2671", "0800 123 4567",
        "tel 555 1234", "call me on 555 1234", "Handy: 01701234567", "020\u00a07946\u00a00958", "my number is 5551234",
    ),
    Kind.IBAN: (
        "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "FR14 2004 1010 0505 0001 3M02 606", "de89370400440532013000",
        "NL91ABNA0417164300", "AT61 1904 3002 3457 3201",
    ),
    Kind.CARD: ("4111 1111 1111 1111", "5500-0000-0000-0004", "340000000000009", "6011000000000004"),
    Kind.LINK: (
        "https://example.org/a?b=1", "www.example.com", "http://x.example/~jo", "shop.example.com/orders/77", "example.co.uk",
    ),
    Kind.IP: ("192.168.0.1", "8.8.8.8", "2001:db8::1", "fe80::1ff:fe23:4567:890a"),
    Kind.NAME: (
        "Anna", "Dr. Patel", "Mr O’Neill", "Mrs Okonkwo-Smith", "Frau Müller", "Herr Schmidt", "my name is Zoltan",
        "a nurse called Becky", "Mohammed", "Sarah-Jane", "Thomas Meyer", "Professor Xu", "I saw Mark Smith", "PETER",
    ),
}  # fmt: skip
SURVIVE = (
    "on 12.05.2024", "2024-05-12", "5/12/24", "at 10:30", "10:30:15", "from 9.30 to 17.00", "24 December 2023", "24 12 2023",
    "flight BA 4471", "LH1234", "flight 4471 to Rome", "seat 12A, row 30", "£1,200.50", "1.000.000 €", "3.99", "order 12345678",
    "version 1.2.3", "2019, 2020 and 2021", "2019 2020 2021", "10/10", "24/7", "1 2 3 4 5 6 7 8 9", "room 101", "50 %", "A4 paper",
    "Monday", "great.The wait", "e.g. this", "I.T. support", "Will you help", "May I say", "The Grace period", "mark my words",
    "iPhone 15", "2 x 500 ml", "GB12 is a road", "12:30-14:00", "01/02/2024 - 03/02/2024", "@home", "@ 5 pm", "5 @ 3.50",
)  # fmt: skip
EACH = [(kind, typed) for kind, all_typed in FOUND.items() for typed in all_typed]


@pytest.mark.parametrize(("kind", "typed"), EACH, ids=[f"{kind}: {typed}" for kind, typed in EACH])
def test_personal_data_is_found_and_taken_out(kind, typed):
    text = f"Yes, {typed} was charged twice"
    found = personal_data(text)
    assert [one.kind for one in found] == [kind]
    assert f"[{kind}]" in redacted(text, found)


@pytest.mark.parametrize("typed", SURVIVE)
def test_what_is_no_personal_data_survives(typed):
    text = f"We came {typed} again"
    assert redacted(text, personal_data(text)) == text


def test_names_that_we_know_are_found_with_their_surname():
    assert redacted("Zbyszek Kot was kind", personal_data("Zbyszek Kot was kind", ["zbyszek"])) == "[name] was kind"


def test_a_text_with_several_keeps_all_else():
    text = "Dear Anna,\n\ncall “Tom” on 0151 2345 6789… or jo@example.org — thanks"
    assert redacted(text, personal_data(text)) == (
        "Dear [name],\n\ncall “[name]” on [phone]… or [e-mail] — thanks"
    )  # fmt: skip


def test_check_digits_are_checked():
    assert is_iban("DE89370400440532013000")
    assert not is_iban("DE88370400440532013000")
    assert is_card("4111111111111111")
    assert not is_card("4111111111111112")
    assert personal_data("reference 4111 1111 1111 1112 0000 1") == ()


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["a", "é", "e\u0301", "각", "ᄀ", "ᅡ", " ", "  ", "\n", "…", "—", "\u200b", "aaaaa"])
    ).map("".join)
)
def test_every_normalised_character_has_its_place_in_the_original(text):
    places = offsets(text)
    assert len(places) == len(normalise(text))
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


HOSTILE = ["@" * 20_000, "a@" * 5_000, "a.b@" * 3_000, "1 " * 20_000, "+1" * 9_000, "(at)" * 4_000, ":" * 20_000, "1:" * 9_000,
           "A1" * 9_000, "DE89 " * 3_000, "http://" * 3_000, "www." * 3_000, "Anna " * 3_000, "Mr " * 4_000, "O'" * 5_000,
           "a\u0301" * 9_000, "\ud800" * 9_000, "x" * 1_000_000]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:6]))
def test_hostile_shapes_are_searched_like_any_other(text):
    assert len(redacted(text, personal_data(text))) <= len(text) * 3
