"""The edit page: every button saves all that was typed; two people at once overwrite nothing of each other."""

import html5lib
import pytest

from survey.access.models import AuditEntry
from survey.foundation.db import db, write
from survey.questionnaires import actions, queries
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules import as_document
from tests.factories.drafts import NOW, change, make_survey
from tests.factories.forms import form_values
from tests.factories.people import make_user, sign_in

EDIT = "/surveys/how/edit"


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture
def staff(client):
    """A browser of somebody of the staff, with the satisfaction survey as “how”: nps, reason, rating."""
    sign_in(client, "staff", user=make_user(client.application, "staff", name="Ada"))
    make_survey()
    return client


@pytest.fixture
def other(app, staff):
    """The browser of somebody else."""
    client = app.test_client()
    sign_in(client, "staff", user=make_user(app, "staff", name="Bo"))
    return client


def form(client, **changes):
    """What the form of the page sends as a browser would, with changes; "__" stands for a dot, "_0_" for what is between dots."""
    kept = form_values(client.get(EDIT).text, "draft")
    return kept | {name.replace("__", "."): value for name, value in changes.items()}


def save(client, sent=None, *, do="save", by_itself=False, **changes):
    """Send the form of the page (as it was opened before, where it is given), with a button."""
    sent = {**(sent if sent is not None else form(client)), "do": do}
    sent |= {name.replace("__", "."): value for name, value in changes.items()}
    headers = {"X-Autosave": "yes"} if by_itself else {}
    answer = client.post(EDIT, data=sent, headers=headers)
    db.session.expire_all()
    return answer


def draft():
    db.session.expire_all()
    return queries.draft_of(queries.survey_by_slug("how"))


def keys():
    return [question.key for question in draft().questions]


def only(*conditions, match="all"):
    return {"match": match, "conditions": [{"question": q, "test": t, "values": list(v)} for q, t, v in conditions]}


def set_up(**of_questions):
    """Change questions of the stored draft: key -> what to change in its document."""
    document = as_document(draft())
    document["questions"] = [one | of_questions.get(one["key"], {}) for one in document["questions"]]
    change("how", lambda survey: actions.save_draft(survey, document, now=NOW))


# ---- saving ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_saving_an_untouched_page_changes_nothing(staff):
    make_survey("exit", slug="bye")
    for slug in ("how", "bye"):
        before = queries.survey_by_slug(slug)
        document, changed_at = before.draft, before.changed_at
        address = f"/surveys/{slug}/edit"
        assert staff.post(address, data=form_values(staff.get(address).text, "draft")).status_code == 303
        db.session.expire_all()
        after = queries.survey_by_slug(slug)
        assert (after.draft, after.changed_at) == (document, changed_at)


def test_every_button_saves_what_was_typed(staff):
    for do, expected in [
        ("down:nps", ["reason", "nps", "rating"]),
        ("up:rating", ["reason", "rating", "nps"]),
        ("copy:rating", ["reason", "rating", "rating_2", "nps"]),
        ("remove:reason", ["rating", "rating_2", "nps"]),
        ("undo", ["reason", "rating", "rating_2", "nps"]),
        ("add:choice:rating", ["reason", "rating", "choice", "rating_2", "nps"]),
        ("add:text:", ["reason", "rating", "choice", "rating_2", "nps", "text"]),
        ("below:rating", ["reason", "rating", "choice", "rating_2", "nps", "text"]),
        ("add-ending", ["reason", "rating", "choice", "rating_2", "nps", "text"]),
    ]:
        assert save(staff, do=do, nps__words=f"Before {do}").status_code == 303
        assert keys() == expected
        assert draft().question("nps").words == f"Before {do}"


def test_a_mistake_keeps_everything_that_was_typed_and_the_rest_is_saved(staff):
    answer = save(staff, title="Kept title", rating__points="99", do="remove:nps")
    assert answer.status_code == 422
    assert 'value="99"' in answer.text
    assert "from 3 to 10" in answer.text
    assert "but for what is marked" in answer.text
    assert draft().title == "Kept title"
    assert draft().question("rating").settings["points"] == 5
    assert "nps" in keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_can_be_added_copied_and_saved(sqlite_app, kind):
    client = sqlite_app.test_client()
    sign_in(client, "staff")
    make_survey()
    for do in (f"add:{kind}:nps", "save", f"copy:{keys_after(kind)}"):
        assert save(client, do=do).status_code == 303
    added, copied = draft().questions[1:3]
    assert added.kind == copied.kind == kind
    assert (added.words, added.settings) == (copied.words, copied.settings)


def keys_after(kind):
    return f"{kind}_2" if kind in ("nps", "rating") else kind


