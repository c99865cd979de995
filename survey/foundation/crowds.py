"""How often something came from one place within the last minutes, in the memory of this process and nowhere else.

Limits that are kept on a disk (foundation.limits) would keep the addresses of visitors beside what they sent.
"""

from collections import OrderedDict, deque
from itertools import islice
from threading import Lock

from limits import RateLimitItem
from limits.storage import MovingWindowSupport, Storage
from limits.strategies import MovingWindowRateLimiter

from survey.foundation.clock import now

KEYS_LIMIT, FORGOTTEN_AT_ONCE = 100_000, 2


class Crowds:
    """Who came lately: a moving window for each key, counted by the `limits` library."""

    def __init__(self) -> None:
        self._windows = _Windows()
        self._limiter = MovingWindowRateLimiter(self._windows)

    def enter(self, limit: RateLimitItem, *place: str) -> bool:
        """Let one more in; False where as many came from this place as the limit allows."""
        return self._limiter.hit(limit, *place)

    def leave(self, limit: RateLimitItem, *place: str) -> None:
        """Take back the last one that was let in."""
        self._windows.take_back(limit.key_for(*place))

    def here(self, limit: RateLimitItem, *place: str) -> int:
        """Return how many were let in within the limit's time."""
        return limit.amount - self._limiter.get_window_stats(limit, *place).remaining

    def seconds_to_wait(self, limit: RateLimitItem, *place: str) -> int:
        """Return how long it takes until the first of those who were let in is forgotten."""
        opens_at = self._limiter.get_window_stats(limit, *place).reset_time
        return max(1, round(opens_at - now().timestamp()))


class _Windows(Storage, MovingWindowSupport):
    """The `limits` storage for moving windows. The library's own goes through all keys again and again; this one never does."""

    STORAGE_SCHEME = None
    base_exceptions = ()

    def __init__(self) -> None:
        super().__init__()
        self.moments: OrderedDict[str, deque[float]] = OrderedDict()  # whoever came last stands last
        self.longest = 0
        self.lock = Lock()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        with self.lock:
            mine = self._within(key, expiry)
            if len(mine) + amount > limit:
                return False
            mine.extend([now().timestamp()] * amount)
            self.moments[key] = mine
            self.moments.move_to_end(key)
            self._forget(expiry)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        with self.lock:
            mine = self._within(key, expiry)
            return (mine[0] if mine else now().timestamp()), len(mine)

    def take_back(self, key: str) -> None:
        with self.lock:
            mine = self.moments.get(key)
            if mine:
                mine.pop()

    def _within(self, key: str, expiry: int) -> deque[float]:
        """The moments of a key that are not too old."""
        mine, since = self.moments.get(key) or deque(), now().timestamp() - expiry
        while mine and mine[0] <= since:
            mine.popleft()
        return mine

    def _forget(self, expiry: int) -> None:
        """Forget some of those who have not come for so long that they count nowhere, and anybody where there are too many."""
        self.longest = max(self.longest, expiry)
        since = now().timestamp() - self.longest
        for key in list(islice(self.moments, FORGOTTEN_AT_ONCE)):
            if len(self.moments) > KEYS_LIMIT or (self.moments[key] or [since])[-1] <= since:
                del self.moments[key]

    # ---- what the library asks of every storage

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise NotImplementedError

    def get(self, key: str) -> int:
        raise NotImplementedError

    def get_expiry(self, key: str) -> float:
        raise NotImplementedError

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self.lock:
            many = len(self.moments)
            self.moments.clear()
            return many

    def clear(self, key: str) -> None:
        with self.lock:
            self.moments.pop(key, None)
