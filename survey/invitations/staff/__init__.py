"""The staff doors of invitations: one `personal` link, `campaigns`, and `triggers` after events."""

from survey.invitations.staff import campaigns, personal, triggers
from survey.invitations.staff.door import bp

__all__ = ["bp", "campaigns", "personal", "triggers"]
