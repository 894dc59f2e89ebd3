"""What is asked of a database table: the mapped columns and no other, by delivery."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from briefings.errors import InputError
from briefings.intake.contract import Contract
from briefings.intake.deliveries import ALL_MONTHS
from briefings.intake.mapping import missing_headings
from briefings.intake.profiles import TableProfile
from briefings.intake.readers.headings import one_line
from briefings.intake.source import source_heading
from briefings.intake.written_numbers import NumberReading
from briefings.periods import FIRST_YEAR, LAST_YEAR
from briefings.sources import DatabaseTable

DELIVERY = "delivery"
# Python's years. The database also knows infinity and years before Christ; they become these
# days, which the contract refuses like any other of that age.
EARLIEST, LATEST = datetime(1, 1, 1), datetime(9999, 12, 31)
# A moment with a zone lies in one month here and in another there. It is put into the month of
# the westernmost place, so that no briefing of its local month lacks it.
WESTERNMOST = 12  # hours behind UTC

NO_MONTHS = (
    "Take `monthly` out of the project file: then the whole table is one delivery. Or make a view."
)


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def quote_nullable(text: str) -> str:  # type: ignore[empty-body]
    """The database's own: a text in quotes, NULL without; no two rows look alike."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def convert_to(text: str, encoding: str) -> dt.binary:
    """The database's own: the bytes of a text."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def sha256(content: dt.binary) -> dt.binary:
    """The database's own."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def encode(content: dt.binary, form: str) -> str:  # type: ignore[empty-body]
    """The database's own: bytes as text."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def uuid_hash_extended(value: dt.uuid, seed: dt.int64) -> dt.int64:
    """The database's own: 64 bits of 128."""


@dataclass(frozen=True)
class Selection:
    """The columns of a table that a profile maps, those of the key first.

    `begins` is the moment whose month a row belongs to, None where all rows are one delivery;
    `others` are the remaining columns: known by name, never read.
    """

    source: DatabaseTable
    table: ir.Table
    columns: tuple[str, ...]
    others: tuple[str, ...]
    begins: ir.Value | None

    @property
    def described(self) -> bytes:
        """Names and types of the columns, in one text."""
        types = self.table.schema()
        return repr(([(name, str(types[name])) for name in self.columns], self.others)).encode()


def select_mapped(
    source: DatabaseTable, table: ir.Table, contract: Contract, profile: TableProfile
) -> Selection:
    """The columns that the profile uses; InputError for what it lacks or can not mean there."""
    named = {one_line(name): name for name in table.columns}
    missing, used = missing_headings(list(named), profile), profile.used_headings(list(named))
    if missing or not used:
        raise InputError(
            f"{source.name}: missing column {', '.join(missing) or 'of every kind'}.",
            f"The table has: {', '.join(named)}. Correct the profile, or make a view with them.",
        )
    _refuse_ways_of_files(source, table, contract, profile)
    key = {head for name in contract.key if name in profile.columns
           for head in profile.columns[name].mentioned}  # fmt: skip
    columns = tuple(named[head] for head in sorted(used, key=lambda head: (head not in key, head)))
    others = tuple(name for name in table.columns if name not in columns)
    begins = _beginning(source, table, contract, profile) if source.monthly else None
    return Selection(source, table, columns, others, begins)


def fingerprints(selection: Selection) -> ir.Table:
    """Grain: one delivery. Columns delivery, rows, one, other: the content in three numbers.

    The numbers are sums over the rows, so that their order plays no part and the database
    needs neither memory nor sorting for them; each row counts with 2 × 64 bits of its SHA-256.
    """
    texts = [quote_nullable(cell.cast("string")) for cell in _cells(selection)]
    row = reduce(lambda before, text: before + "," + text, texts)
    hashed = encode(sha256(convert_to(row, "UTF8")), "hex").left(32).cast("uuid")
    rows = selection.table.select(_delivery(selection).name(DELIVERY), hashed.name("row"))
    return rows.group_by(DELIVERY).aggregate(
        rows=rows.count(),
        one=uuid_hash_extended(rows.row, 0).cast("decimal(38, 0)").sum().cast("string"),
        other=uuid_hash_extended(rows.row, 1).cast("decimal(38, 0)").sum().cast("string"),
    )


