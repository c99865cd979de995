"""Reasons of any taxonomy: what speaks for them, who names them, and what corrections teach."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.reasons.rules import REASONS, Wording, wordings_of
from survey.text.rules.evidence import ReasonBook, as_pattern
from survey.text.rules.impression import Impressions
from survey.text.rules.judging import judgement
from survey.text.rules.learning import HALF_TRUSTED, HALF_TRUSTED_ALONE, HALF_TRUSTED_OF, NO_REASON, Learned
from survey.text.rules.plain import normalise
from survey.text.rules.reasons import COUNTS, ReasonReader
from survey.text.rules.word_table import word_table
from tests.factories.cafe import CAFE, comments


def _weight(phrase, text, label="x"):
    found = ReasonBook({"code": Wording(label, (phrase,))}).evidence(text).get("code")
    return found.weight if found else 0.0


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("lost bag", "You lost all of our bags"),
        ("delayed flight", "two flights were delayed, delayed flights again"),
        ("where is my bag", "Where is that bag?"),
        ("on hold", "I was on hold"),
        ("cancelled", "They keep cancelling on me"),
        ("wait* .. long", "waiting for so long"),
        ("# hours late", "7 hours late"),
        ("nobody answers", "Nobody ever answered me"),
    ],
)
def test_a_phrase_is_found_in_its_inflections_with_words_between(phrase, text):
    assert _weight(phrase, text) >= 1


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("lost bag", "The bag was never lost"),
        ("lost bag", "I lost the game, and yesterday evening somebody found my bag"),
        ("on hold", "I went on and on"),
        ("wait* long", "waiting for so long"),
        ("too expensive", "expensive"),
    ],
)
def test_a_phrase_is_not_found_out_of_its_order_or_reach(phrase, text):
    assert _weight(phrase, text) == 0


@pytest.mark.parametrize("text", ["it was never late", "not late at all", "no delay, never late"])
def test_what_is_denied_weighs_little(text):
    assert 0 < _weight("late", text) < 0.5


def test_small_words_may_be_left_out_of_a_phrase_but_not_all_of_it():
    assert as_pattern("Where is my bag?") == "where .. bag"
    assert as_pattern("on hold") == "on .. hold"
    assert as_pattern("for now") == "for .. now"
    assert as_pattern("wait* .. long") == "wait* .. long"


def test_evidence_is_denied_where_all_of_it_is():
    book = ReasonBook({"x": Wording("y", ("late", "delay"))})
    assert book.evidence("it was never late")["x"].is_denied
    assert not book.evidence("it was never late. There was a delay")["x"].is_denied


def test_words_of_a_label_speak_a_little_where_no_phrase_does_and_no_other_label_has_them():
    book = ReasonBook({"a": Wording("Late flight", ("delay",)), "b": Wording("Bad flight", ("no wifi",))})
    assert 0 < book.evidence("it was late")["a"].weight < 0.5
    assert book.evidence("the flight") == {}
    assert book.evidence("a late delay")["a"].words == ("delay",)


def test_a_phrase_without_words_is_passed_over():
    assert ReasonBook({"a": Wording("!", ("?!", "", "…", ",", "..", "*", "|"))}).evidence("what?!") == {}


@given(
    st.lists(st.text("ab *|#.'-…", max_size=40) | st.text(max_size=20), max_size=6),
    st.text("ab 7.,", max_size=60) | st.text(max_size=60),
)
def test_any_phrase_can_be_looked_for_in_any_text(phrases, text):
    found = ReasonBook({"x": Wording("x", tuple(phrases))}).evidence(normalise(text))
    assert all(one.weight > 0 for one in found.values())


def test_a_phrase_with_many_ways_to_be_there_is_looked_for_in_a_moment():
    book = ReasonBook({"x": Wording("x", (" .. ".join(["so"] * 60 + ["b"]),))})
    assert book.evidence("so " * 3000) == {}


@pytest.fixture(scope="module")
def plain():
    return ReasonReader(CAFE)


@pytest.fixture(scope="module")
def taught(plain):
    return plain.knowing(plain.learn([(text, [code]) for text, code in comments()[:120]]))


def _judged(reader, rows):
    return judgement([code for _, code in rows], [reader.ranked(text) for text, _ in rows])


def test_phrases_alone_name_most_reasons_and_corrections_make_it_better(plain, taught):
    rest = comments()[120:]
    without, with_them = _judged(plain, rest), _judged(taught, rest)
    assert without.accuracy >= 0.6
    assert with_them.accuracy >= 0.9
    assert with_them.accuracy > without.accuracy + 0.1


def test_a_reason_is_near_in_meaning_to_words_that_its_phrases_do_not_have(plain):
    assert plain.ranked("far too costly for what it is")[0][0] == "price"
    assert all(confidence < COUNTS for _, confidence in plain.ranked("far too costly for what it is"))


def test_several_reasons_of_one_comment_are_all_suggested(taught):
    found = {one.code: one for one in taught.suggest("The waiter was rude and it is too expensive")}
    assert found["rude"].confidence >= COUNTS <= found["price"].confidence
    assert found["rude"].words == ("rude",)


def test_at_most_three_are_offered_the_surest_first(taught):
    confidences = [one.confidence for one in taught.suggest("rude, slow, dirty tables, overpriced")]
    assert len(confidences) == 3
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= one <= 1 for one in confidences)


def test_what_found_it_is_said(plain, taught):
    assert {one.source for one in plain.suggest("rude")} == {"rule"}
    assert taught.suggest("crumbs and stains on the cloth under the tea")[0].source == "model"


def test_no_reason_is_an_answer_that_is_learned(plain):
    praise = [f"Thank you for {thing}, see you {day}" for thing in ("the tea", "the cake", "everything", "your help")
              for day in ("soon", "on Monday", "next week", "again")]  # fmt: skip
    rows = [(text, [code]) for text, code in comments()[:60]] + [(text, []) for text in praise]
    reader = plain.knowing(plain.learn(rows))
    assert NO_REASON in reader.learned.classes
    without, with_it = plain.suggest("Thank you for the slow tea"), reader.suggest("Thank you for the slow tea")
    assert with_it[0].confidence < without[0].confidence


def test_the_model_counts_as_much_as_the_phrases_after_150_corrections_and_sooner_where_they_are_silent(taught):
    impressions = Impressions(CAFE, word_table())
    assert taught.learned.trust(impressions.of("slow"), "slow") == pytest.approx(120 / (120 + HALF_TRUSTED))
    assert taught.learned.trust(impressions.of("crumbs"), "slow") == pytest.approx(120 / (120 + HALF_TRUSTED_ALONE))


def test_of_a_reason_that_was_hardly_corrected_the_model_knows_little(plain):
    rows = [row for row in comments() if row[1] != "dirty"][:400] + [("hair in the tea", "dirty")]
    learned = plain.learn([(text, [code]) for text, code in rows])
    assert learned.trust(Impressions(CAFE, word_table()).of("filthy"), "dirty") == pytest.approx(
        1 / (1 + HALF_TRUSTED_OF)
    )
    assert plain.knowing(learned).suggest("what a filthy place")[0].code == "dirty"
    assert learned.trust(Impressions(CAFE, word_table()).of("filthy"), "new") == 0


@pytest.mark.parametrize("rows", [[], [("slow", ["slow"])] * 9, [("slow", ["slow"])] * 30])
def test_too_few_corrections_or_all_alike_teach_nothing(plain, rows):
    assert plain.learn(rows) is None


def test_a_model_is_a_value_that_survives_storing(taught):
    again = Learned.from_stored(json.loads(json.dumps(taught.learned.stored())))
    other = taught.knowing(again)
    for text, _ in comments()[120:140]:
        assert other.ranked(text)[0][0] == taught.ranked(text)[0][0]
        assert dict(other.ranked(text)) == pytest.approx(dict(taught.ranked(text)), abs=0.01)


def test_a_model_of_another_format_is_not_used(taught):
    assert Learned.from_stored(taught.learned.stored() | {"format": 0}) is None


def test_learning_the_same_again_gives_the_same(plain, taught):
    again = plain.learn([(text, [code]) for text, code in comments()[:120]])
    assert again.stored() == taught.learned.stored()


def test_a_model_outlives_changes_of_the_taxonomy(taught):
    changed = {code: one for code, one in CAFE.items() if code != "dirty"} | {
        "new": Wording("Opening hours", ("closed",))
    }
    found = ReasonReader(changed).knowing(taught.learned)
    assert {code for code, _ in found.ranked("It was slow")} == set(changed)
    assert found.ranked("It was slow")[0][0] == "slow"
    assert found.suggest("you were closed, closed again")[0].code == "new"


def test_the_shipped_taxonomy_is_read_with_the_word_table_too():
    reader = ReasonReader(wordings_of(REASONS))
    assert reader.suggest("We waited two hours for a table")[0].code == "A2"


@pytest.mark.parametrize("text", ["never slow, not slow at all", "the service", "waiters", "as near as can be to it"])
def test_without_a_phrase_that_stands_nothing_counts(plain, text):
    assert all(one.confidence < COUNTS for one in plain.suggest(text))


@pytest.mark.parametrize("text", ["", "🙂", "a" * 100_000, "a." * 3000, "\x00\ud800", "نص عربي", ", , ,"])
def test_hostile_texts_are_ranked_like_any_other(taught, text):
    assert {code for code, _ in taught.ranked(text)} == set(CAFE)


def test_a_model_is_applied_without_scikit_learn():
    said = (
        "import sys, json; sys.modules['sklearn'] = None\n"
        "from survey.text.rules.learning import Learned; from survey.text.rules.reasons import ReasonReader\n"
        "from tests.factories.cafe import CAFE\n"
        "learned = Learned.from_stored(json.load(sys.stdin))\n"
        "print(ReasonReader(CAFE).knowing(learned).suggest('so slow')[0].code)"
    )
    plain = ReasonReader(CAFE)
    value = json.dumps(plain.learn([(text, [code]) for text, code in comments()[:40]]).stored())
    done = subprocess.run([sys.executable, "-c", said], input=value, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "slow"
