"""Beginning, changing and telling."""

from datetime import UTC, date, datetime, timedelta

import pytest

from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.improvements import actions, queries

NOW = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
ON = date(2026, 10, 12)


def start(title="No more waiting", codes=("A2",), you_said="“I waited.”", now=NOW):
    return write(lambda: actions.start(title, you_said=you_said, codes=codes, by=None, now=now))


def post(improvement, stage="in_progress", words="Six machines arrive.", now=NOW, on=ON):
    return write(
        lambda: actions.post_update(
            queries.improvement(improvement.id), stage=stage, words=words, by=None, now=now, on=on
        )
    )


def read(improvement):
    return queries.improvement(improvement.id)


@pytest.mark.usefixtures("app")
class TestImprovements:
    def test_a_new_one_is_hidden(self):
        found = read(start(codes=["R1", "A2", "A2"]))
        assert not found.is_published
        assert found.codes == ("A2", "R1")
        assert found.slug == "no-more-waiting"

    def test_two_with_the_same_title_have_two_addresses(self):
        assert [start().slug, start().slug, start("No more").slug] == [
            "no-more-waiting",
            "no-more-waiting-2",
            "no-more",
        ]

    def test_the_first_update_publishes(self):
        improvement = start()
        post(improvement)
        found = read(improvement)
        assert (found.stage, found.stage_since) == ("in_progress", ON)
        assert found.newest_update.words == "Six machines arrive."

    def test_the_same_stage_again_keeps_its_day(self):
        improvement = start()
        post(improvement)
        later = NOW + timedelta(days=20)
        post(improvement, words="They are here.", now=later, on=later.date())
        found = read(improvement)
        assert found.stage_since == ON
        assert [update.words for update in found.updates] == ["They are here.", "Six machines arrive."]

    def test_an_update_sent_twice_is_posted_once(self):
        improvement = start()
        post(improvement)
        post(improvement, now=NOW + timedelta(seconds=1))
        assert len(read(improvement).updates) == 1

    def test_declining_without_a_word_is_refused_and_keeps_nothing(self):
        improvement = start()
        with pytest.raises(Refused, match="why not"):
            post(improvement, stage="declined", words="  ")
        assert read(improvement).updates == []
        assert read(improvement).stage is None

    def test_a_stage_that_does_not_exist_is_refused(self):
        improvement = start()
        with pytest.raises(Refused, match="four stages"):
            post(improvement, stage="maybe")

    @pytest.mark.parametrize(("title", "codes"), [("  ", ["A2"]), ("x", ["Q9"]), ("x" * 161, [])])
    def test_what_cannot_be_kept_is_refused(self, title, codes):
        with pytest.raises(Refused):
            start(title, codes=codes)
        assert queries.board() == []

    def test_editing_keeps_address_updates_and_history(self):
        improvement = start(codes=["A2", "P2"])
        post(improvement)

        def change():
            found = queries.improvement(improvement.id)
            actions.edit(
                found, title="Shorter queues", you_said="Too long.", codes=["P2", "R1"], now=NOW + timedelta(days=1)
            )

        write(change)
        found = read(improvement)
        assert (found.title, found.slug, found.you_said) == ("Shorter queues", "no-more-waiting", "Too long.")
        assert found.codes == ("P2", "R1")
        assert len(found.updates) == 1
        assert found.changed_at == NOW + timedelta(days=1)
