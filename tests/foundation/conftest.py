"""Writes that are sure to be committed together."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from flask import Flask

from survey.foundation import db as database
from survey.foundation.db import write

InOneGroup = Callable[..., list[Any]]


@pytest.fixture
def in_one_group(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> InOneGroup:
    """Write functions as one group, in this order; returns, for each, its result or its error."""
    monkeypatch.setattr(database, "GROUP_SECONDS", 30)
    writer = sqlite_app.extensions["hearback.writer"]

    def one(fn: Callable[[], Any], together: bool) -> Any:
        with sqlite_app.app_context():
            try:
                return write(fn, together=together)
            except Exception as error:
                return error

    def run(functions: Sequence[Callable[[], Any]], *, together: Sequence[bool] = ()) -> list[Any]:
        begun, gate = Event(), Event()

        def hold() -> None:
            begun.set()
            gate.wait()

        flags = together or [False] * len(functions)
        with ThreadPoolExecutor(len(functions) + 1) as pool:
            held = pool.submit(one, hold, True)
            begun.wait(10)  # from now on what is queued waits for the gate
            results = []
            for place, (fn, flag) in enumerate(zip(functions, flags, strict=True)):
                results.append(pool.submit(one, fn, flag))
                until = time.monotonic() + 10
                while writer.queue.qsize() <= place and time.monotonic() < until:
                    time.sleep(0.01)
            gate.set()
            held.result()
            return [result.result() for result in results]

    return run
