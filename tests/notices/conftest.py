"""Every test of this room stands on the same Tuesday at noon, unless it says otherwise."""

import pytest
import time_machine

from tests.factories.counted import NOW


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
