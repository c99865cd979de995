"""Every kind of question in a real browser, held against WCAG 2.2 AA: what is counted here, docs/accessibility.md tells in words."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from survey.foundation.db import db
from survey.responses.models import Response
from tests.factories.looks import WIDER, put_on, violations
from tests.factories.surveys import EVERY_ANSWER, EVERY_KIND, with_every_kind, with_questions

TARGET = 44  # pixels; WCAG 2.5.8 asks for 24, we for more
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [(320, "light"), (375, "dark"), (1280, "light")]

# What somebody can hit for each control: the label around a box or tile, else the control itself.
TARGETS = """() => [...document.querySelectorAll('main :is(input:not([type=hidden], [tabindex="-1"]), select, textarea, button, summary)')]
  .filter((one) => one.checkVisibility())
  .map((one) => { const box = (one.closest('label') ?? one).getBoundingClientRect();
                  return [one.name || one.textContent.trim() || one.tagName, Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10]; })"""
# The colours of the lines around controls, and of what is on either side of them.
BORDERS = """() => [...document.querySelectorAll('main :is(.choice, .choice input, .step > span, .input, .send .button)')].map((one) => {
    const style = getComputedStyle(one);
    return [one.className || one.tagName, style.borderTopColor, style.backgroundColor, getComputedStyle(document.body).backgroundColor]; })"""
# Whether what has the focus shows it, and lies where it can be seen.
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const shown = [one, one.closest('label'), one.nextElementSibling].filter(Boolean).some((place) => {
    const style = getComputedStyle(place);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; });
  const found = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return {name: one === document.body ? '' : one.name || one.textContent.trim(), shown,
          free: found !== null && (one.contains(found) || one.closest('label')?.contains(found) === true)}; }"""
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }"


@pytest.fixture
def survey(sqlite_app):
    """A survey with every kind, and one more box of each that is shown only when something is chosen."""
    questions = [{**one, "is_required": one["kind"] != "contact"} for one in EVERY_KIND["questions"]]
    contact = next(one for one in questions if one["kind"] == "contact")
    contact["settings"] = {"quote": "You may quote me", "updates": "Tell me what you do about it"}
    return with_questions(questions)


def _violations(page: Page) -> list[str]:
    return violations(page, runOnly={"type": "tag", "values": TAGS})


def _open_all(page: Page) -> None:
    """Choose what brings further boxes up, so that these are looked at too."""
    for name, value in (("reasons", "other"), ("contact", "yes"), ("heard", "other")):
        page.locator(f"[name='{name}'][value='{value}']").check(force=True)
    page.locator("summary").click()


def test_every_kind_passes_axe_fits_and_can_be_hit(survey, desk):
    desk.goto("/s/spring")
    _open_all(desk)
    for width, scheme in LOOKS:
        put_on(desk, width, scheme)
        assert _violations(desk) == [], (width, scheme)
        assert not desk.evaluate(WIDER), width
        small = [target for target in desk.evaluate(TARGETS) if min(target[1:]) < TARGET]
        assert small == [], width


def test_the_trap_for_robots_is_no_trap_for_people(survey, desk):
    """Neither the keyboard nor assistive technology comes upon it, and axe finds nothing in it."""
    desk.goto("/s/spring")
    trap = desk.locator("[name='form.website']")
    expect(trap).to_have_count(1)
    expect(desk.get_by_role("textbox", name="Leave this empty")).to_have_count(0)
    for _stop in range(desk.locator("main :is(input, select, textarea, button, summary, a)").count()):
        desk.keyboard.press("Tab")
        assert not trap.evaluate("(one) => one === document.activeElement")
    assert trap.get_attribute("autocomplete") == "off"
    assert _violations(desk) == []


# What assistive technology is told of each kind: the role and name of a control, within the group that the question names.
TOLD = (
    ("Would you recommend us?", "radio", "Not at all likely"), ("How satisfied are you?", "radio", "Very satisfied"),
    ("What do you use?", "checkbox", "The shop"), ("What bothered you most?", "radio", "I moved away"),
    ("May we write to you?", "checkbox", "You may quote me"), ("How was it?", "radio", "Very satisfied"), ("How were we?", "radio", "Neither"),
    ("You made it easy", "radio", "Strongly agree"), ("How did you hear of us?", "checkbox", "None of these"),
    ("Will you come again?", "radio", "Yes"), ("What matters most?", "combobox", "No waiting"),
    ("What matters most?", "button", "Move up: No waiting"), ("Changing rooms", "radio", "Very bad"), ("Before you send", "checkbox", "I agree to that"),
)  # fmt: skip
ALONE = (("textbox", "Why?"), ("combobox", "Which branch?"), ("textbox", "In a word?"), ("textbox", "How long were you here?"),
         ("textbox", "Your member number"))  # fmt: skip


