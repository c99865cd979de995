"""How often something came from one place within the last minutes, in the memory of this process and nowhere else.

Limits that are kept on a disk (foundation.limits) would keep the addresses of visitors beside what they sent.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass
from itertools import islice
from threading import Lock

from survey.foundation.clock import now

KEYS_LIMIT, FORGOTTEN_AT_ONCE = 100_000, 2

Key = tuple[str, ...]


@dataclass(frozen=True)
class Crowd:
    """How many of what is called so may come from one place within so many seconds."""

    name: str
    amount: int
    seconds: int


class Crowds:
    """Who came lately: a moving window for each kind of crowd and place."""

    def __init__(self) -> None:
        self.moments: OrderedDict[Key, deque[float]] = OrderedDict()  # whoever came last stands last
        self.longest = 0
        self.lock = Lock()

    def enter(self, crowd: Crowd, *place: str) -> bool:
        """Let one more in; False where as many came from this place as may."""
        key, moment = (crowd.name, *place), now().timestamp()
        with self.lock:
            mine = self._within(key, moment - crowd.seconds)
            if len(mine) >= crowd.amount:
                return False
            mine.append(moment)
            self.moments[key] = mine
            self.moments.move_to_end(key)
            self._forget(moment, crowd)
            return True

    def leave(self, crowd: Crowd, *place: str) -> None:
        """Take back the last one that was let in."""
        with self.lock:
            if mine := self.moments.get((crowd.name, *place)):
                mine.pop()

    def here(self, crowd: Crowd, *place: str) -> int:
        """Return how many were let in within its time."""
        with self.lock:
            return len(self._within((crowd.name, *place), now().timestamp() - crowd.seconds))

    def seconds_to_wait(self, crowd: Crowd, *place: str) -> int:
        """Return how long it takes until the first of those who were let in is forgotten."""
        moment = now().timestamp()
        with self.lock:
            mine = self._within((crowd.name, *place), moment - crowd.seconds)
            return max(1, round((mine[0] if mine else moment) + crowd.seconds - moment))

    def _within(self, key: Key, since: float) -> deque[float]:
        """The moments of a key that are not too old."""
        mine = self.moments.get(key) or deque()
        while mine and mine[0] <= since:
            mine.popleft()
        return mine

    def _forget(self, moment: float, crowd: Crowd) -> None:
        """Forget some of those who have not come for so long that they count nowhere, and anybody where there are too many."""
        self.longest = max(self.longest, crowd.seconds)
        since = moment - self.longest
        for key in list(islice(self.moments, FORGOTTEN_AT_ONCE)):
            if len(self.moments) > KEYS_LIMIT or (self.moments[key] or [since])[-1] <= since:
                del self.moments[key]
