"""Rows that a profile leaves out because of other rows: totals, doubles, older states.

What a rule compares of a row goes to the spool with it; which rows are left out is asked when
all have come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from briefings.files import digest
from briefings.intake.cell_numbers import decimal_numbers
from briefings.intake.cells import as_text
from briefings.intake.layout import ROW_HEADING
from briefings.intake.read_values import UNREADABLE
from briefings.intake.row_rules import MISFIT_RULE, RowRule, place_of
from briefings.intake.spool import Spool
from briefings.intake.written_dates import read_moments

# Halves of whole numbers are exact, thirds are not: compared as printed to six places.
PLACES = 6


def marks(raw: pd.DataFrame, rules: Sequence[RowRule], file: int) -> pd.DataFrame:
    """What the rules compare. Grain: one raw row; columns by the number of the rule.

    mark_<n>: a digest of the cells that rows have in common; times_<n>: of the same row so many
    times; moment_<n>: how new it is; unread_<n>: whether that is written and can not be read. A
    row without mark is compared with none. Rows are compared within a `file`, which is a part of
    every digest.
    """
    found = pd.DataFrame(index=raw.index)
    for number, rule in enumerate(rules):
        if rule.kind == "doubled":
            found[f"mark_{number}"] = _doubled(raw, rule, file)
        elif rule.kind == "multiple":
            found[f"mark_{number}"], found[f"times_{number}"] = _multiple(raw, rule, file)
        elif rule.kind == "older_by":
            common = [as_text(raw[heading]) for heading in rule.same]
            has_case = raw[list(rule.same)].notna().all(axis="columns")
            found[f"mark_{number}"] = _kept(_digests(raw.index, common, file), has_case)
            moments = read_moments(raw[rule.of[0]], rule.dates)
            found[f"moment_{number}"] = moments
            found[f"unread_{number}"] = moments.isna() & raw[rule.of[0]].notna()
    return found


def leave_out(spool: Spool, rules: Sequence[RowRule]) -> None:
    """Note in `faults` the rows that are left out, instead of what else is wrong with them.

    Rules act one after the other: a row that is left out no longer stands beside the rest. The
    spool's `rows` have, besides the marks, `rule`: the first rule for single rows that hits.
    """
    spool.run("CREATE TABLE gone (row BIGINT, rule INTEGER)")
    for number, rule in enumerate(rules):
        if rule.compares:
            spool.run(
                f"""
                CREATE OR REPLACE TEMP VIEW rest AS SELECT * FROM rows
                WHERE (rule IS NULL OR rule > {number}) AND row NOT IN (SELECT row FROM gone)
                """
            )
            if rule.kind == "older_by":
                spool.run(_undecided(number), [rule.of[0], UNREADABLE["moment"]])
            spool.run(
                f"INSERT INTO gone SELECT row, {number} FROM ({HITS[rule.kind](number, rule)})"
            )
    spool.run(
        "INSERT INTO gone SELECT row, rule FROM rows "
        "WHERE rule IS NOT NULL AND row NOT IN (SELECT row FROM gone)"
    )
    spool.run("DELETE FROM faults WHERE row IN (SELECT row FROM gone)")
    spool.run("CREATE TABLE reasons (rule INTEGER, place TEXT, reason TEXT)")
    for number in (MISFIT_RULE, *range(len(rules))):
        spool.run("INSERT INTO reasons VALUES (?, ?, ?)", [number, *place_of(number, rules)])
    spool.run(
        "INSERT INTO faults SELECT row, place, '', reason FROM gone JOIN reasons USING (rule)"
    )


def _doubled(raw: pd.DataFrame, rule: RowRule, file: int) -> list[str | None]:
    """Rows that lack all that they are to have in common are not the same row."""
    cells = raw[list(rule.same)] if rule.same else raw.drop(columns=ROW_HEADING, errors="ignore")
    found = _digests(raw.index, [_written(cells[heading]) for heading in cells.columns], file)
    return _kept(found, cells.notna().any(axis="columns")) if rule.same else [*found]


def _multiple(
    raw: pd.DataFrame, rule: RowRule, file: int
) -> tuple[list[str | None], list[str | None]]:
    """A row of zeros is no multiple of its like, nor one whose numbers can not be read.

    An empty cell is zero.
    """
    cells = raw[list(rule.of)]
    read = {each: decimal_numbers(cells[each], rule.numbers[each]) for each in cells.columns}
    numbers = pd.DataFrame(read, index=raw.index)
    readable = (numbers.notna() | cells.isna()).all(axis="columns")
    numbers = numbers.fillna(0.0).astype("float64")
    common = [_written(raw[heading]) for heading in rule.same]

    def of(numbers: pd.DataFrame) -> list[str]:
        exact = (numbers.round(PLACES) + 0.0).astype("str")
        return _digests(raw.index, [*common, *(exact[heading] for heading in exact.columns)], file)

    is_some = readable & (numbers != 0).any(axis="columns")
    return _kept(of(numbers), is_some), _kept(of(numbers * rule.times), readable)


def _kept(digests: list[str], rows: pd.Series) -> list[str | None]:
    return [digest if kept else None for digest, kept in zip(digests, rows, strict=True)]


def _written(cells: pd.Series) -> pd.Series:
    """Each cell as Python writes it: 2 is not 2.0."""
    if isinstance(cells.dtype, pd.StringDtype):
        return cells
    return cells.astype(object).map(str, na_action="ignore")


def _digests(rows: pd.Index, columns: Sequence[pd.Series], file: int) -> list[str]:
    """One for the cells of each row; columns that only later chunks have change none."""
    cells = zip(*columns, strict=True) if columns else ((),) * len(rows)
    return [_digest(row, str(file).encode()) for row in cells]


def _digest(row: Sequence[object], file: bytes) -> str:
    parts = [b"" if pd.isna(cell) else b"=" + str(cell).encode() for cell in row]  # type: ignore[call-overload]
    while parts and not parts[-1]:
        parts.pop()
    return digest(file, *parts)


def _doubles(number: int, rule: RowRule) -> str:
    which = {"keep_first": "WHERE row > first", "keep_last": "WHERE row < last", "keep_none": ""}
    return f"""
        SELECT row FROM rest JOIN (
            SELECT mark_{number}, min(row) AS first, max(row) AS last FROM rest
            GROUP BY mark_{number} HAVING count(*) > 1
        ) USING (mark_{number}) {which[rule.keep]}
    """


def _multiples(number: int, _: RowRule) -> str:
    return f"SELECT row FROM rest WHERE mark_{number} IN (SELECT times_{number} FROM rest)"


def _older(number: int, _: RowRule) -> str:
    return f"""
        SELECT row FROM rest JOIN (
            SELECT mark_{number}, max(moment_{number}) AS newest FROM rest GROUP BY mark_{number}
            HAVING NOT bool_or(unread_{number})
        ) USING (mark_{number})
        WHERE moment_{number} < newest OR (moment_{number} IS NULL AND newest IS NOT NULL)
    """


def _undecided(number: int) -> str:
    """Faults of rows of which nobody knows the newest: what can not be read might be it."""
    return f"""
        INSERT INTO faults SELECT row, ?, '', ? FROM rest WHERE mark_{number} IN (
            SELECT mark_{number} FROM rest GROUP BY mark_{number}
            HAVING bool_or(unread_{number}) AND count(*) > 1
        )
    """


HITS: dict[str, Callable[[int, RowRule], str]] = {
    "doubled": _doubles,
    "multiple": _multiples,
    "older_by": _older,
}