def test_a_refused_button_saves_what_was_typed(staff):
    answer = save(staff, do="add:star:", title="Kept title")
    assert answer.status_code == 422
    assert "Choose what kind of question to add." in answer.text
    assert draft().title == "Kept title"


def test_layout_language_and_thanks_are_kept(staff):
    assert save(staff, layout="questions", language="de", thanks="Danke").status_code == 303
    assert (draft().layout, draft().language, draft().thanks) == ("questions", "de", "Danke")
    document = as_document(draft()) | {"translations": {"fr": {"": {"title": "Ça va ?"}}}}
    change("how", lambda survey: actions.save_draft(survey, document, now=NOW))
    answer = save(staff, language="fr")
    assert answer.status_code == 422
    assert "There is a translation into this language" in answer.text
    assert draft().language == "de"


def test_a_long_survey_can_be_edited(staff):
    document = as_document(draft())
    words = "ü" * 290
    options = [{"value": f"o{number}", "words": f"{words[:190]}{number}"} for number in range(30)]
    document["questions"] = [
        {"key": f"c{n}", "kind": "choice", "words": words, "hint": words, "settings": {"options": options}}
        for n in range(50)
    ]
    change("how", lambda survey: actions.save_draft(survey, document, now=NOW))
    assert save(staff, c49__words="Short").status_code == 303
    assert draft().question("c49").words == "Short"


# ---- taking away, moving and what depends on it ---------------------------------------------------------------------


def test_what_was_taken_away_comes_back_as_it_was(staff):
    set_up(reason={"show_if": only(("nps", "at_most", ["6"]))})
    document = as_document(draft()) | {"translations": {"de": {"reason": {"words": "Warum?"}}}}
    change("how", lambda survey: actions.save_draft(survey, document, now=NOW))
    before = queries.survey_by_slug("how").draft
    save(staff, do="remove:reason")
    assert keys() == ["nps", "rating"]
    assert draft().translations == {"de": {}}
    page = staff.get(EDIT).text
    assert "was taken out" in page
    save(staff, do="undo")
    assert queries.survey_by_slug("how").draft == before
    assert "was taken out" not in staff.get(EDIT).text
    assert save(staff, do="undo").status_code == 303
    assert queries.survey_by_slug("how").draft == before


def test_a_key_that_may_come_back_is_not_given_to_another_question(staff):
    save(staff, do="add:choice:")
    save(staff, do="remove:choice")
    save(staff, do="add:choice:")
    assert keys()[-1] == "choice_2"
    save(staff, do="undo")
    assert keys()[-2:] == ["choice", "choice_2"]


def test_what_breaks_is_said_and_still_done(staff):
    set_up(rating={"show_if": only(("reason", "answered", []))})
    for do, says in [("remove:reason", "not there any more"), ("undo", ""), ("down:reason", "does not come before it")]:
        save(staff, do=do)
        page = staff.get(EDIT).text
        assert ("This does not fit any more" in page) is bool(says)
        assert says in page
    assert keys() == ["nps", "rating", "reason"]


def test_a_question_is_added_at_the_place_where_it_is_wanted(staff):
    answer = save(staff, do="below:nps")
    assert answer.headers["Location"] == f"{EDIT}?add=nps#add"
    page = html5lib.parse(staff.get(f"{EDIT}?add=nps").text, namespaceHTMLElements=False)
    buttons = [button.get("value") for button in page.iter("button") if (button.get("value") or "").startswith("add:")]
    assert buttons == [f"add:{kind}:nps" for kind in KINDS]


# ---- conditions, endings, pipes -------------------------------------------------------------------------------------


def test_a_condition_is_made_in_two_steps_without_javascript(staff):
    sent = form(staff)
    assert [name for name in sent if name.startswith("nps.if")] == []  # nothing comes before it
    assert {"reason.if.match", "reason.if.0.question", "reason.if.1.question"} <= set(sent)
    save(staff, sent, **{"reason.if.0.question": "nps", "reason.if.0.test": "is"})
    assert draft().question("reason").show_if.conditions[0].values == ()
    page = staff.get(EDIT).text
    assert "names no answer" in page
    save(staff, **{"reason.if.0.is.3": "yes", "reason.if.0.is.4": "yes"})
    assert draft().question("reason").show_if.conditions[0].values == ("3", "4")
    assert "only if 1 is 3 or 4" in staff.get(EDIT).text


