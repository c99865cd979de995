"""Three bare Flask applications with a form equal to the satisfaction survey's: what the respond path is measured against.

floor    Jinja page; POST is one INSERT by raw sqlite3 and its own durable commit
grouped  the same, with a writer thread that commits together what waits
nothing  the same, without a database
"""

import os
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, redirect, render_template, request
from jinja2 import DictLoader
from werkzeug.wrappers import Response

Row = tuple[str, int, int | None, str]
Store = Callable[[Row], Any]

GROUP_SIZE = 128
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000")
TABLE = "CREATE TABLE IF NOT EXISTS response (form TEXT NOT NULL UNIQUE, nps INTEGER, rating INTEGER, reason TEXT)"
INSERT = "INSERT INTO response VALUES (?, ?, ?, ?)"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title><link rel="stylesheet" href="/static/look.css"></head>
<body><main><h1>{{ title }}</h1><p>Three questions, under a minute. Answering is voluntary.</p>
<form method="post"><input type="hidden" name="form" value="{{ form }}">
{% for name, words, points in scales %}<fieldset><legend>{{ words }}</legend>{% for point in points %}
<label><input type="radio" name="{{ name }}" value="{{ point }}"><span>{{ point }}</span></label>{% endfor %}</fieldset>
{% endfor %}<label for="reason">What is the main reason for your score?</label>
<p id="reason-hint">Please name no other people.</p>
<textarea id="reason" name="reason" rows="4" maxlength="10000" aria-describedby="reason-hint"></textarea>
<button>Send</button></form></main></body></html>"""
SCALES = (
    ("nps", "How likely are you to recommend us to a friend?", range(11)),
    ("rating", "How satisfied are you with our service overall?", range(1, 6)),
)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(TABLE)
    return connection


def _one_by_one(path: Path) -> Store:
    connection, lock = _connect(path), threading.Lock()

    def store(row: Row) -> None:
        with lock:
            connection.execute(INSERT, row)

    return store


def _in_groups(path: Path) -> Store:
    connection = _connect(path)
    waiting: queue.SimpleQueue[tuple[Row, Future[None]]] = queue.SimpleQueue()

    def commit(group: list[tuple[Row, Future[None]]]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(INSERT, [row for row, _ in group])
        connection.execute("COMMIT")
        for _, future in group:
            future.set_result(None)

    def loop() -> None:
        while True:
            group = [waiting.get()]
            while len(group) < GROUP_SIZE and not waiting.empty():
                group.append(waiting.get_nowait())
            commit(group)

    def store(row: Row) -> None:
        future: Future[None] = Future()
        waiting.put((row, future))
        future.result()

    threading.Thread(target=loop, daemon=True).start()
    return store


def _app(store: Store) -> Flask:
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": PAGE})

    @app.get("/")
    def ask() -> str:
        return render_template("page.html", title="How are we doing?", form=uuid4().hex, scales=SCALES)

    @app.post("/")
    def answer() -> Response | tuple[str, int]:
        try:
            row = _valid(request.form)
        except (KeyError, ValueError):
            return "Something is missing", 422
        store(row)
        return redirect("/thanks", 303)

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    return app


def _valid(form: Any) -> Row:
    nps, rating = int(form["nps"]), int(form.get("rating") or 0)
    if not 0 <= nps <= 10 or not 0 <= rating <= 5 or len(form.get("reason", "")) > 10_000:
        raise ValueError
    return UUID(form["form"]).hex, nps, rating or None, form.get("reason", "")


STORES: dict[str, Callable[[Path], Store]] = {
    "floor": _one_by_one,
    "grouped": _in_groups,
    "nothing": lambda _path: lambda _row: None,
}


def __getattr__(name: str) -> Flask:
    """`bench.bare:floor` and so on, each made when a server asks for it; its database lies in $BARE_FOLDER."""
    if name not in STORES:
        raise AttributeError(name)
    return _app(STORES[name](Path(os.environ["BARE_FOLDER"]) / f"{name}.sqlite3"))
