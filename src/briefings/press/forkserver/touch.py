"""The first use of a library costs more than its import; here it is paid before the fork."""

from __future__ import annotations

import io
import sys


def touch() -> None:
    """Use what has been imported, and leave no state behind: no pyplot, no rc, no option."""
    if "matplotlib" in sys.modules:
        _draw()
    if "pandas" in sys.modules:
        _tabulate()


def _draw() -> None:
    # Fonts, ticks, legends and both kinds of output load code and caches when first used.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    for canvas, form in ((FigureCanvasAgg, "png"), (FigureCanvasSVG, "svg")):
        figure = Figure(figsize=(3, 2))
        canvas(figure)
        axes = figure.subplots()
        axes.plot([1, 2], [1, 3], "o--", label="Đạt")
        axes.bar([1, 2], [1, 2])
        axes.set_title("Tháng")
        axes.legend()
        figure.savefig(io.BytesIO(), format=form, bbox_inches="tight")


def _tabulate() -> None:
    import pandas

    table = pandas.DataFrame(
        {
            "key": ["a", "a", "b"],
            "value": [1.0, 2.0, 3.0],
            "day": pandas.date_range("2025", periods=3),
        }
    )
    repr(table)
    table.to_html()
    table.groupby("key").agg(total=("value", "sum"))
    table["day"].dt.to_period("M")
