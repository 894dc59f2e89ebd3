"""Everything that is counted for February 2025, written out: `python -m tests.engines.everything`.

Each argument is a project file, a folder and which parts, with commas between. ENGINE and its
like say who counts, in a process of its own, as one process can have one kind of Spark only.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from briefings.exploration import Exploration
from briefings.facts.files import to_files
from briefings.facts.form_book import to_bytes
from briefings.gathering.counted import Counted, open_month
from briefings.gathering.form_book import form_book
from briefings.gathering.gather import gather
from briefings.periods import Month
from briefings.project import load_project
from briefings.statistics.dated_late import rows_by_month, rows_from

MONTH = Month(2025, 2)
AFTER = date(2025, 2, 1)


def observations(counted: Counted) -> dict[str, bytes]:
    """Every observation and every component it is made of, row by row."""
    index = counted.index_observations
    tables = {
        "components": counted.components.reset_index(),
        "observations": counted.observations.table().reset_index(),
        "index": index.table().reset_index() if index else pd.DataFrame(),
        "fields": counted.fields.reset_index(),
    }
    dossiers = counted.tables["dossiers"]
    dated = {
        "months": sorted((str(m), n) for m, n in rows_by_month(dossiers, "received_at").items()),
        "late": rows_from(dossiers, {"received_at": AFTER, "finished_at": AFTER}),
    }
    found = {f"{name}.csv": table.to_csv(index=False).encode() for name, table in tables.items()}
    return found | {"dated_late.json": _json(dated)}


def details(counted: Counted) -> dict[str, bytes]:
    """The rows behind the measures, and those a statistician may look at, in their order."""
    accounts, root = counted.accounts, counted.organisation.root
    rows = {
        **{name: getattr(counted, name) for name in ("procedures", "overdue", "decisions", "late")},
        **{f"accounts_{name}": getattr(accounts, name)
           for name in ("late", "unsynchronised", "overdue", "complaints")},
    }  # fmt: skip
    explored = Exploration(counted, root, "en")
    tables = {name: getattr(explored, name)() for name in ("received", "overdue", "unsynchronised")}
    return {
        **{f"{name}.json": _json(_sorted(found)) for name, found in rows.items()},
        **{f"{name}.csv": table.to_csv(index=False).encode() for name, table in tables.items()},
        "data_until.json": _json(str(counted.data_until)),
    }


def facts(counted: Counted) -> dict[str, bytes]:
    """What briefings print, of the root and of units of every level, and the official form."""
    first_of_each = {unit.level: unit for unit in reversed(counted.organisation.units)}
    found = {
        f"{each.unit.code}/{name}": content
        for each in gather(counted, list(first_of_each.values()))
        for name, content in to_files(each).items()
    }
    return found | {"form_book.json": to_bytes(form_book(counted))}


PARTS: dict[str, Callable[[Counted], dict[str, bytes]]] = {
    "observations": observations,
    "details": details,
    "facts": facts,
}


def main(file: Path, folder: Path, parts: Iterable[str]) -> None:
    counted = open_month(load_project(file), MONTH)
    for part in parts:
        for name, content in PARTS[part](counted).items():
            place = folder / part / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)


def _sorted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: [(row[name] is not None, str(row[name])) for name in row])


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, default=str, indent=1).encode()


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        asked, target, *names = argument.split(",")
        main(Path(asked), Path(target), names)
