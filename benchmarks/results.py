"""RESULTS.md: one section for each benchmark, replaced by the latest run."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

FILE = Path(__file__).parent / "RESULTS.md"
HEAD = """# Results

Written by `make bench`. Each section compares things measured in one run on one machine; ratios
travel, seconds do not.
"""
SHOWN = (
    "papermill",
    "nbclient",
    "nbconvert",
    "ipykernel",
    "jupyter-client",
    "matplotlib",
)


def write_section(title: str, command: str, text: str) -> None:
    """Put a section in place of the one of the same title, or at the end."""
    old = FILE.read_text(encoding="utf-8") if FILE.exists() else HEAD
    section = f"## {title}\n\n`{command}`, {_when()}, {machine()}.\n\n{text.strip()}\n"
    pattern = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.M | re.S)
    new = pattern.sub(lambda _: f"{section}\n", old) if pattern.search(old) else f"{old}\n{section}"
    FILE.write_text(new.rstrip() + "\n", encoding="utf-8")


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; all but the first column are numbers."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def machine() -> str:
    """What it ran on."""
    packages = ", ".join(f"{name} {version(name)}" for name in SHOWN)
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.system()}, Python {python}, {packages}"


def _when() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d")
