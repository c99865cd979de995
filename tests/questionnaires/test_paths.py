"""The way through a questionnaire: what is shown, on which pages, which ending, how much is left."""

from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.rules import parse
from survey.questionnaires.rules.paths import pages, path, places

YES_NO = {"options": [{"value": "yes", "words": "Yes"}, {"value": "no", "words": "No"}]}


def only_if(question, test, *values, match="all"):
    return {"match": match, "conditions": [{"question": question, "test": test, "values": list(values)}]}


def made(*questions, layout="one", endings=()):
    return parse({"title": "T", "questions": list(questions), "layout": layout, "endings": list(endings)})


NPS = {"key": "nps", "kind": "nps", "words": "Recommend?"}
WHY = {"key": "why", "kind": "text", "words": "Why?", "show_if": only_if("nps", "at_most", "6")}
USED = {"key": "used", "kind": "choice", "words": "Used?", "settings": YES_NO}
MORE = {"key": "more", "kind": "text", "words": "More?"}


def keys(questions):
    return [question.key for question in questions]


def test_an_answer_off_the_way_does_not_count():
    found = path(made(NPS, WHY, MORE), {"nps": 9, "why": "left over", "more": "x"})
    assert keys(found.questions) == ["nps", "more"]
    assert found.answers == {"nps": 9, "more": "x"}


def test_what_depends_on_an_answer_that_does_not_count_is_not_shown():
    third = {"key": "third", "kind": "text", "words": "T", "show_if": only_if("why", "answered")}
    assert keys(path(made(NPS, WHY, third), {"nps": 9, "why": "left over"}).questions) == ["nps"]


def test_an_ending_cuts_the_way_short_for_those_whom_it_is_for():
    early = {"key": "early", "words": "Bye", "after": "nps", "when": only_if("nps", "is", "10")}
    found = made(NPS, MORE, endings=[early, {"key": "low", "words": "Sorry", "when": only_if("nps", "at_most", "3")}])
    assert (keys(path(found, {"nps": 10}).questions), path(found, {"nps": 10}).ending.key) == (["nps"], "early")
    assert (keys(path(found, {"nps": 2}).questions), path(found, {"nps": 2}).ending.key) == (["nps", "more"], "low")
    assert path(found, {"nps": 7}).ending is None


def test_a_page_is_cut_before_what_depends_on_it():
    assert [keys(page) for page in pages(made(NPS, MORE, USED))] == [["nps", "more", "used"]]
    assert [keys(page) for page in pages(made(NPS, USED, WHY, MORE))] == [["nps", "used"], ["why", "more"]]
    pipe = {"key": "again", "kind": "text", "words": "You said {nps}. Why?"}
    assert [keys(page) for page in pages(made(NPS, pipe))] == [["nps"], ["again"]]


def test_one_question_a_page():
    assert [keys(page) for page in pages(made(NPS, USED, MORE, layout="questions"))] == [["nps"], ["used"], ["more"]]


def test_a_page_on_which_nothing_is_shown_is_skipped_and_the_way_never_gets_longer():
    found = made(NPS, WHY, MORE, layout="questions")
    seen = [(place.number, place.done, place.left) for place in places(found, {"nps": 9})]
    assert seen == [(0, 0, 2), (2, 1, 0)]
    seen = [(place.number, place.done, place.left) for place in places(found, {"nps": 3})]
    assert seen == [(0, 0, 2), (1, 1, 1), (2, 2, 0)]


CHAIN = [{"key": "q0", "kind": "nps", "words": "Q0"}] + [
    {"key": f"q{n}", "kind": "nps", "words": f"Q{n}", "show_if": only_if(f"q{n // 2}", "at_least", str(n % 7))}
    for n in range(1, 9)
]


@given(st.lists(st.integers(0, 10), min_size=9, max_size=9), st.sampled_from(["one", "questions"]))
def test_progress_never_goes_back(grades, layout):
    found = made(*CHAIN, layout=layout)
    walked = places(found, {f"q{n}": grade for n, grade in enumerate(grades)})
    totals = [place.done + 1 + place.left for place in walked]
    assert totals == sorted(totals, reverse=True)
    assert [place.done for place in walked] == list(range(len(walked)))
    assert walked[-1].done + 1 <= totals[0]
