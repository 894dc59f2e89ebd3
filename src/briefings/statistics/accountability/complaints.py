"""Petitions about delay, harassment or attitude, and how they were handled."""

from __future__ import annotations

import ibis.expr.types as ir

from briefings.facts.accountability import CATEGORIES
from briefings.periods import Window


def complaints(feedback: ir.Table, window: Window) -> ir.Table:
    """Petitions answered in a window or open at its end, of the categories people answer for.

    Grain: unit × category. Columns: unit, category, petitions, late (answered after the due
    date), open_late (open past it at the window's end), unsatisfied, badly (any of these), known
    (due date on record). A petition without a due date is never late.
    """
    f = feedback.filter(feedback.category.isin(CATEGORIES))
    f = f.select(
        "unit", "category", "outcome",
        received=f.received_on.date(), due=f.due_on.date(), answered=f.answered_on.date(),
    )  # fmt: skip
    t = f.filter(f.received <= window.end, f.answered.isnull() | (f.answered >= window.start))
    answered = (t.answered <= window.end).fill_null(False)
    late = (answered & (t.answered > t.due)).fill_null(False)
    open_late = (~answered & (t.due < window.end)).fill_null(False)
    unsatisfied = answered & (t.outcome == "unsatisfied").fill_null(False)
    return t.group_by(["unit", "category"]).aggregate(
        petitions=t.count(),
        late=t.count(where=late),
        open_late=t.count(where=open_late),
        unsatisfied=t.count(where=unsatisfied),
        badly=t.count(where=late | open_late | unsatisfied),
        known=t.count(where=t.due.notnull()),
    )
