"""The two halves know nothing of each other but the names of two variables."""

from __future__ import annotations

from briefings.press import inputs
from briefings.report import material
from briefings.report.sections import method


def test_the_press_lays_the_facts_where_the_report_looks_for_them() -> None:
    """Under another name a report would find none and count its own."""
    assert inputs.INPUTS_VARIABLE == material.INPUTS_VARIABLE
    assert inputs.KEY_VARIABLE == method.KEY_VARIABLE
