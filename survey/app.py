"""The application: the only file that sees every room."""

import sys
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, current_app, has_app_context, request, url_for
from flask_login import current_user
from flask_migrate import Migrate
from jinja2 import StrictUndefined

from survey import reactions, serve
from survey.access import commands as access_commands
from survey.access import public as access_public
from survey.access import sign_in
from survey.access import staff as access_staff
from survey.access.rules import role_name
from survey.config import ROOT, Config
from survey.customers import commands as customers_commands
from survey.customers import staff as customers_staff
from survey.customers import uploads as customers_uploads
from survey.departures import public as departures_public
from survey.departures import staff as departures_staff
from survey.example import commands as example_commands
from survey.foundation import commands as foundation_commands
from survey.foundation import db as database
from survey.foundation import events, jobs, language, limits, memory, migrations, queue, web
from survey.foundation.crowds import Crowds
from survey.foundation.db import db
from survey.foundation.language import marked
from survey.foundation.proofs import Proofs
from survey.foundation.smtp import make_post
from survey.foundation.tokens import FormTokens
from survey.home import public as home_public
from survey.home import staff as home_staff
from survey.improvements import public as improvements_public
from survey.improvements import staff as improvements_staff
from survey.improvements.queries import answering, shipped, that_answer
from survey.improvements.rules.stages import Stage, stage_words
from survey.invitations import commands as invitations_commands
from survey.invitations import staff as invitations_staff
from survey.invitations.actions import Participants
from survey.letters import commands as letters_commands
from survey.letters import public as letters_public
from survey.letters import staff as letters_staff
from survey.letters.printing import specimen
from survey.letters.rules.links import Links
from survey.mirror import staff as mirror_staff
from survey.notices import staff as notices_staff
from survey.notices.queries import count_unread
from survey.organisation import public as organisation_public
from survey.organisation import staff as organisation_staff
from survey.organisation.queries import organisation, today
from survey.organisation.rules import accent_css
from survey.priorities import staff as priorities_staff
from survey.priorities.rules import Fix
from survey.questionnaires import commands as questionnaires_commands
from survey.questionnaires import staff as questionnaires_staff
from survey.reasons import staff as reasons_staff
from survey.reasons.queries import taxonomy
from survey.reasons.rules import REASONS
from survey.responses import commands as responses_commands
from survey.responses import public as responses_public
from survey.responses import staff as responses_staff
from survey.responses import uploads as responses_uploads
from survey.responses.queries import count_by_channel, count_by_version, doubted, was_answered
from survey.responses.rules import Doubt, doubt_words
from survey.results import commands as results_commands
from survey.results import public as results_public
from survey.results import staff as results_staff
from survey.results.pages.correcting import boxes
from survey.results.pages.rates import of_campaign
from survey.results.queries import counts, segment_values
from survey.results.rules import periods
from survey.text import commands as text_commands
from survey.text.queries import comments_of, would_match

DOORS = (
    organisation_staff, organisation_public, access_staff, access_public, customers_staff, letters_staff, letters_public, reasons_staff, questionnaires_staff,
    invitations_staff, responses_public, responses_staff, results_staff, results_public, departures_staff, departures_public,
    priorities_staff, improvements_staff, improvements_public, mirror_staff, notices_staff, home_staff, home_public,
    customers_uploads, responses_uploads,
)  # fmt: skip

COMMANDS = (
    *foundation_commands.COMMANDS, *access_commands.COMMANDS, *customers_commands.COMMANDS,
    *letters_commands.COMMANDS,
    *questionnaires_commands.COMMANDS, *invitations_commands.COMMANDS, *responses_commands.COMMANDS, *text_commands.COMMANDS,
    *results_commands.COMMANDS,
    *example_commands.COMMANDS,
    *serve.COMMANDS,
)  # fmt: skip

