"""Raw files as tables of raw cells, with the row each one stands on: one module per format."""

from briefings.intake.readers.headings import is_delivered, is_numbered, one_line
from briefings.intake.readers.read import read_chunks

__all__ = ["is_delivered", "is_numbered", "one_line", "read_chunks"]
