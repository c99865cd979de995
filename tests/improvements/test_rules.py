"""Stages in words, addresses, Markdown that cannot harm, and feeds that readers accept."""

from datetime import UTC, date, datetime
from uuid import UUID
from xml.etree import ElementTree

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from survey.improvements.rules.addresses import LENGTH, slug
from survey.improvements.rules.feeds import ATOM, Entry, Feed, atom, json_feed, tag_uri
from survey.improvements.rules.markdown import ATTRIBUTES, TAGS, plain, trusted_html
from survey.improvements.rules.stages import STAGE_WORDS, TOLD_AS, Stage, since_words, stage_words, words_missing

TODAY = date(2026, 11, 5)


def test_every_stage_has_its_words():
    assert set(STAGE_WORDS) == set(TOLD_AS) == set(Stage)
    assert stage_words("in_progress") == "In progress"
    assert stage_words(None) == "Not published"


def test_a_stage_that_lasts_is_told_with_since():
    assert since_words("in_progress", date(2026, 10, 12), TODAY) == "since 12 October"
    assert since_words("planned", date(2026, 10, 12), TODAY) == "since 12 October"


def test_a_stage_that_is_over_is_told_with_its_day():
    assert since_words("shipped", date(2026, 9, 3), TODAY) == "3 September"
    assert since_words("declined", date(2025, 9, 20), TODAY) == "20 Sep 2025"


def test_what_is_not_published_has_no_day():
    assert since_words(None, None, TODAY) == ""


def test_declining_needs_the_reason_why():
    assert "why not" in words_missing("declined", " \n")
    assert words_missing("declined", "It would cost too much.") is None


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("No more waiting in the evening", "no-more-waiting-in-the-evening"),
        ("Don’t make me wait", "dont-make-me-wait"),
        ("Café à côté, 2×", "cafe-a-cote-2"),
        ("  -- ", "improvement"),
        ("待ち時間", "improvement"),
    ],
)
def test_an_address_is_made_of_the_title(title, address):
    assert slug(title) == address


def test_a_taken_address_gets_the_next_number():
    assert slug("Open late", taken={"open-late", "open-late-2"}) == "open-late-3"


@given(st.text(max_size=400))
def test_any_title_makes_an_address_that_fits_a_url(title):
    made = slug(title)
    assert 0 < len(made) <= LENGTH
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_markdown_becomes_html():
    html = trusted_html("We **did** it:\n\n- one\n- [two](https://example.org/?a=1&b=2)")
    assert isinstance(html, Markup)
    assert "<strong>did</strong>" in html
    assert '<li><a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener">two</a></li>' in html


def test_headings_of_a_post_stand_below_those_of_the_page():
    assert trusted_html("# One\n\n## Two\n\n### Three") == "<h3>One</h3>\n<h3>Two</h3>\n<h4>Three</h4>\n"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "JaVaScRiPt:alert(1)",
        "//evil.test/x",
        "file:///etc/passwd",
    ],
)
def test_a_link_leads_only_to_the_web_or_to_mail(link):
    assert f'href="{link}' not in trusted_html(f"[x]({link}) [y](<{link}>)")


def test_mail_links_stay():
    assert 'href="mailto:us@example.org"' in trusted_html("[write](mailto:us@example.org)")


def test_pictures_are_left_out():
    assert "<img" not in trusted_html("![a picture](https://example.org/p.png)")


HOSTILE = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            ["<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "[a](", "javascript:alert(1)", ")",
             "<a href='javascript:1'>", "`", "\n\n", "> ", "- ", "&lt;", "&#x6A;", '"', "'", "<!--", "<style>", "![", "](", "\x00", "<b"]
        ),
        max_size=12,
    ).map("".join),
)  # fmt: skip


@given(HOSTILE)
def test_nothing_but_the_allowed_elements_leaves_markdown(words):
    tree = html5lib.parseFragment(str(trusted_html(words)), namespaceHTMLElements=False)
    for node in tree.iter():
        if not isinstance(node.tag, str) or node.tag == "DOCUMENT_FRAGMENT":
            continue
        assert node.tag in TAGS
        assert set(node.attrib) <= ATTRIBUTES.get(node.tag, set()) | {"rel"}
        assert node.get("href", "https:").split(":")[0] in ("http", "https", "mailto")


def test_plain_words_have_no_markup_and_stand_on_one_line():
    assert plain("# Yes\n\nA **b** & <i>c</i>\n\n- one\n- two") == "Yes A b & <i>c</i> one two"


# ---- feeds --------------------------------------------------------------------------------------------------------

WHEN = datetime(2026, 9, 3, 10, 0, tzinfo=UTC)
ID = UUID("01990000-0000-7000-8000-000000000001")


def _feed(**changes):
    entry = Entry(
        id=ID, title="Shipped: <Clean> & tidy", url="https://x.test/improving/clean#update-1", html="<p>a &amp; b</p>",
        summary="a & b\x0b", stage="Shipped", published_at=WHEN,
    )  # fmt: skip
    values = {
        "title": "What you told us", "subtitle": "From customers", "author": "Northwind & Sons", "language": "en",
        "base_url": "https://x.test", "page_url": "https://x.test/improving", "updated_at": WHEN, "entries": [entry],
    }  # fmt: skip
    return Feed(**(values | changes))


def _name(name):
    return f"{{{ATOM}}}{name}"


def test_atom_holds_what_the_standard_requires():
    root = ElementTree.fromstring(atom(_feed()))
    assert root.tag == _name("feed")
    for parent in (root, root.find(_name("entry"))):
        assert all(parent.findtext(_name(name)) for name in ("id", "title", "updated"))
    assert root.findtext(f"{_name('author')}/{_name('name')}") == "Northwind & Sons"
    assert root.find(f"{_name('link')}[@rel='self']").get("href") == "https://x.test/improving.atom"
    assert root.findtext(_name("updated")) == "2026-09-03T10:00:00Z"


def test_an_entry_carries_its_html_as_escaped_text():
    content = ElementTree.fromstring(atom(_feed())).find(f"{_name('entry')}/{_name('content')}")
    assert content.get("type") == "html"
    assert content.text == "<p>a &amp; b</p>"


def test_characters_that_xml_cannot_hold_are_left_out():
    assert ElementTree.fromstring(atom(_feed())).findtext(f"{_name('entry')}/{_name('summary')}") == "a & b"


def test_identities_do_not_change_with_titles_and_ports():
    assert (
        tag_uri("https://x.test:8443", "improving")
        == tag_uri("http://x.test", "improving")
        == "tag:x.test,2026:improving"
    )
    root = ElementTree.fromstring(atom(_feed()))
    assert root.findtext(f"{_name('entry')}/{_name('id')}") == f"tag:x.test,2026:improvement-update/{ID}"


def test_a_feed_without_posts_is_a_feed():
    root = ElementTree.fromstring(atom(_feed(entries=[])))
    assert root.find(_name("entry")) is None
    assert root.findtext(_name("updated"))


def test_json_feed_says_its_version_and_items():
    feed = json_feed(_feed())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://x.test/improving.json"
    assert feed["items"][0]["id"] == f"tag:x.test,2026:improvement-update/{ID}"
    assert feed["items"][0]["content_html"] == "<p>a &amp; b</p>"
    assert feed["items"][0]["date_published"] == "2026-09-03T10:00:00Z"
