"""Form II.06a: one line for a unit, a line per level and the total for the root."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.errors import ReportError
from briefings.facts.form import Form, FormLine
from briefings.gathering.counted import Counted
from briefings.organisation import LEVELS, Level, Unit
from briefings.periods import Window
from briefings.statistics.form import form_row


def form(counted: Counted, unit: Unit) -> Form:
    """The form for the period and the year to date; ReportError where an identity breaks."""
    return Form(
        period=_lines(counted, unit, counted.windows.period),
        to_date=_lines(counted, unit, counted.windows.year_to_date),
    )


def _lines(counted: Counted, unit: Unit, window: Window) -> tuple[FormLine, ...]:
    own = _line(counted, window, unit.code, None, (unit.code,))
    if unit != counted.organisation.root:
        return (own,)
    levels = {level: counted.organisation.codes_at_level(level) for level in LEVELS[1:]}
    return (
        *(
            _line(counted, window, f"level:{level}", level, codes)
            for level, codes in levels.items()
            if codes
        ),
        own,
    )


def _line(
    counted: Counted, window: Window, identity: str, level: Level | None, units: Sequence[str]
) -> FormLine:
    row = form_row(counted.observations, window.name, units)
    if broken := row.broken_identities():
        raise ReportError(f"Form II.06a, {identity}, {window.name}: broken {'; '.join(broken)}")
    return FormLine(identity, level, row)
