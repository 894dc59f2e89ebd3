"""Funnel charts: units as dots by how many cases they have, between limits that narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import ceil, floor, log10

from matplotlib.artist import Artist
from matplotlib.lines import Line2D

from briefings.report.canvas import (
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
    scale_of_range,
    scale_with_grid,
    svg_of,
    text_at,
)

UNIT: Look = {"color": "#1d4f91", "linewidth": 3, "solid_capstyle": "round"}
NAMED: Look = {"color": "#b3541e", "marker": "s", "markersize": 4.5, "linestyle": "None"}
ESTIMATED: Look = {
    "color": "#1d4f91", "marker": "o", "markersize": 4.5, "linestyle": "None",
    "markerfacecolor": "white",
}  # fmt: skip
OUTER: Look = {"color": "#5b6675", "linewidth": 1.2}
INNER: Look = {"color": "#7d8ca3", "linewidth": 0.9, "linestyle": ":"}
CENTRE: Look = {"color": "#7d8ca3", "linewidth": 0.9}

DOT_DECIMALS = 1  # of the places of dots, of which there may be hundreds
MARGIN = 8  # between the edges of the drawing and the units with least and with most cases
LEAST_STEP = Fraction(1, 100)


@dataclass(frozen=True)
class Dot:
    """A unit: its cases, its rate, and whether it is named."""

    cases: int
    rate: float
    is_named: bool = False


@dataclass(frozen=True)
class Curve:
    """A lower or upper limit by number of cases."""

    cases: Sequence[int]
    rates: Sequence[float]


@dataclass(frozen=True)
class Names:
    """What the legend calls units, named and estimated ones, and the two pairs of limits."""

    units: str
    named: str
    estimated: str
    inner: str
    outer: str


@dataclass(frozen=True)
class Across:
    """Where a number of cases lies: the scale is logarithmic."""

    left: float
    least: int
    most: int

    def at(self, cases: float) -> float:
        """How far to the right."""
        span = log10(self.most / self.least) or 1
        share = log10(cases / self.least) / span
        return round(self.left + MARGIN + share * (RIGHT - self.left - 2 * MARGIN), DOT_DECIMALS)

    @property
    def ticks(self) -> tuple[int, ...]:
        """The powers of ten among the numbers of cases; both ends where there are not two."""
        powers = range(ceil(log10(self.least)), floor(log10(self.most)) + 1)
        ends = dict.fromkeys((self.least, self.most))
        return tuple(10**power for power in powers) if len(powers) > 1 else tuple(ends)


@dataclass(frozen=True)
class FunnelDrawing:
    """Everything that is drawn; rates and their centre are in percent."""

    dots: Sequence[Dot]
    estimated: Sequence[Dot]
    centre: float
    inner: Sequence[Curve]
    outer: Sequence[Curve]


def draw_funnel(
    funnel: FunnelDrawing, names: Names, rate_text: TickText, count_text: Callable[[int], str]
) -> str:
    """An SVG of the dots between their limits, with a legend above."""
    every = [*funnel.dots, *funnel.estimated]
    scale = scale_of_range([funnel.centre, *(dot.rate for dot in every)], LEAST_STEP)
    cases = [dot.cases for dot in every]
    across = Across(left_edge(scale, rate_text), min(cases), max(cases))
    return svg_of(
        [
            *scale_with_grid(scale, across.left, rate_text),
            *(text_at(across.at(n), POINT_NAMES, count_text(n), "center") for n in across.ticks),
            Line2D([across.left, RIGHT], [scale.up(funnel.centre)] * 2, **CENTRE),
            *(_curve(across, scale, curve, INNER) for curve in funnel.inner),
            *(_curve(across, scale, curve, OUTER) for curve in funnel.outer),
            *_dots(across, scale, funnel),
            *legend(
                {
                    names.units: partial(_dot_key, UNIT),
                    names.named: partial(_dot_key, NAMED),
                    **({names.estimated: partial(_dot_key, ESTIMATED)} if funnel.estimated else {}),
                    names.inner: partial(_line_key, INNER),
                    names.outer: partial(_line_key, OUTER),
                }
            ),
        ]
    )


def _curve(across: Across, scale: Scale, curve: Curve, look: Look) -> Line2D:
    """Only as far as it lies within the scale, which is that of the dots."""
    heights = [
        scale.up(rate) if scale.lowest <= rate <= scale.highest else GAP for rate in curve.rates
    ]
    return Line2D([across.at(n) for n in curve.cases], heights, **look)


def _dots(across: Across, scale: Scale, funnel: FunnelDrawing) -> Iterator[Artist]:
    """Units in one place are one dot."""
    kinds = (
        (UNIT, [dot for dot in funnel.dots if not dot.is_named]),
        (ESTIMATED, funnel.estimated),
        (NAMED, [dot for dot in funnel.dots if dot.is_named]),
    )
    for look, units in kinds:
        places = dict.fromkeys(
            (across.at(dot.cases), round(scale.up(dot.rate), DOT_DECIMALS)) for dot in units
        )
        if places:
            yield dots(list(places), look)


def _dot_key(look: Look, start: float, height: float) -> Iterator[Artist]:
    yield dots([(start + STROKE / 2, height)], look)


def _line_key(look: Look, start: float, height: float) -> Iterator[Artist]:
    yield Line2D([start, start + STROKE], [height, height], **look)
