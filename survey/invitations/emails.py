"""What letters of invitation say: who asks, the first question, how long it takes, until when, and what is promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from flask import current_app

from survey.customers.models import Person
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.language import direction, moment_words, ngettext, speaking
from survey.foundation.language import gettext as _
from survey.invitations import queries
from survey.invitations.actions import renew
from survey.invitations.models import Campaign, Invitation
from survey.invitations.rules import MOST_TILES, Words, default_words, reminder_subject
from survey.letters.actions import Taken
from survey.letters.rules.links import Links
from survey.letters.rules.paper import Block, Button, Paper, Paragraph, Scale, Small
from survey.letters.rules.states import Why
from survey.organisation.queries import organisation
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import draft_of, live, questionnaire_of
from survey.questionnaires.rules import Question, Questionnaire
from survey.questionnaires.rules.addresses import personal_address
from survey.questionnaires.rules.effort import effort_words
from survey.questionnaires.rules.languages import best_language, in_language
from survey.questionnaires.rules.piping import all_words, names_in

IDENTIFIED, ANONYMOUS = "identified", "anonymous"
PREVIEW_TOKEN = "preview"  # noqa: S105 - stands where a person's own secret would


@dataclass(frozen=True)
class Asking:
    """What one person's letter of invitation is made of; `own_words` are the team's, by language. The link is good until a moment
    or, as long as nothing was sent, for so many days."""

    survey: Survey
    questionnaire: Questionnaire
    link: str
    person: Person
    own_words: Mapping[str, Mapping[str, str]]
    until: datetime | None = None
    days: int | None = None
    is_reminder: bool = False


def invitation(taken: Taken) -> Paper | Why:
    """The first letter of an invitation."""
    return _letter(taken, is_reminder=False)


def reminder(taken: Taken) -> Paper | Why:
    """A reminder: the same link once more."""
    return _letter(taken, is_reminder=True)


def trial(taken: Taken) -> Paper | Why:
    """A campaign's letter as its sender tries it out: with a link that answers nothing."""
    campaign = queries.campaign(UUID(str(taken.said.get("campaign", UUID(int=0)))))
    somebody = queries.somebody_of(campaign) if campaign is not None else None
    if campaign is None or somebody is None:
        return Why.GONE
    return preview(campaign, somebody, language=taken.language, is_trial=True)


def preview(
    campaign: Campaign, somebody: Person, *, language: str, is_trial: bool = False, is_reminder: bool = False
) -> Paper:
    """A campaign's letter as somebody would get it; its link leads nowhere."""
    found = live(campaign.survey.slug, now=now())
    questionnaire = questionnaire_of(found[1]) if found else draft_of(campaign.survey)
    link = personal_address(_base_url(), PREVIEW_TOKEN)
    asking = Asking(
        campaign.survey, questionnaire, link, somebody, campaign.words, days=campaign.link_days, is_reminder=is_reminder
    )
    paper = paper_of(asking, wanted=language)
    if not is_trial:
        return paper
    blocks = [Small(_("A test, sent to you alone. Its links answer nothing.")), *paper.blocks]
    return Paper(
        _("Test: %(subject)s", subject=paper.subject), paper.preheader, blocks, paper.language, paper.direction
    )


def _letter(taken: Taken, *, is_reminder: bool) -> Paper | Why:
    found = queries.invitation(taken.about) if taken.about else None
    if found is None:
        return Why.GONE
    is_hidden = taken.is_shown and found.survey.privacy != IDENTIFIED  # nobody may see who has answered
    if not is_hidden and queries.participation(found.id) is not None:
        return Why.ANSWERED if found.survey.privacy == IDENTIFIED else Why.NOT_NEEDED
    now_open = live(found.survey.slug, now=now())
    if now_open is None or (found.expires_at is not None and found.expires_at <= now()):
        return Why.CLOSED
    link = personal_address(_base_url(), PREVIEW_TOKEN if taken.is_shown else _token(found))
    asking = Asking(found.survey, questionnaire_of(now_open[1]), link, found.person, found.campaign.words if found.campaign else {},
                    until=found.expires_at, is_reminder=is_reminder)  # fmt: skip
    return paper_of(asking, wanted=taken.language)


