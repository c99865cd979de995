"""The staff door of letters: `outbox` every letter and one letter, `by_hand` writing one, `suppressed` who is not written to."""

from survey.letters.staff import by_hand, outbox, suppressed
from survey.letters.staff.door import bp

__all__ = ["bp", "by_hand", "outbox", "suppressed"]
