"""Line charts as SVG: equal input gives equal bytes, and text stays text in our own font."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import FuncFormatter, MaxNLocator

FONT_FAMILY = "Be Vietnam Pro"
FONT_FILE = "BeVietnamPro-Regular.ttf"
INK, GRID = "#1f2a37", "#d5dae1"
STROKES = (("#1d4f91", "o"), ("#b3541e", "s"), ("#5b6675", "^"))
TARGET_COLOUR = "#5b6675"
WIDTH, HEIGHT = 5.4, 2.6  # inches; narrow, so that its text stays legible on a phone
MARGINS = {"left": 0.135, "right": 0.975, "top": 0.86, "bottom": 0.12}
MOST_LABELS = 7
HEADROOM = 1.04  # above the highest value, so that a line at the top is not cut
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "briefings",
    "font.family": FONT_FAMILY,
    "font.size": 10.5,
    "axes.edgecolor": GRID,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
}


@dataclass(frozen=True)
class Line:
    """One line: its name and one value per point; None leaves a gap. A target is dashed."""

    name: str
    values: Sequence[float | None]
    is_target: bool = False


def draw_lines(
    points: Sequence[str], lines: Sequence[Line], tick_text: Callable[[float], str]
) -> str:
    """An SVG of lines over named points, from zero up, with a legend above."""
    _register_font()
    with mpl.rc_context(STYLE):
        drawing = Drawing(figsize=(WIDTH, HEIGHT))
        drawing.subplots_adjust(**MARGINS)
        axes = drawing.add_subplot()
        for number, line in enumerate(lines):
            _draw(axes, line, number)
        _finish(axes, points, tick_text)
        target = io.StringIO()
        FigureCanvasSVG(drawing)
        drawing.savefig(target, format="svg", metadata={"Date": None})
    return target.getvalue()


def _draw(axes: Axes, line: Line, number: int) -> None:
    values = [float("nan") if value is None else value for value in line.values]
    if line.is_target:
        axes.plot(values, color=TARGET_COLOUR, linestyle="--", linewidth=1.2, label=line.name)
        return
    colour, marker = STROKES[number % len(STROKES)]
    axes.plot(values, color=colour, marker=marker, markersize=3.5, linewidth=1.8, label=line.name)


def _finish(axes: Axes, points: Sequence[str], tick_text: Callable[[float], str]) -> None:
    axes.set_ylim(0, axes.get_ylim()[1] * HEADROOM)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value)))
    step = -(-len(points) // MOST_LABELS)
    shown = range(len(points) - 1, -1, -step)
    axes.set_xticks(list(shown), [points[index] for index in shown])
    axes.set_xlim(-0.3, len(points) - 0.7)
    axes.tick_params(length=0)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=3,
        frameon=False,
        borderaxespad=0.1,
        handlelength=1.6,
    )


@cache
def _register_font() -> None:
    with as_file(files("fontpkg_be_vietnam_pro") / "files" / FONT_FILE) as file:
        font_manager.fontManager.addfont(str(file))
