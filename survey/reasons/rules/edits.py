"""An organisation's own taxonomy: what it changed of the one that comes with the product.

Codes are never renamed and never used again: an organisation adds codes, retires them, words them, and adds and takes away
phrases. Only what differs is kept, so that better phrases of a later release reach everybody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import line
from survey.reasons.rules.taxonomy import LEVELS, TAXONOMY_VERSION
from survey.reasons.rules.taxonomy import REASONS as SHIPPED
from survey.reasons.rules.values import Control, Reason, Will, Wording, wordings_of

LABEL_LIMIT, PHRASE_LIMIT, PHRASES_LIMIT = 80, 120, 400
OPEN_LEVELS = tuple(level for level in LEVELS if level not in "BFZ")
Changes = Mapping[str, Mapping[str, Any]]
"""Code -> what differs: name, meaning, wording, control, will; added and removed phrases; is_retired."""


@dataclass(frozen=True)
class Taxonomy:
    """The reasons of an organisation in one version; retired ones are in it, for the history that uses them."""

    number: int
    reasons: Mapping[str, Reason]
    retired: frozenset[str] = frozenset()

    @property
    def active(self) -> dict[str, Reason]:
        """The reasons that may be given from now on."""
        return {code: reason for code, reason in self.reasons.items() if code not in self.retired}

    @property
    def said(self) -> tuple[tuple[str, Wording], ...]:
        """How the reasons sound that comments are read for: a retired one is read no more, and Z says that nothing is known."""
        readable = {code: reason for code, reason in self.active.items() if reason.level1 != "Z"}
        return tuple(wordings_of(readable).items())

    @property
    def said_in_any_language(self) -> tuple[tuple[str, Wording], ...]:
        """The same by the organisation’s own phrases alone: names and phrases that it came with are English."""
        shipped = {code: set(reason.phrases) for code, reason in SHIPPED.items()}
        return tuple(
            (code, Wording("", tuple(one for one in wording.phrases if one not in shipped.get(code, ()))))
            for code, wording in self.said
        )


FIRST = Taxonomy(TAXONOMY_VERSION, SHIPPED)


def taxonomy_of(number: int, changes: Changes) -> Taxonomy:
    """The taxonomy with an organisation's changes, in the order of the levels."""
    reasons = {code: _changed(reason, changes.get(code, {})) for code, reason in SHIPPED.items()}
    reasons |= {code: _added(code, own) for code, own in changes.items() if code not in SHIPPED}
    order = {level: at for at, level in enumerate(LEVELS)}
    ordered = sorted(reasons, key=lambda code: (order[code[0]], len(code), code))
    retired = frozenset(code for code, own in changes.items() if own.get("is_retired"))
    return Taxonomy(number, {code: reasons[code] for code in ordered}, retired)


def _changed(reason: Reason, own: Mapping[str, Any]) -> Reason:
    words = {name: own[name] for name in ("name", "meaning", "wording") if name in own}
    phrases = tuple(phrase for phrase in reason.phrases if phrase not in own.get("removed", ()))
    return replace(
        reason,
        **words,
        control=Control(own.get("control", reason.control)),
        will=Will(own.get("will", reason.will)),
        phrases=(*phrases, *own.get("added", ())),
    )


def _added(code: str, own: Mapping[str, Any]) -> Reason:
    return Reason(
        code=code, level1=code[0], name=own["name"], meaning=own.get("meaning", ""), wording=own.get("wording") or own["name"],
        control=Control(own["control"]), will=Will(own["will"]), phrases=tuple(own.get("added", ())),
    )  # fmt: skip


def next_code(taxonomy: Taxonomy, level: str) -> str:
    """The next code of a level, which nothing ever had; raises Refused where a level takes none or is full."""
    if level not in OPEN_LEVELS:
        raise Refused(_("Choose what the new reason belongs to."))
    taken = [int(code[1:]) for code in taxonomy.reasons if code[0] == level and code[1:].isdigit()]
    number = max(taken, default=0) + 1
    if number > 99:
        raise Refused(_("This group has as many reasons as it can hold."))
    return f"{level}{number}"


@dataclass(frozen=True)
class Edited:
    """One reason as a leader wants it: words for leaders, what it means, whether it can be helped, and its phrases."""

    name: str
    meaning: str
    control: str
    will: str
    phrases: tuple[str, ...]


def edited(changes: Changes, code: str, wanted: Edited) -> dict[str, dict[str, Any]]:
    """The changes with one reason as wanted; raises Refused where that cannot be."""
    name = line(wanted.name, limit=LABEL_LIMIT)
    if not name:
        raise Refused(_("A reason needs a name."))
    before, shipped = dict(changes.get(code, {})), SHIPPED.get(code)
    given: dict[str, Any] = {
        "name": name,
        "meaning": line(wanted.meaning),
        "control": Control(wanted.control).value,
        "will": Will(wanted.will).value,
    }
    if shipped is not None:
        given = {field: value for field, value in given.items() if value != _shown(shipped, field)}
        kept = {"removed": [phrase for phrase in shipped.phrases if phrase not in wanted.phrases]}
        kept["added"] = [phrase for phrase in wanted.phrases if phrase not in shipped.phrases]
    else:
        kept = {"added": list(wanted.phrases)}
    own = given | {field: phrases for field, phrases in kept.items() if phrases}
    own |= {field: before[field] for field in ("wording", "is_retired") if field in before}
    return {**{other: dict(value) for other, value in changes.items() if other != code}, **({code: own} if own else {})}


def _shown(reason: Reason, field: str) -> str:
    """What a form shows of a reason: words in the language of the page, which are no change when they come back."""
    return {"name": reason.label, "meaning": reason.definition}.get(field) or str(getattr(reason, field))


def retired(changes: Changes, code: str, *, is_retired: bool) -> dict[str, dict[str, Any]]:
    """The changes with one reason retired, or in use again."""
    own = {field: value for field, value in changes.get(code, {}).items() if field != "is_retired"}
    own |= {"is_retired": True} if is_retired else {}
    return {**{other: dict(value) for other, value in changes.items() if other != code}, **({code: own} if own else {})}


def phrases_in(typed: str) -> tuple[str, ...]:
    """The phrases that were typed, one a line, in lower case and each once; raises Refused for what is no phrase."""
    found = dict.fromkeys(" ".join(row.casefold().split()) for row in re.split(r"[\n;]", typed))
    phrases = tuple(phrase for phrase in found if phrase)
    if len(phrases) > PHRASES_LIMIT:
        raise Refused(_("At most %(number)s phrases.", number=PHRASES_LIMIT))
    for phrase in phrases:
        _check(phrase)
    return phrases


def _check(phrase: str) -> None:
    if len(phrase) > PHRASE_LIMIT:
        raise Refused(_("“%(phrase)s …” is too long for a phrase.", phrase=phrase[:40]))
    words = [word for word in phrase.split() if word != ".."]
    letters = [re.sub(r"[^\w#]", "", part) for word in words for part in word.split("|")]
    if not words or words[0] != phrase.split()[0] or not all(letters):
        raise Refused(_("“%(phrase)s” is no phrase: it needs words.", phrase=phrase))
    if any(len(part.rstrip("*")) < 3 for word in words for part in word.split("|") if part.endswith("*")):
        raise Refused(_("“%(phrase)s” would match too much: put three letters or more before the star.", phrase=phrase))


def reads_otherwise(before: Taxonomy, after: Taxonomy) -> bool:
    """Whether comments may be read otherwise with the other taxonomy: what a reason means and who can help it is not read."""
    return before.said != after.said
