"""What people praise: read in their words, and counted as people."""

from datetime import date

import pytest

from survey.foundation.db import db, write
from survey.text.models import Comment, CommentReason
from survey.text.queries.praise import positive_comments
from survey.text.rules.praise import PRAISED, levels, praised
from tests.factories.surveys import answer, from_template, make_person

DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Great staff, always a good mood.", ("S", "E")),
        ("Fair prices and friendly people.", ("P", "E")),
        ("I love the early hours. In and out before work.", ("A",)),
        ("They apologised and fixed it the next day.", ("R",)),
        ("Honest advice, no pressure.", ("E", "T")),
        ("Never had to wait.", ("A",)),
        ("Best place in town!", ()),
        ("", ()),
        ("\u200b😀" * 50, ()),
    ],
)
def test_praise_is_at_home_in_a_first_level(text, found):
    assert praised(text) == found


@pytest.mark.parametrize(
    "text", ["Lovely place. The staff were rude and awful.", "Great, but there was no parking at all."]
)
def test_what_is_blamed_or_denied_is_no_praise(text):
    assert not {"E", "A"} & set(praised(text))


def test_what_a_person_said_comes_first_and_only_english_is_read():
    assert levels("Friendly staff", "en", ["P1", "P2"]) == ("P",)
    assert levels("Friendly staff", "en-GB", []) == ("E",)
    assert levels("Nette staff", "de", []) == ()


def test_every_level_of_praise_is_one_of_the_taxonomy():
    from survey.reasons.rules import LEVELS

    assert set(PRAISED) <= set(LEVELS)


def _says(survey, words, sentiment="positive", **more):
    """An answer whose comment was read as this."""
    receipt = answer(survey, {"nps": 9, "reason": words, "rating": 5}, **{"on": DAY, **more})

    def read():
        comment = db.session.query(Comment).filter_by(response_id=receipt.response_id).one()
        comment.sentiment, comment.language = sentiment, "en"
        return comment.id

    return write(read)


def test_positive_comments_are_those_of_the_voice_in_the_period_with_whoever_wrote_them(app):
    survey, closed = from_template(), from_template(slug="closed", privacy="confidential")
    ada = make_person()
    first = _says(survey, "Friendly staff", person_id=ada, voice="customer")
    second = _says(survey, "Good prices", person_id=ada, voice="customer", on=date(2026, 11, 2))
    _says(survey, "Awful", "negative", person_id=ada, voice="customer")
    open_link = _says(survey, "Nice pool")
    _says(closed, "Friendly staff", person_id=ada, voice="customer")
    found = positive_comments(10, voices=("customer",))
    assert [one.id for one in found] == [second, first]
    assert {one.by for one in found} == {ada}
    assert [one.id for one in positive_comments(10, voices=("customer",), since=DAY, until=DAY)] == [first]
    assert [one.id for one in positive_comments(1, voices=("customer",))] == [second]
    [other] = positive_comments(10, voices=("unverified",))
    assert other.id == open_link
    assert other.by != ada


def test_what_a_person_said_of_a_comment_is_told_with_it(app):
    id = _says(from_template(), "Friendly staff")

    def correct():
        db.session.get(Comment, id).has_own_reasons = True
        db.session.add(CommentReason(comment_id=id, code="P1", confidence=1.0, source="human"))

    write(correct)
    [found] = positive_comments(10, voices=("unverified",))
    assert found.codes == ("P1",)


def test_what_leavers_like_and_what_was_set_aside_is_not_counted(app):
    leaving = from_template("exit", slug="bye")
    receipt = answer(leaving, {"reasons": {"codes": ["A2"], "other": ""}, "words": "Friendly staff"}, on=DAY)

    def read():
        db.session.query(Comment).filter_by(response_id=receipt.response_id).one().sentiment = "positive"

    write(read)
    aside = _says(from_template(), "Friendly staff")

    def set_aside():
        db.session.get(Comment, aside).response.set_aside = "spam"

    write(set_aside)
    assert positive_comments(10, voices=("unverified", "former_customer", "customer")) == []
