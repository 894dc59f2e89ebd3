"""What drawings are made of, as SVG: equal input gives equal bytes, text stays text in our font.

The artists stand on the figure itself, at places computed here. matplotlib's axes would lay out
every tick and a legend anew for each chart: four times the work for the same picture.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import as_file, files
from math import floor
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
STYLE: Any = {"svg.fonttype": "none", "svg.hashsalt": "briefings", "path.simplify": False}
NOTHING_ABOUT_THE_FILE = dict.fromkeys(("Creator", "Date", "Format", "Type"))
GAP = float("nan")  # where a value is missing, and between the strokes of the grid

# All lengths are points of the drawing, which is narrow so that a phone shows its text legibly.
POINTS_PER_INCH = 72
DECIMALS = 2  # more would be weight that nobody sees
WIDTH, HEIGHT = 350, 176
TEXT_SIZE = 10.5
RIGHT, TOP, BOTTOM = 341, 152, 22  # of the lines; on the left they begin beside their scale
SCALE_SPACE = 6
BELOW_MIDDLE = 3.6  # how far the foot of a digit lies below its middle
POINT_NAMES, LINE_NAMES = 8, 166  # the height at which they stand
STROKE, STROKE_SPACE, NAME_SPACE = 18, 5, 15  # of the legend

MOST_STEPS = 4  # of the scale
STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5))  # times any power of ten
FINEST = 1_000_000  # parts of one that a value is read in, so that 99.8 is not a little less
HEADROOM = Fraction(4, 100)  # of the height, so that a line at the top is not cut

Align: TypeAlias = Literal["left", "center", "right"]
TickText: TypeAlias = Callable[[Fraction], str]
Look: TypeAlias = dict[str, Any]
Key: TypeAlias = Callable[[float, float], Iterable[Artist]]


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


@dataclass(frozen=True)
class Scale:
    """The values from the foot of a drawing to its top, with a grid line each `step`."""

    lowest: Fraction
    highest: Fraction
    step: Fraction

    @property
    def ticks(self) -> tuple[Fraction, ...]:
        """The values with a grid line, from the foot up."""
        count = int((self.highest - self.lowest) / self.step)
        return tuple(self.lowest + self.step * number for number in range(count + 1))

    def up(self, value: float | Fraction) -> float:
        """How high a value lies."""
        share = (float(value) - float(self.lowest)) / float(self.highest - self.lowest)
        return round(BOTTOM + share * (TOP - BOTTOM), DECIMALS)


def scale_from_zero(values: Iterable[float]) -> Scale:
    """Whole steps, so that no two read the same when printed without decimals."""
    highest = (Fraction(max(values, default=0)) or 1) * (1 + HEADROOM)
    return Scale(Fraction(0), highest, _step(highest, least=Fraction(1)))


def scale_of_range(values: Sequence[float], least_step: Fraction) -> Scale:
    """From just below the lowest value to just above the highest, in multiples of a step."""
    lowest, highest = (
        Fraction(end).limit_denominator(FINEST) for end in (min(values), max(values))
    )
    step = _step(highest - lowest, least_step)
    foot = floor(lowest / step) * step
    top = max(highest + (highest - foot) * HEADROOM, foot + step)
    return Scale(foot, top, step)


def svg_of(artists: Sequence[Artist]) -> str:
    """The drawing of some artists, whose places are points from its lower left corner."""
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


def left_edge(scale: Scale, tick_text: TickText) -> float:
    """Where lines begin, beside the texts of their scale."""
    return max(width_of(tick_text(tick)) for tick in scale.ticks) + SCALE_SPACE


def scale_with_grid(scale: Scale, left: float, tick_text: TickText) -> Iterator[Artist]:
    """A line and a text for each tick."""
    heights = [height for tick in scale.ticks for height in (scale.up(tick), scale.up(tick), GAP)]
    yield Line2D([left, RIGHT, GAP] * len(scale.ticks), heights, color=GRID, linewidth=0.7)
    for tick in scale.ticks:
        yield text_at(left - SCALE_SPACE, scale.up(tick) - BELOW_MIDDLE, tick_text(tick), "right")


def dots(places: Sequence[tuple[float, float]], look: Look) -> Line2D:
    """Lines without length: a mark of the drawing library would weigh four times as much."""
    points = [point for place in places for point in (place, place, (GAP, GAP))]
    return Line2D([x for x, _ in points], [y for _, y in points], **look)


def legend(keys: Mapping[str, Key]) -> Iterator[Artist]:
    """Each name with its key, drawn from a left end at a height, side by side above the lines."""
    start = 0.0
    for name, key in keys.items():
        yield from key(start, LINE_NAMES + BELOW_MIDDLE)
        yield text_at(start + STROKE + STROKE_SPACE, LINE_NAMES, name, "left")
        start += STROKE + STROKE_SPACE + width_of(name) + NAME_SPACE


def text_at(across: float, height: float, words: str, align: Align) -> Text:
    """One line of text with its foot at a height."""
    return Words(
        across, height, words, color=INK, horizontalalignment=align, fontproperties=_font()
    )


@cache
def width_of(text: str) -> float:
    """How wide a text is set."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(), ismath=False)
    return round(float(width), DECIMALS)


def _step(span: Fraction, least: Fraction) -> Fraction:
    """The smallest round step of which not too many fill the span."""
    steps = (step * Fraction(10) ** power for power in itertools.count(-2) for step in STEPS)
    return next(s for s in steps if s % least == 0 and span <= s * (MOST_STEPS + 1))


@cache
def _font() -> FontProperties:
    with as_file(files("fontpkg_be_vietnam_pro") / "files" / FONT_FILE) as file:
        return FontProperties(family=FONT_FAMILY, fname=str(file), size=TEXT_SIZE)