def rows_of(selection: Selection, deliveries: Collection[str]) -> ir.Table:
    """The rows of some deliveries. Columns: delivery, then c0, c1, … for the mapped columns.

    In order of delivery and of all columns, so that a row keeps its number while nothing changes.
    """
    cells = [cell.name(f"c{number}") for number, cell in enumerate(_cells(selection))]
    rows = selection.table.select(_delivery(selection).name(DELIVERY), *cells)
    return rows.filter(rows[DELIVERY].isin(sorted(deliveries))).order_by(rows.columns)


def _cells(selection: Selection) -> list[ir.Value]:
    return [_readable(selection.table[name]) for name in selection.columns]


def _readable(column: ir.Value) -> ir.Value:
    """Days and moments as such, anything else as the text that a CSV file would have."""
    kind = column.type()
    if kind.is_timestamp():
        return _bounded(column)
    if kind.is_date():
        return _bounded(column).cast("timestamp")
    text = column.cast("string")
    if kind.is_decimal():  # 1.50 is the number 1.5, and 150.00 is 150
        return text.re_replace(r"(\.[0-9]*?)0+$", r"\1").re_replace(r"\.$", "")
    return text


def _bounded(column: ir.Value) -> ir.Value:
    kind = column.type()
    low, high = (ibis.literal(_same_kind(day, kind), type=kind) for day in (EARLIEST, LATEST))
    return ibis.cases((column < low, low), (column > high, high), else_=column)


def _same_kind(day: datetime, kind: dt.DataType) -> object:
    return day.date() if kind.is_date() else day


def _delivery(selection: Selection) -> ir.Value:
    """The month as `YYYY-MM`; `all` where there is none, or none that a calendar of ours has."""
    if selection.begins is None:
        return ibis.literal(ALL_MONTHS)
    known = selection.begins.year().between(FIRST_YEAR, LAST_YEAR)
    return ibis.cases((known, selection.begins.strftime("%Y-%m")), else_=ALL_MONTHS)


def _beginning(
    source: DatabaseTable, table: ir.Table, contract: Contract, profile: TableProfile
) -> ir.Value:
    """When a row begins: the first day or moment of the contract.

    By any later day, rows would be missing from the months before it, in silence.
    """
    begins = next((c.name for c in contract.columns if c.kind in ("day", "moment")), "")
    mapped = profile.columns.get(begins)
    heads = source_heading(mapped, [one_line(name) for name in table.columns]) if mapped else ()
    if mapped is None or not heads or mapped.shift is not None:
        raise InputError(
            f"{source.name}: it has no months, because the profile maps no single column to "
            f"{begins or 'a day'}.",
            NO_MONTHS,
        )
    column = next(table[name] for name in table.columns if one_line(name) == heads[0])
    kind = column.type()
    if not (kind.is_date() or kind.is_timestamp()):
        raise InputError(
            f"{source.name}: the column {heads[0]!r} is neither a date nor a timestamp.", NO_MONTHS
        )
    converted = kind.is_timestamp() and (kind.timezone or mapped.dates.written)
    moment = _bounded(column)
    return moment - ibis.interval(hours=WESTERNMOST) if converted else moment


def _refuse_ways_of_files(
    source: DatabaseTable, table: ir.Table, contract: Contract, profile: TableProfile
) -> None:
    """Refuse what has a meaning in a file only, and another one here."""
    numbers = {one_line(name) for name, kind in table.schema().items() if kind.is_numeric()}
    counted = {column.name for column in contract.columns if column.kind in ("whole", "number")}
    for name, each in profile.columns.items():
        if each.fill_down:
            raise InputError(
                f"{source.name}: the profile fills {name} from the row above, and the rows of a "
                "database have no order.",
                "Make a view that fills it.",
            )
        typed = [head for head in each.mentioned if head in numbers and name in counted]
        if typed and each.number not in (None, NumberReading()):
            raise InputError(
                f"{source.name}: the profile says how {name} is written, but {typed[0]!r} holds "
                "numbers.",
                "Write `number: {}` for this column in the profile.",
            )
