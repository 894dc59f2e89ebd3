"""Line charts: values by month, a target, and what is usual as a band."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import chain
from math import isnan

from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text

from briefings.report.canvas import (
    DECIMALS,
    GAP,
    POINT_NAMES,
    RIGHT,
    STROKE,
    Look,
    Scale,
    TickText,
    dots,
    left_edge,
    legend,
    scale_from_zero,
    scale_of_range,
    scale_with_grid,
    svg_of,
    text_at,
)

# The marks on the lines: a dot, a square and, which weighs more, a triangle.
LINE_WIDTH = 1.8
STROKES = ("#1d4f91", "#b3541e", "#5b6675")
MARKS: tuple[Look, ...] = (
    {"linewidth": 4.5, "solid_capstyle": "round"},
    {"linewidth": 4.2, "solid_capstyle": "projecting"},
    {"linestyle": "None", "marker": "^", "markersize": 3.5},
)
TARGET_COLOUR = "#5b6675"
BAND_COLOUR, CENTRE_COLOUR = "#e3e9f2", "#7d8ca3"

BAND_KEY = 9  # the height of its key in the legend
BAND_DECIMALS = 1  # of its places; it has no fine line
SIDE = 0.3  # free space before the first point and after the last, in steps between points
MOST_NAMED_POINTS = 7
LEAST_STEP = Fraction(1, 100)  # of a scale that does not begin at zero


@dataclass(frozen=True)
class Line:
    """One line: its name and one value per point; None leaves a gap. A target is dashed."""

    name: str
    values: Sequence[float | None]
    is_target: bool = False


@dataclass(frozen=True)
class Band:
    """What is usual: a centre, and a lower and an upper limit by number of the point."""

    name: str
    centre: float
    limits: Mapping[int, tuple[float, float]]


@dataclass(frozen=True)
class Plane:
    """Where a point lies in the drawing."""

    left: float
    count: int

    def across(self, point: int) -> float:
        """How far to the right, for the number of a point."""
        share = (point + SIDE) / (self.count - 1 + 2 * SIDE)
        return round(self.left + share * (RIGHT - self.left), DECIMALS)


def draw_lines(
    points: Sequence[str], lines: Sequence[Line], tick_text: TickText, band: Band | None = None
) -> str:
    """An SVG of lines over named points with a legend above, on the scale of `line_scale`."""
    scale = line_scale(lines, band)
    left = left_edge(scale, tick_text)
    plane = Plane(left, len(points))
    strokes = [
        artist
        for number, line in enumerate(lines)
        for artist in _stroke(*_places(plane, scale, line), line, number)
    ]
    return svg_of(
        [
            *(_shade(plane, scale, band) if band else ()),
            *scale_with_grid(scale, left, tick_text),
            *_point_names(plane, points),
            *strokes,
            *legend(
                {line.name: partial(_key, line, n) for n, line in enumerate(lines)}
                | ({band.name: _band_key} if band else {})
            ),
        ]
    )


def line_scale(lines: Sequence[Line], band: Band | None = None) -> Scale:
    """From zero up; beside a band from as low as needed, where less than half would be used."""
    values = [value for line in lines for value in line.values if value is not None]
    if band is None:
        return scale_from_zero(values)
    values += chain(*band.limits.values())
    if min(values) <= max(values) - min(values):
        return scale_from_zero(values)
    return scale_of_range(values, LEAST_STEP)


def _shade(plane: Plane, scale: Scale, band: Band) -> Iterator[Artist]:
    across = [round(plane.across(point), BAND_DECIMALS) for point in band.limits]
    lower, upper = (
        [
            (x, round(scale.up(value), BAND_DECIMALS))
            for x, value in zip(across, values, strict=True)
        ]
        for values in zip(*band.limits.values(), strict=True)
    )
    yield Polygon([*lower, *reversed(upper)], facecolor=BAND_COLOUR)
    yield _centre_line(across[0], across[-1], scale.up(band.centre))


def _centre_line(start: float, end: float, height: float) -> Line2D:
    return Line2D([start, end], [height, height], color=CENTRE_COLOUR, linewidth=0.9)


def _point_names(plane: Plane, points: Sequence[str]) -> Iterator[Text]:
    """The last one, and so many before it as can be read."""
    step = -(-len(points) // MOST_NAMED_POINTS)
    for index in range(len(points) - 1, -1, -step):
        yield text_at(plane.across(index), POINT_NAMES, points[index], "center")


def _places(plane: Plane, scale: Scale, line: Line) -> tuple[list[float], list[float]]:
    across = [plane.across(point) for point in range(len(line.values))]
    return across, [GAP if value is None else scale.up(value) for value in line.values]


def _key(line: Line, number: int, start: float, height: float) -> Iterator[Artist]:
    across = [start, start + STROKE / 2, start + STROKE]
    yield from _stroke(across, [height] * 3, line, number, marked=slice(1, 2))


def _band_key(start: float, height: float) -> Iterator[Artist]:
    end, low, high = start + STROKE, height - BAND_KEY / 2, height + BAND_KEY / 2
    yield Polygon([(start, low), (end, low), (end, high), (start, high)], facecolor=BAND_COLOUR)
    yield _centre_line(start, end, height)


def _stroke(
    across: list[float], heights: list[float], line: Line, number: int, marked: slice = slice(None)
) -> Iterator[Artist]:
    """The line, and unless it is a target a mark at each value that is marked."""
    if line.is_target:
        yield Line2D(across, heights, color=TARGET_COLOUR, linestyle="--", linewidth=1.2)
        return
    colour = STROKES[number % len(STROKES)]
    yield Line2D(across, heights, color=colour, linewidth=LINE_WIDTH)
    places = [(x, y) for x, y in zip(across[marked], heights[marked], strict=True) if not isnan(y)]
    look: Look = {"color": colour, **MARKS[number % len(MARKS)]}
    if places:
        yield Line2D(*zip(*places, strict=True), **look) if "marker" in look else dots(places, look)
