"""Two sides of a draft in one: what each changed is kept, what both changed is asked about."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.rules import parse
from survey.questionnaires.rules.arranging import moved, with_new, without
from survey.questionnaires.rules.differences import differences
from survey.questionnaires.rules.merging import (
    changed_places,
    merge,
    merge_texts,
    packed,
    packed_value,
    unpacked,
    unpacked_value,
)

SEEN = parse({
    "title": "T",
    "questions": [{"key": key, "kind": "text", "words": key} for key in "abcd"],
    "endings": [{"key": "end", "words": "Bye"}],
})  # fmt: skip


def reworded(questionnaire, key, words):
    return questionnaire.with_questions(
        tuple(replace(one, words=words) if one.key == key else one for one in questionnaire.questions)
    )


def words(questionnaire):
    return {question.key: question.words for question in questionnaire.questions}


def keys(questionnaire):
    return [question.key for question in questionnaire.questions]


def places(found):
    return [clash.place for clash in found.clashes]


def test_what_different_people_changed_is_kept():
    mine, theirs = reworded(SEEN, "a", "mine"), reworded(replace(SEEN, title="Theirs"), "b", "theirs")
    found = merge(SEEN, mine, theirs)
    assert found.clashes == ()
    assert found.kept == found.shown
    assert found.has_news
    assert not merge(SEEN, mine, SEEN).has_news
    assert (found.kept.title, words(found.kept)["a"], words(found.kept)["b"]) == ("Theirs", "mine", "theirs")


def test_what_both_changed_alike_is_no_clash():
    both = reworded(SEEN, "a", "same")
    assert merge(SEEN, both, both).clashes == ()


def test_what_both_changed_stays_theirs_and_is_shown_as_mine():
    found = merge(SEEN, reworded(SEEN, "a", "mine"), reworded(SEEN, "a", "theirs"))
    assert places(found) == ["a"]
    assert words(found.kept)["a"] == "theirs"
    assert words(found.shown)["a"] == "mine"


@pytest.mark.parametrize(
    ("choice", "kept", "both"), [("mine", "mine", 0), ("theirs", "theirs", 0), ("both", "theirs", 1)]
)
def test_a_choice_settles_it(choice, kept, both):
    theirs = reworded(SEEN, "a", "theirs")
    found = merge(theirs, reworded(SEEN, "a", "mine"), theirs, {"a": choice}, ["a"])
    assert found.clashes == ()
    assert words(found.kept)["a"] == kept
    assert [question.words for question in found.both] == ["mine"] * both


def test_without_a_choice_it_waits_though_nobody_changed_it_again():
    theirs = reworded(SEEN, "a", "theirs")
    assert places(merge(theirs, reworded(SEEN, "a", "mine"), theirs, {}, ["a"])) == ["a"]
    assert places(merge(theirs, theirs, theirs, {}, ["a"])) == []  # typed back to what they have


def test_their_order_and_what_they_added_and_took_away_stay():
    theirs = without(moved(with_new(SEEN, "nps", after="a")[0], "d", -1), "b")
    found = merge(SEEN, reworded(SEEN, "c", "mine"), theirs)
    assert keys(found.kept) == ["a", "nps", "d", "c"]
    assert words(found.kept)["c"] == "mine"


def test_what_they_took_away_while_it_was_changed_comes_back_where_it_stood():
    theirs = without(SEEN, "b")
    found = merge(SEEN, reworded(SEEN, "b", "mine"), theirs)
    assert (places(found), keys(found.kept), keys(found.shown)) == (["b"], ["a", "c", "d"], ["a", "b", "c", "d"])
    back = merge(theirs, reworded(SEEN, "b", "mine"), theirs, {"b": "mine"}, ["b"])
    assert keys(back.kept) == ["a", "b", "c", "d"]
    assert keys(merge(theirs, reworded(SEEN, "b", "mine"), theirs, {"b": "theirs"}, ["b"]).kept) == ["a", "c", "d"]


def test_settings_of_the_survey_and_endings_are_things_too():
    mine = replace(SEEN, layout="questions", endings=(replace(SEEN.endings[0], words="Mine"),))
    theirs = replace(SEEN, layout="sections", endings=(replace(SEEN.endings[0], words="Theirs"),))
    assert places(merge(SEEN, mine, theirs)) == [".layout", "ending.end"]
    assert changed_places(SEEN, mine) == [".layout", "ending.end"]


def test_a_question_called_title_is_not_the_title():
    seen = parse({"title": "T", "questions": [{"key": "title", "kind": "text", "words": "Your title?"}]})
    found = merge(seen, replace(seen, title="Mine"), reworded(seen, "title", "Theirs"))
    assert (found.kept.title, words(found.kept)["title"]) == ("Mine", "Theirs")


def test_a_language_into_which_somebody_translated_meanwhile_is_not_taken():
    theirs = replace(SEEN, translations={"de": {"": {"title": "T"}}})
    assert merge(SEEN, replace(SEEN, language="de"), theirs).kept.language == "en"


@given(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["x", "y"])),
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["x", "y"])),
)
def test_nothing_is_overwritten_unseen(my_words, their_words):
    mine, theirs = SEEN, SEEN
    for key, said in my_words.items():
        mine = reworded(mine, key, said)
    for key, said in their_words.items():
        theirs = reworded(theirs, key, said)
    found = merge(SEEN, mine, theirs)
    assert set(places(found)) == {
        key for key in my_words.keys() & their_words.keys() if my_words[key] != their_words[key]
    }
    assert words(found.kept) == {key: their_words.get(key, my_words.get(key, key)) for key in "abcd"}
    assert words(found.shown) == {key: my_words.get(key, their_words.get(key, key)) for key in "abcd"}


def test_texts_are_merged_alike():
    kept, clashes = merge_texts({"a": "1"}, {"a": "2", "b": "mine"}, {"a": "1", "c": "theirs"}, {})
    assert (kept, clashes) == ({"a": "2", "b": "mine", "c": "theirs"}, ())
    kept, clashes = merge_texts({}, {"a": "mine"}, {"a": "theirs"}, {})
    assert (kept, [clash.place for clash in clashes]) == ({"a": "theirs"}, ["a"])


def test_how_two_sides_differ_is_said_in_words():
    document = {
        "key": "c",
        "kind": "choice",
        "words": "Which?",
        "settings": {"options": [{"value": "a", "words": "A"}]},
    }
    seen = parse({"questions": [{"key": "nps", "kind": "nps", "words": "N"}, document]})
    more = {"options": [{"value": "a", "words": "A"}, {"value": "b", "words": "B"}]}
    when = {"match": "all", "conditions": [{"question": "nps", "test": "at_most", "values": ["6"]}]}
    mine = parse(
        {"questions": [{"key": "nps", "kind": "nps", "words": "N"}, {**document, "words": "Mine?", "show_if": when}]}
    )
    theirs = parse(
        {
            "questions": [
                {"key": "nps", "kind": "nps", "words": "N"},
                {**document, "settings": more, "is_required": True},
            ]
        }
    )
    found = merge(seen, mine, theirs)
    said = {one.label: (one.mine, one.theirs) for one in differences(found.clashes[0], found.shown)}
    assert said == {
        "What it asks": ("Mine?", "Which?"), "An answer is needed": ("no", "yes"), "Shown only if": ("1 is at most 6", ""),
        "Answers to choose from": ("A", "A; B"),
    }  # fmt: skip


def test_a_page_says_in_one_word_what_it_was_made_from():
    assert unpacked(packed(SEEN)) == SEEN
    assert len(packed(SEEN)) < 600
    for word in ("", "x", "ä", "====", packed_value([1]), packed_value("x" * 2_000_000)):
        assert unpacked(word) is None
    assert unpacked_value(packed_value({"a": "ä"})) == {"a": "ä"}
