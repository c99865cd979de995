"""How fast comments are read, beside a bare NLTK VADER loop in the same run; and what the web process costs without the reader.

`make bench-text`, or `python -m bench.text FILE.csv` to read the longest-text column of a file of yours.
"""

import argparse
import itertools
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from bench import shapes
from survey.text.rules import read, warm_up
from survey.text.rules.nltk_parts import vader

GOAL = 0.35  # of the comments that bare VADER scores in the same time
COMMENTS, AT_ONCE = 6_000, 300
OPENINGS = (
    "I ordered two weeks ago and", "The staff at the desk were", "Honestly, I expected more:", "We have been customers since 2015 and",
    "Quick delivery, friendly driver, but", "My appointment was at 9.30 and", "Thank you for", "I would recommend it because",
)  # fmt: skip
MIDDLES = (
    "nobody answered the phone for three days", "very helpful and explained everything clearly", "the app kept crashing when I tried to pay",
    "the waiting room was clean and quiet", "I had to repeat my story to four people", "the price went up again without a word",
    "everything was sorted out in ten minutes", "the parcel arrived damaged and late", "the new menu is lovely, especially the soup",
)  # fmt: skip
ENDS = (
    ".", ". I will not come back!", ", which is a shame.", ". Five stars from me 😊", ". Please call me back.", ". More parking would be nice.",
    ". All in all I was satisfied with how it was handled in the end.",
)  # fmt: skip
WEB = """
import json, resource, sys, time
began = time.process_time()
import wsgi
print(json.dumps({
    "seconds": time.process_time() - began,
    "megabytes": int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1e6,
    "heavy": sorted({"nltk", "numpy", "scipy", "sklearn", "py3langid"} & set(sys.modules)),
}))
"""
LOADED = "from survey.text.rules import read, warm_up; warm_up()\nprint"


def own_comments() -> list[str]:
    """Comments made of parts, the same ones each time."""
    made = [f"{opening} {middle}{end}" for opening, middle, end in itertools.product(OPENINGS, MIDDLES, ENDS)]
    shuffled = random.Random(7)
    texts = [" ".join(shuffled.sample(made, shuffled.choice((1, 1, 1, 2, 3)))) for _ in range(COMMENTS)]
    return [f"{text} {number}" if number % 3 == 0 else text for number, text in enumerate(texts)]


def bare_vader() -> Callable[[str], object]:
    """NLTK's analyser as it comes, with the lexicon that belongs to it."""
    module = vader()
    listed = files("vaderSentiment").joinpath("vader_lexicon.txt").read_text("utf-8").splitlines()
    lexicon = {line.split("\t")[0]: float(line.split("\t")[1]) for line in listed if "\t" in line}

    class Bare(module.SentimentIntensityAnalyzer):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            self.lexicon, self.constants = lexicon, module.VaderConstants()

    return Bare().polarity_scores  # type: ignore[no-any-return]


def speeds(comments: Sequence[str]) -> tuple[float, float]:
    """Comments a CPU second of the whole reader and of bare VADER, taking turns so that both meet the same machine."""
    bare = bare_vader()
    warm_up()
    spent = {read: 0.0, bare: 0.0}
    for start in range(0, len(comments), AT_ONCE):
        for reader in spent:
            began = time.process_time()
            for comment in comments[start : start + AT_ONCE]:
                reader(comment)
            spent[reader] += time.process_time() - began
    return len(comments) / spent[read], len(comments) / spent[bare]


def process(code: str) -> dict[str, object]:
    """What a fresh process that runs this code says of itself."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path, nargs="?", help="a CSV file with comments; without it, comments of our own")
    path = options.parse_args().file
    if path:
        table = shapes.sheet(path)
        comments = table.values(shapes.longest_text(table) or "")[:COMMENTS]
    else:
        comments = own_comments()
    whole, bare = speeds(comments)
    words = sum(len(comment.split()) for comment in comments) / len(comments)
    print(f"{len(comments):,} comments of {words:.0f} words on average")
    print(f"the whole reader     {whole:8,.0f} a CPU second")
    print(f"bare NLTK VADER      {bare:8,.0f} a CPU second")
    print(f"ratio                {whole / bare:8.2f}   goal {GOAL}: {'reached' if whole / bare >= GOAL else 'MISSED'}")
    web, loaded = process(WEB), process(WEB.replace("print", LOADED, 1))
    print(
        f"web process          {web['seconds']:8.2f} CPU s to import, {web['megabytes']:.0f} MB, heavy libraries: {web['heavy'] or 'none'}"
    )
    print(f"with the reader      {loaded['megabytes']:8.0f} MB")
    raise SystemExit(0 if whole / bare >= GOAL and not web["heavy"] else 1)


if __name__ == "__main__":
    main()
