"""Words as letters carry them: free of what makes a reader see other than what stands there, and set in lines of plain text."""

import re
from unicodedata import combining, east_asian_width

WIDTH = 72
# Control characters, what turns the direction of other words around, and what is no text at all. Marks of direction that turn
# nothing around stay: Arabic and Hebrew need them; so do joiners: Persian and emoji are written with them.
HARMFUL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+")


def told(words: object, *, limit: int = 20_000) -> str:
    """Return words without control characters and turned directions, with plain line breaks, at most `limit` characters."""
    return _cut(HARMFUL.sub("", BREAKS.sub("\n", str(words))).strip(), limit)


def one_line(words: object, *, limit: int = 200) -> str:
    """Return words as one line of at most `limit` characters, as a subject or a label needs."""
    return _cut(" ".join(told(words).split()), limit)


def _cut(words: str, limit: int) -> str:
    return words if len(words) <= limit else f"{words[: limit - 1].rstrip()}…"


def web_address(address: str) -> str:
    """Return an address that a letter may lead to; raise ValueError for one that is not http or https."""
    if not ADDRESS.fullmatch(address) or HARMFUL.search(address):
        raise ValueError(f"a letter cannot lead to {address!r}: write the whole address, with https://")
    return address


def set_in_lines(words: str, first: str = "", rest: str | None = None) -> str:
    """Return words in lines of at most 72 columns; `first` stands before the first line, `rest` before the others.

    Line breaks stay, and an address is never broken.
    """
    rest = first if rest is None else rest
    lines = [line for part in words.split("\n") for line in _lines(part, WIDTH - _columns(rest))]
    return "\n".join(f"{rest if n else first}{line}".rstrip() for n, line in enumerate(lines))


def _lines(part: str, width: int) -> list[str]:
    lines = [""]
    for word in (piece for whole in part.split() for piece in _pieces(whole, width)):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and _columns(joined) > width:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """A word, in pieces where it is longer than a line: some languages are written without blanks."""
    if _columns(word) <= width or ADDRESS.match(word):
        return [word]
    pieces, columns = [""], 0
    for character in word:
        columns += _columns(character)
        if columns > width:
            pieces, columns = [*pieces, ""], _columns(character)
        pieces[-1] += character
    return pieces


def _columns(words: str) -> int:
    """How wide words are where all letters are of one width: ideographs and emoji are of two, marks on letters of none."""
    if words.isascii():
        return len(words)
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in words)
