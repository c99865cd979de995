"""What a version changed of the one before it, and which numbers may be compared."""

import copy

import pytest

from survey.questionnaires.rules import parse
from survey.questionnaires.rules.changes import What, changes
from survey.questionnaires.rules.comparing import Verdict, comparisons

COLOURS = [{"value": "red", "words": "Red"}, {"value": "blue", "words": "Blue"}]
BASE = {
    "title": "How are we?",
    "intro": "Tell us.",
    "thanks": "Thank you.",
    "questions": [
        {"key": "nps", "kind": "nps", "words": "Would you recommend us?"},
        {"key": "colour", "kind": "choice", "words": "Which colour?", "settings": {"options": COLOURS}},
        {"key": "part", "kind": "section", "words": "The shop"},
        {"key": "rating", "kind": "rating", "words": "How good was it?"},
        {"key": "why", "kind": "text", "words": "Why?"},
    ],
    "endings": [{"key": "sorry", "words": "We are sorry.", "when": {"conditions": [{"question": "nps", "test": "at_most", "values": ["6"]}]}}],
    "translations": {"de": {"nps": {"words": "Empfehlen Sie uns?"}, "why": {"words": "Warum?"}}},
}  # fmt: skip
LOW = {"conditions": [{"question": "nps", "test": "at_most", "values": ["6"]}]}


def base():
    return copy.deepcopy(BASE)


def question(document, key):
    return next(one for one in document["questions"] if one["key"] == key)


def with_question(key, **changed):
    def change(document):
        question(document, key).update(changed)

    return change


def with_settings(key, **settings):
    def change(document):
        question(document, key).setdefault("settings", {}).update(settings)

    return change


def with_top(**changed):
    return lambda document: document.update(changed)


def with_german(place, **texts):
    def change(document):
        document["translations"]["de"].setdefault(place, {}).update(texts)

    return change


def added(document):
    document["questions"].append({"key": "new", "kind": "yesno", "words": "Again?"})


def removed(document):
    document["questions"].remove(question(document, "rating"))


def reordered(document):
    document["questions"].insert(0, document["questions"].pop())


def ended_early(document):
    document["endings"].append({"key": "off", "words": "Goodbye.", "after": "colour", "when": LOW})


GREEN = {"value": "green", "words": "Green"}
# What was done -> which changes are told: (what, key of the question), and a word that must stand in the details.
TABLE = [
    ("nothing", lambda document: None, [], ""),
    ("title", with_top(title="How is it?"), [(What.REWORDED, "")], "How are we?"),
    ("no intro before", with_top(intro=""), [(What.REWORDED, "")], "Tell us."),
    ("layout", with_top(layout="questions"), [(What.SETTINGS, "")], "all on one page"),
    ("language", with_top(language="fr"), [(What.SETTINGS, "")], "English"),
    ("order", reordered, [(What.ORDER, "")], "another order"),
    ("added", added, [(What.ADDED, "new")], ""),
    ("removed", removed, [(What.REMOVED, "rating")], ""),
    ("words", with_question("nps", words="Recommend?"), [(What.REWORDED, "nps")], "Would you recommend us?"),
    ("hint", with_question("nps", hint="Be frank."), [(What.REWORDED, "nps")], "there was none"),
    ("ends of the scale", with_settings("nps", low="Never"), [(What.REWORDED, "nps")], "it was"),
    ("section", with_question("part", words="The branch"), [(What.REWORDED, "part")], "The shop"),
    ("kind", with_question("nps", kind="ces", settings={}), [(What.MEASURE, "nps")], "measured"),
    ("scale", with_settings("rating", points=7), [(What.MEASURE, "rating")], "measured"),
    ("option added", with_settings("colour", options=[*COLOURS, GREEN]), [(What.OPTIONS, "colour")], "New: “Green”."),
    ("option gone", with_settings("colour", options=COLOURS[:1]), [(What.OPTIONS, "colour")], "Gone: “Blue”."),
    ("option reworded", with_settings("colour", options=[COLOURS[0], {"value": "blue", "words": "Navy"}]),
     [(What.OPTIONS, "colour")], "“Navy” was “Blue”."),
    ("options moved", with_settings("colour", options=COLOURS[::-1]), [(What.OPTIONS, "colour")], "another order"),
    ("several", with_settings("colour", several=True), [(What.SETTINGS, "colour")], "it was off"),
    ("needed", with_question("why", is_required=True), [(What.NEEDED, "why")], "no more"),
    ("condition", with_question("why", show_if=LOW), [(What.LOGIC, "why")], "Not everybody"),
    ("condition of a section", with_question("part", show_if=LOW),
     [(What.LOGIC, "part"), (What.LOGIC, "rating"), (What.LOGIC, "why")], "Not everybody"),
    ("early ending", ended_early,
     [(What.ENDINGS, ""), (What.LOGIC, "part"), (What.LOGIC, "rating"), (What.LOGIC, "why")], "Goodbye."),
    ("ending reworded", lambda document: document["endings"][0].update(words="Sorry."), [(What.ENDINGS, "")], "We are sorry."),
    ("ending for others", lambda document: document["endings"][0].update(when=None), [(What.ENDINGS, "")], "other people"),
    ("ending gone", lambda document: document["endings"].clear(), [(What.ENDINGS, "")], "Taken away"),
    ("language added", lambda document: document["translations"].update(fr={"why": {"words": "Pourquoi ?"}}),
     [(What.TRANSLATED, "")], "Français"),
    ("language gone", lambda document: document["translations"].clear(), [(What.TRANSLATED, "")], "Deutsch"),
    ("text translated", with_german("rating", words="Wie gut war es?"), [(What.TRANSLATED, "rating")], "translated now"),
    ("translation gone", lambda document: document["translations"]["de"].pop("why"), [(What.TRANSLATED, "why")], "gone"),
    ("translation reworded", with_german("why", words="Weshalb?"), [(What.REWORDED, "why")], "Deutsch: it was “Warum?”."),
    ("title translated", with_german("", title="Wie geht es?"), [(What.TRANSLATED, "")], "translated now"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "found", "said"), TABLE, ids=[row[0] for row in TABLE])
