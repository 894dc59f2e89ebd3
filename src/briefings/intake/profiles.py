"""A profile: how the headings, dates and code lists of one source map onto the contracts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from briefings.errors import InputError, SettingsError
from briefings.intake import stated
from briefings.intake.conditions import Condition
from briefings.intake.contract import Column, Contract
from briefings.intake.contracts import CONTRACTS
from briefings.intake.defaults import DEFAULT_KEYS, Defaults, parse_defaults, parse_ignore
from briefings.intake.layout import MISFIT, Layout
from briefings.intake.profile_yaml import load_yaml
from briefings.intake.readers.sheets import SHEET_HEADING
from briefings.intake.readers.turned import TURNED_HEADING
from briefings.intake.row_rules import RowRule, Written, parse_rules
from briefings.intake.shifts import WorkingDays
from briefings.intake.source import AS_THEY_STAND, Source, source_heading
from briefings.intake.source_parts import parse_source, refuse_questions
from briefings.intake.stated_codes import parse_codes
from briefings.intake.stated_layout import parse_layout
from briefings.intake.written_numbers import NumberReading
from briefings.reference import load_calendar

COMMON_KEYS = {"layout", *DEFAULT_KEYS}
PROFILE_KEYS = {"description", "tables", "units", "days_off"} | COMMON_KEYS
TABLE_KEYS = {"columns", "constants", "rows"} | COMMON_KEYS


@dataclass(frozen=True)
class TableProfile:
    """The mapping of one table.

    `constants` fill contract columns that the source leaves out; `rules` say which rows are left
    out on purpose. `units` are the codes that the profile knows, None if it lists none.
    `working` says which days count as working days.
    """

    columns: Mapping[str, Source]
    constants: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[RowRule, ...] = ()
    layout: Layout = field(default_factory=Layout)
    units: frozenset[str] | None = None
    working: WorkingDays = field(default_factory=WorkingDays)

    @property
    def conditions(self) -> list[Condition]:
        """Every condition that a column or a rule asks for."""
        taken = self.columns.values()
        sources = [*taken, *(source.length for source in taken if source.length)]
        cases = [case.condition for source in sources for case in source.cases]
        asked = [source.only_if for source in sources] + [rule.condition for rule in self.rules]
        return [condition for condition in (*cases, *asked) if condition]

    @property
    def mentioned(self) -> tuple[str, ...]:
        """Every heading that it names, for a column or for a rule."""
        of_columns = [head for source in self.columns.values() for head in source.mentioned]
        of_rules = [head for rule in self.rules for head in rule.headings]
        return tuple(dict.fromkeys((*of_columns, *of_rules)))

    def used_headings(self, headings: Collection[str]) -> set[str]:
        """Those of a file's headings that are read, for a column or for a rule.

        Columns that only a reader writes are among them: nobody delivered them in vain.
        """
        used = {
            MISFIT,
            SHEET_HEADING,
            TURNED_HEADING,
            *(head for rule in self.rules for head in rule.headings),
        }
        for source in self.columns.values():
            taken = source.headings if source.take == "first" else source_heading(source, headings)
            used |= {*source.needed, *taken}
        return used & set(headings)


def load_profile(file: Path) -> dict[str, TableProfile]:
    """The tables of a profile file; SettingsError names file, table, column and key of a fault."""
    with stated.bounded():
        return _load(file)


def _load(file: Path) -> dict[str, TableProfile]:
    content = load_yaml(file)
    tables = content.get("tables") if isinstance(content, dict) else None
    if not isinstance(tables, dict):
        raise SettingsError(f"{file}: a profile starts with `tables:`.")
    parts = stated.mapping(str(file), content, PROFILE_KEYS)
    if "description" in parts:
        stated.text(f"{file}: description", parts["description"])
    ignore = parse_ignore(f"{file}: ignore", parts["ignore"]) if "ignore" in parts else ()
    codes, known = _units(f"{file}: units", parts.get("units", AS_THEY_STAND), ignore)
    defaults = parse_defaults(f"{file}", parts, Defaults(units=codes))
    common = TableProfile(
        columns={},
        layout=parse_layout(f"{file}: layout", parts.get("layout") or {}, Layout()),
        units=known,
        working=WorkingDays(_days_off(f"{file}: days_off", parts.get("days_off") or [])),
    )
    return {
        name: _table(f"{file}: {name}", name, table, defaults, common)
        for name, table in tables.items()
    }


def by_calendar(
    profile: Mapping[str, TableProfile], calendar: Path | None
) -> dict[str, TableProfile]:
    """The tables, with working days counted by the calendar of a project, where it has one."""
    if calendar is None:
        return dict(profile)
    known = load_calendar(calendar)
    return {
        name: replace(table, working=table.working.by_calendar(known))
        for name, table in profile.items()
    }


def mapping_of(profile: Mapping[str, TableProfile], table: str) -> tuple[Contract, TableProfile]:
    """Contract and mapping of a table; InputError where there is none."""
    contract = CONTRACTS.get(table)
    if contract is None or table not in profile:
        raise InputError(
            f"The profile maps no table {table!r}.", f"Contracts are {', '.join(CONTRACTS)}."
        )
    return contract, profile[table]


def _table(
    where: str, name: str, value: Any, defaults: Defaults, common: TableProfile
) -> TableProfile:
    if name not in CONTRACTS:
        raise SettingsError(f"{where}: no such table.", f"Tables are {', '.join(CONTRACTS)}.")
    parts = stated.mapping(where, value, TABLE_KEYS)
    contract = {column.name: column for column in CONTRACTS[name].columns}
    columns = stated.mapping(where, parts.get("columns") or {}, contract)
    constants = stated.mapping(where, parts.get("constants") or {}, contract)
    _refuse_both(where, columns, constants)
    refuse_questions(where, columns)
    defaults = parse_defaults(where, parts, defaults)
    layout = parts.get("layout") or {}
    sources = {
        column: parse_source(f"{where}.{column}", value, contract[column], defaults)
        for column, value in columns.items()
    }
    return TableProfile(
        columns=sources,
        constants={
            column: stated.value_text(f"{where}.{column}", value)
            for column, value in constants.items()
        },
        rules=parse_rules(
            f"{where}.rows",
            parts.get("rows") or [],
            Written(defaults.dates, defaults.number, _numbers_of(sources, contract)),
        ),
        layout=parse_layout(f"{where}.layout", layout, common.layout),
        units=common.units,
        working=common.working,
    )


def _numbers_of(
    sources: Mapping[str, Source], contract: Mapping[str, Column]
) -> dict[str, set[NumberReading | None]]:
    """How the columns of numbers write the cells under each heading that they take."""
    written: dict[str, set[NumberReading | None]] = {}
    for name, source in sources.items():
        if contract[name].kind in ("whole", "number"):
            for heading in (*source.headings, *source.minus):
                written.setdefault(heading, set()).add(source.number)
    return written


def _refuse_both(where: str, columns: Collection[str], constants: Collection[str]) -> None:
    both = sorted(set(columns) & set(constants))
    if both:
        raise SettingsError(f"{where}: {', '.join(both)} is both a column and a constant.")


def _units(
    where: str, value: Any, ignore: tuple[str, ...]
) -> tuple[dict[str, str] | None, frozenset[str] | None]:
    """The codes of office names, and all codes that are known; neither for `as they stand`."""
    if value == AS_THEY_STAND:
        return None, None
    if isinstance(value, list):
        return None, frozenset(stated.value_texts(where, value))
    if not isinstance(value, dict) or not value:
        raise SettingsError(
            f"{where}: expected office names with their codes, a list of codes, "
            f"or `{AS_THEY_STAND}`."
        )
    codes = parse_codes(where, value, ignore)
    return codes, frozenset(codes.values())


def _days_off(where: str, value: Any) -> frozenset[date]:
    listed = value if isinstance(value, list) else [value]
    return frozenset(stated.day(where, day) for day in listed)
