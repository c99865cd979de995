"""What a device has begun: its half-filled form, found again by a cookie that holds nothing but the form token."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, current_app, make_response, request
from flask.typing import ResponseReturnValue

from survey.foundation.tokens import FORM_LASTS, digest
from survey.foundation.web import cookie
from survey.responses import pages, queries
from survey.responses.models import ResponseDraft
from survey.responses.pages import Asked, tokens
from survey.responses.public.whose import Whose, asked_of
from survey.responses.rules import Opening

COOKIE = "hearback-form"


@dataclass(frozen=True)
class Held:
    """A form that this device holds a token of: what it asks, in the version that it was begun in."""

    asked: Asked
    token: str
    seed: UUID
    form_id: UUID


def held_form(found: Opening, whose: Whose, mark: str, *, mode: str = "") -> Held | None:
    """Return the form that a mark stands for (the number of its version, a dot, its token); None where it is not ours."""
    number, _dot, token = mark.partition(".")
    asked = asked_of(pages.sent_version(found, number), whose)
    issued = tokens().read(token, f"{mode}{asked.purpose}")
    return Held(asked, token, issued.seed, issued.form_id) if issued else None


def mark_of(asked: Asked, token: str) -> str:
    """What a device holds of a form: the number of its version, a dot, its token."""
    return f"{asked.opening.number}.{token}"


def in_its_version(found: Opening, draft: ResponseDraft) -> Opening:
    """The survey in the version that a draft was begun in."""
    return queries.in_version(found, draft.version_id)


def remembering(answer: ResponseReturnValue, asked: Asked, whose: Whose, token: str, *, path: str = "") -> Response:
    """Let this device find its half-filled form again: on its own link for as long as a form lasts, else while the browser is open.

    Not on a kiosk: the next person is somebody else.
    """
    response = make_response(answer)
    if asked.way.is_kiosk:
        return response
    response.set_cookie(
        COOKIE,
        mark_of(asked, token),
        path=path or request.path,
        max_age=FORM_LASTS if whose.link else None,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def forgetting(answer: ResponseReturnValue) -> Response:
    """Let this device forget its half-filled form, which is sent or begun anew."""
    response = make_response(answer)
    if cookie(COOKIE):
        response.delete_cookie(COOKIE, path=request.path)
    return response


def is_of_device(draft: ResponseDraft, token: str) -> bool:
    """Whether a draft was typed on the device that holds this token."""
    return draft.device is not None and draft.device == digest(token)
