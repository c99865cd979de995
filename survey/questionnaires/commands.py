"""The commands of questionnaires: `flask --app wsgi surveys …`."""

import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.organisation.queries import organisation
from survey.questionnaires import actions, queries
from survey.questionnaires.models import Survey
from survey.questionnaires.rules import files, state_of
from survey.questionnaires.rules.addresses import public_address
from survey.questionnaires.rules.schema import survey_schema
from survey.questionnaires.rules.templates import TEMPLATES

surveys = AppGroup("surveys", help="Make, publish, export and import surveys.")


@surveys.command("create")
@click.argument("template", type=click.Choice(list(TEMPLATES)))
@click.option("--slug", required=True, help="The end of its address: /s/SLUG.")
@click.option("--title", help="Its title, if not the template's.")
@click.option("--publish", "is_published", is_flag=True, help="Publish it at once.")
def create(template: str, slug: str, title: str | None, is_published: bool) -> None:
    """Make a survey from TEMPLATE; `satisfaction` and `exit` are those to begin with."""

    def work() -> None:
        survey = actions.create_from_template(
            template, slug=slug, title=title, now=now(), language=organisation().language
        )
        if is_published:
            actions.publish(survey, now=now())

    _do(work)
    click.echo(f"Made the survey “{slug}” from the template “{template}”.")
    click.echo(
        _where(slug) if is_published else f"It is a draft. Publish it with: flask --app wsgi surveys publish {slug}"
    )


@surveys.command("publish")
@click.argument("slug")
def publish(slug: str) -> None:
    """Publish the draft of the survey at SLUG as its next version."""
    version = _do(lambda: actions.publish(_find(slug), now=now()))
    click.echo(f"Published version {version.number} of “{slug}”.")
    click.echo(_where(slug))


@surveys.command("export")
@click.argument("slug")
def export(slug: str) -> None:
    """Print the survey at SLUG as JSON: its draft, without answers. `surveys import` reads it."""
    click.echo(files.written(queries.file_of(_do(lambda: _find(slug), is_write=False))))


@surveys.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", help="The end of its address, if not the one in the file.")
def import_(file: Path, slug: str | None) -> None:
    """Make a survey, as a draft, from FILE.json that `surveys export` wrote."""
    found = _do(lambda: files.read_bytes(file.read_bytes()), is_write=False)
    address = slug or found.slug
    _do(lambda: actions.create_from_file(found, slug=address, now=now()))
    click.echo(f"Made the survey “{address}” with {len(found.questionnaire.questions)} questions.")
    click.echo(f"It is a draft. Publish it with: flask --app wsgi surveys publish {address}")


@surveys.command("schema")
def schema() -> None:
    """Print the JSON Schema of the files that `surveys import` reads."""
    click.echo(json.dumps(survey_schema(), ensure_ascii=False, indent=2))


@surveys.command("list")
def list_() -> None:
    """Print every survey: address, state, version, title, link."""
    newest = queries.newest_versions()
    for survey in queries.all_surveys():
        version = newest.get(survey.id)
        state = state_of(survey, is_published=version is not None, now=now())
        number = f"version {version.number}" if version else "not published"
        click.echo(f"{survey.slug}\t{state}\t{number}\t{survey.draft['title']}\t{_link(survey.slug)}")


def _do(work: Any, *, is_write: bool = True) -> Any:
    """Do it, in one transaction where it writes; what is refused ends the command with its sentence."""
    try:
        return write(work) if is_write else work()
    except Refused as refused:
        raise click.ClickException(str(refused)) from None


def _find(slug: str) -> Survey:
    survey = queries.survey_by_slug(slug)
    if survey is None:
        known = ", ".join(survey.slug for survey in queries.all_surveys()) or "none yet"
        raise Refused(f"There is no survey at “{slug}”. The surveys are: {known}.")
    return survey


def _link(slug: str) -> str:
    return public_address(current_app.extensions["hearback.config"].base_url, slug)


def _where(slug: str) -> str:
    return f"It takes answers at {_link(slug)}"


COMMANDS: tuple[click.Command, ...] = (surveys,)
