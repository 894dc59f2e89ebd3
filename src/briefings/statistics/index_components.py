"""The components that only the service index needs, counted in the one window it is printed for."""

from __future__ import annotations

import ibis.expr.types as ir
import pandas as pd

from briefings.organisation import Organisation
from briefings.periods import Window
from briefings.statistics.announcements import changes_with_dates
from briefings.statistics.catalogue import catalogue_components
from briefings.statistics.components import per_unit
from briefings.statistics.listed_dossiers import listed_dossier_components
from briefings.statistics.petitions import petition_components
from briefings.statistics.procedures_once import announced_once, published_once
from briefings.statistics.tables import span_of
from briefings.working_days import WorkingCalendar


def count_index_components(
    tables: dict[str, ir.Table],
    window: Window,
    organisation: Organisation,
    calendar: WorkingCalendar | None,
) -> pd.DataFrame:
    """The components of one window for every unit; grain, index and errors of count_components."""
    span = span_of([window])
    changes = changes_with_dates(tables, [window], calendar)
    expressions = (
        announced_once(changes, tables["decisions"], window, calendar),
        published_once(changes, span),
        catalogue_components(tables, span, organisation.root.code),
        listed_dossier_components(tables, span),
        petition_components(tables["feedback"], span),
    )
    return per_unit(expressions, [window], organisation)
