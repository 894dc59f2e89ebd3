"""One report to be made: a notebook, its parameters and where the result belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FORMATS = ("ipynb", "html", "pdf")
FIGURES_NAME = "figures.csv"


@dataclass(frozen=True)
class Job:
    """A notebook × parameters × language.

    The files are `folder/stem.<format>` and `folder/figures.csv`; jobs that differ only in
    language share the folder and must agree on the figures. `label` stands at the foot of every
    page and may be empty; `data` says what kind of data it is in every row of the figures.
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
    data: str = ""

    def __post_init__(self) -> None:
        for unknown in set(self.formats) - set(FORMATS):
            raise ValueError(f"unknown format {unknown!r}; one of {', '.join(FORMATS)}")
