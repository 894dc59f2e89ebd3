"""Whether there is a file to read at all. Links are followed: exports often lie on a share."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from briefings.errors import InputError


def refuse_unreadable(file: Path) -> None:
    """Raise InputError unless the path leads to a regular file that may be read.

    Nothing is opened before that is known: opening a pipe or a device may wait for ever.
    """
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise _not_found(file, error) from error
    if not stat.S_ISREG(mode):
        raise InputError(
            f"{file}: {_kind(mode)}, not a file.", "Deliver a file, or correct its path."
        )
    if not os.access(file, os.R_OK):
        raise InputError(f"{file}: may not be read.", "Give this user the right to read it.")


def _not_found(file: Path, error: OSError | ValueError) -> InputError:
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return InputError(f"{file}: a link that leads back to itself.", "Deliver the file itself.")
    if isinstance(error, PermissionError):
        return InputError(f"{file}: may not be read.", "Give this user the right to read it.")
    return InputError(f"{file}: there is no such file.", "Deliver it, or correct its path.")


def _kind(mode: int) -> str:
    return "a folder" if stat.S_ISDIR(mode) else "a pipe, socket or device"