def test_conditions_are_compared_added_and_dropped(staff):
    save(staff, **{"rating.if.match": "any", "rating.if.0.question": "nps", "rating.if.0.test": "at_most",
                   "rating.if.1.question": "reason", "rating.if.1.test": "is"})  # fmt: skip
    save(staff, **{"rating.if.0.bound": "6"})
    when = draft().question("rating").show_if
    assert when.match == "any"
    assert [(one.question, one.test, one.values) for one in when.conditions] == [
        ("nps", "at_most", ("6",)),
        ("reason", "answered", ()),
    ]
    assert "only if 1 is at most 6 or 2 was answered" in staff.get(EDIT).text
    save(staff, **{"rating.if.0.question": ""})
    assert [one.question for one in draft().question("rating").show_if.conditions] == ["reason"]
    save(staff, **{"rating.if.0.question": ""})
    assert draft().question("rating").show_if is None


def test_a_condition_about_what_is_gone_stays_until_somebody_drops_it(staff):
    set_up(reason={"show_if": only(("gone", "is", ["x"]), ("nps", "is", ["3"]))})
    before = queries.survey_by_slug("how").draft
    save(staff)
    assert queries.survey_by_slug("how").draft == before
    save(staff, **{"reason.if.0.question": ""})
    assert [one.question for one in draft().question("reason").show_if.conditions] == ["nps"]


def test_an_answer_that_is_not_offered_any_more_is_shown_in_its_condition(staff):
    save(staff, do="add:choice:nps")
    save(staff, **{"choice.options.+0": "Red", "choice.options.+1": "Blue"})
    save(staff, **{"reason.if.0.question": "choice", "reason.if.0.test": "is", "reason.if.0.is.red": "yes"})
    save(staff, **{"choice.options.red": ""})
    page = staff.get(EDIT).text
    assert "red (not offered any more)" in page
    assert "that is not offered: red" in page


def test_endings_are_written_placed_and_taken_away(staff):
    save(staff, do="add-ending")
    save(staff, **{"ending-ending.words": "Sorry", "ending-ending.after": "nps", "ending-ending.if.0.question": "nps",
                   "ending-ending.if.0.test": "at_most"})  # fmt: skip
    save(staff, **{"ending-ending.if.0.bound": "3"})
    ending = draft().endings[0]
    assert (ending.words, ending.after, ending.when.conditions[0].values) == ("Sorry", "nps", ("3",))
    assert "ends it after 1 · only if 1 is at most 3" in " ".join(staff.get(EDIT).text.split())
    save(staff, do="remove-ending:ending")
    assert draft().endings == ()
    save(staff, do="undo")
    assert draft().endings == (ending,)


def test_an_earlier_answer_is_put_into_the_words(staff):
    save(staff, do="pipe:reason", **{"reason.pipe": "nps", "reason.words": "Why"})
    assert draft().question("reason").words == "Why {nps}"
    assert "repeats the answer to 1" in staff.get(EDIT).text
    save(staff, do="up:reason")
    assert "which does not come before it" in staff.get(EDIT).text


# ---- two at once ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_two_who_change_different_questions_keep_both(staff, other):
    mine = form(staff)
    save(other, nps__words="Theirs", do="down:nps")
    save(other, do="add:text:")
    assert save(staff, mine, rating__words="Mine", title="My title").status_code == 303
    assert keys() == ["reason", "nps", "rating", "text"]
    assert [draft().question(key).words for key in ("nps", "rating")] == ["Theirs", "Mine"]
    assert draft().title == "My title"
    assert "it is here too (Bo, at" in staff.get(EDIT).text


@pytest.mark.parametrize(("choice", "words"), [
    ("mine", ["Mine", "", ""]), ("theirs", ["Theirs", "", ""]), ("both", ["Theirs", "Mine", ""]),
])  # fmt: skip
def test_two_who_change_the_same_question_are_asked_whose_to_keep(staff, other, choice, words):
    mine = form(staff)
    save(other, nps__words="Theirs")
    answer = save(staff, mine, nps__words="Mine", rating__words="Saved all the same")
    assert answer.status_code == 409
    assert "Bo, at " in answer.text
    assert "Theirs" in answer.text
    assert draft().question("nps").words == "Theirs"
    assert draft().question("rating").words == "Saved all the same"
    again = form_values(answer.text, "draft")
    assert again["nps.words"] == "Mine"
    assert save(staff, again).status_code == 409  # nobody has chosen yet
    assert draft().question("nps").words == "Theirs"
    assert save(staff, again, **{"whose-nps": choice}).status_code == 303
    assert [question.words for question in draft().questions if question.kind == "nps"] == [
        word for word in words if word
    ]


def test_who_changed_it_again_meanwhile_is_not_overwritten_either(staff, other):
    mine = form(staff)
    save(other, nps__words="Theirs")
    again = form_values(save(staff, mine, nps__words="Mine").text, "draft")
    save(other, nps__words="Theirs again")
    answer = save(staff, again, **{"whose-nps": "mine"})
    assert answer.status_code == 409
    assert "Theirs again" in answer.text
    assert draft().question("nps").words == "Theirs again"


