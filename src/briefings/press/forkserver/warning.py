"""The one warning that kernels are not forked."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.sharing import ADDRESS

log = logging.getLogger(__name__)

_is_said = threading.Event()


def warn_once(error: ZygoteError) -> None:
    """Say it once in this process, and once among all that share a zygote."""
    if not _is_said.is_set() and _is_first():
        log.warning("Kernels start slowly, because none can be forked: %s", error)
    _is_said.set()


def _is_first() -> bool:
    address = os.environ.get(ADDRESS)
    if not address:
        return True
    try:
        Path(f"{address}.warned").touch(exist_ok=False)
    except FileExistsError:
        return False
    except OSError:
        return True  # better twice than never
    return True
