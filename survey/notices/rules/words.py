"""How a notice reads, from the facts that it keeps; in the language of whoever reads it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from survey.foundation.language import day_words, ngettext
from survey.foundation.language import gettext as _

Said = Mapping[str, Any]


def words_of(kind: str, said: Said, many: int, *, today: date) -> str:
    """Return a notice as a sentence."""
    return WORDS[kind](said, many, today)


def _low_score(said: Said, many: int, today: date) -> str:
    return ngettext(
        "One low score in “%(survey)s” on %(day)s", "%(num)s low scores in “%(survey)s” on %(day)s", many,
        survey=said.get("survey", ""), day=_day(said, today),
    )  # fmt: skip


def _new_case(said: Said, many: int, today: date) -> str:
    day = _day(said, today)
    if "survey" in said:
        return ngettext(
            "One answer in “%(survey)s” on %(day)s says why somebody left",
            "%(num)s answers in “%(survey)s” on %(day)s say why somebody left", many, survey=said["survey"], day=day,
        )  # fmt: skip
    return ngettext("One person was marked as left on %(day)s", "%(num)s people were marked as left on %(day)s", many, day=day)  # fmt: skip


def _assigned(said: Said, _many: int, _today: date) -> str:
    told = {"who": said.get("by") or _("Somebody"), "survey": said.get("survey", "")}
    return _("%(who)s gave you a comment from “%(survey)s”", **told)


def _campaign_finished(said: Said, many: int, _today: date) -> str:
    return ngettext(
        "Your invitations “%(name)s” are done: %(num)s letter", "Your invitations “%(name)s” are done: %(num)s letters", many,
        name=said.get("name", ""),
    )  # fmt: skip


def _import_finished(said: Said, many: int, _today: date) -> str:
    told = {"file": said.get("file", ""), "rejected": said.get("rejected", 0)}
    if not said.get("is_whole"):
        return ngettext(
            "Your file “%(file)s” could not be read to its end: %(num)s row was read",
            "Your file “%(file)s” could not be read to its end: %(num)s rows were read", many, **told,
        )  # fmt: skip
    if told["rejected"]:
        return ngettext(
            "Your file “%(file)s” is read in: %(num)s row, %(rejected)s of them not taken",
            "Your file “%(file)s” is read in: %(num)s rows, %(rejected)s of them not taken", many, **told,
        )  # fmt: skip
    return ngettext("Your file “%(file)s” is read in: %(num)s row", "Your file “%(file)s” is read in: %(num)s rows", many, **told)  # fmt: skip


def _day(said: Said, today: date) -> str:
    return day_words(date.fromisoformat(str(said["day"])), today)


WORDS: Mapping[str, Callable[[Said, int, date], str]] = {
    "low_score": _low_score,
    "new_case": _new_case,
    "assigned": _assigned,
    "campaign_finished": _campaign_finished,
    "import_finished": _import_finished,
}
