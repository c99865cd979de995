import pytest

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.invitations import actions, queries
from survey.questionnaires.queries import survey_by_slug
from tests.factories.letters import make_person
from tests.factories.surveys import from_template


@pytest.fixture
def app(lean_app):
    return lean_app


@pytest.fixture
def survey():
    from_template(slug="how")
    id = survey_by_slug("how").id
    write(lambda: actions.add_trigger(id, "purchase", after_days=0, by=None, now=now()))
    return id


def run(app, *words):
    return app.test_cli_runner().invoke(args=["events", *map(str, words)])


def test_events_are_read_from_a_file_once_and_what_is_wrong_is_told_by_its_line(app, survey, tmp_path):
    make_person("a@example.org", external_id="A-1")
    today = now().date().isoformat()
    file = tmp_path / "events.csv"
    file.write_text(
        f"External_ID,Event,On,ID\nA-1,purchase,{today},1\nA-1,purchase,{today},2\nZ-9,purchase,{today},3\n"
        f"A-1,party,{today},4\nA-1,purchase,yesterday,5\n,purchase,{today},6\n"
    )
    first, second = run(app, "import", file), run(app, "import", file)
    assert first.exit_code == 0, first.output
    assert "6 rows = 2 taken + 4 rejected; 2 invitations posted." in first.output
    for line, reason in ((4, "nobody in People"), (5, "“party” is none of"), (6, "is no day"), (7, "neither")):
        assert any(f"line {line}:" in row and reason in row for row in first.output.splitlines())
    assert "0 invitations posted." in second.output
    assert sum(queries.asked_by(survey).values()) == 2


def test_one_event_is_told_by_hand(app, survey):
    make_person("a@example.org")
    assert "1 invitations posted." in run(app, "record", "purchase", "--person", "A@example.org").output
    assert "0 invitations posted." in run(app, "record", "purchase", "--person", "a@example.org").output
    assert run(app, "record", "purchase", "--person", "who@example.org").exit_code != 0


@pytest.mark.parametrize("text", ["event\npurchase\n", "a,b\n1,2\n", ""])
def test_a_file_that_cannot_be_read_is_refused_in_words(app, survey, tmp_path, text):
    file = tmp_path / "events.csv"
    file.write_text(text)
    answer = run(app, "import", file)
    assert answer.exit_code != 0
    assert "Traceback" not in answer.output
