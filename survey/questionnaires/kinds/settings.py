"""What the owner of a survey can set about a question, as data: the edit page is drawn from it.

`check` judges a value of a document (a published version, an imported file), `read` takes what a form sent.
Both raise ValueError with the reason in words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from survey.foundation import text
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext

Sent = Callable[[str], str]  # the value that a form sent for a name; "" where it sent none

OPTION_LIMIT = 200
OPTIONS_LIMIT = 30
PARAGRAPH_LIMIT = 2000
NUMBER_LIMIT = 1_000_000_000
DECIMALS = 4
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
OPTION_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


class Setting(Protocol):
    """One thing that can be set; `control` names the block of the edit page that shows it."""

    @property
    def name(self) -> str:
        """The key in a question's settings."""
        ...

    @property
    def label(self) -> str:
        """What the edit page calls it."""
        ...

    @property
    def default(self) -> Any:
        """The value where a document says nothing."""
        ...

    @property
    def control(self) -> str:
        """How the edit page shows it."""
        ...

    def check(self, value: Any) -> Any:
        """Return a document's value as it is kept."""
        ...

    def schema(self) -> dict[str, Any]:
        """Return what `check` takes, as JSON Schema."""
        ...

    def read(self, sent: Sent, name: str, before: Any) -> Any:
        """Return the value that a form sent in the inputs that begin with name."""
        ...

    def texts(self, value: Any) -> dict[str, str]:
        """Return the words in a value that customers read, by a name that stays the same in every language."""
        ...

    def translated(self, value: Any, texts: Mapping[str, str]) -> Any:
        """Return a value with other words; what texts do not name stays as it is."""
        ...


class Wordless:
    """For settings that hold no words."""

    def texts(self, value: Any) -> dict[str, str]:
        """Return nothing."""
        return {}

    def translated(self, value: Any, texts: Mapping[str, str]) -> Any:
        """Return the value as it is."""
        return value


@dataclass(frozen=True)
class WholeNumber(Wordless):
    """A whole number from lowest to highest."""

    name: str
    label: str
    lowest: int
    highest: int
    default: int
    hint: str = ""
    control: str = "number"

    def check(self, value: Any) -> int:
        """Return the number."""
        if not isinstance(value, int) or isinstance(value, bool) or not self.lowest <= value <= self.highest:
            raise ValueError(
                _("%(setting)s: a whole number from %(lowest)s to %(highest)s is needed.",
                  setting=self.label, lowest=self.lowest, highest=self.highest)
            )  # fmt: skip
        return value

    def schema(self) -> dict[str, Any]:
        """Return the same as JSON Schema."""
        return {"type": "integer", "minimum": self.lowest, "maximum": self.highest}

    def read(self, sent: Sent, name: str, before: Any) -> int:
        """Return the number typed; nothing typed means the default."""
        typed = sent(name).strip()
        is_number = len(typed) <= 6 and typed.isascii() and typed.isdigit()
        return self.check(int(typed) if is_number else typed or self.default)


@dataclass(frozen=True)
class Bound(Wordless):
    """A number that answers may not pass, or none."""

    name: str
    label: str
    default: float | None = None
    hint: str = ""
    control: str = "bound"

    def check(self, value: Any) -> float | None:
        """Return the number, a whole one without a point; None where there is no bound."""
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= NUMBER_LIMIT:
            raise ValueError(
                _(
                    "%(setting)s: a number up to %(limit)s is needed, or nothing.",
                    setting=self.label,
                    limit=NUMBER_LIMIT,
                )
            )
        return int(value) if value == int(value) else round(value, DECIMALS)

    def schema(self) -> dict[str, Any]:
        """Return the same as JSON Schema."""
        return {"type": ["number", "null"], "minimum": -NUMBER_LIMIT, "maximum": NUMBER_LIMIT}

    def read(self, sent: Sent, name: str, before: Any) -> float | None:
        """Return the number typed; nothing typed means no bound."""
        typed = sent(name).strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
        if not typed:
            return None
        if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", typed):
            raise ValueError(_("%(setting)s: write a number such as 10 or 2.5, or nothing.", setting=self.label))
        return self.check(float(typed))


@dataclass(frozen=True)
class Day(Wordless):
    """A day, as 2026-09-30, or none."""

    name: str
    label: str
    default: str = ""
    hint: str = ""
    control: str = "day"

    def check(self, value: Any) -> str:
        """Return the day; "" where there is none."""
        if value == "":
            return ""
        day = _day(value) if isinstance(value, str) and re.fullmatch(DAY, value) else None
        if day is None:
            raise ValueError(_("%(setting)s: a day such as 2026-09-30 is needed, or nothing.", setting=self.label))
        return day.isoformat()

    def schema(self) -> dict[str, Any]:
        """Return the same as JSON Schema."""
        return {"anyOf": [{"const": ""}, {"type": "string", "format": "date", "pattern": f"^{DAY}$"}]}

    def read(self, sent: Sent, name: str, before: Any) -> str:
        """Return the day typed."""
        return self.check(sent(name).strip())


