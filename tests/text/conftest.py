"""Tests of text alone: what other rooms make of a reading is theirs to test."""

import pytest
from flask import Flask

from survey.foundation import events
from survey.responses.actions import keep_sentiment
from survey.responses.events import ResponseSubmitted
from survey.text.actions import keep_comments
from survey.text.events import ResponseRead


@pytest.fixture
def heard(app: Flask) -> list[ResponseRead]:
    """What text told the other rooms."""
    told: list[ResponseRead] = []
    events.connect({ResponseSubmitted: (keep_comments,), ResponseRead: (keep_sentiment, told.append)}, {})
    return told
