"""What happens to the organisation."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SettingsChanged:
    """An admin changed settings; `what` names them."""

    by: UUID | None
    what: tuple[str, ...]
