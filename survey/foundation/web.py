"""The web's side of the house: who may enter, headers, refusals and error pages, style sheets.

Every view says who may enter with `admits`; a view that says nothing is closed (and a house test fails).
"""

import hashlib
import re
import uuid
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import structlog
from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    abort,
    current_app,
    g,
    has_request_context,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from flask_login import current_user
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.middleware.proxy_fix import ProxyFix

from survey.foundation.clock import now
from survey.foundation.db import DURABLE, pragmas
from survey.foundation.errors import Refused
from survey.foundation.jobs import last_beat
from survey.foundation.language import ENGLISH, first_spoken, marked
from survey.foundation.language import gettext as _

log = structlog.get_logger()
bp = Blueprint("foundation", __name__)
csrf = CSRFProtect()
compress = Compress()
View = TypeVar("View", bound=Callable[..., Any])

BODY_LIMIT = 256 * 1024
UPLOAD_LIMIT = 6 * 1024 * 1024
HEARTBEAT_SECONDS = 180
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def policy(*, frame_ancestors: str = POLICY["frame-ancestors"]) -> str:
    """Return the Content-Security-Policy of a page, with those who may show it in a frame."""
    return "; ".join(f"{name} {value}" for name, value in {**POLICY, "frame-ancestors": frame_ancestors}.items())


HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Role(StrEnum):
    """What a member of staff may do, from most to least."""

    ADMIN = "admin"
    LEADER = "leader"
    STAFF = "staff"
    VIEWER = "viewer"


EVERYONE = frozenset({"everyone"})
INSIDERS = frozenset({Role.ADMIN, Role.LEADER, Role.STAFF, Role.VIEWER})
TEAM = frozenset({Role.ADMIN, Role.LEADER, Role.STAFF})
LEADERS = frozenset({Role.ADMIN, Role.LEADER})
ADMINS = frozenset({Role.ADMIN})

# Views of extensions, which cannot be marked where they are written.
ELSEWHERE: Mapping[str, frozenset[str]] = {
    "static": EVERYONE,
    "security.login": EVERYONE,
    "security.logout": EVERYONE,
    "security.change_password": INSIDERS,
}


def admits(who: frozenset[str]) -> Callable[[View], View]:
    """Declare who may enter a view: EVERYONE, INSIDERS, TEAM, ADMINS or another set of roles."""

    def mark(view: View) -> View:
        view.__admits__ = who  # type: ignore[attr-defined]
        return view

    return mark


def admitted(app: Flask, endpoint: str) -> frozenset[str] | None:
    """Who may enter an endpoint; None where nobody said so (then nobody may)."""
    return getattr(app.view_functions[endpoint], "__admits__", ELSEWHERE.get(endpoint))


def _check_entry() -> Response | None:
    if request.endpoint is None:
        return None
    who = admitted(current_app, request.endpoint) or frozenset()
    if who == EVERYONE:
        return None
    if not current_user.is_authenticated:
        return _to_sign_in() if who else abort(403)  # type: ignore[no-any-return]
    if current_user.role not in who:
        abort(403)
    return None


def _to_sign_in() -> Any:
    if request.method != "GET":
        abort(403)
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


def init_app(app: Flask, *, trusted_proxies: int, is_https: bool) -> None:
    """Give the app its guards, limits, headers and error pages."""
    if trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted_proxies, x_proto=trusted_proxies)  # type: ignore[method-assign]
    app.config.update(MAX_CONTENT_LENGTH=BODY_LIMIT, MAX_FORM_MEMORY_SIZE=BODY_LIMIT, MAX_FORM_PARTS=500)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    csrf.init_app(app)
    app.config["COMPRESS_REGISTER"] = False
    compress.init_app(app)
    app.session_interface = _Sessions()
    app.ensure_sync = lambda view: view  # type: ignore[assignment,method-assign]  # we have no async views to look for
    app.before_request(_refuse_nul)
    app.before_request(_check_entry)
    app.after_request(_compress)
    app.after_request(_secure_headers if not is_https else _secure_https_headers)
    app.after_request(_say_what_decided)
    app.url_defaults(_stay_in_language)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _broken)
    app.register_blueprint(bp)
    app.jinja_env.globals.update(stylesheet_url=stylesheet_url, now=now)


class _Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie. Who brings no cookie, as on public pages, costs no look for one and no signature."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if "HTTP_COOKIE" in request.environ else self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session or session.accessed:
            super().save_session(app, session, response)


