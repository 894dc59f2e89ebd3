"""A profile: how the headings, dates and code lists of one source map onto the contracts."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from briefings.errors import SettingsError
from briefings.intake.contracts import CONTRACTS
from briefings.intake.readers import one_line

SOURCE_KEYS = {"heading", "format", "codes", "join", "with"}
TABLE_KEYS = {"columns", "constants"}


@dataclass(frozen=True)
class Source:
    """Where one contract column comes from: one heading, or several joined with `glue`.

    `date_format` is a strptime pattern (ISO 8601 where empty); `codes` maps labels to codes.
    """

    headings: tuple[str, ...]
    glue: str = ""
    date_format: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableProfile:
    """The mapping of one table; `constants` fill contract columns that the source leaves out."""

    columns: Mapping[str, Source]
    constants: Mapping[str, str]


def load_profile(file: Path) -> dict[str, TableProfile]:
    """The tables of a profile file; SettingsError names file, table and column of a fault."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"Cannot read the profile {file}: {error}.") from error
    tables = content.get("tables") if isinstance(content, dict) else None
    if not isinstance(tables, dict):
        raise SettingsError(f"{file}: a profile starts with `tables:`.")
    return {name: _table(f"{file}: {name}", name, parts) for name, parts in tables.items()}


def _table(where: str, name: str, parts: Any) -> TableProfile:
    if name not in CONTRACTS:
        raise SettingsError(f"{where}: no such table.", f"Tables are {', '.join(CONTRACTS)}.")
    _refuse_unknown(where, parts, TABLE_KEYS)
    columns, constants = parts.get("columns") or {}, parts.get("constants") or {}
    for mapping in (columns, constants):
        _refuse_unknown(where, mapping, set(CONTRACTS[name].column_names))
    return TableProfile(
        columns={column: _source(f"{where}.{column}", value) for column, value in columns.items()},
        constants={column: str(value) for column, value in constants.items()},
    )


def _source(where: str, value: Any) -> Source:
    if isinstance(value, str):
        return Source((one_line(value),))
    _refuse_unknown(where, value, SOURCE_KEYS)
    headings = value.get("join") or [value.get("heading")]
    if not isinstance(headings, list) or not all(isinstance(text, str) for text in headings):
        raise SettingsError(f"{where}: needs `heading: text` or `join: [text, text]`.")
    texts, codes = (value.get("with", ""), value.get("format", "")), value.get("codes") or {}
    if not all(isinstance(text, str) for text in texts) or not isinstance(codes, dict):
        raise SettingsError(
            f"{where}: `with` and `format` are texts, `codes` maps labels to codes."
        )
    return Source(
        headings=tuple(map(one_line, headings)),
        glue=value.get("with", ""),
        date_format=value.get("format", ""),
        codes={_label(label): _code(code) for label, code in codes.items()},
    )


def _label(label: object) -> str:
    return unicodedata.normalize("NFC", str(label)).strip()


def _code(code: object) -> str:
    return str(code).lower() if isinstance(code, bool) else str(code)


def _refuse_unknown(where: str, parts: Any, known: set[str]) -> None:
    if not isinstance(parts, dict):
        raise SettingsError(f"{where}: expected a mapping, found {parts!r}.")
    unknown = sorted(set(map(str, parts)) - known)
    if unknown:
        raise SettingsError(
            f"{where}: unknown {', '.join(unknown)}.", f"Known are {', '.join(sorted(known))}."
        )
