"""The reasons in force, for rules and pages that name codes: the organisation's own where an app is running."""

from collections.abc import Callable, Iterator, Mapping

from survey.reasons.rules.edits import FIRST, Taxonomy
from survey.reasons.rules.values import Reason


class InForce(Mapping[str, Reason]):
    """Code -> reason, as the organisation words them now; those that come with the product where nobody is asked."""

    def __init__(self) -> None:
        self._ask: Callable[[], Taxonomy | None] = lambda: None

    def ask(self, source: Callable[[], Taxonomy | None]) -> None:
        """Ask this for the taxonomy from now on; called once by `create_app`."""
        self._ask = source

    @property
    def taxonomy(self) -> Taxonomy:
        """The taxonomy in force."""
        return self._ask() or FIRST

    def __getitem__(self, code: str) -> Reason:
        return self.taxonomy.reasons[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.taxonomy.reasons)

    def __len__(self) -> int:
        return len(self.taxonomy.reasons)


REASONS = InForce()


def offerable() -> tuple[Reason, ...]:
    """The reasons a leaver may be offered, retired ones included, in table order; “I’d rather not say” is last."""
    return tuple(reason for reason in REASONS.values() if not reason.staff_only)
