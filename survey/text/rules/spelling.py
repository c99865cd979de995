"""What was meant by a misspelt word of feedback: “horrable” is horrible.

Only the words listed here are mended, and only what is no word that we know: a wider net would turn “charging” into
“charming”.
"""

from collections.abc import Iterator
from functools import lru_cache

from survey.text.rules.lexicon import english_words, valences
from survey.text.rules.plain import word_set

OFTEN_MISSPELT = word_set(
    """
    excellent excellently brilliant brilliantly fantastic fabulous wonderful beautiful amazing awesome superb perfect perfectly
    friendly friendliness helpful unhelpful professional professionalism unprofessional knowledgeable courteous efficient
    efficiently inefficient comfortable uncomfortable delicious pleasant unpleasant satisfied dissatisfied satisfactory
    unsatisfactory satisfaction impressed impressive disappointed disappointing disappointment disappointingly terrible terribly
    horrible horrendous atrocious abysmal appalling disgusting disgraceful dreadful awful rubbish useless pathetic ridiculous
    unacceptable incompetent incompetence expensive frustrating frustrated annoying confusing embarrassing inconvenient
    reliable unreliable responsive attentive considerate sympathetic accommodating patience welcoming enjoyed enjoyable
    appreciate appreciated recommended exceptional exceptionally outstanding thorough thoroughly reassuring
    immaculate faultless flawless intuitive complicated thankyou overpriced disorganised disorganized chaotic arrogant aggressive
    dismissive ignorant condescending patronising negligent dangerous
    """
)
OTHER_WORDS = word_set(
    "considerable accommodation accommodations appealing insufficient extensive expansive initiative considerably"
)
INFLECTS = "sdyr"
SHORTEST, LONG = 5, 9  # letters; a long word may have two mistakes


@lru_cache(maxsize=1)
def _by_gaps() -> dict[str, str]:
    """Every listed word with one letter left out -> the word."""
    return {gap: word for word in OFTEN_MISSPELT for gap in (word, *_gaps(word))}


def _gaps(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


@lru_cache(maxsize=20_000)
def mended(key: str) -> str:
    """The listed word that an unknown one is a slip of: a letter too many, too few, another or two swapped; else itself."""
    if len(key) < SHORTEST or key in valences() or key in english_words() or not key.isalpha():
        return key
    known = _by_gaps()
    near = [known[form] for form in (key, *_gaps(key)) if form in known]
    if len(key) >= LONG:
        near += [known[twice] for once in _gaps(key) for twice in _gaps(once) if twice in known]
    return next((word for word in near if word[0] == key[0] and _is_slip(key, word)), key)


def _is_slip(typed: str, meant: str) -> bool:
    """Whether the letters are the same but for one or two; endings make other words (“reliably”, “recommends”)."""
    if typed in OTHER_WORDS or meant.startswith(typed) or (typed.startswith(meant) and typed[-1] in INFLECTS):
        return False
    return abs(len(typed) - len(meant)) <= 1 or len(meant) >= LONG
