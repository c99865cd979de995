"""What happens to campaigns."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class CampaignFinished:
    """Every letter of a campaign has come to its end, reminders too; told once."""

    campaign_id: UUID
    name: str
    slug: str
    by: UUID | None
    sent: int
