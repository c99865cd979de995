"""Good surveys to start from, as documents."""

from survey.questionnaires.rules.templates import customers, leavers, team
from survey.questionnaires.rules.templates.values import CUSTOMERS, LEAVERS, TEAM, Template, questionnaire_from

TEMPLATES: dict[str, Template] = {one.name: one for one in (*customers.TEMPLATES, *leavers.TEMPLATES, *team.TEMPLATES)}

__all__ = ["CUSTOMERS", "LEAVERS", "TEAM", "TEMPLATES", "Template", "questionnaire_from"]
