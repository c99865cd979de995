import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.ces import KIND
from tests.factories.drafts import question

ASKED = question("ces")


def test_agreeing_has_seven_steps():
    assert KIND.scale(ASKED) == (1, 7)
    assert KIND.clean(ASKED, given("7")) == 7
    assert len(KIND.values(ASKED)) == 7
    for off in ("0", "8"):
        with pytest.raises(Invalid, match="from 1 to 7"):
            KIND.clean(ASKED, given(off))


def test_it_gives_the_effort_score_and_the_mean():
    assert KIND.metrics == ("ces", "mean")
    assert KIND.said(ASKED, 6) == ("6 of 7",)