@dataclass(frozen=True)
class Words:
    """A short text."""

    name: str
    label: str
    default: str = ""
    hint: str = ""
    control: str = "words"

    def check(self, value: Any) -> str:
        """Return the text without outer blanks."""
        if not isinstance(value, str):
            raise ValueError(_("%(place)s: a text is needed.", place=self.label))
        return short(value, self.label)

    def schema(self) -> dict[str, Any]:
        """Return the same as JSON Schema."""
        return {"type": "string", "maxLength": OPTION_LIMIT}

    def read(self, sent: Sent, name: str, before: Any) -> str:
        """Return the text typed."""
        return self.check(sent(name))

    def texts(self, value: str) -> dict[str, str]:
        """Return the text, where there is one."""
        return {"": value} if value else {}

    def translated(self, value: str, texts: Mapping[str, str]) -> str:
        """Return the other text."""
        return texts.get("", value)


@dataclass(frozen=True)
class Paragraph:
    """A longer text, its lines kept."""

    name: str
    label: str
    default: str = ""
    hint: str = ""
    control: str = "paragraph"

    def check(self, value: Any) -> str:
        """Return the text without outer blanks."""
        if not isinstance(value, str):
            raise ValueError(_("%(place)s: a text is needed.", place=self.label))
        try:
            return text.clean(value.replace("\r\n", "\n").strip(), limit=PARAGRAPH_LIMIT)
        except Refused as refused:
            raise ValueError(f"{self.label}: {refused}") from None

    def schema(self) -> dict[str, Any]:
        """Return the same as JSON Schema."""
        return {"type": "string", "maxLength": PARAGRAPH_LIMIT}

    def read(self, sent: Sent, name: str, before: Any) -> str:
        """Return the text typed."""
        return self.check(sent(name))

    def texts(self, value: str) -> dict[str, str]:
        """Return the text, where there is one."""
        return {"": value} if value else {}

    def translated(self, value: str, texts: Mapping[str, str]) -> str:
        """Return the other text."""
        return texts.get("", value)


@dataclass(frozen=True)
class Grades:
    """A word for each grade of a scale, the lowest first; what is emptied gets its usual word."""

    name: str
    label: str
    default: tuple[str, ...]
    hint: str = ""
    control: str = "grades"

    def check(self, value: Any) -> list[str]:
        """Return the words, as many as there are grades."""
        count = len(self.default)
        if not isinstance(value, list | tuple) or len(value) != count or not all(isinstance(one, str) for one in value):
            raise ValueError(_("%(setting)s: a list of %(count)s texts is needed.", setting=self.label, count=count))
        found = [short(one, self.label) or usual for one, usual in zip(value, self.default, strict=True)]
        if len({one.casefold() for one in found}) < count:
            raise ValueError(_("%(setting)s: two grades have the same word.", setting=self.label))
        return found

    def schema(self) -> dict[str, Any]:
        """Return the same as JSON Schema."""
        count = len(self.default)
        words = {"type": "string", "maxLength": OPTION_LIMIT}
        return {"type": "array", "items": words, "minItems": count, "maxItems": count}

    def read(self, sent: Sent, name: str, before: Any) -> list[str]:
        """Return the words typed."""
        return self.check([sent(f"{name}.{grade}") for grade in range(1, len(self.default) + 1)])

    def texts(self, value: Sequence[str]) -> dict[str, str]:
        """Return the words by grade."""
        return {str(grade): words for grade, words in enumerate(value, start=1)}

    def translated(self, value: Sequence[str], texts: Mapping[str, str]) -> list[str]:
        """Return the other words."""
        return [texts.get(str(grade), words) for grade, words in enumerate(value, start=1)]


