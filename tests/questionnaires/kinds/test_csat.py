import pytest

from survey.foundation.errors import Refused
from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.csat import KIND, WORDS
from tests.factories.drafts import question

ASKED = question("csat")


def test_a_grade_from_1_to_5_is_known_by_number_and_word():
    assert KIND.clean(ASKED, given("4")) == 4
    assert KIND.clean(ASKED, given("Very dissatisfied")) == 1
    assert KIND.clean(ASKED, given("satisfied")) == 4


@pytest.mark.parametrize("typed", ["0", "6", "-4", "4.5", "٤", "happy"])
def test_nothing_else_is_a_grade(typed):
    with pytest.raises(Invalid, match="from 1 to 5"):
        KIND.clean(ASKED, given(typed))


def test_each_grade_has_a_word_of_its_own():
    assert [words for _value, words in KIND.values(ASKED)] == list(WORDS)
    own = question("csat", grades=["Bad", "Poor", "Fair", "Good", ""])
    assert [words for _value, words in KIND.values(own)] == ["Bad", "Poor", "Fair", "Good", "Very satisfied"]
    assert KIND.said(own, 3) == ("3 of 5: Fair",)
    for wrong in (["Bad"], ["a", "a", "b", "c", "d"], "Bad", [1, 2, 3, 4, 5]):
        with pytest.raises(Refused):
            question("csat", grades=wrong)


def test_words_typed_on_the_edit_page_are_kept_and_can_be_translated():
    grades = KIND.settings[1]
    form = {"q.grades.1": "Bad", "q.grades.2": " ", "q.grades.3": "So so"}
    kept = grades.read(lambda name: form.get(name, ""), "q.grades", None)
    assert kept == ["Bad", "Dissatisfied", "So so", "Satisfied", "Very satisfied"]
    assert grades.translated(kept, {"1": "Schlecht"})[0] == "Schlecht"
    assert set(grades.texts(kept)) == {"1", "2", "3", "4", "5"}


def test_it_gives_the_share_of_satisfied_people_and_the_mean():
    assert KIND.metrics == ("csat", "mean")
    assert KIND.scale(ASKED) == (1, 5)
