"""What the ask and tell templates of every kind show."""

from types import SimpleNamespace

import pytest
from flask import render_template
from werkzeug.datastructures import MultiDict

from survey.questionnaires.kinds.fields import form_for
from survey.questionnaires.kinds.table import KINDS
from tests.factories.drafts import questionnaire

OPTIONS = {"choice": {"options": [{"value": "a", "words": "A & B"}, {"value": "b", "words": "<b>"}]}}


def asked(kind):
    return questionnaire(
        {"key": "q", "kind": kind, "words": "Ask <me>?", "hint": "A hint", "settings": OPTIONS.get(kind, {})}
    )


def ask(app, kind, **typed):
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
    assert 'name="q"' in page
    assert "checked" not in page
    assert "style=" not in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("nps", {"q": "7"}, 'value="7" checked'),
        ("rating", {"q": "5"}, 'value="5" checked'),
        ("choice", {"q": "b"}, 'value="b" checked'),
        ("reasons", {"q": "A2", "q__other": "My <words>"}, "My &lt;words&gt;"),
        ("text", {"q": "My <words>"}, "My &lt;words&gt;</textarea>"),
        ("contact", {"q__email": "bo@example.org"}, 'value="bo@example.org"'),
    ],
)
def test_what_was_typed_is_shown_again(sqlite_app, kind, typed, shown):
    assert shown in ask(sqlite_app, kind, **typed)


@pytest.mark.parametrize(("kind", "typed"), [("nps", {"q": "11"}), ("choice", {"q": "z"}), ("contact", {"q": "yes"})])
def test_an_error_stands_beside_its_question_and_is_tied_to_it(sqlite_app, kind, typed):
    page = ask(sqlite_app, kind, **typed)
    assert 'id="q-error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="q"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_telling_shows_every_value_even_where_nobody_answered(sqlite_app, kind):
    question = asked(kind).questions[0]
    metrics = [SimpleNamespace(name=name, value=None, low=None, high=None, n=0) for name in KINDS[kind].metrics]
    values = KINDS[kind].values(question)
    with sqlite_app.test_request_context():
        page = render_template(
            f"kinds/tell/{kind}.html", question=question, values=values, distribution={}, metrics=metrics,
            value_words=str, interval_words=str,
        )  # fmt: skip
    assert page.count("<tr role") >= len(values)
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
