"""The page of a survey's versions: what each changed, and which numbers may be compared."""

from flask import render_template

from survey.foundation.web import TEAM, admits
from survey.questionnaires import queries
from survey.questionnaires.pages import compared, standing, version_lines, waiting_changes
from survey.questionnaires.staff.door import bp, find


@bp.get("/surveys/<slug>/versions")
@admits(TEAM)
def versions(slug: str) -> str:
    """Every version with what it changed of the one before it, and what waits in the draft."""
    survey = find(slug)
    published = queries.versions(survey.id)
    return render_template(
        "questionnaires/versions.html",
        survey=survey,
        standing=standing(survey),
        lines=version_lines(published),
        waiting=waiting_changes(survey),
        comparisons=compared(published),
    )
