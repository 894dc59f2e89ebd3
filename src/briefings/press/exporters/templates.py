"""Where the page templates lie: beside the package, never in the user's home."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[4] / "templates"
STYLE = TEMPLATES / "html" / "briefing" / "style.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Around these a style sheet needs no space; before a colon or a bracket it may.
NO_SPACE_AROUND = re.compile(r"\s*([{};,])\s*")


def page_style() -> str:
    """The style sheet of every page, without what only its editor reads: a sixth of its weight."""
    text = " ".join(COMMENT.sub("", STYLE.read_text(encoding="utf-8")).split())
    return NO_SPACE_AROUND.sub(r"\1", text).replace(";}", "}")
