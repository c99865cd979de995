"""A real browser on a real server: Chromium driven by Playwright; skips where Chromium is missing."""

import shutil
from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 375, "height": 800}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install it (Debian, Ubuntu: apt install chromium) to run the browser journeys")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def server(sqlite_app: Flask) -> Iterator[str]:
    """The address of the app, served by threads for one test."""
    running = make_server("127.0.0.1", 0, sqlite_app, threaded=True)
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


def context_of(browser: Browser, server: str, **options: object) -> Iterator[BrowserContext]:
    """A browser's window on the server, with what a person's browser is like as options of Playwright."""
    context = browser.new_context(base_url=server, **options)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser, server: str) -> Iterator[Page]:
    """A browser window on a desk."""
    for context in context_of(browser, server, viewport=DESK):
        yield context.new_page()


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Page]:
    """A phone with JavaScript switched off."""
    for context in context_of(browser, server, viewport=PHONE, java_script_enabled=False, has_touch=True):
        yield context.new_page()
