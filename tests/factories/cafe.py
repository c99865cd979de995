"""A café’s reasons and 360 comments about it, each with the reason that a person would give it."""

from random import Random

from survey.reasons.rules import Wording

CAFE = {
    "slow": Wording("Slow service", ("waited too long", "slow", "long queue", "took ages")),
    "rude": Wording("Rude staff", ("rude", "unfriendly staff", "ignored us")),
    "price": Wording("Prices", ("too expensive", "overpriced", "price went up")),
    "dirty": Wording("Not clean", ("dirty table", "filthy", "not clean")),
    "other": Wording("Something else", ()),
}
# The last two ways of each are in words that no phrase has.
WAYS = {
    "slow": ("I waited far too long for {}", "so slow, {} took ages", "there was a long queue for {}",
             "half an hour until {} arrived", "nobody brought {} before our lunch break was over"),
    "rude": ("the waiter was rude about {}", "unfriendly staff when I asked for {}", "they ignored us and {}",
             "she rolled her eyes at my question about {}", "he shouted at my mother over {}"),
    "price": ("{} is too expensive", "overpriced, {} above all", "the price of {} went up again",
              "six euros for {} is a joke", "I cannot pay that much for {} every day"),
    "dirty": ("dirty tables next to {}", "the place with {} was filthy", "{} did not look clean, not clean at all",
              "hair in {}", "crumbs and stains on the cloth under {}"),
    "other": ("the music near {} is not mine", "I moved away and will miss {}", "I make {} at home now",
              "my doctor told me to leave {}", "the dog is not allowed beside {}"),
}  # fmt: skip
THINGS = ("the coffee", "the cake", "our breakfast", "a sandwich", "the tea", "my soup", "an omelette", "the juice",
          "two rolls", "the salad", "a latte", "the toast", "their pancakes", "a croissant")  # fmt: skip
LEAN = {"slow": 5, "rude": 3, "price": 4, "dirty": 2, "other": 2}


def comments(seed: int = 1, n: int = 360) -> list[tuple[str, str]]:
    """(text, code), in an order of chance; the same for the same seed."""
    chance = Random(seed)
    codes = chance.choices(list(LEAN), list(LEAN.values()), k=n)
    return [(chance.choice(WAYS[code]).format(chance.choice(THINGS)), code) for code in codes]
