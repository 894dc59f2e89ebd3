"""Raw files as tables of raw cells, with the row each one stands on: one module per format."""

from briefings.intake.readers.headings import one_line
from briefings.intake.readers.read import read_chunks, read_raw

__all__ = ["one_line", "read_chunks", "read_raw"]
