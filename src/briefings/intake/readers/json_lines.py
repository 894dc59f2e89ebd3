"""JSON lines: one object per line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from briefings.intake.layout import Layout
from briefings.intake.readers.encodings import encoding_of, undecodable
from briefings.intake.readers.json_cells import (
    DECODER,
    object_cells,
    refuse_long_cells,
    refusing,
)
from briefings.intake.readers.json_tables import Objects, tables_of_objects
from briefings.intake.readers.lines import Lines

NO_OBJECT = 'Every line holds one object, as in {"heading": "value"}.'


def read_json_lines(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a JSON-lines file in chunks; the index is the number of the line.

    InputError names the line that is no object or has a key twice.
    """
    return tables_of_objects(file, layout, rows, _objects)


def _objects(file: Path, layout: Layout) -> Objects:
    with file.open(encoding=encoding_of(file, layout.encoding), newline="\n") as stream:
        lines = Lines(file, stream)
        try:
            for text in lines:
                lines.of_row = 0
                if text.strip():
                    place = f"{file}: line {lines.number}"
                    with refusing(place, NO_OBJECT):
                        cells = object_cells(DECODER.decode(text))
                    refuse_long_cells(place, cells)
                    yield lines.number, cells
        except UnicodeError as error:
            raise undecodable(file, layout.encoding, lines.number + 1) from error
