import dataclasses
import socket
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.reasons.rules import REASONS, wordings_of
from survey.text.rules import (
    READER_VERSION,
    Sentiment,
    accuracy_and_macro_f1,
    clauses,
    is_non_answer,
    keyword_key,
    keywords,
    language_of,
    normalise,
    read,
)
from survey.text.rules.evidence import ReasonBook

TRAPS = [
    *((Sentiment.NEGATIVE, text) for text in (
        # praise that is denied
        "hardly a success", "Nobody has been able to tell me anything useful", "no one seems to care about us",
        "I wish the form was simple and clear", "It would be great if the scanner worked", "not good",
        "I don't think the people there are friendly or kind", "I would not say it was good", "far from perfect",
        "it wasn't a great experience", "I never felt welcome", "staff were not helpful",
        "Never once did anyone ring me to say sorry or thanks", "I can't say I am impressed with any of it",
        # leaving
        "they leave me no choice, I am switching to someone else", "I want a refund", "give me my money back",
        "last time I ever shop here", "would not buy again", "never again",
        # no word of feeling in it
        "waited 5 days for an answer", "waited 3 weeks for a reply", "the site crashes every time", "Rent went up 30%",
        "more parking", "too noisy", "far too expensive", "Overpriced", "clunky interface", "slow", "understaffed",
        "on hold for 45 minutes", "my parcel arrived late", "nobody picked up", "still waiting for my order",
        # words that mean something else here
        "it feels cheap and flimsy", "Please advise", "Thanks for nothing", "Kindly fix the bug",
        # irony that gives itself away
        "Great, another outage. Just what I needed", "Only 2 hours on hold, impressive", "what a joke",
        "Good luck getting your money back", "Yeah right, excellent service",
        # emoji, spelling, shouting, punctuation
        "👎", "😡", "terrible 😡", "awfull food", "TERRIBLE", "I don’t like it", "I don't like it", "terrible,awful",
    )),
    *((Sentiment.POSITIVE, text) for text in (
        # complaints that are denied
        "No complaints", "No problems whatsoever", "never had any trouble", "it couldn't have been better",
        "I cannot thank Peter enough", "No worries, no bugs, zero downtime", "nothing to complain about",
        "not bad at all", "can't fault the crew", "could not fault the crew", "I couldn't ask for more",
        "no waiting", "never had to wait",
        "Would order again", "I'll definitely be back, would recommend", "five stars", "10/10", "fast and simple",
        "on time", "easy to book", "cheap prices", "killer feature, love it", "the cake is to die for", "low prices",
        "👍", "😊😊", "❤️", "excelent crew", "(great)", '"great"', "“great”", "great…", "great!)",
    )),
    *((Sentiment.NONE, text) for text in (
        "we fight fraud and crime in the area", "The cancer ward is on floor two", "I need help with my claim",
        "I called the customer care number", "my insurance policy number is on the letter",
        "the support desk is on the second floor", "the security desk at the gate", "The meeting is on Tuesday",
        "my father passed away in March", "We moved to another city",
        "No", "ok", "n/a", "Nothing", "-", "asdfgh", "none", "",
    )),
    *((Sentiment.MIXED, text) for text in (
        "Great food but the service was awful and slow", "Everything was perfect except nobody answered the phone",
        "Lovely room. The shower was filthy.", "Staff are kind, however the wait is terrible", "good/bad",
        "good app but it crashes",
    )),
    *((Sentiment.NOT_SCORED, text) for text in (
        "Le service est rapide et très bon",
        "La atención fue muy mala", "Il servizio è stato molto buono", "De bezorging was erg goed en snel",
        "Obsługa była bardzo miła i pomocna", "Все было отлично и очень быстро", "とても良いサービスでした",
    )),
]  # fmt: skip

SOUNDS_LIKE = [
    ("you put the price up again", "P2"),
    ("far too expensive for what it is", "P1"),
    ("there were hidden fees on my bill", "P3"),
    ("new customers get it cheaper", "P4"),
    ("it kept breaking down", "S1"),
    ("you don't stock my size", "S3"),
    ("I preferred the old version", "S4"),
    ("I was charged twice", "S5"),
    ("staff were rude", "E1"),
    ("nobody answers the phone", "E2"),
    ("they did not call me back", "E2"),
    ("passed around between four people who had no idea", "E3"),
    ("we're too small for you", "E4"),
    ("reported it twice, still not fixed", "R1"),
    ("had to fight for my refund", "R2"),
    ("they refused to refund me", "R3"),
    ("it is too far and there is no parking", "A1"),
    ("waited twenty minutes for a machine", "A2"),
    ("I don't know why I had to wait so long", "A2"),
    ("couldn’t set it up, the website is a maze", "A3"),
    ("got a better deal elsewhere", "X1"),
    ("switched to another provider", "X2"),
    ("my friend recommended another gym", "X3"),
    ("we built our own", "X4"),
    ("your salesman misled me", "T1"),
    ("it was against your policy", "T2"),
    ("I joined the boycott", "T3"),
    ("the project is finished", "N1"),
    ("we have a new baby and no time", "N2"),
    ("taking a break, back in spring", "N3"),
    ("my husband passed away", "U1"),
    ("we moved to another town", "U2"),
    ("I lost my job", "U3"),
    ("our company ceased trading", "U4"),
    ("you closed our branch", "U5"),
    ("my card expired", "B"),
]

