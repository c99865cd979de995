"""What the edit page shows of a kind's settings, sent back as it is, changes nothing; what is wrong with it is said beside it."""

import html5lib
import pytest
from flask import render_template_string

from survey.questionnaires.kinds.settings import Bound, Day, Grades, Options, Paragraph, options_named
from survey.questionnaires.kinds.table import KINDS
from tests.factories.drafts import question
from tests.questionnaires.kinds.test_all import FULL

FIELD = "{% from 'questionnaires/_settings.html' import setting_field %}{{ setting_field(setting, name, kept, typed, error) }}"


def _drawn(app, setting, kept, *, error="", typed=None):
    with app.test_request_context():
        return render_template_string(
            FIELD, setting=setting, name="q.it", kept=kept, typed=typed or (lambda _name, value="": value), error=error
        )


def _inputs(page):
    """What a browser would send of these inputs."""
    tree = html5lib.parseFragment(page, namespaceHTMLElements=False)
    sent = {}
    for one in tree.iter():
        if one.tag == "input" and (one.get("type") not in ("checkbox", "radio") or one.get("checked") is not None):
            sent[one.get("name")] = one.get("value", "")
        elif one.tag == "textarea":
            sent[one.get("name")] = (one.text or "").removeprefix("\n")
        elif one.tag == "select":
            chosen = [option for option in one.iter("option") if option.get("selected") is not None] or list(
                one.iter("option")
            )
            sent[one.get("name")] = chosen[0].get("value", chosen[0].text)
    return sent


@pytest.mark.parametrize("name", KINDS)
def test_settings_shown_and_sent_back_are_the_same(sqlite_app, name):
    asked = question(name, **FULL.get(name, {}))
    for setting in KINDS[name].settings:
        kept = asked.settings[setting.name]
        sent = _inputs(_drawn(sqlite_app, setting, kept))
        assert setting.read(lambda name, sent=sent: sent.get(name, ""), "q.it", kept) == kept, setting.name


@pytest.mark.parametrize(
    ("setting", "kept"),
    [
        (Bound("b", "Lowest"), 2.5), (Bound("b", "Lowest"), None), (Day("d", "Not before"), "2026-09-30"), (Paragraph("p", "Text"), "Two\nlines"),
        (Grades("g", "Words", default=("Bad", "Good")), ["Poor", "Fine"]), (Options("o", "Answers"), list(options_named("A & B", "<b>"))),
    ],
)  # fmt: skip
def test_each_control_shows_what_is_kept_and_what_is_wrong(sqlite_app, setting, kept):
    sent = _inputs(_drawn(sqlite_app, setting, kept))
    assert setting.read(lambda name: sent.get(name, ""), "q.it", kept) == kept
    page = _drawn(sqlite_app, setting, kept, error="This is wrong.")
    assert "This is wrong." in page
    assert 'id="q.it"' in page
    assert "<b>" not in page


def test_many_options_are_put_in_at_once_and_stay_where_something_was_wrong(sqlite_app):
    setting = Options("o", "Answers", limit=3)
    typed = {"q.it.+lines": "One\n\n Two \nThree\nFour"}
    with pytest.raises(ValueError, match="there are 4; at most 3"):
        setting.read(lambda name: typed.get(name, ""), "q.it", [])
    page = _drawn(sqlite_app, setting, [], error="Too many", typed=lambda name, kept="": typed.get(name, kept))
    assert "Two \nThree" in page
    assert '<details class="more" open>' in page


def test_the_controls_are_those_that_settings_name():
    controls = {setting.control for kind in KINDS.values() for setting in kind.settings}
    assert controls == {
        "number",
        "words",
        "one_of",
        "switch",
        "options",
        "reasons",
        "paragraph",
        "bound",
        "day",
        "grades",
    }