NAVIGATION = (  # label, endpoint, the blueprints whose pages stand under it
    (marked("Today"), "home.today", {"home", "mirror", "notices"}),
    (marked("Results"), "results.surveys", {"results", "responses", "reasons", "response_imports"}),
    (marked("Lost customers"), "departures.lost", {"departures", "priorities"}),
    (marked("Improving"), "improvements.board", {"improvements"}),
    (marked("Surveys"), "questionnaires.surveys", {"questionnaires", "invitations"}),
    (marked("People"), "customers.people", {"customers", "people_imports", "letters"}),
    (marked("Settings"), "organisation.settings", {"organisation", "access"}),
)
LODGERS = {
    "departures.person": "customers",
    "departures.left": "customers",
    "mirror.review": "departures",
    "departures.better_value": "results",
    "departures.reason_words": "results",
    "departures.send_words": "results",
    "home.why": "results",
    "home.praise": "results",
    "results.sharing": "questionnaires",
    "results.make_link": "questionnaires",
}  # pages that stand under another room's

# Of Flask-Principal and Flask-Login; the last one serves “remember me”, which we do not offer.
EAGER = {"Principal._on_before_request", "_user_context_processor", "LoginManager._update_remember_cookie"}


def create_app(config: Config | None = None) -> Flask:
    """Return the application for a configuration (the environment's, unless one is given)."""
    config = config or Config.from_environment()
    app = Flask("survey", root_path=str(ROOT / "survey"), template_folder=str(ROOT / "templates"),
                static_folder=str(ROOT / "static"), instance_path=str(config.instance_path))  # fmt: skip
    app.config.update(_flask_settings(config))
    app.jinja_env.undefined = StrictUndefined
    _configure_log()
    _lay_foundation(app, config)
    for door in DOORS:
        app.register_blueprint(door.bp)
    for command in COMMANDS:
        app.cli.add_command(foundation_commands.in_words(command))
    app.context_processor(_page_context)
    app.jinja_env.globals["role_name"] = role_name
    _look_users_up_late(app)
    return app


