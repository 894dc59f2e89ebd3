"""Everything that is done once, before kernels are forked."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefings.press.forkserver.descriptors import open_descriptors
from briefings.press.forkserver.fitness import why_unfit
from briefings.press.forkserver.stand_in import as_in_a_kernel

# What a kernel imports only when it starts or runs its first cell.
OF_A_KERNEL = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "comm",
    "faulthandler",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "jedi",
    "pdb",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
)
TOUCH = "briefings.press.forkserver.touch:touch"


@dataclass(frozen=True)
class Loaded:
    """The variables that modules have set, the files they keep open, and why no fork is safe."""

    variables: Mapping[str, str]
    descriptors: frozenset[int]
    fault: str


def load(preload: Sequence[str]) -> Loaded:
    """Import the modules, call the functions (`module:function`), touch what came with them."""
    # matplotlib reads its backend when it is imported; this is the one a kernel would set.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    variables, descriptors = dict(os.environ), open_descriptors()
    fault = _load_each(OF_A_KERNEL)
    with as_in_a_kernel():
        fault = fault or _load_each((*preload, TOUCH))
    _settle_memory()
    opened = open_descriptors() - descriptors
    return Loaded(
        {name: value for name, value in os.environ.items() if variables.get(name) != value},
        opened,
        fault or why_unfit(opened),
    )


def _load_each(names: Sequence[str]) -> str:
    for name in names:
        try:
            _load_one(name)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a module may raise anything
            return f"{name} can not be loaded: {type(error).__name__}: {error}"
    return ""


def _load_one(name: str) -> None:
    if ":" in name:
        pkgutil.resolve_name(name)()
    else:
        importlib.import_module(name)


def _settle_memory() -> None:
    # What stands in a buffer would be written by every kernel.
    sys.stdout.flush()
    sys.stderr.flush()
    # Objects that the collector never visits stay in pages shared by all kernels.
    gc.collect()
    gc.disable()
    gc.freeze()
