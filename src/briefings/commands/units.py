"""`briefings units`: the codes that UNIT accepts."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from briefings.escaping import clean
from briefings.periods import Month
from briefings.project import Project
from briefings.reference import load_organisation


def list_units(project: Project, month: str) -> None:
    """Print code, level and names of every unit of a month, in the order of the file."""
    table = Table("code", "level", "name (vi)", "name (en)")
    for unit in load_organisation(project.units, Month.parse(month), project.regime).units:
        table.add_row(*map(clean, (unit.code, unit.level, unit.name_vi, unit.name_en)))
    Console(highlight=False, markup=False, emoji=False).print(table)
