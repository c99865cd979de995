"""How letters look: every block in three languages, and nothing that people write does harm in one."""

import re
from dataclasses import fields, is_dataclass, replace

import css_inline
import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from survey.letters.printing import preview_response, printed
from survey.letters.rules.paper import Bullets, Button, Figures, Foot, Paper, Paragraph, Quote, Scale
from survey.letters.rules.plain import HARMFUL, WIDTH, one_line, set_in_lines
from survey.organisation.rules import HOUSE_ACCENT, READABLE, contrast, darker_accent
from tests.letters.papers import FOOTS, PAPERS

HOSTILE = {
    "script": "<script>alert(1)</script></title></style><style>*{display:none}</style>",
    "attribute": '"><img src=x onerror=alert(1)>\' onmouseover=alert(1) x="',
    "template": "{{ 7 * 7 }}{% include 'x' %}%(name)s ${accent} &lt;b&gt;",
    "header": "Hello\r\nBcc: evil@example.org\r\n\r\n<b>body</b>\x00\x1b[31m\x0b\u2028",
    "bidi": "pay \u202e001 EUR\u202c \u2066gro.live\u2069 \ufeff\ud800",
    "long": "W" * 5000,
    "plenty": "waiting at the till " * 250,
    "emoji": "👩‍👩‍👧‍👦 𝕳𝖊𝖑𝖑𝖔 ∑ᵢ xᵢ² ≥ 0 z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍a̴̵̜̰͔ͫ͗͢ل",
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example">',
}
TAGS = {"html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td", "th", "p", "a", "span", "bdi",
        "h2", "br", "blockquote", "ul", "li", "hr"}  # fmt: skip
ATTRIBUTES = {"lang", "dir", "class", "style", "href", "role", "scope", "aria-label", "aria-hidden", "charset", "name", "content",
              "width", "align", "border", "cellpadding", "cellspacing"}  # fmt: skip


