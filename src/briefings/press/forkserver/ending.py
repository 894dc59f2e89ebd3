"""The end of a forked interpreter, as multiprocessing ends its own forks.

The private names of CPython used in the project are all here.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
import weakref
from typing import NoReturn


def forget_exit_handlers() -> None:
    """Drop those of the zygote, which would remove what still belongs to it.

    The two of the standard library that an ordinary kernel relies on are registered anew; a
    finalizer registers itself when it is made.
    """
    atexit._clear()
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]
    atexit.register(logging.shutdown)
    if "multiprocessing.util" in sys.modules:
        atexit.register(sys.modules["multiprocessing.util"]._exit_function)


def end(code: int) -> NoReturn:
    """End without taking the interpreter apart: that would copy every page."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for stream in (sys.__stdout__, sys.__stderr__):
            if stream is not None:
                stream.flush()
    finally:
        os._exit(code)
