"""Who comes onto which list."""

from __future__ import annotations

import pytest

from briefings.facts.accountability import RULES, Judgement
from briefings.statistics.accountability.lists import fired, listed


def judged(**outcomes):
    return [Judgement(rule, outcomes.get(rule, "usual")) for rule in RULES]


@pytest.mark.parametrize(
    ("outcomes", "name"),
    [
        ({}, None),
        ({"on_time": "below"}, "inspection"),
        ({"petitions": "below"}, "inspection"),
        ({"on_time": "above"}, "commendation"),
        ({"on_time": "above", "sync": "below"}, "inspection"),
        ({"on_time": "above", "sync": "too_few"}, None),
        ({"sync": "above", "on_time": "estimate"}, None),
        ({"sync": "above", "petitions": "too_few"}, "commendation"),
        (dict.fromkeys(RULES, "too_few"), None),
        (dict.fromkeys(RULES, "estimate"), None),
        (dict.fromkeys(RULES, "not_measured"), None),
    ],
)
def test_what_fired_decides_and_nothing_else(outcomes, name):
    assert listed(judged(**outcomes)) == name


def test_an_entry_shows_the_rules_that_fired():
    found = judged(on_time="below", sync="above", petitions="below")
    assert [each.rule for each in fired(found, "inspection")] == ["on_time", "petitions"]
    assert [each.rule for each in fired(found, "commendation")] == ["sync"]
