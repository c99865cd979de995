from uuid import UUID

import pytest

from survey.foundation import jobs
from survey.foundation.db import _writing, db, write
from survey.organisation.models import Organisation
from survey.responses.actions import vouch
from survey.responses.models import Response
from survey.text import jobs as text_jobs
from survey.text.jobs import read_responses
from survey.text.queries import comments_of
from tests.factories.counted import answer, make_survey


@pytest.fixture
def survey(heard):
    return make_survey()


def _read(survey, words, **answers):
    id = answer(survey, {"why": words, **answers})
    read_responses([id])
    return comments_of([id])[0]


def test_the_worker_reads_what_people_wrote(survey, heard):
    comment = _read(survey, "The waiting time was terrible and nobody answered the phone.", nps=1)
    assert (comment.sentiment, comment.text_sentiment) == ("negative", "negative")
    assert "A2" in [reason.code for reason in comment.reasons]
    assert "terrible" in comment.signal_words
    assert comment.keywords
    assert heard[0].sentiment == "negative"


def test_words_that_do_not_tell_give_no_signal(survey):
    comment = _read(survey, "n/a")
    assert (comment.sentiment, comment.reasons) == ("none", [])


def test_a_language_we_cannot_read_is_not_scored(survey):
    comment = _read(survey, "L'accueil était vraiment désagréable et nous avons attendu longtemps.")
    assert comment.sentiment == "not_scored"


def test_the_name_of_the_organisation_says_nothing(survey):
    def name():
        db.session.merge(Organisation(id=1, name="Perfect Parcel"))

    write(name)
    comment = _read(survey, "I wrote to Perfect Parcel about the invoice.")
    assert (comment.sentiment, comment.signal_words) == ("none", [])
    assert not {"perfect", "parcel"} & set(" ".join(comment.keywords).split())


def test_reading_again_tells_nothing_new(survey, heard):
    id = answer(survey, {"why": "The staff were lovely."})
    for _ in range(2):
        read_responses([id])
    assert [event.was for event in heard] == [None]


def test_responses_without_comments_or_that_have_gone_are_passed_over(survey, heard):
    read_responses([answer(survey, {"nps": 3}), UUID(int=7)])
    assert heard == []


def test_one_comment_that_breaks_the_reader_does_not_stop_the_others(survey, monkeypatch):
    ids = [answer(survey, {"why": words}) for words in ("The staff were lovely.", "boom", "The staff were rude.")]
    real = text_jobs.read

    def fragile(text, **how):
        if text == "boom":
            raise RuntimeError("no")
        return real(text, **how)

    monkeypatch.setattr(text_jobs, "read", fragile)
    write(lambda: [jobs.add("read_response", id) for id in ids])
    assert jobs.drain({"read_response": read_responses}) == 3
    assert {comment.text: (comment.sentiment, comment.trouble) for comment in comments_of(ids)} == {
        "The staff were lovely.": ("positive", None),
        "boom": ("not_scored", "RuntimeError"),
        "The staff were rude.": ("negative", None),
    }


def test_reading_happens_while_others_may_write(survey, monkeypatch):
    id = answer(survey, {"why": "The staff were lovely."})
    real = text_jobs.read
    seen = []

    def watched(text, **how):
        seen.append(_writing.get() is not None)
        return real(text, **how)

    monkeypatch.setattr(text_jobs, "read", watched)
    read_responses([id])
    assert seen == [False]


# ---- the same words again -----------------------------------------------------------------------------------------------

PILLS = "Buy the very best pills at our shop today, my friend"


def _doubts(*ids):
    db.session.rollback()
    return [db.session.get_one(Response, id).doubts for id in ids]


def test_all_but_the_first_who_say_the_same_in_many_words_are_doubted(survey):
    first = answer(survey, {"why": PILLS})
    read_responses([first])
    again, other = answer(survey, {"why": f"  {PILLS.upper()}!"}), answer(survey, {"why": f"{PILLS} and my family"})
    read_responses([again, other])
    assert _doubts(first, again, other) == [[], ["duplicate"], []]


def test_copies_that_are_read_together_are_doubted_too_and_none_twice(survey):
    ids = [answer(survey, {"why": PILLS}) for _ in range(3)]
    for _ in range(2):
        read_responses(ids)
    assert _doubts(*ids) == [[], ["duplicate"], ["duplicate"]]


def test_few_words_and_words_of_another_survey_are_chance(survey):
    short, elsewhere = [answer(survey, {"why": "Very friendly"}) for _ in range(2)], make_survey("winter")
    far = [answer(survey, {"why": PILLS}), answer(elsewhere, {"why": PILLS})]
    read_responses([*short, *far])
    assert _doubts(*short, *far) == [[], [], [], []]


def test_the_team_s_word_stands_when_the_worker_reads_again(survey):
    ids = [answer(survey, {"why": PILLS}) for _ in range(2)]
    read_responses(ids)
    write(lambda: vouch(db.session.get_one(Response, ids[1])))
    read_responses(ids)
    assert _doubts(*ids) == [[], []]
