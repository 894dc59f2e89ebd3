"""Petitions as index 766 counts them: those open at the end of a window too."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from briefings.statistics.tables import within


def petition_components(feedback: ir.Table, span: ir.Table) -> ir.Table:
    """Petitions answered in the window or open at its end, and how they were handled.

    Grain: window × unit. An open petition is judged as if it were answered on the last day. It
    needs no rating; an answered one whose rating is not recorded is not rated.
    """
    f = feedback.select(
        "unit",
        "outcome",
        received=feedback.received_on.date(),
        due=feedback.due_on.date(),
        answered=feedback.answered_on.date(),
    )
    pairs = f.cross_join(span)
    t = pairs.filter(
        pairs.received <= pairs.end, pairs.answered.isnull() | (pairs.answered >= pairs.start)
    )
    answered = (t.answered <= t.end).fill_null(False)
    judged = t.due.notnull()
    in_time = judged & (ibis.ifelse(answered, t.answered, t.end) <= t.due)
    rated = judged & (~answered | t.outcome.notnull())
    unhappy = answered & (t.outcome == "unsatisfied").fill_null(False)
    return t.group_by(["window", "unit"]).aggregate(
        petitions=t.count(),
        petitions_judged=t.count(where=judged),
        petitions_in_time=t.count(where=in_time),
        petitions_rated=t.count(where=rated),
        petitions_well_handled=t.count(where=rated & in_time & ~unhappy),
    )


def petitions_received(feedback: ir.Table, span: ir.Table) -> ir.Table:
    """Petitions received in the window. Grain: window × unit."""
    t = within(feedback.select("unit", received=feedback.received_on.date()), "received", span)
    return t.group_by(["window", "unit"]).aggregate(petitions_received=t.count())
