"""Where only groups are shown, no number and no difference of two numbers is of fewer people than a group: on no path, in no period."""

from datetime import timedelta
from itertools import combinations, product
from random import Random
from uuid import uuid4

import pytest
import time_machine

from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import newest_version, questionnaire_of
from survey.questionnaires.rules import parse
from survey.responses.actions import submit
from survey.responses.rules import Submission
from survey.results.jobs import release_results
from survey.results.pages.inbox import card, inbox
from survey.results.pages.listing import listing
from survey.results.pages.picture import picture
from survey.results.pages.published import public_results
from survey.results.pages.seeing import results_in, survey_page
from survey.results.rules.periods import PERIODS, month_name, period
from survey.results.rules.tally import added, counted, responses_in
from survey.text.actions import mark_read
from survey.text.queries import comments_of
from tests.factories.counted import NOW, QUESTIONS, TODAY, make_survey, reading
from tests.factories.people import sign_in

NOBODY = uuid4()  # somebody whose own marks do not matter here
GROUP, GROUP_OF_COMMENTS = 5, 8
DATA_SETS, STORED = 200, 16
MANY = (0, 1, 2, 4, 5, 7, 12)  # answers in a month
AT_ONCE = 4
PERIOD_NAMES = [name for name, _label in PERIODS]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _fill(survey, chance):
    """Answer a survey as chance has it: some months, some people in each, grades that lean one way, comments now and then."""
    version = newest_version(survey.id)
    questions, leaning = questionnaire_of(version).questions, chance.choice([0, 3, 7, 9])

    submissions = [
        _submission(survey, version, questions, on, leaning, chance)
        for on in _days(chance)
        for _ in range(chance.choice(MANY))
    ]
    done = write(lambda: [submit(one).response_id for one in submissions])
    comments = comments_of(done)
    moods = [
        (chance.choice(["positive", "negative"]), (("P2", 0.9),) if chance.random() < 0.5 else ()) for _ in comments
    ]
    db.session.rollback()
    found = [(one.response_id, {one.id: reading(*mood)}) for one, mood in zip(comments, moods, strict=True)]
    write(lambda: [mark_read(response_id, read, now=NOW) for response_id, read in found])


def _days(chance):
    """A day in each of some months that lie one behind the other, not all of them before this one."""
    first = TODAY.replace(day=1)
    return [
        min(TODAY, first - timedelta(days=30 * back + chance.randint(-2, 1))) for back in range(chance.randint(1, 5))
    ]


def _submission(survey, version, questions, on, leaning, chance):
    grade, is_anonymous = min(10, max(0, leaning + chance.randint(-2, 2))), survey.privacy == "anonymous"
    answers = {"nps": grade, "used": ["web"] if grade % 2 else ["web", "shop"]}
    answers |= {"rating": 1 + grade % 5} if chance.random() < 0.7 else {}
    answers |= {"why": f"Words {uuid4()}"} if chance.random() < 0.6 else {}
    return Submission(
        survey_id=survey.id, version_id=version.id, purpose=survey.purpose, privacy=survey.privacy, form_id=uuid4(),
        questions=questions, answers=answers, on=on, at=None if is_anonymous else NOW - timedelta(days=(TODAY - on).days),
        voice="customer" if is_anonymous or chance.random() < 0.8 else "unverified",
        segments={} if is_anonymous else {"site": chance.choice("NS")},
    )  # fmt: skip


def _pages(survey, role):
    """The survey's page in each period that can be asked for."""
    return [survey_page(survey, {"period": one.name}, role) for one in _every_period()]


def _of_page(page):
    yield from _of_results(page.results)
    yield from (page.open_link_count, page.doubted)
    yield from (int(row[1]) for row in picture(page).rows)
    yield from (n for _code, _label, n in page.suggested)
    yield from page.named.values()


def _comments(page):
    """Which comments may be read, here and in the inbox, which shows the same ones."""
    listed = inbox({"survey": page.survey.slug, "period": page.view.period.name}, page.role, NOBODY).found
    assert listed.total == page.comments.total
    assert all(
        not card(one, TODAY, page.survey).response_id and not card(one, TODAY, page.survey).meta for one in listed.items
    )
    return {one.id for one in listed.items}


def _of_everybody(survey):
    page = public_results(survey.slug)
    yield from (page.n, page.apart, page.metric.n if page.metric else 0)
    for told in page.told:
        yield told.answered
        yield from told.distribution.values()


