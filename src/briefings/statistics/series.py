"""The components of every window, read on the units of one day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import pandas as pd

from briefings.lineage.lineage import Lineage, Shares
from briefings.periods import Window
from briefings.rows import rows_of
from briefings.statistics.apportionment import apportion

# By the name of a window and by unit: on which units its counts are read.
Readings: TypeAlias = Mapping[str, Mapping[str, Shares]]


@dataclass(frozen=True)
class Caveats:
    """What is to be known of components that were read on the units of one day.

    `split` holds, by window, the units that something was divided among: together they are
    exact, each alone is an estimate. `absent` holds, by window, the units that did not exist in
    it, nor any that they came from.
    """

    split: Mapping[str, Collection[frozenset[str]]] = field(default_factory=dict)
    absent: Mapping[str, Collection[str]] = field(default_factory=dict)

    def is_estimate(self, window: str, units: Collection[str]) -> bool:
        """Whether the sum over some units rests on a share."""
        return any(
            not group.isdisjoint(units) and not group <= set(units)
            for group in self.split.get(window, ())
        )

    def is_absent(self, window: str, unit: str) -> bool:
        """Whether there was no such unit yet."""
        return unit in self.absent.get(window, ())


def read_series(
    components: pd.DataFrame, windows: Sequence[Window], lineage: Lineage, day: date, root: str
) -> tuple[pd.DataFrame, Caveats]:
    """The components of count_components, those of each unit moved to who took it over by a day.

    Same index and columns. The root stays what it is, the total: what went to it stands nowhere
    else.
    """
    units = components.loc[windows[0].name].index.drop(root)
    readings = {
        window.name: {unit: lineage.as_now(unit, day, since=window.end) for unit in units}
        for window in windows
    }
    empty = components.index[(components == 0).all(axis="columns")]
    quiet = {
        window.name: frozenset(unit for name, unit in empty if name == window.name) - {root}
        for window in windows
    }
    caveats = Caveats(
        split={name: _groups(by_unit, quiet[name]) for name, by_unit in readings.items()},
        absent={
            window.name: quiet[window.name] - _there(window, lineage, readings[window.name])
            for window in windows
        },
    )
    return _moved(components, readings, root), caveats


def _moved(components: pd.DataFrame, readings: Readings, root: str) -> pd.DataFrame:
    moves = {
        (window, unit): shares
        for window, by_unit in readings.items()
        for unit, shares in by_unit.items()
        if set(shares) != {unit}
    }
    if not moves:
        return components
    given = rows_of(components.loc[list(moves)])
    taken = [
        ((window, new), counts)
        for ((window, _), shares), row in zip(moves.items(), given, strict=True)
        for new, counts in apportion(row, shares).items()
        if new != root
    ]
    index = pd.MultiIndex.from_tuples([key for key, _ in taken], names=components.index.names)
    moved = pd.DataFrame([counts for _, counts in taken], index, components.columns)
    whole = pd.concat([components.drop(index=list(moves)), moved.astype("int64")])
    summed = whole.groupby(level=components.index.names).sum()
    return summed.reindex(components.index, fill_value=0)


def _groups(by_unit: Mapping[str, Shares], quiet: Collection[str]) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset(shares)
        for unit, shares in by_unit.items()
        if len(shares) > 1 and unit not in quiet
    )


def _there(window: Window, lineage: Lineage, by_unit: Mapping[str, Shares]) -> frozenset[str]:
    """The units that existed in a window themselves, or in those that they came from."""
    return frozenset(
        new
        for unit, shares in by_unit.items()
        if (lineage.began(unit) or window.end) <= window.end
        for new in shares
    )
