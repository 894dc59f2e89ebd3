"""Line charts as SVG: equal input gives equal bytes, and text stays text in our own font.

The artists stand on the figure itself, at places computed here. matplotlib's axes would lay out
every tick and a legend anew for each chart: four times the work for the same picture.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Literal, TypeAlias

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Drawing
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

FONT_FAMILY = "Be Vietnam Pro"
FONT_FILE = "BeVietnamPro-Regular.ttf"
INK, GRID = "#1f2a37", "#d5dae1"
# The marks are an octagon, which looks like a dot and takes a third of its bytes, square, triangle.
STROKES = (("#1d4f91", "8"), ("#b3541e", "s"), ("#5b6675", "^"))
TARGET_COLOUR = "#5b6675"
STYLE: Any = {"svg.fonttype": "none", "svg.hashsalt": "briefings"}
NOTHING_ABOUT_THE_FILE = dict.fromkeys(("Creator", "Date", "Format", "Type"))
GAP = float("nan")  # where a value is missing, and between the strokes of the grid

# All lengths are points of the drawing, which is narrow so that a phone shows its text legibly.
POINTS_PER_INCH = 72
DECIMALS = 2  # more would be weight that nobody sees
WIDTH, HEIGHT = 350, 176
TEXT_SIZE = 10.5
RIGHT, TOP, BOTTOM = 341, 152, 22  # of the lines; on the left they begin beside their scale
SCALE_SPACE = 6
SIDE = 0.3  # free space before the first point and after the last, in steps between points
BELOW_MIDDLE = 3.6  # how far the foot of a digit lies below its middle
POINT_NAMES, LINE_NAMES = 8, 166  # the height at which they stand
STROKE, STROKE_SPACE, NAME_SPACE = 18, 5, 15  # of the legend

MOST_NAMED_POINTS = 7
MOST_STEPS = 4  # of the scale
STEPS = (1, 2, 2.5, 5)  # and these times ten, a hundred …
HEADROOM = 1.04  # above the highest value, so that a line at the top is not cut


class Words(Text):
    """One line that is told where to stand, so nothing need be measured to place it."""

    def draw(self, renderer: RendererBase) -> None:
        """In the drawing only its foot, its alignment and its text are written."""
        across, height = self.get_transform().transform(self.get_position())
        _, top = renderer.get_canvas_width_height()
        brush = renderer.new_gc()
        brush.set_foreground(self.get_color())
        renderer.draw_text(
            brush,
            across,
            top - height,
            self.get_text(),
            self.get_fontproperties(),
            self.get_rotation(),
            mtext=self,
        )
        brush.restore()


Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Line:
    """One line: its name and one value per point; None leaves a gap. A target is dashed."""

    name: str
    values: Sequence[float | None]
    is_target: bool = False


@dataclass(frozen=True)
class Plane:
    """Where a point and a value lie in the drawing."""

    left: float
    count: int
    highest: float

    def across(self, point: int) -> float:
        """How far to the right, for the number of a point."""
        share = (point + SIDE) / (self.count - 1 + 2 * SIDE)
        return round(self.left + share * (RIGHT - self.left), DECIMALS)

    def up(self, value: float) -> float:
        """How high, for a value."""
        return round(BOTTOM + value / self.highest * (TOP - BOTTOM), DECIMALS)


def draw_lines(
    points: Sequence[str], lines: Sequence[Line], tick_text: Callable[[float], str]
) -> str:
    """An SVG of lines over named points, from zero up, with a legend above."""
    values = [value for line in lines for value in line.values if value is not None]
    highest = (max(values, default=0) or 1) * HEADROOM
    scale = {tick: tick_text(tick) for tick in _ticks(highest)}
    plane = Plane(max(map(_width, scale.values())) + SCALE_SPACE, len(points), highest)
    return _svg(
        [
            _grid(plane, list(scale)),
            *_scale(plane, scale),
            *_point_names(plane, points),
            *_strokes(plane, lines),
            *_legend(lines),
        ]
    )


def _svg(artists: Sequence[Artist]) -> str:
    with mpl.rc_context(STYLE):
        drawing = Drawing((WIDTH / POINTS_PER_INCH, HEIGHT / POINTS_PER_INCH), frameon=False)
        in_points = Affine2D().scale(1 / POINTS_PER_INCH) + drawing.dpi_scale_trans
        for artist in artists:
            artist.set_transform(in_points)
            drawing.add_artist(artist)
        target = io.StringIO()
        FigureCanvasSVG(drawing).print_svg(  # type: ignore[no-untyped-call]
            target, metadata=NOTHING_ABOUT_THE_FILE
        )
    return target.getvalue()


def _ticks(highest: float) -> Iterator[int]:
    """Whole numbers from zero up, so that no two read the same when printed without decimals."""
    steps = (step * 10**power for power in itertools.count() for step in STEPS)
    step = next(int(s) for s in steps if s == int(s) and highest <= s * (MOST_STEPS + 1))
    return iter(range(0, int(highest) + 1, step))


def _grid(plane: Plane, ticks: Sequence[float]) -> Line2D:
    heights = [height for tick in ticks for height in (plane.up(tick), plane.up(tick), GAP)]
    across = [plane.left, RIGHT, GAP] * len(ticks)
    return Line2D(across, heights, color=GRID, linewidth=0.7)


def _scale(plane: Plane, scale: dict[int, str]) -> Iterator[Text]:
    for tick, text in scale.items():
        yield _text(plane.left - SCALE_SPACE, plane.up(tick) - BELOW_MIDDLE, text, "right")


def _point_names(plane: Plane, points: Sequence[str]) -> Iterator[Text]:
    """The last one, and so many before it as can be read."""
    step = -(-len(points) // MOST_NAMED_POINTS)
    for index in range(len(points) - 1, -1, -step):
        yield _text(plane.across(index), POINT_NAMES, points[index], "center")


def _strokes(plane: Plane, lines: Sequence[Line]) -> Iterator[Line2D]:
    for number, line in enumerate(lines):
        across = [plane.across(point) for point in range(len(line.values))]
        heights = [GAP if value is None else plane.up(value) for value in line.values]
        yield Line2D(across, heights, **_look(line, number))


def _legend(lines: Sequence[Line]) -> Iterator[Artist]:
    start = 0.0
    for number, line in enumerate(lines):
        across = [start, start + STROKE / 2, start + STROKE]
        height = LINE_NAMES + BELOW_MIDDLE
        yield Line2D(across, [height] * 3, markevery=[1], **_look(line, number))
        yield _text(start + STROKE + STROKE_SPACE, LINE_NAMES, line.name, "left")
        start += STROKE + STROKE_SPACE + _width(line.name) + NAME_SPACE


def _look(line: Line, number: int) -> dict[str, Any]:
    if line.is_target:
        return {"color": TARGET_COLOUR, "linestyle": "--", "linewidth": 1.2}
    colour, marker = STROKES[number % len(STROKES)]
    return {"color": colour, "marker": marker, "markersize": 3.5, "linewidth": 1.8}


def _text(across: float, height: float, words: str, align: Align) -> Text:
    return Words(
        across, height, words, color=INK, horizontalalignment=align, fontproperties=_font()
    )


@cache
def _width(text: str) -> float:
    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(), ismath=False)
    return round(float(width), DECIMALS)


@cache
def _font() -> FontProperties:
    with as_file(files("fontpkg_be_vietnam_pro") / "files" / FONT_FILE) as file:
        return FontProperties(family=FONT_FAMILY, fname=str(file), size=TEXT_SIZE)
