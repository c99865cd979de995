"""Better value elsewhere: every customer once, by their last answer; who said yes, and whether they left."""

from datetime import date

from survey.departures.queries import elsewhere as queries
from survey.departures.rules.elsewhere import elsewhere
from tests.departures.conftest import entry
from tests.factories.people import sign_in
from tests.factories.surveys import answer, from_template

MAY, JUNE, OCT = date(2026, 5, 1), date(2026, 6, 1), date(2026, 10, 5)


def say(survey, person, value, on=MAY, **more):
    where = {"where": more.pop("where")} if "where" in more else {}
    answer(
        survey, {"better_value": [value], **where}, **{"person_id": person.id, "voice": "customer", "on": on, **more}
    )


def test_each_customer_counts_once_by_the_last_answer_and_each_number_opens_its_people(app, recorded):
    people = recorded(*(entry(str(n)) for n in range(6)), *(entry(f"L{n}", OCT) for n in range(3)))
    survey = from_template("value", slug="value")
    bye, closed = from_template("exit", slug="bye"), from_template("value", slug="closed", privacy="confidential")
    say(survey, people[0], "no")
    say(survey, people[0], "yes", JUNE, where="Corner Shop")
    say(survey, people[1], "yes", where="corner shop ")
    say(survey, people[2], "no")
    say(survey, people[3], "not-sure")
    say(survey, people[6], "yes")
    say(survey, people[7], "no")
    say(survey, people[8], "yes", date(2026, 10, 6))  # after they had left
    say(closed, people[4], "yes")
    say(bye, people[5], "yes")
    answer(survey, {"better_value": ["yes"]}, on=MAY)  # nobody knows who

    asking = queries.surveys_asking()
    assert {one.slug for one in asking} == {"value", "closed"}
    ids = [one.id for one in asking if one.privacy == "identified"]
    found = elsewhere(queries.said_of(ids))
    assert found.customers == {"yes": 2, "no": 1, "not-sure": 1}
    assert found.left == {"yes": (1, 4), "no": (1, 2), "not-sure": (0, 1)}
    assert queries.named(ids) == {"Corner Shop": 1, "corner shop": 1}
    for value, left, total in (
        ("yes", False, 2),
        ("no", False, 1),
        ("not-sure", False, 1),
        ("yes", True, 1),
        ("no", True, 1),
    ):
        assert len(queries.people_who(ids, value, left=left).items) == total


def test_the_page_is_for_the_team(sqlite_app):
    staff, viewer = sqlite_app.test_client(), sqlite_app.test_client()
    sign_in(staff, "staff")
    sign_in(viewer, "viewer")
    assert "Ask customers whether" in staff.get("/results/better-value").text
    assert viewer.get("/results/better-value").status_code == viewer.get("/lost/why").status_code == 403
    from_template("value", slug="value")
    assert "too few to speak of a share" in staff.get("/results/better-value").text
    assert staff.get("/results/better-value?who=nonsense").status_code == 400
