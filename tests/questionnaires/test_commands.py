import json

from survey.foundation.clock import now
from survey.questionnaires import queries


def run(app, *words):
    return app.test_cli_runner().invoke(args=["surveys", *words])


def test_a_survey_is_made_published_and_its_link_printed(app):
    done = run(app, "create", "satisfaction", "--slug", "how", "--publish")
    assert done.exit_code == 0
    assert "http://127.0.0.1:8000/s/how" in done.output
    assert queries.live("how", now=now()) is not None


def test_a_draft_is_published_by_its_own_command(app):
    assert "surveys publish bye" in run(app, "create", "exit", "--slug", "bye", "--title", "Goodbye").output
    assert queries.live("bye", now=now()) is None
    assert "version 1" in run(app, "publish", "bye").output
    assert "Goodbye" in run(app, "list").output


def test_what_cannot_be_done_ends_with_a_sentence(app):
    run(app, "create", "exit", "--slug", "bye")
    for words in (("create", "exit", "--slug", "bye"), ("publish", "nothing"), ("export", "nothing")):
        done = run(app, *words)
        assert done.exit_code == 1
        assert done.output.startswith("Error: There is ")
        assert "Traceback" not in done.output


def test_an_exported_survey_is_imported_elsewhere(app, tmp_path):
    run(app, "create", "exit", "--slug", "bye", "--title", "Füße")
    file = tmp_path / "bye.json"
    file.write_text(run(app, "export", "bye").output)
    assert run(app, "import", str(file)).exit_code == 1
    done = run(app, "import", str(file), "--slug", "again")
    assert done.exit_code == 0, done.output
    assert queries.survey_by_slug("again").draft == queries.survey_by_slug("bye").draft


def test_a_corrupt_file_makes_nothing(app, tmp_path):
    run(app, "create", "exit", "--slug", "bye")
    document = json.loads(run(app, "export", "bye").output)
    document["questionnaire"]["questions"][2]["kind"] = "star"
    file = tmp_path / "bad.json"
    for content in (json.dumps(document).encode(), b"{", b"\xff\xfe\x00", b""):
        file.write_bytes(content)
        done = run(app, "import", str(file), "--slug", "again")
        assert done.exit_code == 1
        assert "Traceback" not in done.output
    file.write_text(json.dumps(document))
    assert "questions[2].kind" in run(app, "import", str(file), "--slug", "again").output
    assert [survey.slug for survey in queries.all_surveys()] == ["bye"]