def test_every_control_has_its_name_and_stands_in_the_group_of_its_question(survey, desk):
    desk.goto("/s/spring")
    for question, role, name in TOLD:
        group = desk.get_by_role("group", name=question)
        expect(group.get_by_role(role, name=name).first).to_be_attached()
    for role, name in ALONE:
        expect(desk.get_by_role(role, name=name)).to_be_attached()
    expect(desk.get_by_label("When was that?")).to_have_attribute("type", "date")
    expect(desk.get_by_role("heading", name="Your last visit")).to_be_visible()
    expect(desk.get_by_role("textbox", name="How long were you here?")).to_have_accessible_description(
        "A number from 0 to 24. hours"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_stand_out_three_to_one(survey, desk, scheme):
    desk.emulate_media(color_scheme=scheme)
    desk.goto("/s/spring")
    faint = [(name, *colours) for name, *colours in desk.evaluate(BORDERS) if _weakest(*colours) < 3]
    assert faint == []


def _weakest(border: str, inside: str, around: str) -> float:
    """The lesser contrast of a line with what is around it; a filled control is told by its filling."""
    line, fill, paper = (_luminance(colour) for colour in (border, inside, around))
    return _contrast(line if line is not None else fill, paper)


def _luminance(colour: str) -> float | None:
    parts = [float(part) for part in colour[colour.index("(") + 1 : -1].replace(",", " ").replace("/", " ").split()]
    if len(parts) > 3 and parts[3] == 0:
        return None
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in parts[:3])
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: float | None, other: float | None) -> float:
    assert one is not None
    assert other is not None
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def test_errors_stand_by_their_questions_are_linked_and_pass_axe(survey, desk):
    desk.set_viewport_size({"width": 320, "height": 800})
    desk.goto("/s/spring")
    desk.locator("[name='each.rooms'][value=good]").check(force=True)
    desk.locator("[name='matters.price']").select_option("1")
    desk.get_by_role("button", name="Send my answers").click()
    expect(desk.locator(".error-summary")).to_be_visible()
    links = desk.locator(".error-summary a")
    asked = [one for one in EVERY_KIND["questions"] if one["kind"] not in ("contact", "section", "ranking")]
    assert links.count() == len(asked)
    for number in range(links.count()):
        key = links.nth(number).get_attribute("href").removeprefix("#")
        target = desk.locator(f"#{key}")
        assert target.get_attribute("aria-invalid") == "true", key
        tied = target.get_attribute("aria-describedby") or desk.locator("fieldset", has=target).last.get_attribute(
            "aria-describedby"
        )
        assert f"{key}-error" in tied.split()
    assert desk.locator("#each").get_attribute("name") == "each.staff"  # the row that lacks an answer
    assert _violations(desk) == []
    assert not desk.evaluate(WIDER)


def test_the_keyboard_reaches_everything_and_the_focus_is_always_seen(survey, desk):
    desk.set_viewport_size({"width": 320, "height": 400})
    desk.goto("/s/spring")
    _open_all(desk)
    names = {name for name, _width, _height in desk.evaluate(TARGETS)}
    desk.locator(".skip").focus()
    met, wrong = set(), []
    for _step in range(120):
        desk.keyboard.press("Tab")
        found = desk.evaluate(FOCUSED)
        if not found["name"]:  # behind the last control
            break
        met.add(found["name"])
        if not (found["shown"] and found["free"]):
            wrong.append(found)
    assert wrong == []
    assert names <= met


def test_a_wide_page_at_four_times_the_size_still_fits(survey, desk):
    desk.set_viewport_size({"width": 320, "height": 256})  # what is left of 1280 by 1024 pixels at 400 %
    desk.goto("/s/spring")
    _open_all(desk)
    assert not desk.evaluate(WIDER)


