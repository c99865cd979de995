import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.rating import KIND
from tests.factories.drafts import question


def test_a_rating_goes_from_1_to_5_unless_said():
    asked = question("rating")
    assert KIND.scale(asked) == (1, 5)
    assert KIND.clean(asked, given("5")) == 5
    for off in ("0", "6"):
        with pytest.raises(Invalid, match="from 1 to 5"):
            KIND.clean(asked, given(off))


def test_the_owner_sets_the_points():
    asked = question("rating", points=7)
    assert KIND.clean(asked, given("7")) == 7
    assert len(KIND.values(asked)) == 7
    assert KIND.missing(asked) == "Choose a number from 1 to 7."


@pytest.mark.parametrize("points", [2, 11, "5", 5.0, True, None])
def test_points_outside_3_to_10_are_refused(points):
    from survey.foundation.errors import Refused

    with pytest.raises(Refused, match="from 3 to 10"):
        question("rating", points=points)