def _token(found: Invitation) -> str:
    """The secret of a link: made of its row; that of an anonymous survey anew for each letter, so that nobody can make it again."""
    id = found.id
    return write(lambda: renew(id)) if found.survey.privacy == ANONYMOUS else _links().own_token("invitation", id)


def paper_of(asking: Asking, *, wanted: str) -> Paper:
    """A letter of invitation on paper, all of it in the language of the survey that is nearest to the wanted one."""
    language = best_language(asking.questionnaire.languages, [wanted])
    with speaking(language):
        return _written(asking, in_language(asking.questionnaire, language), language)


def _written(asking: Asking, shown: Questionnaire, language: str) -> Paper:
    words, first = _words(asking, shown, language), first_question(shown)
    subject = reminder_subject(words.subject) if asking.is_reminder else words.subject
    blocks: list[Block] = [*_greeting(asking), Paragraph(words.opening)]
    if first is not None:
        blocks.append(_scale(first, asking.link))
        blocks.append(Small(_("A click opens the survey with your choice in it. Nothing is sent before you say so.")))
    else:
        blocks.append(Button(_("Answer now"), asking.link))
    blocks.append(Small(" ".join(part for part in (_effort(shown), _until(asking), _promise(asking.survey)) if part)))
    return Paper(subject, words.opening, blocks, language, direction(language))


def _words(asking: Asking, shown: Questionnaire, language: str) -> Words:
    """What the team wrote in this language, and the usual words where it wrote none."""
    usual, own = default_words(organisation().name, shown.title), asking.own_words.get(language, {})
    return Words(own.get("subject") or usual.subject, own.get("opening") or usual.opening)


def _greeting(asking: Asking) -> Sequence[Block]:
    name = asking.person.name
    return [Paragraph(_("Hello %(name)s,", name=name))] if name else []


def first_question(questionnaire: Questionnaire) -> Question | None:
    """The first question, where one click can answer it: one of a few choices, asked of everybody, in words of its own."""
    first = next((one for one in questionnaire.questions if KINDS[one.kind].takes_answer), None)
    if (
        first is None
        or first.show_if is not None
        or any(True for words in all_words(first) for _name in names_in(words))
        or KINDS[first.kind].is_personal
    ):
        return None
    choices = KINDS[first.kind].values(first)
    return first if 2 <= len(choices) <= MOST_TILES and not KINDS[first.kind].holds_several(first) else None


def _scale(question: Question, link: str) -> Scale:
    kind = KINDS[question.kind]
    choices = tuple((label, f"{link}?{urlencode({question.key: value})}") for value, label in kind.values(question))
    ends = question.settings if kind.scale(question) else {}
    return Scale(question.words, choices, low=str(ends.get("low", "")), high=str(ends.get("high", "")))


def _effort(questionnaire: Questionnaire) -> str:
    return effort_words([one for one in questionnaire.questions if KINDS[one.kind].takes_answer])


def _until(asking: Asking) -> str:
    if asking.until is not None:
        return _("The link is good until %(moment)s.", moment=moment_words(asking.until, organisation().time_zone))
    return (
        ngettext("The link is good for %(num)s day.", "The link is good for %(num)s days.", asking.days)
        if asking.days
        else ""
    )


def _promise(survey: Survey) -> str:
    name = organisation().name
    return {
        "identified": _("%(name)s sees who answered.", name=name),
        "confidential": _("Answers are shown in groups only; the link makes sure that everybody answers once."),
        "anonymous": _("Nobody can tell which answer is yours; the link makes sure that everybody answers once."),
    }[survey.privacy]


def _links() -> Links:
    made: Links = current_app.extensions["hearback.links"]
    return made


def _base_url() -> str:
    return str(current_app.extensions["hearback.config"].base_url)
