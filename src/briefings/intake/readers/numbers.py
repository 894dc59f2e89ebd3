"""Numbers and dates as workbooks write them."""

from __future__ import annotations

import math
import re
from datetime import datetime

LARGEST_WHOLE = 1e30  # beyond it a float is no count of anything
DIGITS = re.compile(r"-?[0-9]{1,30}")


def plain_number(text: str) -> int | float | None:
    """A number as an integer where it is one; None where it is none or beyond all bounds."""
    if DIGITS.fullmatch(text):
        return int(text)
    try:
        number = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < LARGEST_WHOLE else number


def local_moment(text: str) -> datetime | None:
    """A date in ISO 8601, with or without a time; None where it is none or has a zone."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is None else None
