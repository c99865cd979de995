"""The parts of NLTK that reading needs, loaded when first asked for and without the heavy libraries beside it.

Where scikit-learn and SciPy are installed, `import nltk` loads both: over a second and 100 MB that reading never uses.
NLTK does without them when they cannot be found, so they are hidden while it loads.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from threading import Lock
from types import ModuleType

HIDDEN = ("scipy", "scipy.stats", "sklearn")  # not numpy: another thread may load it at this very moment
_loading = Lock()


def vader() -> ModuleType:
    """The module `nltk.sentiment.vader`."""
    return _part("nltk.sentiment.vader")


def snowball() -> ModuleType:
    """The module `nltk.stem.snowball`."""
    return _part("nltk.stem.snowball")


def porter() -> ModuleType:
    """The module `nltk.stem.porter`."""
    return _part("nltk.stem.porter")


def agreement() -> ModuleType:
    """The module `nltk.metrics.agreement`."""
    return _part("nltk.metrics.agreement")


@lru_cache
def _part(name: str) -> ModuleType:
    with _loading, _hidden():
        return import_module(name)


@contextmanager
def _hidden() -> Iterator[None]:
    hidden = [name for name in HIDDEN if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # Python reads it as: there is no such module
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
