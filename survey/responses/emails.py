"""The letter with the address to go on with a survey, for whoever left it for later and asked for it."""

from uuid import UUID

from flask import current_app

from survey.foundation.db import random_id
from survey.foundation.language import direction, spoken
from survey.foundation.language import gettext as _
from survey.foundation.tokens import FormTokens
from survey.letters.actions import Post, Taken
from survey.letters.rules.links import Links
from survey.letters.rules.paper import Button, Paper, Paragraph, Small
from survey.letters.rules.states import Why
from survey.organisation.queries import organisation
from survey.responses.queries import draft, opening
from survey.responses.rules import LATER


def link_letter(slug: str, *, purpose: str, seed: UUID, to: str, language: str) -> Post:
    """The letter to post: what leads to the half-filled form lies sealed in it, under a random id that stands nowhere else.

    So nothing that is stored leads from the address to what was typed, nor back.
    """
    seal = random_id()
    said = {"slug": slug, "purpose": purpose, "sealed": _links().sealed(LATER, seal, seed)}
    return Post("own_link", address=to, about=seal, said=said, language=language)


def own_link(taken: Taken) -> Paper | Why:
    """The address to go on with a survey."""
    found = opening(str(taken.said.get("slug", "")))
    if found is None or taken.about is None or "sealed" not in taken.said:
        return Why.GONE
    purpose, tokens = str(taken.said["purpose"]), _form_tokens()
    seed = _links().unsealed(LATER, taken.about, str(taken.said["sealed"]))
    token = tokens.issue(f"{LATER}{purpose}", seed=seed)
    form_id = tokens.form_id(token, f"{LATER}{purpose}")
    if form_id is None or draft(form_id) is None:
        return Why.ANSWERED
    number, name = purpose.rpartition("/")[2], organisation().name
    return Paper(
        _("Go on with your answers to %(name)s", name=name),
        _("Your answers wait for you. Nothing has been sent yet."),
        (
            Paragraph(
                _("You left a survey of %(name)s for later. It opens where you left off, on any device.", name=name)
            ),
            Button(_("Go on"), f"{_links().base_url}/s/{found.slug}/later/{number}.{token}"),
            Small(_("Whoever has this letter sees what you typed. If you did not ask for it, do nothing.")),
        ),
        language=spoken(),
        direction=direction(spoken()),
    )


def _links() -> Links:
    links: Links = current_app.extensions["hearback.links"]
    return links


def _form_tokens() -> FormTokens:
    tokens: FormTokens = current_app.extensions["hearback.form_tokens"]
    return tokens
