"""Handing a survey on: named links, codes, the sheet, the frame."""

import pytest

from survey.foundation.db import db
from survey.questionnaires import queries
from survey.questionnaires.rules.addresses import is_channel, lends_maths, origins_in, public_address
from tests.factories.drafts import make_survey
from tests.factories.people import sign_in, submit
from tests.factories.surveys import send


@pytest.fixture
def staff(client):
    sign_in(client, "staff")
    return client


@pytest.mark.parametrize("name", ["shop", "a", "2026", "receipt-2026", "x" * 30])
def test_a_way_can_be_called_so(name):
    assert is_channel(name)


@pytest.mark.parametrize(
    "name", ["", "link", "personal", "import", "test", "Shop", "a b", "-a", "a-", "x" * 31, "ü", "a\n", "../x", "a&b"]
)
def test_a_way_cannot_be_called_so(name):
    assert not is_channel(name)


def test_an_address_names_its_way():
    assert public_address("https://x.org", "how") == "https://x.org/s/how"
    assert public_address("https://x.org", "how", via="shop") == "https://x.org/s/how?via=shop"
    assert public_address("https://x.org", "how", is_kiosk=True, via="kiosk") == "https://x.org/s/how?kiosk=1&via=kiosk"


def test_browsers_compute_for_https_pages_and_on_the_same_machine():
    assert all(map(lends_maths, ("https://x.org", "http://127.0.0.1:8000", "http://localhost", "http://[::1]:80")))
    assert not any(map(lends_maths, ("http://x.org", "http://192.168.1.2:8000", "http://localhost.x.org")))


@pytest.mark.parametrize(("typed", "found"), [
    ("", []), ("https://a.org", ["https://a.org"]), (" https://A.org/ \r\n\r\nhttps://a.org", ["https://a.org"]),
    ("https://a.org:8443\nhttp://localhost:3000\nhttp://localhost", ["https://a.org:8443", "http://localhost:3000", "http://localhost"]),
])  # fmt: skip
def test_websites_stand_in_lines(typed, found):
    assert origins_in(typed) == found


@pytest.mark.parametrize("typed", [
    "a.org", "http://a.org", "https://", "https://a.org/page", "https://*.a.org", "*", "'self'", "https://a.org;script-src", "javascript:x",
    "https://a.org?x", "https://a@b.org", "http://localhost.evil.org", "https://-a.org", "ftp://a.org", "https://a.org:123456",
])  # fmt: skip
def test_what_is_no_website_is_refused(typed):
    with pytest.raises(ValueError, match=r".+"):
        origins_in(f"https://fine.org\n{typed}")


def test_a_name_makes_a_link_with_codes_of_its_own(staff):
    make_survey()
    page = staff.get("/surveys/how/links?via=Shop").text
    assert "http://127.0.0.1:8000/s/how?via=shop" in page
    assert "/surveys/how/qr.svg?via=shop" in page
    assert "/surveys/how/sheet?via=shop" in page
    named, plain = (staff.get(f"/surveys/how/qr.svg{query}").data for query in ("?via=shop", ""))
    assert named.startswith(b"<svg")
    assert named != plain
    assert staff.get("/surveys/how/qr.png?via=shop").data.startswith(b"\x89PNG")


def test_a_name_that_cannot_be_is_refused_in_place(staff):
    make_survey()
    answer = staff.get("/surveys/how/links?via=personal")
    assert (answer.status_code, "are taken" in answer.text) == (422, True)
    for page in ("qr.svg", "qr.png", "sheet"):
        assert staff.get(f"/surveys/how/{page}?via=a%20b").status_code == 404


def test_names_are_listed_with_their_answers(staff):
    make_survey()
    for via in ("shop", "shop", "receipt", "personal", ""):
        assert send(staff, f"/s/how?via={via}", {"nps": "9"}).status_code == 303
    page = staff.get("/surveys/how/links").text
    assert "2 answers" in page
    assert page.index(">shop<") < page.index(">receipt<")
    assert "via=personal" not in page


def test_the_sheet_says_what_to_do_and_where(staff):
    make_survey()
    page = staff.get("/surveys/how/sheet?via=shop").text
    assert "127.0.0.1:8000/s/how?via=shop" in page
    assert "How are we doing?" in page


def test_websites_are_kept_and_get_their_two_lines(staff):
    make_survey()
    assert "No website may show" in staff.get("/surveys/how/frame").text
    wrong = submit(staff, "/surveys/how/frame", {"origins": "https://shop.org\nshop.org/page"})
    assert (wrong.status_code, "“shop.org/page” is no website" in wrong.text) == (422, True)
    many = "\n".join(f"https://shop{number}.org" for number in range(21))
    assert "At most 20" in submit(staff, "/surveys/how/frame", {"origins": many}).text
    assert (
        submit(staff, "/surveys/how/frame", {"origins": "https://shop.org/\nhttp://localhost:5000"}).status_code == 303
    )
    db.session.expire_all()
    assert queries.survey_by_slug("how").embed_origins == ["https://shop.org", "http://localhost:5000"]
    page = staff.get("/surveys/how/frame").text
    assert "&lt;iframe src=&#34;http://127.0.0.1:8000/s/how?via=website&#34;" in page
    assert "js/embed.js" in page
