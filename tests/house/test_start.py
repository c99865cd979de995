"""What starting the app must not do: reach the network, load the heavy libraries, serve an old schema, or trust a placeholder."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask_migrate import check

from survey.app import create_app
from survey.config import Config, ConfigError

ROOT = Path(__file__).parents[2]


def test_models_and_migrations_agree(app):
    check()


def test_an_unmigrated_database_is_not_served_and_says_what_to_run(tmp_path):
    config = Config(
        instance_path=tmp_path,
        database_url=f"sqlite:///{tmp_path}/new.sqlite3",
        secret_key="s" * 40,
        base_url="http://x.test",
    )
    app = create_app(config)
    answer = app.test_client().get("/")
    app.extensions["hearback.queue"].storage.close()
    assert answer.status_code == 503
    assert "flask --app wsgi db upgrade" in answer.text


def test_the_web_process_starts_without_the_heavy_libraries(tmp_path):
    code = "import sys, wsgi; print(sorted({'nltk', 'matplotlib', 'numpy', 'sklearn', 'scipy', 'py3langid', 'xlsxwriter', 'segno'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"INSTANCE_PATH": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("secret", ["changeme", "secret", "short", "DEV"])
def test_a_placeholder_is_no_secret(secret, tmp_path):
    with pytest.raises(ConfigError):
        Config.from_environment({"SECRET_KEY": secret, "INSTANCE_PATH": str(tmp_path)})


def test_a_secret_is_made_once_and_kept_private(tmp_path):
    first = Config.from_environment({"INSTANCE_PATH": str(tmp_path)}).secret_key
    assert Config.from_environment({"INSTANCE_PATH": str(tmp_path)}).secret_key == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("url", ["feedback.example.org", "ftp://x.test", "https://x.test/path", "https://"])
def test_a_base_url_that_cannot_work_is_refused(url, tmp_path):
    with pytest.raises(ConfigError):
        Config.from_environment({"BASE_URL": url, "INSTANCE_PATH": str(tmp_path)})


def test_the_common_spellings_of_postgresql_are_understood(tmp_path):
    for url in ("postgres://u@h/d", "postgresql://u@h/d"):
        config = Config.from_environment({"DATABASE_URL": url, "INSTANCE_PATH": str(tmp_path)})
        assert config.database_url == "postgresql+psycopg://u@h/d"