def _configure_log() -> None:
    """One line of JSON an event; on a terminal, lines for people."""
    to_people = sys.stderr.isatty()
    last = (
        [structlog.dev.ConsoleRenderer()]
        if to_people
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    structlog.configure(processors=[stamp, structlog.processors.add_log_level, *last])


def _flask_settings(config: Config) -> dict[str, Any]:
    cookie = "__Host-hearback" if config.is_https else "hearback"
    return {
        "SECRET_KEY": config.secret_key,
        "SESSION_COOKIE_NAME": cookie,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.is_https,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(hours=1),
        "WTF_CSRF_TIME_LIMIT": None,  # a form that was open over lunch still works; it dies with the session
        "RATELIMIT_STORAGE_URI": config.redis_url or "hearback://",
        "COMPRESS_STREAMS": False,  # files and exports flow as they are; a compressed stream leaves its file open
        "COMPRESS_MIMETYPES": [
            "text/html",
            "text/css",
            "image/svg+xml",
            "application/json",
            "application/atom+xml",
            "text/javascript",
        ],
        **database.settings(config.database_url),
    }


def _lay_foundation(app: Flask, config: Config) -> None:
    app.extensions["hearback.config"] = config
    app.extensions["hearback.form_tokens"] = FormTokens(config.secret_key)
    app.extensions["hearback.proofs"] = Proofs(config.secret_key)
    app.extensions["hearback.post"] = make_post(config)
    app.extensions["hearback.campaign_rates"] = of_campaign
    app.extensions["hearback.letters"] = reactions.LETTERS
    app.extensions["hearback.links"] = Links(config.secret_key, config.base_url)
    app.extensions["hearback.crowds"] = Crowds()
    app.extensions["hearback.participants"] = Participants()
    app.extensions["hearback.count_answers"] = _count_answers
    app.extensions["hearback.was_answered"] = was_answered
    app.extensions["hearback.count_by_channel"] = count_by_channel
    app.extensions["hearback.count_by_version"] = count_by_version
    app.extensions["hearback.doubted"] = _doubted
    app.extensions["hearback.periods"] = periods
    app.extensions["hearback.segment_values"] = segment_values
    app.extensions["hearback.comments_of"] = comments_of
    app.extensions["hearback.boxes"] = boxes
    app.extensions["hearback.improvements_for"] = _improvements_for
    app.extensions["hearback.fixes"] = _fixes
    app.extensions["hearback.would_match"] = would_match
    app.extensions["hearback.shipped"] = shipped
    app.extensions["hearback.specimen"] = specimen
    app.extensions["hearback.accent_css"] = lambda: accent_css(organisation().accent)
    database.init_app(app, lock_path=config.instance_path / "write.lock")
    memory.init_app(app, lock_path=config.instance_path / "write.lock")
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    migrations.init_app(app, ROOT / "migrations")
    limits.init_app(app)
    language.init_app(app, choose=lambda: web.page_language(usual=lambda: organisation().language))
    web.init_app(app, trusted_proxies=config.trusted_proxies, is_https=config.is_https)
    sign_in.init_app(app)
    events.connect(reactions.NOW, reactions.AFTER)
    REASONS.ask(lambda: taxonomy() if has_app_context() else None)
    _hang_bell(app, config)


def _count_answers(survey_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many answered each survey: surveys ask, results know."""
    return {survey_id: counts(survey_id).get("", {}).get("", 0) for survey_id in survey_ids}


def _improvements_for(codes: Collection[str], limit: int) -> list[tuple[str, str, str]]:
    """What customers are told is being done about reasons: title, stage and newest words; results ask, improvements know."""
    found, day = answering(codes, limit, without=[Stage.DECLINED]) if codes else [], today()
    return [
        (
            one.title,
            f"{one.stage_words}, {one.since_words(day)}",
            one.newest_update.plain_words if one.newest_update else "",
        )
        for one in found
    ]


def _fixes() -> list[Fix]:
    """What is being done about reasons, and since when it is done: priorities ask, improvements know."""
    return [
        Fix(
            one.id, one.title, stage_words(one.stage), one.codes,
            one.stage_since if one.stage == Stage.SHIPPED else None, one.stage == Stage.DECLINED,
        )
        for one in that_answer()
    ]  # fmt: skip


def _doubted(survey_id: UUID) -> list[tuple[str, str, int]]:
    """Why answers to a survey are doubted, in words, and how many: surveys ask, responses know."""
    many = doubted(survey_id)
    return [(*doubt_words([why])[0], many[why]) for why in Doubt]


def _hang_bell(app: Flask, config: Config) -> None:
    """Let commits that leave jobs wake the worker, and tell the worker what to do then."""
    tasks = queue.make_queue(config.instance_path, database_url=config.database_url, redis_url=config.redis_url)

    def work_off() -> None:
        with app.app_context():
            jobs.drain(reactions.JOBS)
            for sweep in reactions.SWEEPS:
                sweep()

    def beat() -> None:
        with app.app_context():
            jobs.beat()

    wake = queue.add_tasks(tasks, work_off, beat)
    database.after_commit(app, jobs.Bell(wake))
    app.extensions["hearback.queue"] = tasks
    app.extensions["hearback.work_off"] = work_off


def _look_users_up_late(app: Flask) -> None:
    """Open the session where somebody asks who it is: extensions do it for every request, public pages included."""
    lists: tuple[dict[Any, list[Any]], ...] = (
        app.before_request_funcs, app.after_request_funcs, app.template_context_processors,
    )  # fmt: skip
    for functions in (some[None] for some in lists):
        functions[:] = [one for one in functions if getattr(one, "__qualname__", "") not in EAGER]
    app.jinja_env.globals["current_user"] = current_user


def _page_context() -> dict[str, Any]:
    """What every template may use."""
    owner = organisation()
    return {
        "organisation": owner,
        "page_lang": language.spoken(),
        "interface": language.INTERFACE,
        "nav": _navigation(),
        "news": _news(),
    }


def _is_signed_in() -> bool:
    if request.endpoint and web.admitted(current_app, request.endpoint) == web.EVERYONE:
        return False  # and ask for no session: public pages set no cookie and may be kept by others
    return bool(current_user and current_user.is_authenticated)


def _news() -> int | None:
    """How many notices are new to whoever is signed in; None on pages for everybody."""
    return count_unread(current_user) if _is_signed_in() else None


def _navigation() -> list[tuple[str, str, bool]]:
    if not _is_signed_in():
        return []
    here = LODGERS.get(request.endpoint or "") or (request.endpoint or "").split(".")[0]
    return [
        (language.gettext(label), url_for(endpoint), here in blueprints)
        for label, endpoint, blueprints in NAVIGATION
        if current_user.role in (web.admitted(current_app, endpoint) or ())
    ]
