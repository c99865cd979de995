"""The pages on which a survey is translated."""

from typing import Any

from survey.foundation.web import TEAM, admits
from survey.questionnaires.staff.door import bp, find


@bp.get("/surveys/<slug>/languages")
@admits(TEAM)
def languages(slug: str) -> Any:
    """List the languages."""
    find(slug)
    return ""
