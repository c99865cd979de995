"""Reading a file in, in a real browser: each page accessible and narrow, progress that draws itself anew."""

import re

from playwright.sync_api import expect
from sqlalchemy import func, select

from survey.foundation.db import db
from survey.responses.models import Response
from tests.factories.looks import wrong_in
from tests.factories.people import PASSWORD, make_user
from tests.factories.surveys import from_template

FILE = b"nps,reason,a very long name of a column that says a lot about what stands in it\n9,Fine,x\n99,Not a grade,y\n3,,z\n"


def test_a_file_goes_its_whole_way(sqlite_app, desk):
    from_template()
    user = make_user(sqlite_app)

    def look():
        assert wrong_in(desk, [(320, "light"), (320, "dark")]) == []

    def work():
        with sqlite_app.app_context():
            sqlite_app.extensions["hearback.work_off"]()

    desk.goto("/sign-in?next=/surveys/spring/import")
    desk.fill("input[name=email]", user.email)
    desk.fill("input[name=password]", PASSWORD)
    desk.keyboard.press("Enter")
    expect(desk).to_have_title(re.compile("^Answers from a file"))
    look()
    desk.set_input_files("input[type=file]", {"name": "answers.csv", "mimeType": "text/csv", "buffer": FILE})
    desk.get_by_role("button", name="Look at it").click()
    expect(desk).to_have_title(re.compile("^What do its 3 columns mean"))
    look()
    desk.get_by_role("button", name="See what would happen").click()
    expect(desk).to_have_title(re.compile("^Being tried"))
    look()
    work()
    expect(desk).to_have_title(re.compile("^2 of 3 rows can be read in"))  # by itself
    look()
    desk.get_by_role("button", name="Read it in").click()
    expect(desk).to_have_title(re.compile("^Being read in"))
    look()
    work()
    expect(desk).to_have_title(re.compile("^2 of 3 rows were read in"))
    look()
    with desk.expect_download() as file:
        desk.get_by_role("link", name="Download them").click()
    assert "Not a grade" in file.value.path().read_text(encoding="utf-8-sig")
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Response)) == 2
