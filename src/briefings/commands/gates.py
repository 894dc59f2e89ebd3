"""`briefings gates`: whether the data of a month may be published, and what to do if not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from briefings.errors import BriefingsError, GateError
from briefings.facts.gate import GATES, GateResult, from_bytes
from briefings.language import format_limit, words
from briefings.periods import Month

ADVICE = {
    "quarantined": "Look at the rows with `briefings quarantine`; correct them at the source and "
    "deliver again, or on record (docs/operations.md, Quarantine).",
    "unknown_units": "Correct the codes at the source, or add the units to units.csv.",
    "future": "Correct the dates, or deliver the rows with the month that they belong to.",
    "corrections": "`briefings quarantine` says which corrections do not fit and why: take them "
    "out, or write them anew from the rows as they are now.",
    "missing_months": "Deliver the dossiers of the month.",
    "volume": "Compare the number of rows with the source: an export may be cut off, or hold "
    "other months.",
    "missing_units": "Ask whether the export holds the unit; a unit that ended needs valid_to in "
    "units.csv.",
    "stock": "Look with `briefings changes` which rows came, went or changed since that was "
    "published; if they are right, say so.",
    "identities": "A fault of the program: tell the developers.",
}
SHOWN = 20


def results_in(facts: Mapping[str, bytes] | BriefingsError) -> tuple[GateResult, ...]:
    """What the gates found; the fault is raised if they could not be asked."""
    if isinstance(facts, BriefingsError):
        raise facts
    (content,) = facts.values()
    return from_bytes(content)


def show_gates(results: Sequence[GateResult], month: Month) -> None:
    """Print every gate: where it is not passed place by place, else the place that comes nearest.

    GateError, as for a report, where one holds back.
    """
    grid = Table("gate", "month", "place", "figures", "limit", "result")
    for gate in GATES:
        for each in _told([each for each in results if each.gate == gate]):
            grid.add_row(gate, each.month, each.place, each.figures, _limit(each), _verdict(each))
    Console(highlight=False, markup=False, emoji=False).print(grid)
    refuse_unpassed(results, month)


def _told(results: Sequence[GateResult]) -> Sequence[GateResult]:
    unpassed = [each for each in results if not each.passed]
    return unpassed or sorted(results, key=_share, reverse=True)[:1]


def _share(result: GateResult) -> float:
    return result.count / (result.of or 1)


def refuse_unpassed(results: Iterable[GateResult], month: Month) -> None:
    """GateError says which gates hold a month back: where, by which figures, and what to do."""
    held = [each for each in results if each.holds_back]
    if not held:
        return
    shown = [f"  {sentence(each)}" for each in held[:SHOWN]]
    if len(held) > SHOWN:
        shown.append(f"  and {len(held) - SHOWN} more: briefings gates --month {month}")
    advice = (f"- {gate}: {ADVICE[gate]}" for gate in dict.fromkeys(each.gate for each in held))
    lines = (f"    {_acceptance(each)}" for each in held[:SHOWN])
    raise GateError(
        f"{month} may not be published; these gates are not passed:\n" + "\n".join(shown),
        "\n".join(
            [
                "Nothing was made; what was published before stays as it is.",
                *advice,
                "- To look at it all the same: DRAFT=1 makes pages that are marked as drafts.",
                "- To go on knowingly, complete a line in accepted_gates.csv with both reasons, "
                "day and office:",
                *lines,
            ]
        ),
    )


def sentence(result: GateResult) -> str:
    """What a gate found, in words."""
    text = words("en")
    pattern: str = text["gates"]["found"][result.gate]
    return f"{result.gate}: " + pattern.format(
        place=text["tables"].get(result.place, result.place),
        month=text["gates"]["all_months"] if result.month == "all" else result.month,
        count=f"{result.count:,}",
        of="" if result.of is None else f"{result.of:,}",
        limit=_limit(result),
    )


def _limit(result: GateResult) -> str:
    if result.limit is None:
        return ""
    return format_limit(result.limit, "en")


def _verdict(result: GateResult) -> str:
    if result.passed:
        return "passed"
    return "NOT PASSED" if result.acceptance is None else "accepted"


def _acceptance(result: GateResult) -> str:
    return f"{result.month},{result.gate},{result.place},{result.figures},,,,"
