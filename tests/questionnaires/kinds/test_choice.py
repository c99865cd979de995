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
    assert KIND.entered(SEVERAL, ["yes", "no"]) == ("yes", "no")
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


# ---- something else, none of these, how many ------------------------------------------------------------------------

FULL = question("choice", options=OPTIONS, other="Something else", none="None of these", several=True, least=2, most=3)
EITHER = question("choice", options=OPTIONS, other="Something else", none="None of these")


def test_words_beside_something_else_are_kept():
    answer = KIND.clean(EITHER, given("other", other="  The music "))
    assert answer == {"chosen": ["other"], "other": "The music"}
    assert KIND.cells(EITHER, answer) == ("other",)
    assert KIND.written(EITHER, answer) == "The music"
    assert KIND.entered(EITHER, answer, "other") == ("The music",)
    assert KIND.said(EITHER, answer) == ("Something else",)
    assert KIND.spoken(EITHER, answer) == "The music"
    assert KIND.spoken(FULL, {"chosen": ["yes", "other"], "other": "The music"}) == "Yes, The music"


def test_without_words_the_answer_is_a_list_as_ever():
    assert KIND.clean(EITHER, given("other", other=" ")) == ["other"]
    assert KIND.clean(EITHER, given("yes")) == ["yes"]


def test_words_without_a_tick_are_something_else_and_beside_another_answer_they_are_kept_too():
    assert KIND.clean(EITHER, given(other="The music")) == {"chosen": ["other"], "other": "The music"}
    assert KIND.clean(EITHER, given("no", other="The music")) == {"chosen": ["no"], "other": "The music"}


def test_words_that_were_not_asked_for_are_nothing():
    assert KIND.clean(ONE, given(other="The music")) is None
    assert KIND.parts(ONE) == ()


def test_none_of_these_goes_alone_and_is_enough():
    assert KIND.clean(FULL, given("none")) == ["none"]
    with pytest.raises(Invalid, match="“None of these” goes with no other answer"):
        KIND.clean(FULL, given("none", "yes"))


def test_an_own_answer_that_is_called_none_is_an_answer_like_others():
    own = [*OPTIONS, {"value": "none", "words": "None"}]
    asked = question("choice", options=own, several=True, least=2)
    assert KIND.clean(asked, given("none", "yes")) == ["yes", "none"]
    with pytest.raises(Invalid, match="at least 2"):
        KIND.clean(asked, given("none"))


def test_as_many_as_the_owner_says_must_be_chosen():
    assert KIND.clean(FULL, given("no", "yes")) == ["yes", "no"]
    with pytest.raises(Invalid, match="at least 2"):
        KIND.clean(FULL, given("yes"))
    with pytest.raises(Invalid, match="no more than 3"):
        KIND.clean(FULL, given("yes", "no", "not-sure", "other"))
    assert KIND.guide(FULL) == "Choose 2 to 3."
    assert KIND.guide(SEVERAL) == "Choose all that apply."
    assert KIND.guide(ONE) == ""


def test_what_stands_last_stays_last_in_every_order_and_storage_keeps_the_owner_s():
    asked = question("choice", options=OPTIONS, other="Something else", none="None", several=True, shuffled=True)
    orders = {tuple(value for value, _words in KIND.shuffled(asked, seed)) for seed in range(60)}
    assert len(orders) == 6
    assert {order[-2:] for order in orders} == {("other", "none")}
    assert KIND.clean(asked, given("other", "not-sure", "yes")) == ["yes", "not-sure", "other"]


def test_limits_that_cannot_be_kept_and_words_that_are_taken_are_found():
    assert KIND.problems(question("choice", options=OPTIONS, several=True, least=4))
    assert KIND.problems(question("choice", options=OPTIONS, several=True, least=3, most=2))
    assert KIND.problems(question("choice", options=[*OPTIONS, {"value": "x", "words": "YES"}]))
    assert KIND.problems(
        question("choice", options=[*OPTIONS, {"value": "other", "words": "An old one"}], other="Something else")
    )
    assert not KIND.problems(FULL)


def test_a_new_option_never_takes_the_value_of_what_stands_last():
    kept = KIND.settings[0].read(sent(**{"q.+0": "Other", "q.+1": "None"}), "q", [])
    assert [option["value"] for option in kept] == ["other-2", "none-2"]


def test_words_are_alike_without_regard_to_case_but_numbers_are_exact():
    asked = question(
        "choice", options=[{"value": "a", "words": "1"}, {"value": "b", "words": "A+"}, {"value": "c", "words": "A-"}]
    )
    assert KIND.clean(asked, given("A-")) == ["c"]
    for typed in ("-1", "1.", "a"):
        if typed == "a":
            assert KIND.clean(asked, given(typed)) == ["a"]
            continue
        with pytest.raises(Invalid):
            KIND.clean(asked, given(typed))
