"""Names of elements of a page."""

from __future__ import annotations

import re


def valid_identifier(identifier: str) -> str:
    """`identifier`, fit to name an element of the page; ValueError otherwise."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", identifier):
        raise ValueError(f"not an element identifier: {identifier!r}")
    return identifier