class AsText(SingleFileSnapshotExtension):
    """Each snapshot is a file of its own that a browser or an editor opens."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    @classmethod
    def get_snapshot_name(cls, *, test_location, index=0):
        return str(index)


class AsPage(AsText):
    file_extension = "html"


@pytest.fixture
def app(sqlite_app):
    return sqlite_app


def elements(html):
    return list(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html).iter())


def with_words(value, words):
    """A value like this one, but that everybody who wrote in it wrote these words; addresses stay."""
    if isinstance(value, str):
        return words if value and not value.startswith("https://") else value
    if isinstance(value, tuple):
        return tuple(with_words(part, words) for part in value)
    if is_dataclass(value):
        keep = {"language", "direction"}
        return replace(
            value,
            **{one.name: with_words(getattr(value, one.name), words) for one in fields(value) if one.name not in keep},
        )
    return value


@pytest.mark.parametrize("language", PAPERS)
def test_a_letter_with_every_block_looks_as_it_did(app, snapshot, language):
    letter = printed(PAPERS[language], FOOTS[language])
    assert letter.html == snapshot(extension_class=AsPage, name=language)
    assert letter.text == snapshot(extension_class=AsText, name=language)


@pytest.mark.parametrize("language", PAPERS)
def test_a_letter_loads_nothing_and_leads_only_to_the_web(app, language):
    letter = printed(PAPERS[language], FOOTS[language])
    found = elements(letter.html)
    links = [one.get("href") for one in found if "href" in one.attrib]
    assert len(links) > 8
    assert all(link.startswith(("http://", "https://")) for link in links)
    assert all(link in letter.text for link in links), "the plain text leads everywhere too"
    assert not re.search(r"url\(|@import|@font-face|http-equiv|<img|<script|<link|src=", letter.html)
    assert {one.tag for one in found} <= TAGS
    outer = next(one for one in found if one.tag == "table")
    assert (outer.get("lang"), outer.get("dir")) == (language, PAPERS[language].direction)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_what_people_write_does_no_harm(app, words):
    paper, foot = with_words(PAPERS["en"], words), with_words(FOOTS["en"], words)
    letter = printed(paper, foot)
    found = elements(letter.html)
    assert {one.tag for one in found} <= TAGS
    assert {name for one in found for name in one.attrib} <= ATTRIBUTES
    assert sum(one.tag == "style" for one in found) == 1
    assert {one.get("href") for one in found if "href" in one.attrib} == {
        one.get("href") for one in elements(printed(PAPERS["en"], FOOTS["en"]).html) if "href" in one.attrib
    }
    for whole in (letter.subject, letter.preheader, letter.text, letter.html):
        assert not HARMFUL.search(whole)
        whole.encode()
    assert "\n" not in letter.subject + letter.preheader
    assert len(letter.subject) <= 150
    said = next(one for one in found if (one.get("class") or "").startswith("said"))
    assert (
        "".join("".join(said.itertext()).split()) == "".join(paper.blocks[4].paragraphs[0][0].split()) or "\n" in words
    )


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "data:text/html,x", "//evil.example", "/r/1", "mailto:a@example.org", "https://a b", "https://x\r\nBcc:y",
     'https://x"onclick=', "https://x<b>", "https://\u202egro.live", " https://x"],
)  # fmt: skip
def test_a_letter_leads_to_no_other_address(address):
    with pytest.raises(ValueError, match="cannot lead to"):
        Button("Open", address)
    with pytest.raises(ValueError, match="cannot lead to"):
        Scale("How?", (("1", address),))
    if address:
        with pytest.raises(ValueError, match="cannot lead to"):
            Bullets((("Open", address),))
        with pytest.raises(ValueError, match="cannot lead to"):
            Foot("A", "", "", address, None, "https://a.example")


def pairs(html, *, dark):
    """The colours of every text with those that it stands on, as a mail program computes them."""
    if dark:
        rules = re.search(r"@media \(prefers-color-scheme: dark\) \{(.*)\}\s*</style>", html, re.S)[1]
        html = css_inline.inline(re.sub(r"<style>.*</style>", f"<style>{rules}</style>", html, flags=re.S))
    found = set()

    def walk(element, colour, ground):
        style = dict(rule.split(":", 1) for rule in (element.get("style") or "").split(";") if ":" in rule)
        style = {name.strip(): value.replace("!important", "").strip() for name, value in style.items()}
        if style.get("display") == "none":
            return
        colour, ground = style.get("color", colour), style.get("background", ground)
        if (element.text or "").strip() or any((child.tail or "").strip("\xa0 \n") for child in element):
            found.add((colour, ground))
        for child in element:
            walk(child, colour, ground)

    walk(next(one for one in elements(html) if one.tag == "body"), None, None)
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("accent", [HOUSE_ACCENT, darker_accent("#FFD400"), "#000000"])
def test_all_words_are_readable(app, accent, dark):
    found = pairs(printed(PAPERS["en"], FOOTS["en"], accent=accent).html, dark=dark)
    assert len(found) == 5, "ink, muted and accent on paper, ink on a choice, a button"
    assert {pair: contrast(*pair) for pair in found if contrast(*pair) < READABLE} == {}


def test_a_paper_keeps_its_subject_on_one_line():
    paper = Paper("Hello\r\nBcc: a@example.org", "One\ttwo\u2028three", [Paragraph("x")])
    assert (paper.subject, paper.preheader) == ("Hello Bcc: a@example.org", "One two three")
    assert one_line("a" * 500, limit=5) == "aaaa…"


def test_marks_that_languages_need_are_kept():
    persian = "می\u200cخواهم \u200f(1)"
    assert Quote(persian).words == persian


def test_choices_stand_in_two_even_rows_on_a_phone():
    def halves(*labels):
        return Scale("How?", tuple((label, "https://a.example") for label in labels)).halves

    assert halves(*map(str, range(11))) == 6
    assert halves(*map(str, range(1, 11))) == 5
    assert halves(*"12345") == 0
    assert halves(*(f"Option {n}" for n in range(7))) == 0


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=400), st.sampled_from(["", "> ", "* "])
)
@settings(max_examples=60)
def test_plain_text_keeps_all_words_in_narrow_lines(words, first):
    lines = set_in_lines(words, first).split("\n")
    assert all(len(line) <= WIDTH + sum(not one.isascii() for one in line) for line in lines)
    assert "".join(line.removeprefix(first.rstrip()).replace(" ", "") for line in lines) == "".join(words.split())


def test_an_address_is_never_broken():
    address = f"https://hear.example.org/{'a' * 100}"
    assert address in set_in_lines(f"Have a look at what we did about it, here: {address} and tell us.").split("\n")
    assert set_in_lines("语" * 40).split("\n") == ["语" * 36, "语" * 4]


def test_the_preview_shows_a_letter_and_can_do_nothing(app):
    letter = printed(PAPERS["en"], FOOTS["en"])
    assert "href=" in letter.html
    client = app.test_client()
    framed = client.get("/kit/letter")
    assert framed.data == preview_response(letter).data
    assert b"Tell us more</a>" in framed.data
    assert b"href=" not in framed.data
    rules = dict(rule.strip().partition(" ")[::2] for rule in framed.headers["Content-Security-Policy"].split(";"))
    assert rules == {"default-src": "'none'", "style-src": "'unsafe-inline'", "base-uri": "'none'", "form-action": "'none'",
                     "sandbox": "", "frame-ancestors": "'self'"}  # fmt: skip
    assert framed.headers["Cache-Control"] == "no-store"
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    page = client.get("/kit").get_data(as_text=True)
    assert '<iframe src="/kit/letter" sandbox=""' in page
    assert letter.subject in page
    assert "0: https://hear.example.org/r/kY2mQ?answer=0" in page


def test_long_figures_stay_in_the_column(app):
    html = printed(
        replace(PAPERS["en"], blocks=(Figures((("What", "V" * 190, ""), ("Who", "17", ""))),)), FOOTS["en"]
    ).html
    values = [one for one in elements(html) if (one.get("class") or "").startswith("value")]
    assert ["nowrap" in value.get("style") for value in values] == [False, True]