def test_every_change_is_told_and_nothing_else(name, change, found, said):
    document = base()
    change(document)
    told = changes(parse(document), parse(base()))
    assert [(one.what, one.key) for one in told] == found
    assert all(one.label for one in told)
    assert said in " ".join(detail for one in told for detail in one.details)


def versions(*steps):
    """The first version, and one more after each change."""
    document, found = base(), [(1, parse(base()))]
    for number, change in enumerate(steps, start=2):
        change(document)
        found.append((number, parse(document)))
    return found


def verdicts(*steps):
    return {one.question.key: (one.verdict, one.words) for one in comparisons(versions(*steps))}


def test_what_was_asked_alike_may_be_compared():
    assert verdicts(with_top(title="Another title"))["nps"] == (
        Verdict.YES,
        "Yes: asked in the same way in all of them.",
    )
    assert set(verdicts(added)) == {"nps", "colour", "rating", "why", "new"}


@pytest.mark.parametrize(("steps", "key", "verdict", "said"), [
    ((with_question("nps", words="Recommend?"),), "nps", Verdict.CARE, "With care: reworded in version 2."),
    ((with_german("why", words="Weshalb?"),), "why", Verdict.CARE, "reworded in version 2"),
    ((with_settings("colour", options=[*COLOURS, GREEN]),), "colour", Verdict.CARE, "other answers to choose from in version 2"),
    ((with_question("part", show_if=LOW),), "rating", Verdict.CARE, "asked of other people since version 2"),
    ((with_question("why", is_required=True),), "why", Verdict.YES, "Yes"),
    ((reordered,), "why", Verdict.YES, "Yes"),
    ((added,), "new", Verdict.PARTLY, "Asked since version 2 only."),
    ((removed,), "rating", Verdict.PARTLY, "Asked up to version 1 only."),
    ((added, with_question("new", words="Once more?")), "new", Verdict.CARE,
     "Asked since version 2 only. With care: reworded in version 3."),
    ((removed, lambda document: document["questions"].append(BASE["questions"][3])), "rating", Verdict.PARTLY, "Not asked in version 2."),
    ((with_settings("rating", points=7),), "rating", Verdict.NO, "No: it is measured in another way since version 2."),
])  # fmt: skip
def test_what_changed_is_compared_with_care_or_in_part(steps, key, verdict, said):
    found = verdicts(*steps)[key]
    assert found[0] == verdict
    assert said in found[1]
