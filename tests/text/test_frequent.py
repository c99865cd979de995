from random import Random

from survey.text.rules.frequent import Counted, Said, frequent, telling, too_usual
from survey.text.rules.quotes import Quotes


def _counted(*texts, own_names=()):
    return Counted([Said(text) for text in texts], own_names)


def _listed(*texts, limit=20):
    return {one.keyword: one.comments for one in frequent(_counted(*texts), limit=limit)}


def test_keywords_are_counted_once_a_comment_and_shown_in_their_shortest_common_form():
    found = _listed("Waiting times, waiting times!", "The waiting time is long", "waiting times again", "A parcel.")
    assert found == {"waiting time": 3}
    assert set(_listed(*["they installed it"] * 6, "please install it")) == {"installed"}
    assert set(_listed("helpful", "so helpful", "she helps")) == {"helpful"}


def test_the_order_of_two_words_does_not_matter():
    assert (
        _listed("my flight was cancelled flight", "they had a cancelled flight", "flight cancelled")["cancelled flight"]
        == 3
    )


def test_what_is_parted_by_of_is_one_keyword():
    assert "lack of staff" in _listed("A lack of staff here", "Such a lack of staff")


def test_a_word_inside_a_longer_keyword_is_counted_but_not_shown():
    texts = ["poor parking space", "no parking space", "the parking space is small"]
    assert _listed(*texts) == {"parking space": 3}
    assert _counted(*texts).often()["park"] == 3
    assert set(_listed(*texts, "parking", "free parking")) >= {"parking"}


def test_mere_praise_links_handles_and_own_names_are_no_keywords():
    texts = ["great http://t.co/abc @united Acme was great &amp;"] * 3
    assert frequent(_counted(*texts, own_names=["Acme"]), limit=9) == []


def test_moods_are_those_of_the_comments():
    counted = Counted(
        [Said("the queue", "negative"), Said("queue", "negative"), Said("queue", "positive"), Said("queue")]
    )
    (found,) = frequent(counted, limit=5)
    assert (found.comments, found.positive, found.negative) == (4, 1, 2)


def test_words_of_more_than_a_quarter_of_the_comments_are_suggested_as_stop_words():
    assert too_usual(_counted("our flight", "a flight", "queue", "queue", "seat", "gate", "bag")) == ["flight", "queue"]
    assert too_usual(_counted(*(f"word{n} here" for n in range(9)))) == []


def test_a_group_tells_what_it_says_clearly_more_than_the_others():
    texts = ["the queue was long"] * 30 + ["queue"] * 4 + ["polite nurses"] * 30 + ["clean rooms"] * 30
    found = telling(_counted(*texts), {"angry": range(34), "calm": range(34, 94)}, limit=9)
    assert [(one.keyword, one.here, one.there) for one in found["angry"]][0] == ("queue", 34, 0)
    assert {one.keyword for one in found["calm"]} == {"polite nurses", "clean rooms"}
    assert all(one.z >= 1.96 for own in found.values() for one in own)


def test_who_is_in_no_group_is_none_of_the_others():
    counted = _counted(*["queue"] * 10, *["nurse"] * 10, *["queue"] * 10, "")
    (found,) = telling(counted, {"a": range(10), "b": range(10, 20), "c": [30]}, limit=9)["a"]
    assert (found.here, found.there) == (10, 0)


def test_a_quote_fits_is_near_the_centre_and_none_is_given_twice():
    texts = [
        "Queue.",
        "The queue at the counter was much too long for us today.",
        "The queue at the counter was far too long for us today.",
        "I sang a song about a queue and a dragon to the children.",
        "The queue at the counter never ends and nobody opens a second counter.",
    ]
    quotes = Quotes(texts)
    first, second = quotes.of(range(5)), quotes.of(range(5))
    assert first.startswith("The queue at the counter")
    assert 40 <= len(first) <= 140
    assert second not in ("", first)
    assert {first, second} != {texts[1], texts[2]}


def test_where_all_was_quoted_nothing_is():
    quotes = Quotes(["The queue was long."])
    assert quotes.of([0]) == "The queue was long."
    assert quotes.of([0]) == ""


def test_a_quote_is_redacted_and_cut():
    quotes = Quotes(
        [f"Call {'me ' * 80} on 0123"], redact=lambda text: text.replace("0123", "[phone]").replace("Call", "Ring")
    )
    found = quotes.of([0])
    assert found.startswith("Ring")
    assert len(found) == 140
    assert found.endswith("…")


def test_the_same_comments_give_the_same_list():
    texts = [
        f"the {thing} was {what}" for thing in ("queue", "till", "lift") for what in ("slow", "broken", "slow again")
    ]
    assert frequent(_counted(*texts), limit=9) == frequent(_counted(*texts), limit=9)


TOPICS = ("queue", "parking", "opening hours", "website", "delivery", "refund", "staff", "menu", "coffee", "toilets",
          "till", "music", "table", "receipt", "heating", "waiter", "terrace", "portion", "booking", "lift", "garden",
          "entrance", "voucher", "newsletter", "cloakroom", "mirror")  # fmt: skip


def test_the_top_of_two_random_halves_is_nearly_the_same():
    chance = Random(9)
    weights = [1 / (3 + at) for at in range(len(TOPICS))]
    said = [" and the ".join(chance.choices(TOPICS, weights, k=2)) for _ in range(500)]
    halves = [set(_listed(*said[:250])), set(_listed(*said[250:]))]
    assert len(halves[0] & halves[1]) >= 16
