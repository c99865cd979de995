"""Learning reasons from corrections: a small model that scikit-learn fits and that is applied without it.

What a person says of a comment is one example; several reasons are as good as one, and none is an answer, too. Each reason
is learned by itself (logistic regression), from the evidence of the phrases, the nearness to every reason, the meaning of the
comment and its stems, alone and in pairs.
"""

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING, Any

from survey.text.rules.impression import Impression

if TYPE_CHECKING:
    from survey.text.rules.word_table import Vector

NO_REASON = "none"
FEWEST_EXAMPLES = 10
HALF_TRUSTED = 150  # corrections after which the model counts as much as the phrases that are found,
HALF_TRUSTED_ALONE = 50  # and as much as mere nearness, where none is
HALF_TRUSTED_OF = 5  # corrections to one reason: of a rare one the model cannot know much yet
TERM_IN = 2  # examples that a term must be in to be learned
MOST_EVIDENCE = 3.0
EVIDENCE_SCALE, NEARNESS_SCALE, MEANING_SCALE = 0.7, 2.0, 2.0
TRUST_IN_EXAMPLES = 10.0
FAR = 30.0  # log-odds beyond which nothing changes
FORMAT = 1


@dataclass(frozen=True)
class Learned:
    """What was learned of `n` examples: weights for each class (codes, and `none`) over scales and terms.

    `often` is how many examples each class had.
    `codes` are those of the taxonomy that it was learned with, in their order; the last column of `weights` is the constant.
    """

    n: int
    codes: tuple[str, ...]
    classes: tuple[str, ...]
    often: Mapping[str, int]
    terms: Mapping[str, tuple[int, float]]  # term -> its column, its rarity
    weights: "Vector"

    def trust(self, seen: Impression, code: str) -> float:
        """How much it counts beside the phrases: 0.4 after 100 corrections, 0.77 after 500; more where no phrase is found."""
        often = self.often.get(code, 0)
        half = HALF_TRUSTED if seen.evidence else HALF_TRUSTED_ALONE
        return min(self.n / (self.n + half), often / (often + HALF_TRUSTED_OF))

    def chances(self, seen: Impression, codes: Sequence[str]) -> dict[str, float]:
        """For each class it knows, how likely it is; `codes` are those in the order of the impression’s nearness."""
        import numpy as np

        dense = _dense(seen, codes, self.codes)
        scores = self.weights[:, : len(dense)] @ dense + self.weights[:, -1]
        for column, value in _weighed(seen.stems, self.terms):
            scores = scores + self.weights[:, column] * value
        likely = 1 / (1 + np.exp(-np.clip(scores, -FAR, FAR)))
        return dict(zip(self.classes, likely.tolist(), strict=True))

    def stored(self) -> dict[str, Any]:
        """The same as a JSON value."""
        import numpy as np

        return {
            "format": FORMAT,
            "n": self.n,
            "codes": list(self.codes),
            "classes": list(self.classes),
            "often": dict(self.often),
            "terms": list(self.terms),
            "rarity": [round(rarity, 4) for _column, rarity in self.terms.values()],
            "weights": b64encode(self.weights.astype(np.float16).tobytes()).decode(),
        }

    @classmethod
    def from_stored(cls, value: Mapping[str, Any]) -> "Learned | None":
        """The model that a stored value holds; None for one of another format, which is learned anew."""
        import numpy as np

        if value.get("format") != FORMAT:
            return None
        weights = np.frombuffer(b64decode(value["weights"]), np.float16).astype(np.float32)
        weights = weights.reshape(len(value["classes"]), -1)
        first = weights.shape[1] - 1 - len(value["terms"])
        terms = {term: (first + at, value["rarity"][at]) for at, term in enumerate(value["terms"])}
        return cls(value["n"], tuple(value["codes"]), tuple(value["classes"]), value["often"], terms, weights)


def learn(examples: Sequence[tuple[Impression, Sequence[str]]], codes: Sequence[str]) -> Learned | None:
    """Learn from (impression, the codes that a person gave, none of them for “no reason”).

    None where there are fewer than ten examples, or where all of them say the same.
    """
    if len(examples) < FEWEST_EXAMPLES:
        return None
    import numpy as np

    answers = [set(given) or {NO_REASON} for _seen, given in examples]
    often = {name: sum(name in given for given in answers) for name in (*codes, NO_REASON)}
    classes = tuple(name for name, n in often.items() if 0 < n < len(answers))
    if not classes:
        return None
    seen = [impression for impression, _given in examples]
    terms = _terms(seen, first=2 * len(codes) + len(seen[0].meaning))
    table = _table(seen, codes, terms)
    weights = np.array([_fitted(table, [name in given for given in answers]) for name in classes], np.float32)
    return Learned(len(examples), tuple(codes), classes, {name: often[name] for name in classes}, terms, weights)


def _fitted(table: Any, answers: list[bool]) -> "Vector":
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=TRUST_IN_EXAMPLES, solver="liblinear", random_state=0).fit(table, answers)
    return np.concatenate([model.coef_[0], model.intercept_])


def _terms(seen: Sequence[Impression], *, first: int) -> dict[str, tuple[int, float]]:
    """The terms worth learning, with their columns from `first` on, and how rare they are."""
    often = Counter(term for one in seen for term in set(_pairs(one.stems)))
    kept = sorted(term for term, n in often.items() if n >= TERM_IN)
    return {term: (first + at, 1 + log((1 + len(seen)) / (1 + often[term]))) for at, term in enumerate(kept)}


def _table(seen: Sequence[Impression], codes: Sequence[str], terms: Mapping[str, tuple[int, float]]) -> Any:
    """A row for each example: what is dense, and then its terms, which are few of many."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack

    dense = np.array([_dense(one, codes, codes) for one in seen])
    found = [(row, column, value) for row, one in enumerate(seen) for column, value in _weighed(one.stems, terms)]
    values, rows, columns = ([one[part] for one in found] for part in (2, 0, 1))
    shape = (len(seen), dense.shape[1] + len(terms))
    return hstack([csr_matrix(dense), csr_matrix((values, (rows, columns)), shape)[:, dense.shape[1] :]]).tocsr()


def _dense(seen: Impression, codes: Sequence[str], wanted: Sequence[str]) -> "Vector":
    """Evidence and nearness of the wanted codes, and the meaning; a code that the taxonomy has no more is silent."""
    import numpy as np

    near = dict(zip(codes, seen.nearness.tolist(), strict=True))
    evidence = [min(MOST_EVIDENCE, seen.evidence[code].weight) if code in seen.evidence else 0.0 for code in wanted]
    return np.concatenate([
        EVIDENCE_SCALE * np.array(evidence, np.float32),
        NEARNESS_SCALE * np.array([near.get(code, 0.0) for code in wanted], np.float32),
        MEANING_SCALE * seen.meaning,
    ])  # fmt: skip


def _weighed(stems: Sequence[str], terms: Mapping[str, tuple[int, float]]) -> list[tuple[int, float]]:
    """TF-IDF of the known terms, of length one: (column, value)."""
    counts = Counter(term for term in _pairs(stems) if term in terms)
    values = [(terms[term][0], (1 + log(n)) * terms[term][1]) for term, n in counts.items()]
    length = sqrt(sum(value * value for _column, value in values)) or 1.0
    return [(column, value / length) for column, value in values]


def _pairs(stems: Sequence[str]) -> Iterator[str]:
    yield from stems
    yield from (f"{first} {second}" for first, second in zip(stems, stems[1:], strict=False))