@dataclass(frozen=True)
class OneOf(Wordless):
    """One of a few values, each with its label."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    default: str
    hint: str = ""
    control: str = "one_of"

    def check(self, value: Any) -> str:
        """Return the value."""
        if value not in [known for known, _label in self.choices]:
            raise ValueError(
                _(
                    "%(setting)s: choose one of %(known)s.",
                    setting=self.label,
                    known=", ".join(known for known, _label in self.choices),
                )
            )
        return str(value)

    def schema(self) -> dict[str, Any]:
        """Return the same as JSON Schema."""
        return {"enum": [known for known, _label in self.choices]}

    def read(self, sent: Sent, name: str, before: Any) -> str:
        """Return the value chosen; nothing chosen means the default."""
        return self.check(sent(name) or self.default)


@dataclass(frozen=True)
class Switch(Wordless):
    """Yes or no."""

    name: str
    label: str
    default: bool = False
    hint: str = ""
    control: str = "switch"

    def check(self, value: Any) -> bool:
        """Return whether it is on."""
        if not isinstance(value, bool):
            raise ValueError(_("%(place)s: true or false is needed.", place=self.label))
        return value

    def schema(self) -> dict[str, Any]:
        """Return the same as JSON Schema."""
        return {"type": "boolean"}

    def read(self, sent: Sent, name: str, before: Any) -> bool:
        """Return whether the box was ticked."""
        return sent(name) != ""


@dataclass(frozen=True)
class Options:
    """A list of {"value", "words"}: what can be chosen, or what is asked about. The value is what answers keep, so that
    wording may change. `reserved` values are never given to a new entry."""

    name: str
    label: str
    hint: str = ""
    default: tuple[dict[str, str], ...] = ()
    noun: str = lazy_gettext("Answer")
    one_more: str = lazy_gettext("One more answer")
    reserved: tuple[str, ...] = ()
    limit: int = OPTIONS_LIMIT
    new_inputs: int = 3
    control: str = "options"

    def check(self, value: Any) -> list[dict[str, str]]:
        """Return the options; each value once."""
        checked = [
            self._option(entry, number) for number, entry in enumerate(rows(value, self.label, self.limit), start=1)
        ]
        if len({option["value"] for option in checked}) < len(checked):
            raise ValueError(_("%(setting)s: two of them have the same value.", setting=self.label))
        return checked

    def _option(self, entry: Mapping[str, Any], number: int) -> dict[str, str]:
        value, wording = entry.get("value"), entry.get("words")
        if set(entry) != {"value", "words"} or not isinstance(value, str) or not isinstance(wording, str):
            raise ValueError(
                _(
                    "%(setting)s, number %(number)s: “value” and “words” are needed, both texts.",
                    setting=self.label,
                    number=number,
                )
            )
        if not OPTION_VALUE.fullmatch(value):
            raise ValueError(
                _(
                    "%(setting)s, number %(number)s: the value must be made of letters, digits, - and _.",
                    setting=self.label,
                    number=number,
                )
            )
        return {"value": value, "words": short(wording, self.label)}

    def schema(self) -> dict[str, Any]:
        """Return the same as JSON Schema."""
        return rows_schema({"value": {"type": "string", "pattern": f"^{OPTION_VALUE.pattern}$"}}, self.limit)

    def read(self, sent: Sent, name: str, before: Any) -> list[dict[str, str]]:
        """Return the options as typed: emptied ones are gone, new ones come last with a value of their own."""
        kept = [{"value": option["value"], "words": sent(f"{name}.{option['value']}")} for option in before or ()]
        new = [sent(f"{name}.+{number}") for number in range(self.new_inputs)]
        for wording in (*new, *sent(f"{name}.+lines").splitlines()):
            if wording.strip():
                taken = [*self.reserved, *(option["value"] for option in kept)]
                kept.append({"value": _free_value(wording, taken), "words": wording})
        return self.check([option for option in kept if option["words"].strip()])

    def texts(self, value: Sequence[Mapping[str, str]]) -> dict[str, str]:
        """Return the words of every option by its value."""
        return {option["value"]: option["words"] for option in value}

    def translated(self, value: Sequence[Mapping[str, str]], texts: Mapping[str, str]) -> list[dict[str, str]]:
        """Return the options in other words."""
        return [{**option, "words": texts.get(option["value"], option["words"])} for option in value]


def short(value: str, label: str) -> str:
    """Return a one-line text; raise ValueError where it is too long or no text."""
    try:
        return text.line(value, limit=OPTION_LIMIT)
    except Refused as refused:
        raise ValueError(f"{label}: {refused}") from None


def options_named(*words: str) -> tuple[dict[str, str], ...]:
    """Return options of these words, each with a value made from them."""
    found: list[dict[str, str]] = []
    for one in words:
        found.append({"value": _free_value(one, [option["value"] for option in found]), "words": one})
    return tuple(found)


def rows(value: Any, label: str, limit: int = OPTIONS_LIMIT) -> Sequence[Mapping[str, Any]]:
    """Return a document's list of objects; raise ValueError where it is none or too long."""
    if not isinstance(value, list | tuple) or not all(isinstance(entry, Mapping) for entry in value):
        raise ValueError(_("%(setting)s: a list is needed.", setting=label))
    if len(value) > limit:
        raise ValueError(
            _(
                "%(setting)s: there are %(count)s; at most %(limit)s can be offered.",
                setting=label,
                count=len(value),
                limit=limit,
            )
        )
    return value


def rows_schema(named: Mapping[str, Any], limit: int = OPTIONS_LIMIT) -> dict[str, Any]:
    """Return a list of objects as JSON Schema: with what they are named by, and with words."""
    entry = {**named, "words": {"type": "string", "maxLength": OPTION_LIMIT}}
    return {"type": "array", "maxItems": limit, "items": object_schema(entry, required=list(entry))}


def object_schema(properties: Mapping[str, Any], *, required: Sequence[str] = ()) -> dict[str, Any]:
    """Return an object that holds nothing else as JSON Schema."""
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": dict(properties), **needed, "additionalProperties": False}


def _day(value: str) -> date | None:
    """Return the day that is written so; None where no calendar has it."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _free_value(wording: str, taken: Sequence[str]) -> str:
    """Return a readable value for a new option, unlike those that are taken."""
    stem = "-".join(re.findall(r"[a-z0-9]+", wording.casefold()))[:32].strip("-") or "option"
    value, number = stem, 2
    while value in taken:
        value, number = f"{stem}-{number}", number + 1
    return value
