"""A copy of the program with a package of a few lines and two notebooks, in a folder of its own.

Everything in it may be edited; it runs in processes of its own that see nothing but the copy.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefings.press.exporters.font_files import font_file

ROOT = Path(__file__).parents[2]

RATES = '''
"""What the first notebook shows."""
from office.shown import Shown
from office.words import sentence


def show(month, unit, language):
    "A rate in a sentence."
    return Shown(month, unit, sentence(language, 3))  # three quarters
'''
WORDS = """
import os
from pathlib import Path

import yaml

import briefings

NARRATIVE = Path(briefings.__file__).parents[2] / "templates" / "narrative"


def sentence(language, number):
    words = yaml.safe_load((NARRATIVE / language / "words.yaml").read_text("utf-8"))
    counts = (Path(os.environ["NOTEBOOK_INPUTS"]) / "counts.json").read_text("utf-8")
    return f"{words['title']} {counts} {number}"
"""
SHOWN = """
class Shown:
    def __init__(self, month, unit, text):
        self.month, self.unit, self.text = month, unit, text

    def _repr_mimebundle_(self, include=None, exclude=None):
        figure = {"figure": f"n@{self.month}/{self.unit}", "unit": self.unit, "value": 1}
        return {
            "text/html": f"<p>{self.text}</p>",
            "text/vnd.typst": f'#par("{self.text}")',
            "application/vnd.briefings.figures+json": [figure],
        }
"""
FILES = {
    "src/office/__init__.py": "",
    "src/office/rates.py": RATES,
    "src/office/words.py": WORDS,
    "src/office/shown.py": SHOWN,
    "src/office/unused.py": "import office.rates\n",
}

PARAMETERS = 'month = "2025-01"\nunit = "X"\nlanguage = "vi"'
FIRST = "from office.rates import show\n\nshow(month, unit, language)"
SECOND = (
    "from office.shown import Shown\nfrom office.words import sentence\n\n"
    "Shown(month, unit, sentence(language, 4))"
)

# Runs in the copy: `plan` or `build` the jobs of jobs.json and print what came of it.
DRIVER = """
import json, sys
from pathlib import Path
from briefings.press.build import build
from briefings.press.job import Job
from briefings.press.plan import plan

def job(number, fields):
    folder, language = Path(fields["folder"]), fields["parameters"]["language"]
    inputs = {"counts.json": Path(fields["counts"]).read_bytes()}
    return Job(
        f"{folder.name}/{language}", Path(fields["notebook"]).absolute(), fields["parameters"],
        language, fields["title"], fields["label"], folder.absolute(), f"briefing.{language}",
        tuple(fields["formats"]), inputs=inputs,
    )

if __name__ == "__main__":
    jobs = [job(n, fields) for n, fields in enumerate(json.loads(Path("jobs.json").read_text()))]
    cache = Path("cache").absolute()
    if sys.argv[1] == "plan":
        found = {s.job.name: [s.action, list(s.reasons)] for s in plan(jobs, cache=cache)}
    else:
        force = "force" in sys.argv
        workers = next((int(word) for word in sys.argv if word.isdigit()), 1)
        outcomes = build(jobs, workers=workers, cache=cache, force=force)
        found = {o.job.name: [o.action, str(o.error or "")] for o in outcomes}
    print(json.dumps(found))
"""

Done = dict[str, tuple[str, Any]]


@dataclass(frozen=True)
class SmallTree:
    """The copy, and what is done to it."""

    folder: Path

    @property
    def path(self) -> str:
        """What PYTHONPATH must hold."""
        return os.pathsep.join(str(self.folder / name) for name in ("src", "site"))

    def plan(self, **environment: str) -> Done:
        """Action and reasons by report, of those for which there is anything to do."""
        return {name: step for name, step in self._run("plan", environment).items()
                if step[0] != "nothing"}  # fmt: skip

    def build(self, *options: str, **environment: str) -> Done:
        """Action and error by report."""
        return self._run("build", environment, *options)

    def start(self, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        """A build in the background."""
        return subprocess.Popen(
            [sys.executable, "driver.py", "build", *options],
            cwd=self.folder,
            env=self._environment(environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def edit(self, place: str, old: str, new: str) -> None:
        """Replace a text in a file; it must be there."""
        file = self.folder / place
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{place} holds no {old!r}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def edit_cell(self, place: str, index: int, source: str) -> None:
        """Give a cell of a notebook another source."""
        file = self.folder / place
        content = json.loads(file.read_text(encoding="utf-8"))
        content["cells"][index]["source"] = source
        file.write_text(json.dumps(content), encoding="utf-8")

    def edit_job(self, index: int, **fields: object) -> None:
        """Ask for something else."""
        file = self.folder / "jobs.json"
        jobs = json.loads(file.read_text(encoding="utf-8"))
        jobs[index] |= fields
        file.write_text(json.dumps(jobs), encoding="utf-8")

    def copy(self, folder: Path) -> SmallTree:
        """The same in another place."""
        shutil.copytree(self.folder, folder)
        return SmallTree(folder)

    def outputs(self) -> dict[str, bytes]:
        """Every published file by its place, without records."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted((self.folder / "reports").rglob("*.*"))
            if path.is_file() and path.suffix in (".html", ".pdf", ".csv", ".ipynb")
        }

    def _run(self, verb: str, environment: Mapping[str, str], *options: str) -> Done:
        done = subprocess.run(
            [sys.executable, "driver.py", verb, *options],
            cwd=self.folder,
            env=self._environment(environment),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return {name: tuple(step) for name, step in json.loads(done.stdout).items()}

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": self.path, "PYTHONDONTWRITEBYTECODE": "1", **more}


def small_tree(folder: Path) -> SmallTree:
    """A new copy in which nothing was made yet."""
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("src", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    fonts = font_file("Regular").parents[1]
    shutil.copytree(fonts, folder / "site" / fonts.name, ignore=ignore)
    jobs = [job("a", "vi", "first"), job("a", "en", "first"), job("b", "vi", "second")]
    texts = {
        **FILES,
        "notebooks/first.ipynb": notebook(FIRST),
        "notebooks/second.ipynb": notebook(SECOND),
        "data/a.json": "11",
        "data/b.json": "22",
        "driver.py": DRIVER,
        "jobs.json": json.dumps(jobs),
    }
    for place, text in texts.items():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return SmallTree(folder)


def job(unit: str, language: str, name: str) -> dict[str, Any]:
    return {
        "notebook": f"notebooks/{name}.ipynb",
        "parameters": {"month": "2025-02", "unit": unit, "language": language},
        "title": f"Report on {unit}",
        "label": "",
        "folder": f"reports/2025-02/{unit}",
        "formats": ["html", "pdf"],
        "counts": f"data/{unit}.json",
    }


def notebook(code: str) -> str:
    cells = [
        cell("markdown", "# For the reader", "note"),
        cell("code", PARAMETERS, "parameters"),
        cell("markdown", "## Kết quả", "vi"),
        cell("markdown", "## Result", "en"),
        cell("code", code),
        cell("markdown", "In both languages."),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for number, found in enumerate(cells):
        found["id"] = f"cell-{number}"
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def cell(kind: str, source: str, *tags: str) -> dict[str, Any]:
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {"tags": list(tags)}, "source": source, **code}
