"""The staff door of questionnaires: make, edit, translate, publish, hand on."""

from survey.questionnaires.staff import editing, languages, life, surveys
from survey.questionnaires.staff.door import bp

__all__ = ["bp", "editing", "languages", "life", "surveys"]