SOUNDS_UNLIKE = [
    ("no waiting", "A2"),
    ("never had to wait", "A2"),
    ("we did not have to wait at all", "A2"),
    ("the waiting time was short", "A2"),
    ("a short wait", "A2"),
    ("well worth the wait", "A2"),
    ("not too expensive", "P1"),
    ("staff were never rude", "E1"),
    ("no hidden fees", "P3"),
    ("it has not broken once, no faults", "S1"),
]


@pytest.mark.parametrize(("sentiment", "text"), TRAPS, ids=[text or "empty" for _, text in TRAPS])
def test_words_are_read_as_people_mean_them(sentiment, text):
    assert read(text).text_sentiment is sentiment


@pytest.mark.parametrize(("text", "code"), SOUNDS_LIKE)
def test_a_comment_suggests_its_reason(text, code):
    assert code in dict(read(text).reasons)


@pytest.mark.parametrize(("text", "code"), SOUNDS_UNLIKE)
def test_a_denied_reason_is_not_suggested(text, code):
    assert code not in dict(read(text).reasons)


@pytest.mark.parametrize("text", ["Lovely people, thank you", "The meeting is on Tuesday", "n/a", ""])
def test_no_reason_is_suggested_where_nothing_fires(text):
    assert read(text).reasons == ()


def test_reasons_are_few_and_the_surest_is_first():
    text = "Waited two hours, queue out of the door, staff were rude, too expensive, website is confusing, no parking"
    confidences = [confidence for _, confidence in read(text).reasons]
    assert len(confidences) == 3
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < confidence < 1 for confidence in confidences)


def test_every_phrase_of_the_taxonomy_can_be_found_in_its_own_words():
    book = ReasonBook(wordings_of(REASONS))
    for reason in REASONS.values():
        for phrase in reason.phrases:
            said = " ".join(_one_way_to_say(step) for step in phrase.split() if step != "..")
            assert reason.code in book.evidence(said), f"{reason.code}: {phrase} as “{said}”"


def _one_way_to_say(step: str) -> str:
    first = step.split("|")[0]
    return "7" if first == "#" else first.removesuffix("*")


def test_a_rating_moves_the_sentiment_but_not_that_of_the_text():
    low, none, high = (read("It was as I had thought", rating=rating) for rating in (-1, None, 1))
    assert {one.text_sentiment for one in (low, none, high)} == {Sentiment.NONE}
    assert (low.sentiment, none.sentiment, high.sentiment) == (Sentiment.NEGATIVE, Sentiment.NONE, Sentiment.POSITIVE)


def test_a_high_score_with_an_angry_text_keeps_the_angry_text():
    reading = read("Terrible, rude and slow", rating=1)
    assert reading.text_sentiment is Sentiment.NEGATIVE


@pytest.mark.parametrize(
    ("asks_for", "sentiment"),
    [("faults", Sentiment.POSITIVE), ("praise", Sentiment.NEGATIVE), ("open", Sentiment.NONE)],
)
def test_nothing_means_what_the_question_asked_for(asks_for, sentiment):
    reading = read("Nothing", asks_for=asks_for)
    assert (reading.sentiment, reading.text_sentiment) == (sentiment, Sentiment.NONE)


def test_what_should_improve_is_heard_as_a_fault():
    assert read("the checkout is a good page", asks_for="faults").score < read("the checkout is a good page").score


def test_beginning_with_nothing_turns_the_question_round():
    assert read("None. All as before", asks_for="faults", rating=0).score > 0


@pytest.mark.parametrize("rating", [float("nan"), float("inf"), -99.0])
def test_an_odd_rating_harms_nothing(rating):
    assert -1 <= read("fine", rating=rating).score <= 1


def test_another_language_is_never_scored_but_a_non_answer_is_understood():
    assert read("La livraison était super rapide", language="fr").sentiment is Sentiment.NOT_SCORED
    assert read("great", language="fr").sentiment is Sentiment.NOT_SCORED
    assert read("n/a", language="de").sentiment is Sentiment.NONE
    assert read("Die Lieferung war super").language == "de"
    assert read("great service", language="en-GB").language == "en-GB"


def test_two_words_are_given_the_benefit_of_the_doubt():
    assert language_of("Excellent staff", "en") == "en"
    assert language_of("Die Lieferung war schlecht", "en") == "de"


