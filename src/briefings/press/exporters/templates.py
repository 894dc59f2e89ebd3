"""Where the page templates lie: beside the package, never in the user's home."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).parents[4] / "templates"
