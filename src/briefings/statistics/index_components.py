"""The components that only the service index needs."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir

from briefings.periods import Window
from briefings.statistics.catalogue import catalogue_components
from briefings.statistics.fees import fee_components
from briefings.statistics.petitions import petition_components, petitions_received
from briefings.statistics.procedures_once import announced_once, published_once
from briefings.working_days import WorkingCalendar


def index_components(
    tables: dict[str, ir.Table],
    changes: ir.Table,
    windows: Sequence[Window],
    calendar: WorkingCalendar | None,
    span: ir.Table,
    root: str,
) -> tuple[ir.Table, ...]:
    """Each with grain window × unit; `changes` is the table of changes_with_dates."""
    return (
        announced_once(changes, tables["decisions"], windows, calendar, span),
        published_once(changes, span),
        catalogue_components(tables, span, root),
        fee_components(tables, span),
        petition_components(tables["feedback"], span),
        petitions_received(tables["feedback"], span),
    )
