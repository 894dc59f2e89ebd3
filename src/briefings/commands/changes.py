"""`briefings changes`: the rows that the last intake found new, changed or gone."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.commands.screen import say
from briefings.intake.changes import CHANGES, Changes, read_changes
from briefings.project import Project


def show_changes(project: Project) -> None:
    """Print the counts of the last intake that changed any row, and where the rows are listed."""
    for line in lines_of(read_changes(project.workplace)):
        say(line)
    say(f"Row by row, of deliveries that were there before: {project.workplace / CHANGES}")


def lines_of(changes: Changes) -> Iterator[str]:
    """One line for each table of each delivery."""
    for each in changes.tables:
        counts = f"{each.new:,} new, {each.changed:,} changed, {each.gone:,} gone"
        yield f"{each.table} {each.delivery}: {counts} since the intake before."
    for delivery in changes.not_compared:
        yield f"{delivery}: not compared, because its data of before are no longer there."
