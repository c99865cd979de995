import json

import pytest

from survey.foundation.errors import Refused
from survey.foundation.text import fold
from survey.reasons.rules import REASONS, Wording, codes_by_name, wordings_in, wordings_of


def test_a_taxonomy_is_read_from_json_with_phrases_as_a_list_or_in_one_string():
    written = {
        "late": {"label": "Late", "phrases": ["came late", " "]},
        "cold": {"label": "Cold", "phrases": "cold; ice cold;"},
    }
    assert wordings_in(json.dumps(written)) == {
        "late": Wording("Late", ("came late",)),
        "cold": Wording("Cold", ("cold", "ice cold")),
    }


def test_a_reason_may_have_no_label_and_no_phrases():
    assert wordings_in('{"other": {}}') == {"other": Wording("other", ())}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ("[]", "holds no reasons"),
        ("{}", "holds no reasons"),
        ('{"late": "came late"}', "“late” is not written as one"),
        ('{"late": {"phrases": [1]}}', "“late” needs a label in words and a list of phrases"),
        (json.dumps({"late": {"phrases": ["a" * 301]}}), "“late” has a phrase that is too long"),
        ('{"late": {"label": 1}}', "“late” needs a label in words"),
        ('{"late": {"phrases": {"a": "b"}}}', "“late” needs a label in words"),
    ],
)
def test_what_is_no_taxonomy_is_refused_in_words(content, words):
    with pytest.raises(Refused, match=words):
        wordings_in(content)


def test_a_reason_is_known_by_its_code_and_its_label_whatever_their_case():
    codes = codes_by_name({"late_flight": Wording("Late Flight"), "B": Wording("late")})
    assert [codes.get(fold(name)) for name in ("LATE FLIGHT", "late-flight", "b", "Late", "other")] == [
        "late_flight", "late_flight", "B", "B", None,
    ]  # fmt: skip


def test_the_shipped_reasons_sound_like_their_phrases():
    assert wordings_of(REASONS)["A2"] == Wording(REASONS["A2"].name, REASONS["A2"].phrases)
