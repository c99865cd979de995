"""What happens to surveys."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class SurveyPublished:
    """A survey's draft became a frozen version."""

    survey_id: UUID
    version_id: UUID
    number: int
    at: datetime
