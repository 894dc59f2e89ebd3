"""A raw file in one piece."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from briefings.intake.layout import Layout
from briefings.intake.readers import read_chunks


def read_raw(file: Path, layout: Layout | None = None) -> pd.DataFrame:
    """All chunks of a file together."""
    return pd.concat(list(read_chunks(file, layout or Layout())))
