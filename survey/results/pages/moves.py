"""What moved, as rows of a table."""

from survey.foundation.language import gettext as _
from survey.foundation.language import number_words
from survey.results.rules.findings import SHORT
from survey.results.rules.moves import Move, Moves
from survey.results.rules.words import value_words


def move_rows(moves: Moves | None) -> list[list[str]]:
    """Everything that was compared: what, before, now, the difference with its interval, the verdict."""
    return [_row(move) for move in (moves.every if moves else ())]


def _row(move: Move) -> list[str]:
    name = (
        move.name if move.is_reason else _("%(question)s (%(number)s)", question=move.name, number=SHORT[move.now.name])
    )
    return [name, _with_n(value_words(move.before), move.before.n), _with_n(value_words(move.now), move.now.n), move.difference_words, move.verdict_words]  # fmt: skip


def _with_n(value: str, n: int) -> str:
    return f"{value} ({number_words(n)})"
