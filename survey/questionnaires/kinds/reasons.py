"""Why did you leave: reasons in customers' wording, each mapped to a code of the taxonomy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Answer, Given, Invalid, Kind, Option, Question, in_an_order, option_called
from survey.questionnaires.kinds.settings import Sent, rows, rows_schema, short
from survey.reasons.rules import REASONS, offerable

OTHER, ALSO = "other", "also"
RATHER_NOT = "Z2"
OTHER_WORDS = _m("Something else")
RATHER_NOT_WORDS = _m("I’d rather not say")
FEWEST, MOST = 6, 10
# A pick that suits most organisations: one or two of most levels, in the table's order.
DEFAULT_PICK = ("P1", "P2", "S1", "S3", "E2", "R1", "A2", "X1", "N2", "U2")
CODES_LIMIT = 3  # one primary reason and up to two that contributed


class ReasonsAnswer(TypedDict):
    """Codes of the taxonomy, the first is the primary one; and what was written beside “Something else”.

    Where something else was the primary one, there are no codes, and what contributed stands in `also`.
    """

    codes: list[str]
    other: str
    also: NotRequired[list[str]]


@dataclass(frozen=True)
class Pick:
    """One reason as the owner sees it: what we call it, what it means, what customers read, whether it is offered."""

    code: str
    label: str
    definition: str
    words: str
    is_picked: bool


@dataclass(frozen=True)
class Picks:
    """The setting: which reasons are offered, in which words; a list of {"code", "words"}."""

    name: str
    label: str
    hint: str = ""
    default: tuple[dict[str, str], ...] = ()
    control: str = "reasons"

    def check(self, value: Any) -> list[dict[str, str]]:
        """Return the picks; each code once, none that only staff can know."""
        checked = [self._pick(entry, number) for number, entry in enumerate(rows(value, self.label), start=1)]
        if len({pick["code"] for pick in checked}) < len(checked):
            raise ValueError(_("%(setting)s: a reason is there twice.", setting=self.label))
        return checked

    def _pick(self, entry: Mapping[str, Any], number: int) -> dict[str, str]:
        code, wording = entry.get("code"), entry.get("words")
        if set(entry) != {"code", "words"} or not isinstance(code, str) or not isinstance(wording, str):
            raise ValueError(
                _(
                    "%(setting)s, number %(number)s: “code” and “words” are needed, both texts.",
                    setting=self.label,
                    number=number,
                )
            )
        if code not in pickable():
            raise ValueError(
                _(
                    "%(setting)s, number %(number)s: “%(code)s” is not a reason that customers can be offered.",
                    setting=self.label,
                    number=number,
                    code=code,
                )
            )
        return {"code": code, "words": short(wording, self.label) or pickable()[code]}

    def schema(self) -> dict[str, Any]:
        """Return the same as JSON Schema."""
        return rows_schema({"code": {"enum": list(pickable())}})

    def read(self, sent: Sent, name: str, before: Any) -> list[dict[str, str]]:
        """Return the ticked reasons with the words typed beside them."""
        return self.check(
            [{"code": code, "words": sent(f"{name}.{code}.words")} for code in pickable() if sent(f"{name}.{code}")]
        )

    def texts(self, value: Sequence[Mapping[str, str]]) -> dict[str, str]:
        """Return what customers read, by code."""
        return {pick["code"]: pick["words"] for pick in value}

    def translated(self, value: Sequence[Mapping[str, str]], texts: Mapping[str, str]) -> list[dict[str, str]]:
        """Return the picks in other words."""
        return [{**pick, "words": texts.get(pick["code"], pick["words"])} for pick in value]

    def offered(self, kept: Sequence[Mapping[str, str]]) -> tuple[Pick, ...]:
        """Return every reason that can be picked, in the taxonomy's order, with what is kept of it."""
        words = {pick["code"]: pick["words"] for pick in kept}
        return tuple(
            Pick(code, REASONS[code].label, REASONS[code].definition, words.get(code, usual), code in words)
            for code, usual in pickable().items()
            if code in words or code not in REASONS.taxonomy.retired
        )


def pickable() -> dict[str, str]:
    """Return the reasons an owner can pick, code to customers' wording; “I’d rather not say” is always there besides."""
    return {reason.code: reason.customer_wording for reason in offerable() if reason.code != RATHER_NOT}


def picks(codes: Sequence[str]) -> list[dict[str, str]]:
    """Return picks in customers' usual wording."""
    return [{"code": code, "words": pickable()[code]} for code in codes]


