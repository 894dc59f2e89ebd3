"""Temporary folders in which the sockets of kernels can lie."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# The path of a socket may not be longer (104 on macOS, 108 on Linux); a kernel adds 50 to it.
LONGEST_SOCKET_FOLDER = 104 - 50
# For when the usual temporary folder lies deeper, as on macOS and under many batch systems. Only
# private folders of random names are made in it.
SHORT = "/tmp"
# The folder of one kernel; the press makes it inside that of all its workers.
OF_A_KERNEL = "b-"
# What tempfile puts behind a prefix.
RANDOM = 8 * "x"


def can_hold_sockets(folder: Path) -> bool:
    """Whether a kernel's sockets may lie in it."""
    return len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER


def parent_for_sockets(*prefixes: str) -> str:
    """Where to make a temporary folder, or several inside each other, of these prefixes.

    It is the usual place if the innermost can hold sockets there, or if there is no other place.
    """
    usual = tempfile.gettempdir()
    innermost = Path(usual, *(f"{prefix}{RANDOM}" for prefix in prefixes))
    is_short = can_hold_sockets(innermost) or not os.access(SHORT, os.W_OK | os.X_OK)
    return usual if is_short else SHORT
