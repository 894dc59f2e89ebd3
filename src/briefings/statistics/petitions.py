"""Petitions as index 766 counts them: those open at the end of a window too."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def petition_components(feedback: ir.Table, span: ir.Table) -> ir.Table:
    """Petitions answered in the window or open at its end, how they were handled, those received.

    Grain: window × unit. An open petition is judged as if it were answered on the last day. It
    needs no outcome; an answered one needs a recorded one to be judged by it.
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
    outcome_known = judged & (~answered | t.outcome.notnull())
    unhappy = answered & (t.outcome == "unsatisfied").fill_null(False)
    return t.group_by(["window", "unit"]).aggregate(
        petitions=t.count(),
        petitions_received=t.count(where=t.received >= t.start),
        petitions_judged=t.count(where=judged),
        petitions_in_time=t.count(where=in_time),
        petitions_outcome_known=t.count(where=outcome_known),
        petitions_well_handled=t.count(where=outcome_known & in_time & ~unhappy),
    )