@pytest.mark.parametrize(("choice", "is_there"), [("mine", True), ("theirs", False)])
def test_a_question_that_somebody_took_away_while_it_was_changed(staff, other, choice, is_there):
    mine = form(staff)
    save(other, do="remove:reason")
    answer = save(staff, mine, reason__words="Mine")
    assert answer.status_code == 409
    assert "They took it out." in answer.text
    again = form_values(answer.text, "draft")
    assert save(staff, again, **{"whose-reason": choice}).status_code == 303
    assert keys() == (["nps", "reason", "rating"] if is_there else ["nps", "rating"])


def test_a_question_that_somebody_took_away_untouched_is_gone(staff, other):
    mine = form(staff)
    save(other, do="remove:reason")
    assert save(staff, mine, title="Mine").status_code == 303
    assert keys() == ["nps", "rating"]


@pytest.mark.usefixtures("both_databases")
def test_answers_added_at_once_to_one_question_are_not_lost(staff, other):
    save(staff, do="add:choice:")
    mine = form(staff)
    save(other, **{"choice.options.+0": "Theirs"})
    answer = save(staff, mine, **{"choice.options.+0": "Mine"})
    assert answer.status_code == 409
    again = form_values(answer.text, "draft")
    save(staff, again, **{"whose-choice": "mine", "choice.options.+0": "More"})
    assert [option["words"] for option in draft().question("choice").settings["options"]] == ["Mine", "More"]


def test_who_edits_is_written_down_once(staff, other):
    for client, words in ((staff, "A"), (staff, "B"), (other, "C"), (other, "C"), (staff, "D")):
        save(client, title=words)
    found = write(lambda: db.session.query(AuditEntry).filter_by(what="survey edited", subject="how").count())
    assert found == 3


# ---- saved by itself ------------------------------------------------------------------------------------------------


def part(answer):
    return html5lib.parse(answer.text, namespaceHTMLElements=False).find(".//div[@id='saved-part']")


def test_what_is_saved_by_itself_answers_with_what_to_put_in_place(staff):
    answer = save(staff, by_itself=True, nps__words="Don’t you agree that we are great?")
    assert answer.status_code == 200
    assert draft().question("nps").words == "Don’t you agree that we are great?"
    found = part(answer)
    assert found.get("data-rearranged") is None
    ids = {element.get("id") for element in found.iter() if element.get("id")}
    assert {"saved", "seen", "shown", "line-nps", "body-nps", "said-nps", "line-rating", "said-rating"} <= ids
    assert "body-rating" not in ids
    assert "suggests an answer" in answer.text
    assert "<html" not in answer.text


def test_saving_by_itself_marks_what_is_wrong_and_saves_the_rest(staff):
    answer = save(staff, by_itself=True, title="Kept", rating__points="99")
    assert answer.status_code == 422
    assert "body-rating" in answer.text
    assert "from 3 to 10" in answer.text
    assert draft().title == "Kept"


def test_saving_by_itself_says_when_somebody_else_was_there(staff, other):
    mine = form(staff)
    save(other, nps__words="Theirs")
    answer = save(staff, mine, by_itself=True, title="Mine")
    assert answer.status_code == 200
    assert "body-nps" in answer.text  # whose inputs show their words now
    assert "with other changes (Bo, at" in answer.text
    answer = save(staff, mine, by_itself=True, nps__words="Mine")
    assert answer.status_code == 409
    assert part(answer).get("data-clashes") == "nps"
    save(other, do="down:nps")
    assert part(save(staff, mine, by_itself=True)).get("data-rearranged") is not None


def test_a_form_without_an_input_of_a_question_leaves_it_alone(staff):
    sent = {name: value for name, value in form(staff).items() if not name.startswith("reason.")}
    save(staff, sent, title="Mine")
    assert draft().question("reason").words


def test_a_form_that_was_tampered_with_is_taken_as_made_from_the_draft(staff):
    for seen in ("", "x", "eJwrSS0uAQAEXQHB", "ä"):
        assert save(staff, seen=seen, title="Mine").status_code == 303
    assert draft().title == "Mine"


def test_what_cannot_be_stored_at_all_comes_back_as_it_was_typed(staff):
    mine = form(staff)
    change("how", lambda survey: actions.close(survey, now=NOW))
    change("how", lambda survey: actions.archive(survey, now=NOW))
    answer = save(staff, mine, nps__words="Kept on the page")
    assert answer.status_code == 422
    assert "It is archived" in answer.text
    again = form_values(answer.text, "draft")
    assert again["nps.words"] == "Kept on the page"
    assert "Not saved: It is archived" in save(staff, mine, by_itself=True, nps__words="Kept").text
    change("how", actions.unarchive)
    assert save(staff, again).status_code == 303
    assert draft().question("nps").words == "Kept on the page"
