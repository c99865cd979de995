import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.contact import KIND
from tests.factories.drafts import question

ASKED = question("contact", agree="Yes, do")


def test_an_address_comes_with_the_words_that_were_agreed_to():
    answer = KIND.clean(ASKED, given("yes", email=" Bo@Example.ORG ", name=" Bo  Berg"))
    assert (answer.email, answer.name, answer.words) == ("bo@example.org", "Bo Berg", "Ask? Yes, do")


def test_typing_an_address_is_not_agreeing():
    with pytest.raises(Invalid, match="Tick the box"):
        KIND.clean(ASKED, given(email="bo@example.org"))


def test_agreeing_without_an_address_asks_for_one():
    with pytest.raises(Invalid, match="Type your e-mail address"):
        KIND.clean(ASKED, given("yes", email=" "))


def test_a_name_alone_is_no_answer():
    assert KIND.clean(ASKED, given(name="Bo")) is None


@pytest.mark.parametrize(
    "email",
    [
        "bo",
        "bo@example",
        "bo@@example.org",
        "b o@example.org",
        "bo@example.org\nbcc:x@y.z",
        "a@b.c," + "x" * 9,
        "x" * 250 + "@b.org",
    ],
)
def test_what_is_no_address_is_refused(email):
    with pytest.raises(Invalid, match="name@example.org"):
        KIND.clean(ASKED, given("yes", email=email))


def test_an_address_is_never_counted_exported_or_demanded():
    answer = KIND.clean(ASKED, given("yes", email="bo@example.org"))
    assert KIND.cells(ASKED, answer) == ()
    assert KIND.problems(question("contact", is_required=True))
    assert KIND.is_personal


MORE = question("contact", agree="Yes, do", quote="You may quote me", updates="Tell me what you do")


def test_each_box_is_a_permission_of_its_own_with_its_words():
    answer = KIND.clean(MORE, given(quote="yes", email="bo@example.org"))
    assert (answer.words, dict(answer.also)) == ("", {"quote": "Ask? You may quote me"})
    answer = KIND.clean(MORE, given("yes", updates="yes", quote="no", email="bo@example.org"))
    assert (answer.words, dict(answer.also)) == ("Ask? Yes, do", {"updates": "Ask? Tell me what you do"})


def test_a_box_without_words_is_not_asked():
    assert KIND.parts(ASKED) == ("email", "name")
    assert KIND.parts(MORE) == ("email", "name", "quote", "updates")
    with pytest.raises(Invalid, match="Tick the box"):
        KIND.clean(ASKED, given(quote="yes", email="bo@example.org"))


def test_any_box_asks_for_an_address():
    with pytest.raises(Invalid, match="Type your e-mail address"):
        KIND.clean(MORE, given(updates="yes"))
