"""What a notebook cell displays: each block prints itself as HTML and as Typst."""

from __future__ import annotations

from briefings.report.blocks.chart import Chart
from briefings.report.blocks.header import HeaderCell, header_row
from briefings.report.blocks.inline import Inline
from briefings.report.blocks.masthead import Masthead
from briefings.report.blocks.notice import Notice
from briefings.report.blocks.prose import Prose
from briefings.report.blocks.status import Status
from briefings.report.blocks.table import Table

__all__ = [
    "Chart",
    "HeaderCell",
    "Inline",
    "Masthead",
    "Notice",
    "Prose",
    "Status",
    "Table",
    "header_row",
]
