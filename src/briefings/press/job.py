"""One report to be made: a notebook, its parameters and where the result belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from briefings.errors import BriefingsError

FORMATS = ("ipynb", "html", "pdf")
FIGURES_NAME = "figures.csv"
# A cell that takes longer hangs: all cells of a briefing together take less than a second.
MOST_CELL_SECONDS = 300


@dataclass(frozen=True)
class Job:
    """A notebook × parameters × language.

    The files are `folder/stem.<format>` and `folder/<figures>`; jobs that differ only in
    language share the folder and the name of the figures, and must agree on them. `label` stands
    at the foot of every page and may be empty; `data` says what kind of data it is in every row
    of the figures.

    Its figures must be of its parameters `unit` and `month`, and of no other than `units`, where
    they are named.

    `inputs` are small files by name, one per kind of data, and the only data that the notebook
    may read. A plan adds `key`, the name of all that the cells depend on, and `executed`, what
    they gave before: a job that has it starts no kernel. `fault` says why a report cannot be
    made at all, as when its data cannot be counted. No cell may take longer than
    `cell_seconds`, nor the printing of all pages.
    """

    name: str
    notebook: Path
    parameters: Mapping[str, str]
    language: str
    title: str
    label: str
    folder: Path
    stem: str
    formats: tuple[str, ...] = FORMATS
    figures: str = FIGURES_NAME
    data: str = ""
    units: frozenset[str] | None = None
    inputs: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    key: str = ""
    executed: bytes | None = field(default=None, repr=False)
    fault: BriefingsError | None = None
    cell_seconds: int = MOST_CELL_SECONDS

    def __post_init__(self) -> None:
        for unknown in set(self.formats) - set(FORMATS):
            raise ValueError(f"unknown format {unknown!r}; one of {', '.join(FORMATS)}")
        for name in self.inputs:
            if name != PurePath(name).name or name.startswith("."):
                raise ValueError(f"{name!r} is not a plain file name")
        if len({PurePath(name).stem for name in self.inputs}) < len(self.inputs):
            raise ValueError("two inputs hold the same kind of data")

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that the job makes."""
        return (*(f"{self.stem}.{form}" for form in self.formats), self.figures)
