import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.choice import KIND
from tests.factories.drafts import question

OPTIONS = [{"value": "yes", "words": "Yes"}, {"value": "no", "words": "No"}, {"value": "not-sure", "words": "Not sure"}]
ONE = question("choice", options=OPTIONS)
SEVERAL = question("choice", options=OPTIONS, several=True)


def test_an_option_is_known_by_its_value_and_by_its_words():
    assert KIND.clean(ONE, given("not-sure")) == ["not-sure"]
    assert KIND.clean(ONE, given("NOT SURE")) == ["not-sure"]


def test_an_unknown_option_is_refused():
    for raw in (["maybe"], ["yes", "maybe"]):
        with pytest.raises(Invalid):
            KIND.clean(SEVERAL, given(*raw))


def test_only_where_the_owner_says_so_may_several_be_chosen():
    with pytest.raises(Invalid, match="one of the answers"):
        KIND.clean(ONE, given("yes", "no"))
    assert KIND.clean(SEVERAL, given("no", "yes")) == ["yes", "no"]


def test_each_chosen_option_is_counted_and_exported():
    assert KIND.cells(SEVERAL, ["yes", "no"]) == ("yes", "no")
    assert KIND.export(SEVERAL, ["yes", "no"]) == "yes; no"
    assert KIND.is_empty([])


def test_one_option_is_no_choice():
    assert KIND.problems(question("choice", options=OPTIONS[:1]))
    assert not KIND.problems(ONE)


def sent(**given):
    return lambda name: given.get(name, "")


def test_editing_keeps_the_value_of_a_reworded_option_drops_emptied_ones_and_adds_new_ones():
    setting = KIND.settings[0]
    typed = {"q.yes": "Certainly", "q.no": " ", "q.not-sure": "Not sure", "q.+0": "Never mind!", "q.+1": "Yes"}
    assert setting.read(sent(**typed), "q", OPTIONS) == [
        {"value": "yes", "words": "Certainly"},
        {"value": "not-sure", "words": "Not sure"},
        {"value": "never-mind", "words": "Never mind!"},
        {"value": "yes-2", "words": "Yes"},
    ]


def test_a_new_option_in_any_script_gets_a_value():
    assert KIND.settings[0].read(sent(**{"q.+0": "はい", "q.+1": "いいえ"}), "q", []) == [
        {"value": "option", "words": "はい"},
        {"value": "option-2", "words": "いいえ"},
    ]
