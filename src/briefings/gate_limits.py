"""How far data may stray before an official briefing is held back: the limits of the gates.

Every number is our own convention; no legal text sets one. `[gates]` in the project file can
name others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from briefings.errors import SettingsError

SHARES = ("quarantined_share", "unknown_unit_share", "future_share", "stock_share")


@dataclass(frozen=True)
class GateLimits:
    """The limits of one project.

    Shares are of the rows read of one table in one delivery; `stock_share` is of the dossiers that
    were last published as pending. A volume may lie between 1 in
    `volume_factor` of the usual and `volume_factor` times it, by the working day; `volume_months`
    earlier months say what is usual, and `volume_rows` are how many rows a month must usually
    bring to be judged. A unit is missing that has no dossier, and received at least
    `missing_unit_dossiers` in each of the `missing_unit_months` before.
    """

    quarantined_share: float = 0.02
    unknown_unit_share: float = 0.005
    future_share: float = 0.001
    stock_share: float = 0.01
    volume_factor: float = 2.0
    volume_months: int = 12
    volume_rows: int = 200
    missing_unit_months: int = 6
    missing_unit_dossiers: int = 10


def gate_limits(file: Path, settings: Mapping[str, Any]) -> GateLimits:
    """The limits under `[gates]` of a project file; SettingsError names one that can not be."""
    known = {field.name for field in fields(GateLimits)}
    unknown = sorted(settings.keys() - known)
    if unknown:
        raise SettingsError(
            f"{file}: [gates] has no setting {', '.join(unknown)}.",
            f"Known are {', '.join(sorted(known))}.",
        )
    for name, value in settings.items():
        if wrong := _wrong(name, value):
            raise SettingsError(f"{file}: [gates] {name} = {value!r} {wrong}.")
    return GateLimits(**settings)


def _wrong(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "is no number"
    if name in SHARES:
        return "" if 0 <= value <= 1 else "is no share: write 2 % as 0.02"
    if name == "volume_factor":
        return "" if value > 1 else "must be more than 1"
    return "" if isinstance(value, int) and value >= 1 else "must be a whole number from 1"