class Reasons(Kind):
    """The reason for leaving; the answer is a ReasonsAnswer."""

    name = "reasons"
    label = lazy_gettext("Reason for leaving")
    about = lazy_gettext("Six to ten reasons in customers’ words, each mapped to a reason that is counted.")
    words = _m("What was the main reason you left?")
    settings = (
        Picks(
            "options",
            lazy_gettext("Reasons to choose from"),
            hint=lazy_gettext(
                "Pick %(fewest)s to %(most)s. Below each stand the words that customers read: they are yours, what they mean stays.",
                fewest=FEWEST,
                most=MOST,
            ),
            default=tuple(picks(DEFAULT_PICK)),
        ),
    )
    settings_label = lazy_gettext("Reasons to choose from")

    def clean(self, question: Question, given: Given) -> ReasonsAnswer | None:
        """Return the reasons chosen, the primary one first. Words typed with nothing ticked count as “Something else”.

        “Something else” without a word about it is kept as Z2: we do not know, and nobody is made to say.
        """
        other = given.written(OTHER)
        ticked = [self._code(question, value) for value in given.typed()] or ([OTHER] if other else [])
        also = [code for value in given.typed(ALSO) if (code := self._code(question, value)) not in (*ticked, OTHER)]
        if not ticked:
            if also:
                raise Invalid(_("Choose the reason that mattered most, then what else played a part."))
            return None
        codes = [code for code in (*ticked, *also) if code != OTHER]
        self._check(codes, is_other=ticked[0] == OTHER)
        if ticked[0] != OTHER:
            return {"codes": codes, "other": other}
        if codes:
            return {"codes": [], "other": other, "also": codes}
        return {"codes": [], "other": other} if other else {"codes": [RATHER_NOT], "other": ""}

    def _check(self, codes: Sequence[str], *, is_other: bool) -> None:
        """Raise Invalid where these are too many, or do not go together."""
        if RATHER_NOT in codes and (is_other or len(codes) > 1):
            raise Invalid(_("“%(words)s” goes with no other reason.", words=_(RATHER_NOT_WORDS)))
        if len(codes) + is_other > CODES_LIMIT:
            raise Invalid(_("Choose the one that mattered most, and at most two that played a part."))

    def parts(self, question: Question) -> tuple[str, ...]:
        """Return the inputs for what was something else, and for what played a part besides."""
        return OTHER, ALSO

    def columns(self, question: Question) -> tuple[str, ...]:
        """Return the words; what contributed stands behind the primary reason in one column."""
        return (OTHER,)

    def options(self, question: Question, part: str = "") -> tuple[Option, ...]:
        """Return the reasons; the two that name none cannot have contributed."""
        return () if part == OTHER else self.values(question)[:-2] if part else self.values(question)

    def entered(self, question: Question, answer: Answer, part: str = "") -> tuple[str, ...]:
        """Return the reasons, the primary one first, or the words beside them."""
        if part == OTHER:
            return (answer["other"],) if answer["other"] else ()
        return () if part else self.chosen(question, answer)

    def chosen(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return every reason that was given, the primary one first."""
        return tuple(answer["codes"]) or (OTHER, *answer.get(ALSO, ()))

    def holds_several(self, question: Question) -> bool:
        """One reason and others that contributed."""
        return True

    def _code(self, question: Question, value: str) -> str:
        """Return the code of an option given as code or, as files of other tools hold it, in words."""
        code = option_called(value, self.values(question))
        if code is None:
            raise Invalid(_("Choose one of the reasons."))
        return code

    def missing(self, question: Question) -> str:
        """Say that not saying is an answer too."""
        return _("Choose one of the reasons. “%(words)s” is one of them.", words=_(RATHER_NOT_WORDS))

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the primary reason alone, so that the counts are people."""
        return (answer["codes"][0] if answer["codes"] else OTHER,)

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return the picks, then the two that are always there."""
        picked = tuple((pick["code"], pick["words"]) for pick in question.settings.get("options", ()))
        return (*picked, (RATHER_NOT, _(RATHER_NOT_WORDS)), (OTHER, _(OTHER_WORDS)))

    def shuffled(self, question: Question, seed: object) -> tuple[Option, ...]:
        """Return the values as one visitor sees them: picks in an order made from the seed, the two fixed ones last."""
        *picked, rather_not, other = self.values(question)
        return (*in_an_order(picked, seed), rather_not, other)

    def spoken(self, question: Question, answer: Answer) -> str:
        """Return the primary reason alone; for something else what was written."""
        primary = self.cells(question, answer)[0]
        return (
            answer["other"]
            if primary == OTHER and answer["other"]
            else dict(self.values(question)).get(primary, primary)
        )

    def written(self, question: Question, answer: Answer) -> str | None:
        """Return what was written beside “Something else”."""
        return answer["other"] or None

    def seconds(self, question: Question) -> int:
        """Return how long it takes to read so many reasons."""
        return 12

    def problems(self, question: Question) -> tuple[str, ...]:
        """Ask for six to ten reasons: fewer hide what matters, more are not read."""
        count = len(question.settings.get("options", ()))
        return (
            ()
            if FEWEST <= count <= MOST
            else (
                _("Pick %(fewest)s to %(most)s reasons; now it is %(count)s.", fewest=FEWEST, most=MOST, count=count),
            )
        )


KIND = Reasons()
