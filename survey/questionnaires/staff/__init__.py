"""The staff door of questionnaires: make, edit, translate, publish, hand on."""

from survey.questionnaires.staff import editing, files, languages, life, links, robots, surveys, versions
from survey.questionnaires.staff.door import bp

__all__ = ["bp", "editing", "files", "languages", "life", "links", "robots", "surveys", "versions"]
