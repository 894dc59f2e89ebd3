"""The columns of Form II.06a and the components that they sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from briefings.facts.form import FormRow
from briefings.statistics.observations import Observations

# Column number of the form → the components it sums, and the measure whose status it shares.
# Headings and numbers of the columns: Form II.06a as exported by two provinces' systems; the
# identities are implied by the headings, the Circular's annex was not read.
COMPONENTS: dict[int, tuple[tuple[str, ...], str]] = {
    3: (("received_online", "received_other", "carried_over"), "received_total"),
    4: (("received_online",), "online_filing"),
    5: (("received_other",), "online_filing"),
    6: (("carried_over",), "carried_over"),
    7: (
        ("processed_early", "processed_on_day", "processed_late", "processed_undated"),
        "processed",
    ),
    8: (("processed_early",), "processed_on_time"),
    9: (("processed_on_day",), "processed_on_time"),
    10: (("processed_late",), "processed_late"),
    11: (("pending_in_time", "pending_overdue", "pending_undated"), "pending"),
    12: (("pending_in_time",), "pending_overdue"),
    13: (("pending_overdue",), "pending_overdue"),
}


def form_row(observations: Observations, window: str, units: Sequence[str]) -> FormRow:
    """The form's row for some units together; a column one of them cannot measure is None.

    All columns are None in a window that begins before the data do.
    """

    covered = all(observations.covers(window, unit) for unit in units)

    def total(*names: str) -> int:
        return sum(observations.component(names, window, unit) for unit in units) if covered else 0

    def cell(names: Iterable[str], kpi: str) -> int | None:
        status = observations.together(kpi, window, units, "").status
        return total(*names) if covered and status != "not_measurable" else None

    return FormRow(
        cells={number: cell(names, kpi) for number, (names, kpi) in COMPONENTS.items()},
        processed_undated=total("processed_undated"),
        pending_undated=total("pending_undated"),
        estimate=observations.is_estimate(window, units),
    )


def uncarried(components: pd.DataFrame, window: str, before: str) -> list[str]:
    """The units that carry over into a window more or less than they had pending before it.

    `components` is a table of count_components or count_fields, read on no other units.
    """
    stock, _ = COMPONENTS[11]
    carried = components.loc[[window]].droplevel("window")["carried_over"]
    pending = components.loc[[before]].droplevel("window")[list(stock)].sum(axis="columns")
    return sorted(carried.index[carried != pending])
