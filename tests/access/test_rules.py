"""Which addresses, passwords and targets are taken."""

import pytest

from survey.access.rules import email_address, local_path, password_problem

ELSEWHERE = [
    "https://evil.test", "http:evil.test", "//evil.test", "///evil.test", "////evil.test", "/\\evil.test", "\\\\evil.test",
    "\\/evil.test", "/\t/evil.test", "/\r/evil.test", "/\n/evil.test", "\t//evil.test", " //evil.test", "/ /evil.test",
    "/x\r\nSet-Cookie: a=b", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x",
    "evil.test", "evil.test/", "@evil.test", "https:/evil.test", "https:///evil.test", "//evil.test/%2e%2e", "/.//evil.test",
    "/..//evil.test", "/x//evil.test", "//user@evil.test", "//127.0.0.1@evil.test", "http://[", "//[::1]", "?next=//evil.test",
    "#//evil.test", "\x00//evil.test", "/\x00/evil.test", "/\x7f/evil.test", "/\u2028/evil.test", "/\u202e/evil.test",
    "/\udcff", "", "/" + "a" * 2000, "*", "ftp://evil.test", "/\x0b/evil.test", "/%0a\n", "//%5cevil.test", "/%09/evil.test", "/%2f%2fevil.test", "/%5cevil.test", "/%2F/evil.test", "/\ufeff/evil.test",
]  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
def test_what_a_browser_could_read_as_another_site_is_no_local_path(target):
    assert local_path(target) is None


@pytest.mark.parametrize(
    "target", ["/", "/today", "/lost?since=2026-01&reason=A2", "/surveys/été", "/people/?q=http://x.test"]
)
def test_a_page_of_ours_is_a_local_path(target):
    assert local_path(target) == target


@pytest.mark.parametrize(
    "password",
    ["short", "nine char", "a" * 129, "aaaaaaaaaaaa", "1212121212", "1234567890", "0987654321", "qwertyuiop", "abcdefghijkl",
     "password123", "P4ssw0rd!!2026", "passwordpassword", "Welcome2026!", "letmein12345", "1qaz2wsx3edc", "ada.lovelace1!",
     "analytical99", "Corner Shop 1", "cornershop2026", "hearback2026"],
)  # fmt: skip
def test_a_password_that_is_tried_first_is_refused_with_the_reason(password):
    problem = password_problem(password, email="ada.lovelace@analytical.test", organisation="Corner Shop")
    assert problem
    assert problem.endswith(".")


@pytest.mark.parametrize(
    "password", ["four green chairs", "x9 w2 kk p0!", "a" * 60 + "bcdefgh", "ä ö ü ß é ñ", "8391047265"]
)
def test_a_password_of_ten_characters_that_nobody_tries_first_is_taken(password):
    assert password_problem(password, email="ada@example.org", organisation="Corner Shop") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@",
        "@x",
        "a b@x.org",
        "a@b@c",
        "a@x.org\nBcc: b@x",
        "a@x,b@y",
        "a\x00@x.org",
        "\ud800@x",
        "a" * 256 + "@x",
    ],
)
def test_what_cannot_be_an_address_is_none(text):
    assert email_address(text) is None


def test_addresses_are_compared_in_lower_case_without_outer_blanks():
    assert email_address("  Ada@Example.ORG ") == "ada@example.org"
