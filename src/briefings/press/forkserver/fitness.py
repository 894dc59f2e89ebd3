"""Whether this process may be forked."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterable
from pathlib import Path


def why_unfit(descriptors: Iterable[int]) -> str:
    """What loading has left behind that two kernels can not share, empty if there is nothing.

    `descriptors` are those that it has opened.
    """
    return too_many_threads() or _children() or _strange(descriptors)


def too_many_threads() -> str:
    """How many there are if there is more than one: a lock one holds stays locked in a fork."""
    count = len(list(Path("/proc/self/task").iterdir()))
    return f"the zygote has {count} threads" if count > 1 else ""


def _children() -> str:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return ""
    return "the zygote has started another process"


def _strange(descriptors: Iterable[int]) -> str:
    strange = [_name(number) for number in descriptors if not _only_reads_a_file(number)]
    return f"the zygote holds {', '.join(sorted(strange))} open" if strange else ""


def _only_reads_a_file(descriptor: int) -> bool:
    mode = os.fstat(descriptor).st_mode
    access = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
    return (stat.S_ISREG(mode) or stat.S_ISCHR(mode)) and access == os.O_RDONLY


def _name(descriptor: int) -> str:
    return str(Path(f"/proc/self/fd/{descriptor}").readlink())
