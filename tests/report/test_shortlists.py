"""The two lists as a reader sees them: rules, limits, and the right of reply."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from briefings.facts.accountability import Entry, Judgement, Reply
from briefings.facts.funnel import Standing
from briefings.facts.interval import Interval
from briefings.report.briefing import Briefing
from briefings.report.material import Material
from tests.report.conftest import MakeMaterial, lines

pytestmark = pytest.mark.slow

BELOW = Judgement(
    "sync", "below", Standing(40, 100), Standing(900, 1000), Interval(0.3, 0.5), Interval(0.8, 0.97)
)
REPLY = Reply("sync", {"vi": "Do lỗi hệ thống", "en": "The link was down"}, date(2025, 3, 10), "D1")


def listed(material: Material, *replies: Reply) -> Briefing:
    """The unit of the page on the inspection list."""
    facts = material.facts
    entry = Entry(facts.unit, (BELOW,), replies)
    found = dataclasses.replace(facts.accountability, inspection=(entry,), judged=(BELOW,))
    return Briefing(dataclasses.replace(material, facts=dataclasses.replace(
        facts, accountability=found
    )))  # fmt: skip


def test_an_entry_shows_the_rule_with_cases_share_interval_others_and_limits(
    material: MakeMaterial,
) -> None:
    row = lines(listed(material()).inspection())[2]
    assert row == (
        "Test Province | Synchronised | 40 | 100 | 40.00% (30.00% – 50.00%) | 90.00% | "
        "80.00% – 97.00%"
    )


def test_without_a_reply_the_page_says_so_and_how_to_give_one(material: MakeMaterial) -> None:
    shown = listed(material()).inspection().plain()
    assert "Test Province – Reply of the office: none on record" in shown
    assert "right of reply" in shown
    assert "replies.csv" in shown


def test_a_reply_stands_with_its_rule_day_and_office(material: MakeMaterial) -> None:
    shown = listed(material(), REPLY).inspection().plain()
    assert "Reply of the office (Synchronised): The link was down (D1, 10 Mar 2025)" in shown
    assert "none on record" not in shown


def test_a_unit_sees_that_it_is_listed_and_what_it_may_reply(material: MakeMaterial) -> None:
    shown = listed(material("D1")).judged().plain()
    assert "below the limit" in shown
    assert "on the month's list of proposed inspections" in shown
    assert "none on record" in shown


def test_who_is_not_assessed_is_called_neither_good_nor_bad(material: MakeMaterial) -> None:
    shown = Briefing(material("D1")).judged().plain()
    assert "not assessed: too few to compare with" in shown
    assert "proposed inspections" not in shown


def test_a_text_long_in_force_is_late_by_days_that_nobody_can_count(
    material: MakeMaterial,
) -> None:
    facts = material().facts
    late = dataclasses.replace(facts.accountability.late[0], due=None, working_days=None)
    accountability = dataclasses.replace(facts.accountability, late=(late,))
    changed = dataclasses.replace(
        material(), facts=dataclasses.replace(facts, accountability=accountability)
    )
    row = lines(Briefing(changed).late_procedures())[2].split(" | ")
    assert row[-3:-1] == ["–", "–"]


def test_overdue_dossiers_of_a_unit_stand_at_every_status_they_have(material: MakeMaterial) -> None:
    """None of them is cut: A5 of D2, due on 14 February, is in process."""
    shown = Briefing(material("D2")).waiting().plain()
    assert "in process" in shown
    group = material("D2").facts.accountability.overdue[0]
    assert (group.step, group.ages) == (4, (0, 1, 0))
