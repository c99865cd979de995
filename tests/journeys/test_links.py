"""Every link leads somewhere: the example organisation walked from page to page, as each role."""

import re
from collections import deque
from html import unescape

import pytest

from survey.example.actions import make_example
from survey.foundation.clock import now
from survey.organisation.queries import today
from tests.factories.people import sign_in

MOST = 180
LINK = re.compile(r'(?:href|src|srcset)="(/[^"#]*)')


def _shape(address: str) -> str:
    """An address without its ids, names and cursors: of pages alike a few are enough."""
    path, _, query = address.partition("?")
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", path)
    return path + "?" + "&".join(sorted(part.partition("=")[0] for part in query.split("&")))


def _walk(client, start):
    """Follow links from a page, at most two of a shape; return the addresses that were opened and those that failed."""
    waiting, seen, shapes, failed = deque([start]), {start}, {}, []
    while waiting and len(seen) - len(waiting) < MOST:
        address = waiting.popleft()
        answer = client.get(address)
        if answer.status_code >= 400:
            failed.append((address, answer.status_code))
        text = answer.text if answer.mimetype == "text/html" else ""
        answer.close()
        for link in map(unescape, LINK.findall(text)):
            if link not in seen and shapes.get(_shape(link), 0) < 2:
                seen.add(link)
                shapes[_shape(link)] = shapes.get(_shape(link), 0) + 1
                waiting.append(link)
    return seen, failed


@pytest.mark.parametrize(("role", "start"), [("admin", "/today"), ("viewer", "/results"), (None, "/")])
def test_every_link_leads_somewhere(sqlite_app, role, start):
    make_example(today=today(), now=now())
    sqlite_app.extensions["hearback.work_off"]()
    client = sqlite_app.test_client()
    if role:
        sign_in(client, role)
    seen, failed = _walk(client, start)
    assert failed == []
    if role == "admin":
        shapes = {_shape(address) for address in seen}
        assert {"/responses/<id>?", "/people/<id>?", "/improvements/<id>?"} <= shapes
