"""Files handed in as a browser does it, for tests."""

import io
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.forms import form_values
from tests.factories.people import csrf_token


def hand_in(client: FlaskClient, start: str, content: bytes | str, *, name: str = "file.csv") -> TestResponse:
    """Send a file on the page where files are handed in."""
    body = content.encode() if isinstance(content, str) else content
    data = {"csrf_token": csrf_token(client, start), "file": (io.BytesIO(body), name)}
    return client.post(start, data=data, content_type="multipart/form-data")


def page_of(client: FlaskClient, start: str, content: bytes | str, **more: Any) -> str:
    """Hand a file in and return the path of its page."""
    answer = hand_in(client, start, content, **more)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def say(client: FlaskClient, path: str, **changes: str) -> TestResponse:
    """Say what the columns mean: what stands there already, but for the changes (`column_0`)."""
    values = form_values(client.get(f"{path}/columns").text, "columns")
    return client.post(
        f"{path}/columns",
        data={
            **values,
            **{
                name.replace("_", "-", 1) if name.startswith(("column", "scale", "missing")) else name: value
                for name, value in changes.items()
            },
        },
    )


def work(client: FlaskClient) -> None:
    """Let the worker do what waits."""
    client.application.extensions["hearback.work_off"]()


def tried(client: FlaskClient, start: str, content: bytes | str, **changes: str) -> str:
    """Hand a file in, say what its columns mean, have it tried, and return the path of its page."""
    path = page_of(client, start, content)
    answer = say(client, path, **changes)
    assert answer.status_code == 303, answer.text
    work(client)
    return path


def press(client: FlaskClient, path: str, what: str) -> TestResponse:
    """Press a button of a file's page."""
    return client.post(f"{path}/{what}", data={"csrf_token": csrf_token(client, path)})


def read_in(client: FlaskClient, start: str, content: bytes | str, **changes: str) -> str:
    """Do all of it, and return the path of the file's page."""
    path = tried(client, start, content, **changes)
    assert press(client, path, "read").status_code == 303
    work(client)
    return path
