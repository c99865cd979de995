"""What is wrong with a page in a real browser, in each of several looks: axe, and whether it scrolls sideways."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.factories.people import sign_in

LIGHT_AND_DARK = ((1280, "light"), (375, "dark"))
# What another colour scheme can spoil: the rest of axe asks how the page is built, which is asked once for each width.
LOOKS_ALONE = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
FOUND = "axe.run(%s).then((said) => said.violations.map((one) => `${one.id} ${one.nodes[0].html.slice(0, 160)}`))"


@cache
def _axe() -> str:
    return Axe().axe_script


def violations(page: Page, **options: Any) -> list[str]:
    """What axe has against a page: rule and place."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_axe())
    return page.evaluate(FOUND % json.dumps({"resultTypes": ["violations"], **options}))


def put_on(page: Page, width: int, scheme: str) -> None:
    """Show a page at a width in pixels and in a colour scheme, at once: colours on their way are no colours yet."""
    page.set_viewport_size(ViewportSize(width=width, height=800))
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")


def wrong_in(page: Page, looks: Sequence[tuple[int, str]] = LIGHT_AND_DARK) -> list[str]:
    """What is wrong with an open page in looks, each of a width in pixels and a colour scheme; in full once for each width."""
    wrong: list[str] = []
    looked: set[int] = set()
    for width, scheme in looks:
        put_on(page, width, scheme)
        found = violations(page, **({"runOnly": {"type": "rule", "values": LOOKS_ALONE}} if width in looked else {}))
        looked.add(width)
        if page.evaluate(WIDER):
            found.append("scrolls sideways")
        wrong += [f"{page.url} at {width} in {scheme}: {one}" for one in found]
    return wrong


def signed_in(page: Page, app: Any, user: Any) -> Page:
    """Give a browser the cookie of a user, as if signed in before."""
    client = app.test_client()
    sign_in(client, user=user)
    context: BrowserContext = page.context
    context.add_cookies(
        [{"name": "hearback", "value": client.get_cookie("hearback").value, "domain": "127.0.0.1", "path": "/"}]
    )
    return page
