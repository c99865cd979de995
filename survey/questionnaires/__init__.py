"""Questionnaires: what is asked.

Words: a *survey* has a *draft* (a document that its owner edits) and *versions* (frozen copies of it, made by publishing;
answers are pinned to theirs); a *question* has a key (never changed), a *kind* (`kinds/`, one module each) and settings;
a *template* is a good survey to start from. Whether a survey is a draft, live or closed is derived from its facts.
Emits `SurveyPublished`.
"""
