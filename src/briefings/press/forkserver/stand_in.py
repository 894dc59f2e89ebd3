"""A shell that stands for the one to come while modules load."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager

from IPython import get_ipython
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


class ShellToCome(InteractiveShell):
    """What get_ipython() gives to a module that asks whether it is imported in a kernel."""

    kernel = True

    def __init__(self) -> None:
        # Nothing of a shell but this: one that works would have threads, files and hooks.
        super(InteractiveShell, self).__init__(config=Config({"IPKernelApp": {}}))
        self.init_events()  # type: ignore[no-untyped-call]


@contextmanager
def as_in_a_kernel() -> Iterator[None]:
    """pandas and duckdb, among others, choose defaults by it, once and for all."""
    ShellToCome.instance()
    builtins.get_ipython = get_ipython  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]
        ShellToCome.clear_instance()
