"""The public door of improvements: what you told us, and what we did about it."""

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for

from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking
from survey.foundation.web import EVERYONE, admits
from survey.improvements import queries
from survey.improvements.models import ImprovementUpdate
from survey.improvements.rules import feeds
from survey.organisation.queries import organisation, today

bp = Blueprint("improvements_public", __name__)

FRESH_SECONDS = 60
SUMMARY_LENGTH = 280
NEVER = datetime(2026, 1, 1, tzinfo=UTC)  # when a feed without a single post was changed last


@bp.get("/improving")
@admits(EVERYONE)
def improving() -> Response:
    """Everything that customers may read, newest stage first."""
    page = queries.published_page(cursor=request.args.get("after"))
    html = render_template(
        "improvements/improving.html", page=page, today=today(), people=queries.people_by_reason(),
        is_first="after" not in request.args,
    )  # fmt: skip
    return _kept_a_minute(Response(html), queries.last_changed())


@bp.get("/improving/<slug>")
@admits(EVERYONE)
def improvement(slug: str) -> Response:
    """One improvement with all its updates."""
    found = queries.by_slug(slug)
    if found is None or not found.is_published:
        raise NotFound(_("There is no such post. It may have been mistyped."))
    html = render_template(
        "improvements/improvement.html", improvement=found, today=today(), people=queries.people_by_reason()
    )
    return _kept_a_minute(Response(html), found.changed_at)


@bp.get("/improving.atom")
@admits(EVERYONE)
def atom() -> Response:
    """The newest updates for feed readers."""
    feed = _feed()
    return _kept_a_minute(Response(feeds.atom(feed), mimetype="application/atom+xml"), feed.updated_at)


@bp.get("/improving.json")
@admits(EVERYONE)
def json_feed() -> Response:
    """The same as JSON Feed."""
    feed = _feed()
    response = jsonify(feeds.json_feed(feed))
    response.mimetype = "application/feed+json"
    return _kept_a_minute(response, feed.updated_at)


def _feed() -> feeds.Feed:
    """The newest posts in the organisation's own language: readers of feeds fetch them for many people."""
    with speaking(organisation().language):
        return _newest()


def _newest() -> feeds.Feed:
    owner = organisation()
    base = current_app.extensions["hearback.config"].base_url
    return feeds.Feed(
        title=_("%(owner)s: what you told us, and what we did about it", owner=owner.name),
        subtitle=_("Everything here began with an answer from a customer."),
        author=owner.name,
        language=owner.language,
        base_url=base,
        page_url=f"{base}{url_for('improvements_public.improving')}",
        updated_at=queries.last_changed() or NEVER,
        entries=[_entry(update, base) for update in queries.newest_updates()],
    )


def _entry(update: ImprovementUpdate, base: str) -> feeds.Entry:
    page = url_for("improvements_public.improvement", slug=update.improvement.slug, _anchor=f"update-{update.id}")
    html = render_template("improvements/_entry.html", update=update)
    return feeds.Entry(
        id=update.id, title=_("%(stage)s: %(title)s", stage=update.stage_words, title=update.improvement.title), url=f"{base}{page}", html=html,
        summary=update.plain_words[:SUMMARY_LENGTH], stage=update.stage_words, published_at=update.published_at,
    )  # fmt: skip


def _kept_a_minute(response: Response, changed_at: datetime | None) -> Response:
    """Let browsers and proxies keep an answer for a minute and ask afterwards whether it is still the same."""
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response.last_modified = changed_at
    response.add_etag()
    response.make_conditional(request)
    return response
