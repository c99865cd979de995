"""The paper that every letter is written on: blocks from top to bottom, and the foot. Values alone; `printing` shows them.

What people wrote is put in as it is: blocks take out of it what could harm, and pages and plain text escape the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from survey.letters.rules.plain import one_line, told, web_address

SUBJECT_LIMIT, PREHEADER_LIMIT = 150, 200
TILE, TILES_IN_A_ROW = 3, 6  # characters that find room on a tile; tiles on the narrowest phone


def _keep(value: object, **fields: Any) -> None:
    """Set fields of a frozen value while it is made."""
    for name, content in fields.items():
        object.__setattr__(value, name, content)


def _paragraphs(words: str) -> tuple[tuple[str, ...], ...]:
    """The lines of each paragraph of what somebody wrote."""
    parts = [part.strip("\n") for part in words.split("\n\n")]
    return tuple(tuple(part.split("\n")) for part in parts if part)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; where the words hold empty lines, several."""

    name: ClassVar[str] = "paragraph"
    words: str

    def __post_init__(self) -> None:
        _keep(self, words=told(self.words))

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """The lines of each paragraph."""
        return _paragraphs(self.words)


@dataclass(frozen=True)
class Heading:
    """The heading of what follows."""

    name: ClassVar[str] = "heading"
    words: str

    def __post_init__(self) -> None:
        _keep(self, words=one_line(self.words))


@dataclass(frozen=True)
class Button:
    """The one thing to do."""

    name: ClassVar[str] = "button"
    label: str
    address: str

    def __post_init__(self) -> None:
        _keep(self, label=one_line(self.label), address=web_address(self.address))


@dataclass(frozen=True)
class Quote:
    """What somebody wrote, in their own words; `who` it was, where that may be said."""

    name: ClassVar[str] = "quote"
    words: str
    who: str = ""

    def __post_init__(self) -> None:
        _keep(self, words=told(self.words), who=one_line(self.who))

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """The lines of each paragraph."""
        return _paragraphs(self.words)


@dataclass(frozen=True)
class Scale:
    """A question that is answered by one click: label and address of each choice; what its lowest and its highest one mean."""

    name: ClassVar[str] = "scale"
    question: str
    choices: Sequence[tuple[str, str]]
    low: str = ""
    high: str = ""

    def __post_init__(self) -> None:
        choices = tuple((one_line(label), web_address(address)) for label, address in self.choices)
        _keep(self, question=told(self.question), choices=choices, low=one_line(self.low), high=one_line(self.high))

    @property
    def fits_tiles(self) -> bool:
        """Whether the choices stand side by side, as numbers do; words stand below one another."""
        return all(len(label) <= TILE for label, _ in self.choices)

    @property
    def halves(self) -> int:
        """How many tiles stand in the first of two even rows, where one row is too wide for a phone; else 0."""
        many = len(self.choices)
        return (many + 1) // 2 if self.fits_tiles and many > TILES_IN_A_ROW else 0

    @property
    def ends(self) -> tuple[str, ...]:
        """What the lowest and the highest choice mean, where that is said: “0: not at all likely”."""
        said = ((self.choices[0][0], self.low), (self.choices[-1][0], self.high)) if self.choices else ()
        return tuple(f"{label}: {meaning}" for label, meaning in said if meaning)


@dataclass(frozen=True)
class Figures:
    """Numbers with what they count: label, value, and a note such as how many answers it comes from."""

    name: ClassVar[str] = "figures"
    rows: Sequence[tuple[str, str, str]]

    def __post_init__(self) -> None:
        _keep(self, rows=tuple((one_line(label), one_line(value), told(note)) for label, value, note in self.rows))


@dataclass(frozen=True)
class Bullets:
    """A list; an item is words, or words and the address that they lead to."""

    name: ClassVar[str] = "bullets"
    items: Sequence[str | tuple[str, str]]

    def __post_init__(self) -> None:
        _keep(self, items=tuple((told(words), address and web_address(address)) for words, address in self.pairs))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Words and address of each item; the address is empty where it leads nowhere."""
        return tuple(one if isinstance(one, tuple) else (one, "") for one in self.items)


@dataclass(frozen=True)
class Small:
    """Words of less weight: until when, what is not stored."""

    name: ClassVar[str] = "small"
    words: str

    def __post_init__(self) -> None:
        _keep(self, words=told(self.words))

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """The lines of each paragraph."""
        return _paragraphs(self.words)


@dataclass(frozen=True)
class Rule:
    """A line across."""

    name: ClassVar[str] = "rule"


Block = Paragraph | Heading | Button | Quote | Scale | Figures | Bullets | Small | Rule


@dataclass(frozen=True)
class Paper:
    """A letter: its subject, what an inbox shows behind it, and its blocks; the language of its words and which way it runs."""

    subject: str
    preheader: str
    blocks: Sequence[Block]
    language: str = "en"
    direction: str = "ltr"

    def __post_init__(self) -> None:
        subject, preheader = (
            one_line(self.subject, limit=SUBJECT_LIMIT),
            one_line(self.preheader, limit=PREHEADER_LIMIT),
        )
        _keep(self, subject=subject, preheader=preheader, blocks=tuple(self.blocks))


@dataclass(frozen=True)
class Foot:
    """What stands below every letter: who writes, from where, why; how to say no, where the letter was not asked for."""

    sender_name: str
    postal_address: str
    why: str
    unsubscribe: str | None
    preferences: str | None
    homepage: str

    def __post_init__(self) -> None:
        _keep(
            self, sender_name=one_line(self.sender_name), postal_address=told(self.postal_address), why=told(self.why)
        )
        for address in filter(None, (self.unsubscribe, self.preferences, self.homepage)):
            web_address(address)

    @property
    def initial(self) -> str:
        """The letter that stands for whoever writes, where there is one."""
        return next((one.upper() for one in self.sender_name if one.isalnum()), "")

    @property
    def place(self) -> str:
        """The postal address in one line."""
        return ", ".join(line.strip(" ,") for line in self.postal_address.split("\n") if line.strip(" ,"))
