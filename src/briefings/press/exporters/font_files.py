"""Where the files of our fonts lie, found without importing the packages that ship them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

VIETNAMESE = "fontpkg_be_vietnam_pro"
STYLES = ("Regular", "SemiBold", "Italic")

# Charts are drawn in this style while the notebook runs.
CHART_STYLE = "Regular"
# matplotlib opens it with every font, for signs that no other has.
LAST_RESORT = "LastResortHE-Regular.ttf"


def font_file(style: str) -> Path:
    """The untouched file of a style such as `Regular`."""
    return _package_folder(VIETNAMESE) / "files" / f"BeVietnamPro-{style}.ttf"


def symbol_folder() -> Path:
    """The folder of matplotlib's own fonts."""
    return _package_folder("matplotlib") / "mpl-data" / "fonts" / "ttf"


def chart_fonts() -> list[Path]:
    """The files that a chart may be drawn with."""
    return [font_file(CHART_STYLE), symbol_folder() / LAST_RESORT, *_symbol_fonts()]


def page_fonts() -> list[Path]:
    """The files that a page is printed with."""
    return [*map(font_file, STYLES), *_symbol_fonts()]


def _symbol_fonts() -> list[Path]:
    return sorted(symbol_folder().glob("DejaVuSans*.ttf"))


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name}, which ships one of our fonts, is not installed")
    return Path(spec.origin).parent