def test_the_organisations_own_name_says_nothing_about_it():
    assert read("Perfect sent my order", own_names=["Perfect"]).text_sentiment is Sentiment.NONE
    assert "acme" not in keywords("Acme bread, Acme rolls", own_names=["Acme"])


def test_the_words_that_carried_it_are_shown_as_typed():
    assert read("The crew was FRIENDLY but I don’t like the queue").signal_words == ("friendly", "don't like", "queue")


def test_keywords_are_few_topics_before_opinions_without_stop_words():
    found = keywords("The changing rooms were dirty and the changing rooms cold. Great swimming lessons and the pool")
    assert found[0] == "changing rooms"
    assert len(found) == 4
    assert not {"the", "and", "were"} & set(found)


def test_keywords_of_one_stem_are_counted_together():
    assert keyword_key("Waiting times") == keyword_key("waiting time")


def test_clauses_part_at_ends_lines_and_contrast():
    assert clauses("Kind staff.The wait\nwas long, but worth it") == (
        "Kind staff", "The wait", "was long", "but worth it",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["n/a", "N.A.", "none", "Nothing.", "-", "...", "?", "xxx", "aaaa", "hjklh", "No comment!"]
)
def test_non_answers_are_recognised(text):
    assert is_non_answer(text)


@pytest.mark.parametrize("text", ["No complaints", "5/5", "👍", ":)", "Bad", "Nothing works", "No parking", "10"])
def test_short_answers_are_answers(text):
    assert not is_non_answer(text)


def test_typing_habits_do_not_change_a_reading():
    assert normalise("I don\u200bt  like\u00a0it…") == "I dont like it..."
    assert read("I don’t like it").score == read("I don't like it").score == read("I do not like it").score


def test_a_reading_names_its_reader_and_is_a_value():
    assert read("fine").reader == READER_VERSION
    with pytest.raises(dataclasses.FrozenInstanceError):
        read("fine").score = 1  # type: ignore[misc]


def test_a_long_text_is_cut_before_it_is_read():
    assert read("good " * 2_000 + "terrible " * 50_000).signal_words == ("good",)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 50_000, "x " * 500_000, "a." * 3_000, "nicht gut aber " * 2_000, "great, " * 5_000, "no " * 20_000, "not " * 5_000 + "!", "-'" * 20_000, "a-" * 20_000, "1." * 20_000, "." * 50_000,
        " but" * 20_000, "wait " * 20_000, "(" * 20_000, "don't " * 20_000, "7 " * 20_000, "\n" * 50_000, "🙂" * 20_000,
        "too . . " * 5_000, "\ud800", "\x00", "e\u0301" * 10_000, "\ufdfa" * 10_000, "İ" * 5_000, ") but (",
    ],
    ids=lambda text: text[:8].encode("unicode_escape").decode(),
)  # fmt: skip
def test_hostile_shapes_are_read_like_any_other(text):
    assert -1 <= read(text, asks_for="faults", rating=-1).score <= 1


TELLING = ("no", "not", "but", "wait", "5", "hours", "great", ",", ".", "!", "too", "never", "don’t", "nobody", "/")


@settings(max_examples=150)
@given(
    text=st.text(max_size=300) | st.lists(st.sampled_from(TELLING)).map(" ".join),
    asks_for=st.sampled_from(["faults", "praise", "open"]),
    rating=st.none() | st.floats(-1, 1),
)
def test_any_text_gives_a_reading_within_bounds(text, asks_for, rating):
    reading = read(text, asks_for=asks_for, rating=rating)
    assert -1 <= reading.score <= 1
    assert 0 <= reading.confidence <= 1
    assert len(reading.keywords) <= 4
    assert {code for code, _ in reading.reasons} <= set(REASONS)


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


def test_reading_needs_no_network_and_no_data_of_nltk(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    fresh = (
        "import socket\n"
        "def refuse(*a, **k): raise SystemExit('network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from survey.text.rules import read\n"
        "import sys; assert 'nltk' not in sys.modules\n"
        "import nltk.data; nltk.data.path[:] = []\n"
        "print(read('Terrible and slow').sentiment.value)\n"
    )
    done = subprocess.run([sys.executable, "-B", "-c", fresh], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "negative"
    assert read("Lovely people").sentiment is Sentiment.POSITIVE


def test_accuracy_and_macro_f1_of_a_worked_example():
    accuracy, macro_f1 = accuracy_and_macro_f1(["a", "a", "b", "b"], ["a", "b", "b", "b"])
    assert accuracy == 0.75
    assert macro_f1 == pytest.approx((2 / 3 + 0.8) / 2)


def test_accuracy_of_nothing_is_nothing_and_unequal_lengths_are_refused():
    assert accuracy_and_macro_f1([], []) == (0.0, 0.0)
    with pytest.raises(ValueError, match="zip"):
        accuracy_and_macro_f1(["a"], [])
