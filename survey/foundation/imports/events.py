"""What happens to files that were handed in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ImportFinished:
    """A file was read to its end, or could not be read any further (`is_whole` is False); not told where somebody stopped it.

    `rows` were worked on, `rejected` of them were not taken. `room` and `subject` say into what it was read.
    """

    import_id: UUID
    room: str
    subject: UUID | None
    name: str
    by: UUID
    rows: int
    rejected: int
    is_whole: bool
    at: datetime