def _request_id() -> str:
    """What this request is called in the log and on its error page; it has a name once there is something to tell."""
    if "request_id" not in g:
        g.request_id = uuid.uuid4().hex[:12]
    return str(g.request_id)


def _refuse_nul() -> None:
    """No address of ours holds a NUL, and PostgreSQL cannot be asked for one."""
    if "\x00" in request.path or b"%00" in request.query_string:
        abort(404)


def cookie(name: str) -> str:
    """The value of a cookie, "" where there is none; nothing is read where no cookie came, as with most visits."""
    return request.cookies.get(name, "") if "HTTP_COOKIE" in request.environ else ""


def let_frame(answer: ResponseReturnValue, origins: Collection[str]) -> ResponseReturnValue:
    """Let websites show a page of ours in a frame, and nobody else; where there are none the answer stays what it is."""
    if not origins:
        return answer
    response = make_response(answer)
    response.headers["Content-Security-Policy"] = policy(frame_ancestors=" ".join(origins))
    return response


LINKS = re.compile(r'(<a\b[^>]*?) href="[^"]*"')


def framed(html: str) -> Response:
    """Return HTML that a page of ours shows in a frame: in its own style, without scripts and pictures; links lead nowhere."""
    response = Response(LINKS.sub(r"\1", html), mimetype="text/html")
    rules = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox"
    response.headers["Content-Security-Policy"] = f"{rules}; frame-ancestors 'self'"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "no-store"
    return response


def see_other(address: str) -> Response:
    """Send a browser on after a POST to an address of ours, without the page that no browser shows."""
    return _Onwards(status=303, headers={"Location": address, "Content-Length": "0"})


class _Onwards(Response):
    """An answer whose headers go out as they are: nothing in them needs the mending that addresses of others may need."""

    def get_wsgi_headers(self, environ: Any) -> Headers:
        return self.headers


def _compress(response: Response) -> Response:
    """Compress what is shown; a redirect shows nothing."""
    return response if response.status_code == 303 else compress.after_request(response)


def _secure_headers(response: Response) -> Response:
    own = {name.lower() for name, _ in response.headers}
    for name, value in HEADERS.items():
        if name.lower() not in own:
            response.headers.add(name, value)
    return response


def _secure_https_headers(response: Response) -> Response:
    response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return _secure_headers(response)


# ---- the language of a page ---------------------------------------------------------------------------------------

LANGUAGE = "language"  # what somebody who works here has chosen, in their session
ASKED_LANGUAGE = "lang"  # what the address of a public page asks for
WITHOUT_WORDS = {"static", "foundation.stylesheet"}


def page_language(*, usual: Callable[[], str]) -> str:
    """Return the language of this page: by the address or the person, else by the browser, else the organisation's usual one."""
    asked = request.args.get(ASKED_LANGUAGE, "") if _is_public(request.endpoint) else session.get(LANGUAGE, "")
    if chosen := first_spoken([asked]):
        return chosen
    g.browser_decided = True
    accepted = [language for language, quality in request.accept_languages if quality > 0]
    return first_spoken(accepted) or first_spoken([usual()]) or ENGLISH


def _is_public(endpoint: str | None) -> bool:
    """Whether a page needs no session: it sets no cookie and others may keep it."""
    return endpoint is None or admitted(current_app, endpoint) == EVERYONE


def _say_what_decided(response: Response) -> Response:
    if g.get("browser_decided"):
        response.vary.add("Accept-Language")
    return response


def _stay_in_language(endpoint: str, values: dict[str, Any]) -> None:
    """Lead from a public page whose address asks for a language to others in that language."""
    if not has_request_context() or not request.query_string or endpoint in WITHOUT_WORDS:
        return
    asked = first_spoken([request.args.get(ASKED_LANGUAGE, "")])
    if asked and _is_public(request.endpoint) and _is_public(endpoint):
        values.setdefault(ASKED_LANGUAGE, asked)


# ---- refusals and errors: a sentence, never a stack trace ---------------------------------------------------------

WORDS = {
    400: (marked("We did not understand that"), marked("Something in the address or the form is not as we expected.")),
    403: (
        marked("This page is not for you"),
        marked("Your account may not open it. Ask the person who runs Hearback here."),
    ),
    404: (marked("There is nothing here"), marked("The address may be mistyped, or the page was taken away.")),
    405: (marked("This cannot be done here"), marked("Go back and try again from the page before.")),
    410: (marked("This is over"), marked("What stood here is not there any more.")),
    413: (
        marked("That is more than we can take"),
        marked("Shorten the text or choose a smaller file. Nothing was stored."),
    ),
    415: (marked("We cannot read that kind of file"), marked("Choose another file.")),
    422: (marked("Something is missing"), marked("Go back and look at the form.")),
    429: (marked("Too many tries"), marked("Wait a few minutes and try again.")),
    500: (marked("Something broke on our side"), marked("We noted the fault. What you had saved is safe.")),
    503: (marked("We cannot store anything just now"), marked("Nothing was stored. Please send it again in a moment.")),
}


