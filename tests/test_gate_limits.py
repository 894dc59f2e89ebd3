from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefings.errors import SettingsError
from briefings.gate_limits import GateLimits, gate_limits

FILE = Path("briefings.toml")


def test_a_project_may_name_some_limits_and_has_the_usual_others() -> None:
    assert gate_limits(FILE, {}) == GateLimits()
    named = gate_limits(FILE, {"quarantined_share": 0.1, "volume_factor": 3})
    assert (named.quarantined_share, named.volume_factor) == (0.1, 3)
    assert named.unknown_unit_share == GateLimits().unknown_unit_share


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("quarantined", 0.1, r"\[gates\] has no setting quarantined"),
        ("quarantined_share", 2, "is no share: write 2 % as 0.02"),
        ("future_share", -0.1, "is no share"),
        ("unknown_unit_share", "0.1", "is no number"),
        ("volume_factor", 1, "must be more than 1"),
        ("volume_months", 0, "must be a whole number from 1"),
        ("volume_rows", 1.5, "must be a whole number from 1"),
        ("missing_unit_months", True, "is no number"),
    ],
)
def test_a_limit_that_can_not_be_is_refused(name: str, value: Any, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        gate_limits(FILE, {name: value})


@pytest.mark.parametrize("value", [0, 1])
def test_none_and_all_are_shares(value: int) -> None:
    assert gate_limits(FILE, {"quarantined_share": value}).quarantined_share == value
