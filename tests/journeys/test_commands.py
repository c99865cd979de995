"""The installation as its keeper sees it: commands, imports, backup and restore, and the one command that starts everything."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def environment(tmp_path):
    """The environment of a fresh installation of its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "SECRET_KEY", "BASE_URL", "REDIS_URL", "SMTP_URL", "BOUNCES_URL")
    }
    return {**kept, "INSTANCE_PATH": str(tmp_path / "instance"), "PORT": str(_free_port()), "HOST": "127.0.0.1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _flask(environment, *arguments, fails=False):
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def _get(environment, address):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}{address}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def _wait_for(look, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def test_one_command_starts_everything_and_ctrl_c_stops_all_of_it(environment):
    serving = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(lambda: _get(environment, "/readyz")[0] == 200)
        assert "already" in _flask(environment, "serve", fails=True)
    finally:
        serving.send_signal(signal.SIGINT)
        said, _ = serving.communicate(timeout=40)
    assert serving.returncode == 0, said
    claim = re.search(r"http://127\.0\.0\.1:\d+/setup/\S+", said)
    assert claim, said
    assert _get(environment, "/healthz")[0] == 0
    assert not subprocess.run(["pgrep", "-g", str(serving.pid)], capture_output=True, text=True).stdout


PEOPLE = "\ufeffCustomer ID ,Status,Tenure in months,Monthly Charge,Churn reason\n7,Left,12,-4.50,Price too high\n8,Stayed,3,10,\n,Left,1,1,\n9,Left,2,1\n"
ANSWERS = "words,mark\nI waited for ever,5\nLovely people,1\nno view,7\nWhat,9\n"


def test_a_keeper_imports_looks_backs_up_and_restores(environment, tmp_path):
    people, answers = tmp_path / "people.csv", tmp_path / "answers.csv"
    people.write_text(PEOPLE)
    answers.write_text(ANSWERS)
    _flask(environment, "db", "upgrade")
    said = _flask(environment, "surveys", "create", "satisfaction", "--slug", "visit", "--publish")
    assert f"http://127.0.0.1:{environment['PORT']}/s/visit" in said
    said = _flask(environment, "customers", "import", people, "--as-of", "2026-09-30", "--departed", "Left")
    assert re.search(r"line 4", said, re.I)
    assert re.search(r"line 5", said, re.I)
    arguments = ("responses", "import", "visit", answers, "--map", "words=reason", "--map", "mark=rating")
    said = _flask(environment, *arguments, "--scale", "rating=5..1", "--missing", "rating=7")
    assert re.search(r"line 5", said, re.I)
    _flask(environment, *arguments, "--scale", "rating=5..1", "--missing", "rating=7")  # twice is once
    before = _flask(environment, "results", "show", "visit", "--json")
    assert '"n": 3' in before

    archive = tmp_path / "backup.tar.gz"
    _flask(environment, "backup", archive)
    assert archive.stat().st_mode & 0o077 == 0
    assert "--replace" in _flask(environment, "restore", archive, fails=True)
    elsewhere = {**environment, "INSTANCE_PATH": str(tmp_path / "other")}
    _flask(elsewhere, "restore", archive)
    assert _flask(elsewhere, "results", "show", "visit", "--json") == before
    assert (tmp_path / "other/secret_key").read_text() == (tmp_path / "instance/secret_key").read_text()
    assert (tmp_path / "other/secret_key").stat().st_mode & 0o077 == 0
    assert re.search("refuse|data", _flask(environment, "demo", fails=True))


def test_what_is_no_backup_is_refused_and_nothing_is_touched(environment, tmp_path):
    bad = tmp_path / "bad.tar.gz"
    bad.write_bytes(b"not an archive")
    _flask(environment, "db", "upgrade")
    _flask(environment, "surveys", "create", "exit", "--slug", "bye", "--publish")
    assert "not a backup" in _flask(environment, "restore", bad, "--replace", fails=True)
    assert "bye" in _flask(environment, "surveys", "list")


TOP = ("backup", "customers", "demo", "doctor", "restore", "results", "responses", "rollups", "serve", "surveys", "text", "users", "worker")  # fmt: skip


def _all_commands(group, *path):
    """Each command as it is typed, groups too."""
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from _all_commands(command, *path, name)


def test_every_command_explains_itself(environment, sqlite_app):
    top = _flask(environment, "--help")
    for name in TOP:
        assert re.search(rf"^\s+{name}\s", top, re.M), name
    typed = list(_all_commands(sqlite_app.cli))
    assert {first for first, *_ in typed} >= set(TOP)
    for words in typed:
        said = sqlite_app.test_cli_runner().invoke(args=[*words, "--help"])
        assert said.exit_code == 0, words
        assert said.output.startswith("Usage"), words
