"""A temporary installation of the product with a published satisfaction survey, made by its own commands."""

import subprocess
import sys
from pathlib import Path

from bench.servers import environment
from survey.config import ROOT

SLUG = "bench"
PATH = f"/s/{SLUG}"


def flask(instance: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the product's commands on an installation; the caller looks at how it ended."""
    return _run(instance, "-m", "flask", "--app", "wsgi", *arguments)


def python(instance: Path, code: str, *, url: str = "") -> subprocess.CompletedProcess[str]:
    """Run a piece of Python inside the product; on the database at this address where one is given."""
    return _run(instance, "-c", code, url=url)


def _run(instance: Path, *arguments: str, url: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(instance, 8000) | ({"DATABASE_URL": url} if url else {}),
        capture_output=True,
        text=True,
    )


def must(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a command printed; end here where it failed."""
    if done.returncode:
        raise SystemExit(f"{' '.join(done.args[1:])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def new_instance(instance: Path) -> None:
    """Migrate an empty database and publish a survey in it."""
    must(flask(instance, "db", "upgrade"))
    must(flask(instance, "surveys", "create", "satisfaction", "--slug", SLUG, "--publish"))
