"""What happens to invitations."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class CampaignFinished:
    """Everybody whom a campaign is for has been written to, or is held back; `by` is whoever started it."""

    campaign_id: UUID
    name: str
    slug: str
    by: UUID | None
    sent: int
