"""The demonstration, taken in and ready, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefings.periods import Month
from briefings.reference import load_organisation

ROOT = Path(__file__).parents[1]
MONTH = "2025-02"


@dataclass(frozen=True)
class Office:
    """A project folder; a snapshot is there, and what else is kept can be dropped."""

    folder: Path

    def units(self, count: int) -> list[str]:
        """The first units of the list, from the province down."""
        file = self.folder / "data/reference/units.csv"
        return [unit.code for unit in load_organisation(file, Month.parse(MONTH)).units][:count]

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "briefings", *arguments]

    def report(
        self,
        units: Sequence[str],
        *options: str,
        month: str = MONTH,
        language: str = "vi",
        form: str = "html",
    ) -> list[str]:
        """Make briefings; in HTML and Vietnamese unless another is named."""
        asked = ("--month", month, "--unit", ",".join(units), "--language", language)
        return self.command("report", *asked, "--format", form, *options)

    def forget(self) -> None:
        """Drop everything but the data and the snapshot: facts, results, reports."""
        for name in ("data/cache", "reports"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def run(self, *arguments: str) -> str:
        command = self.command(*arguments)
        return subprocess.run(
            command, cwd=self.folder, env=environment(), check=True, capture_output=True, text=True
        ).stdout

    @property
    def pages(self) -> list[Path]:
        return sorted((self.folder / "reports").glob("*/*/*.html"))


def open_office(folder: Path, divisor: int = 1) -> Office:
    """The demonstration, `divisor` times smaller, in `folder`."""
    from briefings.demo import generate

    shutil.copy(ROOT / "briefings.toml", folder)
    for part in ("reference", "profiles"):
        shutil.copytree(ROOT / "data" / part, folder / "data" / part)
    generate(folder, divisor=divisor)
    office = Office(folder)
    office.run("intake")
    return office


def environment(**more: str) -> dict[str, str]:
    """As a person's: without what would lead to another project or compile Python each time."""
    strange = ("BRIEFINGS_PROJECT", "PYTHONDONTWRITEBYTECODE")
    clean = {name: value for name, value in os.environ.items() if name not in strange}
    return {**clean, "PLOOMBER_STATS_ENABLED": "false", **more}
