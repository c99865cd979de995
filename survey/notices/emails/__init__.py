"""What letters to staff say: `bundle` what happened, `weekly` the week for a leader."""

from survey.notices.emails.bundle import notices
from survey.notices.emails.weekly import weekly, weekly_paper

__all__ = ["notices", "weekly", "weekly_paper"]
