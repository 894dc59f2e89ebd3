"""Where a raw table comes from: a file, or a table of the office's database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefings.errors import SettingsError

KEYS = {"postgresql", "schema", "monthly"}
DEFAULT_SCHEMA = "public"


@dataclass(frozen=True)
class DatabaseTable:
    """A table or view of the PostgreSQL database that the environment names.

    Names are taken literally, whatever characters they have. A `monthly` table has a delivery for
    every month in which its rows begin; otherwise the whole table is one.
    """

    table: str
    schema: str = DEFAULT_SCHEMA
    monthly: bool = False

    @property
    def name(self) -> str:
        """How it is called where a file would be: in the manifest and in the quarantine."""
        return f"postgresql:{self.schema}.{self.table}"


def database_table(where: str, setting: dict[str, Any]) -> DatabaseTable:
    """The table that a setting names; SettingsError for another key, or what is not text.

    Values of unknown keys are never quoted: one of them may be a password.
    """
    unknown = sorted(setting.keys() - KEYS)
    if unknown or "postgresql" not in setting:
        raise SettingsError(
            f"{where}: " + (f"unknown {', '.join(unknown)}." if unknown else "names no table."),
            'A table of the database is written { postgresql = "table", schema = "schema", '
            "monthly = true }. Server, database and user come from the environment: PGHOST, "
            "PGDATABASE, PGUSER, PGSERVICE.",
        )
    table, schema = setting["postgresql"], setting.get("schema", DEFAULT_SCHEMA)
    monthly = setting.get("monthly", False)
    if not all(isinstance(name, str) and name for name in (table, schema)):
        raise SettingsError(f"{where}: a name of the database is a text and not empty.")
    if not isinstance(monthly, bool):
        raise SettingsError(f"{where}: `monthly` is true or false.")
    return DatabaseTable(table, schema, monthly)