def test_wider_spacing_of_text_breaks_nothing(survey, browser, server):
    context = browser.new_context(base_url=server, viewport={"width": 320, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto("/s/spring")
    _open_all(page)
    page.add_style_tag(content=SPACED)
    assert not page.evaluate(WIDER)
    cut = page.evaluate("""() => [...document.querySelectorAll('.step > span, .choice, .button, legend, .rank')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1).map((one) => one.textContent)""")
    context.close()
    assert cut == []


def test_in_forced_colours_what_is_chosen_shows_and_nothing_moves_where_motion_is_unwanted(survey, desk):
    desk.emulate_media(forced_colors="active", reduced_motion="reduce")
    desk.goto("/s/spring")
    for name, value in (("nps", "9"), ("stars", "4"), ("again", "yes"), ("each.rooms", "good")):
        tile = desk.locator(f"[name='{name}'][value='{value}']")
        tile.check(force=True)
        chosen, other = (
            desk.locator(f"label:has([name='{name}']{which}) > span").first.evaluate(
                "(one) => getComputedStyle(one).outlineStyle"
            )
            for which in (":checked", ":not(:checked)")
        )
        assert (chosen, other) == ("solid", "none"), name
    box = desk.locator("[name=used]").first
    assert box.evaluate("(one) => getComputedStyle(one).appearance") == "auto"
    moving = desk.evaluate("""() => [...document.querySelectorAll('main *')]
      .filter((one) => { const style = getComputedStyle(one);
        return style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0) || style.animationName !== 'none'; })
      .map((one) => one.className)""")
    assert moving == []


def _fill(page: Page) -> None:
    """Answer every question as `EVERY_ANSWER` holds it, by hand."""
    for name, value in (("nps", "9"), ("rating", "4"), ("stars", "5"), ("faces", "2"), ("easy", "6"), ("points", "10"), ("used", "shop"),
                        ("used", "web"), ("reasons", "P2"), ("heard", "friend"), ("heard", "other"), ("again", "no"),
                        ("each.rooms", "very-bad"), ("each.staff", "good"), ("terms", "yes")):  # fmt: skip
        page.locator(f"[name='{name}'][value='{value}']").check(force=True)
    page.locator("[name=reasons][value=other]").check(force=True)
    page.locator("[name='reasons.other']").fill("and the noise; too")
    page.locator("[name=reasons][value=P2]").check(force=True)
    page.locator("summary").click()
    page.locator("[name='reasons.also'][value=A2]").check(force=True)
    page.locator("[name='heard.other']").fill("A poster; on a bus")
    for name, words in (
        ("why", "=Friendly; quick"),
        ("word", "Loud"),
        ("member", "007"),
        ("hours", "1,5"),
        ("day", "2026-09-30"),
    ):
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=branch]").select_option("The Quay")


def _kept(app) -> dict:
    db.session.rollback()
    return db.session.scalar(select(Response)).answers


def test_every_kind_can_be_answered_on_a_phone_without_javascript(sqlite_app, phone):
    with_every_kind()
    phone.goto("/s/spring")
    expect(phone.locator("[name='heard.other']")).to_be_hidden()  # until it is asked for
    _fill(phone)
    expect(phone.locator("[name='reasons.other']")).to_be_visible()  # what was written in it is never hidden
    phone.locator("[name='matters.time']").select_option("1")
    phone.locator("[name='matters.price']").select_option("2")
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone).to_have_url(re.compile("/thanks/"))
    assert _kept(sqlite_app) == EVERY_ANSWER


def test_things_are_put_in_order_by_buttons_without_dragging(sqlite_app, desk):
    with_every_kind()
    desk.goto("/s/spring")
    _fill(desk)
    desk.get_by_role("button", name="Move up: The price").click()
    up = desk.get_by_role("button", name="Move up: No waiting")
    up.focus()
    desk.keyboard.press("Enter")  # it gets the next place
    expect(desk.locator("[name='matters.time']")).to_have_value("2")
    desk.keyboard.press("Enter")  # and changes it with the one above
    expect(desk.locator("[name='matters.time']")).to_have_value("1")
    expect(desk.locator("[name='matters.price']")).to_have_value("2")
    expect(up).to_be_focused()
    expect(desk.locator(".ranks + [role=status]")).to_have_text("No waiting: place 1 of 3")
    assert desk.locator(".rank label").all_text_contents() == ["No waiting", "The price", "The staff"]
    desk.locator("[name='matters.staff']").select_option("1")  # a number that is taken moves the others
    assert [desk.locator(f"[name='matters.{one}']").input_value() for one in ("staff", "time", "price")] == [
        "1",
        "2",
        "3",
    ]
    desk.locator("[name='matters.staff']").select_option("–")
    desk.get_by_role("button", name="Send my answers").click()
    expect(desk).to_have_url(re.compile("/thanks/"))
    assert _kept(sqlite_app) == EVERY_ANSWER
