"""The start of a zygote."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from briefings.press.forkserver.client import ZygoteClient
from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.recipe import Recipe

# Not -m, which would import from the owner's folder first; IPython puts '' back in kernels.
BOOT = """
import sys
sys.path[:] = [folder for folder in sys.path if folder]
from briefings.press.forkserver.zygote import main
main()
"""
# Libraries that would start threads when imported, after which no fork is safe; and a warning
# of the debugger that an ordinary kernel prints before anybody listens.
OF_A_ZYGOTE = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


def is_possible() -> bool:
    """Whether this system has what forked kernels need: pidfd, memfd and /proc (Linux)."""
    needed = ("fork", "pidfd_open", "memfd_create")
    return all(hasattr(os, name) for name in needed) and Path("/proc/self/task").is_dir()


def require_possible() -> None:
    """ZygoteError where it is not."""
    if not is_possible():
        raise ZygoteError("this system can not fork kernels")


def start(
    recipe: Recipe, environment: Mapping[str, str], listener: socket.socket | None = None
) -> ZygoteClient:
    """A new zygote, which loads while the caller goes on; ZygoteError where none can be.

    It serves this process and those that connect to `listener`.
    """
    require_possible()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        try:
            return ZygoteClient(ours, _process(recipe, environment, theirs, listener))
        except OSError as error:
            ours.close()
            raise ZygoteError(f"the zygote can not be started: {error}") from error


def _process(
    recipe: Recipe,
    environment: Mapping[str, str],
    owner: socket.socket,
    listener: socket.socket | None,
) -> subprocess.Popen[bytes]:
    configuration = {
        "owner": owner.fileno(),
        "listener": listener.fileno() if listener else None,
        "recipe": asdict(recipe),
    }
    return subprocess.Popen(
        [recipe.python, *recipe.options, "-c", BOOT, json.dumps(configuration)],
        pass_fds=[end.fileno() for end in (owner, listener) if end],
        env={**environment, **OF_A_ZYGOTE},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # what modules print when imported; not a notebook's affair
        start_new_session=True,
    )
