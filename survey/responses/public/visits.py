"""One page that was sent."""

from dataclasses import dataclass
from uuid import UUID

from flask import request

from survey.foundation.tokens import Issued
from survey.questionnaires.rules.paths import Place
from survey.responses import pages
from survey.responses.models import ResponseDraft
from survey.responses.pages import Asked, Walk
from survey.responses.public.whose import Whose


@dataclass(frozen=True)
class Visit:
    """One page that was sent: how far its sender is, which page, with which token and what that says, whose."""

    walked: Walk
    place: Place
    token: str
    issued: Issued
    whose: Whose
    had_draft: bool

    @property
    def form_id(self) -> UUID:
        """Under which its answers are kept."""
        return self.issued.form_id

    @property
    def asked(self) -> Asked:
        """What was asked."""
        return self.walked.asked


def typed_so_far(asked: Asked, draft: ResponseDraft | None) -> tuple[Walk, Place]:
    """How far somebody is with what they sent, and the page that they sent."""
    before = draft.typed if draft else {}
    place = pages.walk(asked, before).at(pages.page_number(request.form.get(pages.PAGE, "")) or 0)
    return pages.walk(asked, pages.typed_on(place, request.form, before)), place
