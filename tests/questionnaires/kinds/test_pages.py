"""What the ask and tell templates of every kind show."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from flask import render_template
from werkzeug.datastructures import MultiDict

from survey.questionnaires.kinds.fields import form_for
from survey.questionnaires.kinds.table import KINDS
from tests.factories.drafts import questionnaire

AB = [{"value": "a", "words": "A & B"}, {"value": "b", "words": "<b>"}]
OPTIONS = {
    "choice": {"options": AB, "other": "Some <i>other"},
    "dropdown": {"options": AB},
    "ranking": {"options": AB},
    "matrix": {"rows": AB, "options": [{"value": "x", "words": "<x>"}, {"value": "y", "words": "Y"}]},
    "number": {"lowest": 0, "highest": 9, "unit": "<hours>"},
    "contact": {"quote": "Quote <me>"},
    "consent": {"statement": "<We> keep it"},
    "section": {"text": "Some <text>"},
}
PARTED = {"ranking": "q.a", "matrix": "q.a"}  # kinds whose inputs are all parts


def asked(kind):
    return questionnaire(
        {
            "key": "q",
            "kind": kind,
            "words": "Ask <me>?",
            "hint": "A hint",
            "settings": OPTIONS.get(kind, {}),
            "is_required": False,
        }
    )


def ask(app, kind, **typed):
    if not KINDS[kind].takes_answer:
        with app.test_request_context():
            return render_template(f"kinds/ask/{kind}.html", question=asked(kind).questions[0], field=None)
    form = form_for(asked(kind))(
        MultiDict({name.replace("__", "."): value for name, value in typed.items()}) if typed else None
    )
    if typed:
        form.validate()
    field = next(iter(form))
    with app.test_request_context():
        return render_template(f"kinds/ask/{kind}.html", question=field.question, field=field, seed=1)


@pytest.mark.parametrize("kind", KINDS)
def test_asking_shows_words_hint_and_an_input_by_the_key(sqlite_app, kind):
    page = ask(sqlite_app, kind)
    assert "Ask &lt;me&gt;?" in page
    assert "A hint" in page
    assert f'name="{PARTED.get(kind, "q")}"' in page or not KINDS[kind].takes_answer
    assert "checked" not in page
    assert "selected" not in page
    assert "style=" not in page
    for tag in ("<b>", "<i>", "<x>", "<hours>", "<me>", "<We>", "<text>"):
        assert tag not in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "q" in ids or not KINDS[kind].takes_answer
    for named in re.findall(r'aria-describedby="([^"]+)"', page):
        assert set(named.split()) <= set(ids)


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("nps", {"q": "7"}, 'value="7" checked'),
        ("rating", {"q": "5"}, 'value="5" checked'),
        ("choice", {"q": "b"}, 'value="b" checked'),
        ("reasons", {"q": "A2", "q__other": "My <words>"}, "My &lt;words&gt;"),
        ("text", {"q": "My <words>"}, "My &lt;words&gt;</textarea>"),
        ("contact", {"q__email": "bo@example.org"}, 'value="bo@example.org"'),
        ("contact", {"q__quote": "yes"}, 'name="q.quote" value="yes" checked'),
        ("csat", {"q": "2"}, 'value="2" checked'),
        ("ces", {"q": "7"}, 'value="7" checked'),
        ("choice", {"q": "other", "q__other": "My <words>"}, "My &lt;words&gt;"),
        ("dropdown", {"q": "b"}, 'value="b" selected'),
        ("yesno", {"q": "no"}, 'value="no" checked'),
        ("ranking", {"q__b": "2"}, "<option selected>2</option>"),
        ("matrix", {"q__b": "y"}, 'name="q.b" value="y" checked'),
        ("reasons", {"q": "A2", "q__also": "P1"}, 'name="q.also" value="P1" checked'),
        ("line", {"q": "My <words>"}, 'value="My &lt;words&gt;"'),
        ("number", {"q": "3,x"}, 'value="3,x"'),
        ("date", {"q": "30.09.2026"}, 'value="2026-09-30"'),
        ("date", {"q": "soon"}, 'type="text" id="q" name="q" value="soon"'),
        ("email", {"q": "bo@"}, 'value="bo@"'),
        ("consent", {"q": "yes"}, 'value="yes" checked'),
    ],
)
def test_what_was_typed_is_shown_again(sqlite_app, kind, typed, shown):
    assert shown in ask(sqlite_app, kind, **typed)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("nps", {"q": "11"}), ("choice", {"q": "z"}), ("contact", {"q": "yes"}), ("csat", {"q": "9"}), ("dropdown", {"q": "z"}),
        ("ranking", {"q__a": "1"}), ("matrix", {"q__a": "z"}), ("line", {"q": "x" * 999}), ("number", {"q": "99"}), ("date", {"q": "soon"}),
        ("email", {"q": "bo@"}), ("consent", {"q": "no"}), ("yesno", {"q": "z"}), ("reasons", {"q": "z"}), ("text", {"q": "x" * 10001}),
    ],
)  # fmt: skip
def test_an_error_stands_beside_its_question_and_is_tied_to_it(sqlite_app, kind, typed):
    page = ask(sqlite_app, kind, **typed)
    assert 'id="q-error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="q"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_in_another_language_than_the_page_says_so_and_our_own_words_in_it_too(sqlite_app, kind):
    """Nor do we speak the page's: our words are English there, and say that."""
    form = form_for(asked(kind))(MultiDict({"q": "\ud800", "q.a": "z", "q.email": "x"}))
    form.validate()
    field = next(iter(form), None)
    question = replace(asked(kind).questions[0], language="ar")
    with sqlite_app.test_request_context():
        page = render_template(f"kinds/ask/{kind}.html", question=question, field=field, seed=1, page_lang="fr")
    assert re.match(r'\s*<(fieldset|div) class="[^"]+" lang="ar" dir="rtl"', page)
    if field is not None:
        assert 'class="optional" lang="en" dir="ltr"' in page
        assert not field.errors or 'class="error" id="q-error" lang="en" dir="ltr"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_telling_shows_every_value_even_where_nobody_answered(sqlite_app, kind):
    question = asked(kind).questions[0]
    metrics = [SimpleNamespace(name=name, value=None, low=None, high=None, n=0) for name in KINDS[kind].metrics]
    values = KINDS[kind].values(question)
    lines = 1 if kind == "ranking" else len(values)  # places are told by the things that have them
    with sqlite_app.test_request_context():
        page = render_template(
            f"kinds/tell/{kind}.html", question=question, values=values, distribution={}, metrics=metrics,
            value_words=str, interval_words=str, kind=KINDS[kind], standings=(),
        )  # fmt: skip
    assert page.count("<tr role") >= lines
    assert ("No answers yet" in page) == bool(metrics)


def test_reasons_are_told_by_how_many_gave_them_and_the_unknown_last(sqlite_app):
    question = asked("reasons").questions[0]
    with sqlite_app.test_request_context():
        page = render_template(
            "kinds/tell/reasons.html", question=question, values=KINDS["reasons"].values(question), metrics=(),
            distribution={"A2": 3, "P1": 1, "Z2": 9, "other": 2},
        )  # fmt: skip
    order = [
        "I had to wait too long",
        "The price was too high for me",
        "I moved away",
        "I’d rather not say",
        "Something else",
    ]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
