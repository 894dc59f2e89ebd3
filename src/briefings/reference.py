"""Reference data of a project, read from small reviewed CSV files and checked on the way in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from briefings.errors import SettingsError
from briefings.organisation import CODE_STATUSES, LEVELS, Organisation, Unit
from briefings.periods import Month
from briefings.rows import rows_of
from briefings.working_days import WorkingCalendar

FIRST_DATA_ROW = 2
MOST_FAULTS = 10


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


FLAG = pa.Check.isin(("true", "false"))
DAY = pa.Check(lambda days: days.map(_is_day), error="not a day as 2025-02-28")

UNITS = pa.DataFrameSchema(
    {
        "code": pa.Column(str, pa.Check.str_matches(r"^[A-Za-z0-9][A-Za-z0-9.-]*$")),
        "name_vi": pa.Column(str),
        "name_en": pa.Column(str),
        "level": pa.Column(str, pa.Check.isin(LEVELS)),
        "parent": pa.Column(str, nullable=True),
        "valid_from": pa.Column(str, DAY, nullable=True),
        "valid_to": pa.Column(str, DAY, nullable=True),
        "code_status": pa.Column(str, pa.Check.isin(CODE_STATUSES)),
        "source": pa.Column(str),
    },
    strict=True,
)
CALENDAR = pa.DataFrameSchema(
    {
        "date": pa.Column(str, DAY, unique=True),
        "working": pa.Column(str, FLAG),
        "reason_vi": pa.Column(str),
        "reason_en": pa.Column(str),
        "source": pa.Column(str),
        "verified": pa.Column(str, FLAG),
    },
    strict=True,
)


def read_reference(file: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """A reference table as text, checked against its schema; SettingsError names the cells."""
    try:
        table = pd.read_csv(
            file, dtype="str", keep_default_na=False, na_values=[""], skip_blank_lines=False
        )
        if not table.index.equals(pd.RangeIndex(len(table))):  # pandas made an index of them
            raise ValueError("rows have more cells than there are headings")
        return schema.validate(table.dropna(how="all"), lazy=True)
    except (OSError, ValueError) as error:
        raise SettingsError(f"Cannot read the reference file {file}: {error}.") from error
    except pandera.errors.SchemaErrors as error:
        found = [_fault(case) for case in rows_of(error.failure_cases.head(MOST_FAULTS))]
        raise SettingsError(f"{file} breaks its contract:\n" + "\n".join(found)) from error


def _fault(case: dict[str, Any]) -> str:
    row = "the headings" if case["index"] is None else f"row {int(case['index']) + FIRST_DATA_ROW}"
    return f"  {row}, {case['column']}: {case['failure_case']!r} ({case['check']})"


def valid_on(table: pd.DataFrame, day: date) -> pd.DataFrame:
    """The rows whose valid_from..valid_to (both included, empty = open) contains the day."""
    text = day.isoformat()
    return table[
        (table["valid_from"].isna() | (table["valid_from"] <= text))
        & (table["valid_to"].isna() | (table["valid_to"] >= text))
    ]


def load_unit_codes(file: Path) -> frozenset[str]:
    """Every code that was ever valid: what an export may name."""
    return frozenset(read_reference(file, UNITS)["code"])


def load_organisation(file: Path, month: Month) -> Organisation:
    """The units valid at the end of a month; `former` are those that ended before."""
    table = read_reference(file, UNITS)
    valid = valid_on(table, month.last_day)
    ended = table[table["valid_to"] < month.last_day.isoformat()]
    former = ended[~ended["code"].isin(valid["code"])].drop_duplicates("code", keep="last")
    return Organisation(_units(valid), former=_units(former))


def _units(table: pd.DataFrame) -> tuple[Unit, ...]:
    return tuple(
        Unit(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            level=row["level"],
            parent=row["parent"] or "",
            code_status=row["code_status"],
        )
        for row in rows_of(table)
    )


def load_calendar(file: Path) -> WorkingCalendar:
    """The working-day calendar; it covers the years that occur in its file."""
    table = read_reference(file, CALENDAR)
    if table.empty:
        raise SettingsError(f"{file} holds no day, so that it covers no year.")
    days = [date.fromisoformat(day) for day in table["date"]]
    return WorkingCalendar(
        exceptions=dict(zip(days, table["working"] == "true", strict=True)),
        first_year=min(day.year for day in days),
        last_year=max(day.year for day in days),
        unverified=tuple(
            day for day, flag in zip(days, table["verified"], strict=True) if flag == "false"
        ),
    )
