import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.dropdown import KIND
from tests.factories.drafts import question

OPTIONS = [{"value": "north", "words": "North Street"}, {"value": "quay", "words": "The Quay"}]
ASKED = question("dropdown", options=OPTIONS)


def test_one_of_the_list_is_chosen_by_value_or_words():
    assert KIND.clean(ASKED, given("quay")) == "quay"
    assert KIND.clean(ASKED, given("north street")) == "north"
    assert KIND.clean(ASKED, given("")) is None
    assert KIND.cells(ASKED, "quay") == ("quay",)
    assert KIND.said(ASKED, "quay") == ("The Quay",)


@pytest.mark.parametrize("typed", [("south",), ("north", "quay")])
def test_anything_else_is_refused(typed):
    with pytest.raises(Invalid):
        KIND.clean(ASKED, given(*typed))


def test_a_list_may_be_long_and_is_pasted_one_a_line():
    setting = KIND.settings[0]
    many = "\n".join(f"Place {number}" for number in range(250))
    kept = setting.read(lambda name: many if name == "q.+lines" else "", "q", [])
    assert len(kept) == 250
    assert kept[7] == {"value": "place-7", "words": "Place 7"}
    with pytest.raises(ValueError, match="at most 250"):
        setting.read(lambda name: f"{many}\none more" if name == "q.+lines" else "", "q", [])


def test_two_that_read_the_same_are_a_mistake():
    assert KIND.problems(question("dropdown", options=[*OPTIONS, {"value": "x", "words": "the quay"}]))
    assert KIND.problems(question("dropdown", options=OPTIONS[:1]))
    assert not KIND.problems(ASKED)