def _assert_far_apart(numbers, group, where):
    seen = {0, *numbers}
    too_near = [pair for pair in combinations(sorted(seen), 2) if pair[1] - pair[0] < group]
    assert not too_near, (where, too_near)


def _months(chance):
    """Counts of some months as chance has them: some people in each, grades that lean one way, questions left out."""
    leaning, months = chance.choice([0, 3, 7, 9]), {}
    for on in _days(chance):
        cells = [
            _cells(min(10, max(0, leaning + chance.randint(-2, 2))), chance) for _ in range(chance.choice([*MANY, 30]))
        ]
        months[on.replace(day=1)] = added([months.get(on.replace(day=1), {}), *cells])
    return months


def _cells(grade, chance):
    rating = {"rating": [str(1 + grade % 5)]} if chance.random() < 0.7 else {}
    given = counted({"nps": [str(grade)], "used": ["web"] if grade % 2 else ["web", "shop"], **rating}, ())
    return {question: dict.fromkeys(values, 1) for question, values in given.items()}


def _of_results(results):
    yield results.n
    yield from (metric.n for metric in (results.metric, results.metric_before) if metric)
    for told in map(results.tell, results.questions):
        yield told.answered
        yield from told.distribution.values()
        yield from (metric.n for metric in told.metrics)
    yield from (month.n for month in results.months)
    yield from (point.metric.n for point in results.points_of(results.months))
    yield from (n for _label, n in results.answers_by_month)


def _every_period():
    months = {month_name(TODAY.replace(day=1) - timedelta(days=30 * back)) for back in range(7)}
    return [period(name, TODAY) for name in [*PERIOD_NAMES, *sorted(months)]]


def test_no_number_and_no_difference_is_of_fewer_than_a_group():
    questions = parse({"title": "", "questions": QUESTIONS[:4]}).questions
    for number in range(DATA_SETS):
        chance = Random(number)
        group, months = chance.choice([3, 5, 8]), _months(chance)
        every = [
            results_in(chosen, months, questions, minimum=group, groups=True, today=TODAY) for chosen in _every_period()
        ]
        _assert_far_apart([n for results in every for n in _of_results(results)], group, number)
        shown = [{month for batch in results.seen.batches for month in batch.months} for results in every]
        people = {month: responses_in(counts) for month, counts in months.items()}
        apart = {sum(people[month] for month in one - other) for one, other in product(shown, repeat=2)}
        assert not apart & set(range(1, group)), (number, apart)


@pytest.mark.parametrize("first", range(0, STORED, AT_ONCE))
def test_no_page_shows_a_number_or_a_difference_of_fewer_than_a_group(sqlite_app, first):
    for number in range(first, first + AT_ONCE):
        chance = Random(number)
        privacy, role = chance.choice([("confidential", "leader"), ("anonymous", "staff"), ("identified", "viewer")])
        survey = make_survey(f"s{number}", privacy=privacy, is_public=True)
        _fill(survey, chance)
        release_results()
        db.session.rollback()
        survey = db.session.get_one(Survey, survey.id)
        where = number, privacy, role
        pages = _pages(survey, role)
        _assert_far_apart([n for page in pages for n in _of_page(page)] + [*_of_everybody(survey)], GROUP, where)
        if role != "viewer":
            read = [_comments(page) for page in pages]
            apart = {len(one - other) for one, other in product([*read, set()], repeat=2)}
            assert not apart & set(range(1, GROUP_OF_COMMENTS)), (where, apart)
    with sqlite_app.test_request_context():
        for line in listing("viewer"):
            _assert_far_apart([line.n, line.metric.n], GROUP, line.slug)


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_a_page_can_be_narrowed_to_nothing_smaller_than_a_period(sqlite_app, privacy):
    survey = make_survey(privacy=privacy)
    for narrow in ({"sentiment": "negative"}, {"voice": "customer"}, {"flagged": "only"}, {"channel": "link"}, {"language": "en"},
                   {"version": "1"}, {"score": "9"}, {"segment.site": "N"}):  # fmt: skip
        with pytest.raises(Refused):
            survey_page(survey, narrow, "leader")
        with pytest.raises(Refused):
            inbox({"survey": survey.slug, **narrow}, "leader", NOBODY)


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_no_list_shows_single_answers(client, privacy):
    survey = make_survey(privacy=privacy)
    _fill(survey, Random(3))
    sign_in(client, "leader")
    page = client.get("/surveys/autumn/responses")
    assert page.status_code == 200
    assert "Words " not in page.text
    assert "/responses/0" not in page.text
