"""What runs between the fork and the end of a kernel, in the kernel's process."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import signal
import sys
import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import ipykernel
from ipykernel.kernelapp import IPKernelApp

from briefings.press.forkserver.request import Request

# The control thread answers the request to shut down and then has only to flush.
CONTROL_SECONDS = 1.0
# The first word of an ordinary kernel's command line, seen by what reads sys.argv.
LAUNCHER = str(Path(ipykernel.__file__).parents[1] / "ipykernel_launcher.py")


def become_kernel(
    request: Request, *, standard: Sequence[int], ready: int, zygote: int
) -> NoReturn:
    """Be the kernel of `request`; its exit code is that of an ordinary one.

    `standard` are the descriptors for stdin, stdout and stderr; a byte into `ready` says that
    the sockets are bound; `zygote` is the process whose end ends this one.
    """
    code = 1
    try:
        _leave_the_zygote(standard, ready)
        _settle(request)
        _serve(request.arguments, ready, zygote)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - anything that escaped would go on as a second zygote
        sys.excepthook(*sys.exc_info())
    finally:
        _end(code)


def _leave_the_zygote(standard: Sequence[int], ready: int) -> None:
    """Its session, its descriptors and its signal handlers."""
    os.setsid()
    for target, descriptor in enumerate(standard):
        os.dup2(descriptor, target)
    for entry in list(Path("/proc/self/fd").iterdir()):
        if int(entry.name) > 2 and int(entry.name) != ready:
            _close(int(entry.name))
    signal.set_wakeup_fd(-1)
    for signum in signal.valid_signals():
        if callable(signal.getsignal(signum)):
            signal.signal(signum, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def _close(descriptor: int) -> None:
    try:
        os.close(descriptor)
    except OSError:
        return  # the descriptor of the listing itself


def _settle(request: Request) -> None:
    """Surroundings of its own, and nothing that two kernels could share by accident."""
    os.chdir(request.folder)
    os.environ.clear()
    os.environ.update(request.environment)
    time.tzset()
    sys.argv = [LAUNCHER, *request.arguments]
    _forget_the_exit_handlers()
    # `random` sees to itself after a fork, the global generator of numpy does not.
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    gc.enable()


def _forget_the_exit_handlers() -> None:
    # They would remove what still belongs to the zygote. The two of the standard library that
    # an ordinary kernel relies on are registered anew; a finalizer registers itself on demand.
    atexit._clear()
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]
    atexit.register(logging.shutdown)
    if "multiprocessing.util" in sys.modules:
        atexit.register(sys.modules["multiprocessing.util"]._exit_function)


def _serve(arguments: Sequence[str], ready: int, zygote: int) -> None:
    """The unmodified application of ipykernel, until it is asked to stop."""
    # The parent it watches was read from the environment when it was imported: say it again.
    app = IPKernelApp.instance(parent_handle=zygote)
    app.initialize(list(arguments))  # type: ignore[no-untyped-call]
    if backend := sys.modules.get("matplotlib_inline.backend_inline"):
        # It looks for a shell when it is imported, and there was none yet.
        backend._enable_matplotlib_integration()
    os.write(ready, b"\0")
    os.close(ready)
    app.start()  # type: ignore[no-untyped-call]
    # Else the IOPub thread may be stopped first, and the last flush waits for it for 10 s.
    if app.control_thread is not None and app.control_thread.is_alive():
        app.control_thread.join(CONTROL_SECONDS)


def _end(code: int) -> NoReturn:
    """As the interpreter ends, but without taking it apart: that would copy every page."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for stream in (sys.__stdout__, sys.__stderr__):
            if stream is not None:
                stream.flush()
    finally:
        os._exit(code)