def error_page(status: int, sentence: str | None = None) -> tuple[str, int]:
    """Return the page for a status, with the given sentence instead of the usual one."""
    title, usual = WORDS.get(status, WORDS[400 if status < 500 else 500])
    page = render_template(
        "foundation/error.html", title=_(title), sentence=sentence or _(usual), reference=_request_id()
    )
    return page, status


def _refused(error: Refused) -> Any:
    if error.status >= 500:
        log.error("refused", request_id=_request_id(), error=repr(error.__cause__ or error))
    return error_page(error.status, str(error) or None)


def _stale_form(error: CSRFError) -> Any:
    return error_page(400, _("This form was open for too long. Go back, reload the page and send it again."))


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    return error_page(error.code)


def _broken(error: Exception) -> Any:
    log.exception("broken", request_id=_request_id(), view=request.endpoint)  # an address may hold a secret
    return error_page(503 if isinstance(error, SQLAlchemyError) else 500)


# ---- style sheets: one per page -----------------------------------------------------------------------------------

SHEETS = {"public": ("tokens", "base", "respond"), "staff": ("tokens", "base", "kit")}


def _sheet(kind: str) -> tuple[bytes, str]:
    """The style sheet of a kind of page with the organisation's accent, and a name made from its content."""
    accent: str = current_app.extensions["hearback.accent_css"]()
    cache: dict[tuple[str, str], tuple[bytes, str]] = current_app.extensions.setdefault("hearback.sheets", {})
    if (kind, accent) not in cache or current_app.debug:
        css = Path(current_app.static_folder or "") / "css"
        sheet = "\n".join([*((css / f"{name}.css").read_text() for name in SHEETS[kind]), accent]).encode()
        cache[kind, accent] = sheet, hashlib.sha256(sheet).hexdigest()[:12]
    return cache[kind, accent]


def stylesheet_url(kind: str) -> str:
    """The address of a style sheet, named by its content so that it can be kept for ever."""
    return url_for("foundation.stylesheet", kind=kind, version=_sheet(kind)[1])


@bp.get("/look/<any(public, staff):kind>-<version>.css")
@admits(EVERYONE)
def stylesheet(kind: str, version: str) -> Response:
    """Serve a style sheet."""
    response = Response(_sheet(kind)[0], mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


# ---- health -------------------------------------------------------------------------------------------------------


@bp.get("/healthz")
@admits(EVERYONE)
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@admits(EVERYONE)
def readyz() -> tuple[Response, int]:
    """Say whether the database, its schema and the worker are as they should be."""
    checks = readiness()
    return jsonify(checks), 200 if all(value == "ok" for value in checks.values()) else 503


def readiness() -> dict[str, str]:
    """Check what must be true to serve; each value is "ok" or says what is wrong."""
    try:
        beat = last_beat()
        wrong = {name: value for name, value in pragmas().items() if value != DURABLE[name]}
        behind = current_app.extensions["hearback.behind"]()
    except SQLAlchemyError as error:
        return {"database": f"not reachable: {type(error).__name__}"}
    alive = beat is not None and (now() - beat).total_seconds() < HEARTBEAT_SECONDS
    return {
        "database": "ok",
        "migrations": "ok" if not behind else "run: flask --app wsgi db upgrade",
        "pragmas": "ok" if not wrong else f"not durable: {wrong}",
        "worker": "ok" if alive else "no sign of life: is `flask --app wsgi worker` running?",
    }


@bp.get("/kit")
@admits(EVERYONE)
def kit() -> str:
    """Show every block of the page kit; in development only."""
    if not current_app.debug and not current_app.testing:
        raise NotFound
    return render_template("foundation/kit.html", letter=current_app.extensions["hearback.specimen"]())


@bp.get("/kit/letter")
@admits(EVERYONE)
def kit_letter() -> Response:
    """Show a letter with every block, as the page kit frames it; in development only."""
    if not current_app.debug and not current_app.testing:
        raise NotFound
    return framed(current_app.extensions["hearback.specimen"]().html)
