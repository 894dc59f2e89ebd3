"""What runs between the fork and the end of a kernel, in the kernel's process."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import ipykernel
from ipykernel.kernelapp import IPKernelApp

from briefings.press.forkserver.descriptors import close_all, open_descriptors
from briefings.press.forkserver.ending import end, forget_exit_handlers
from briefings.press.forkserver.loading import Loaded
from briefings.press.forkserver.request import Request

# The control thread answers the request to shut down and then has only to flush.
CONTROL_SECONDS = 1.0
# The first word of an ordinary kernel's command line, seen by what reads sys.argv.
LAUNCHER = str(Path(ipykernel.__file__).parents[1] / "ipykernel_launcher.py")


@dataclass(frozen=True)
class Birth:
    """A request and what its kernel is born with.

    `standard` are the descriptors for stdin, stdout and stderr; a byte into `ready` says that
    the sockets are bound; `zygote` is the process whose end ends this one.
    """

    request: Request
    loaded: Loaded
    standard: tuple[int, ...]
    ready: int
    zygote: int


def become_kernel(birth: Birth) -> NoReturn:
    """Be the kernel; its exit code is that of an ordinary one."""
    code = 1
    try:
        _leave_the_zygote(birth)
        _settle(birth.request, birth.loaded)
        _serve(birth)
        code = 0
    except SystemExit as exit_:
        code = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
    except BaseException:  # noqa: BLE001 - anything that escaped would go on as a second zygote
        sys.excepthook(*sys.exc_info())
    finally:
        end(code)


def _leave_the_zygote(birth: Birth) -> None:
    """Its session, its descriptors and its signal handlers."""
    os.setsid()
    for target, descriptor in enumerate(birth.standard):
        os.dup2(descriptor, target)
    close_all(open_descriptors() - birth.loaded.descriptors - {0, 1, 2, birth.ready})
    signal.set_wakeup_fd(-1)
    for signum in signal.valid_signals():
        if callable(signal.getsignal(signum)):
            signal.signal(signum, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def _settle(request: Request, loaded: Loaded) -> None:
    """Surroundings of its own, and nothing that two kernels could share by accident."""
    os.chdir(request.folder)
    os.environ.clear()
    os.environ.update({**loaded.variables, **request.environment})
    time.tzset()
    sys.argv = [LAUNCHER, *request.arguments]
    forget_exit_handlers()
    # `random` sees to itself after a fork, the global generator of numpy does not.
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    gc.enable()


def _serve(birth: Birth) -> None:
    """The unmodified application of ipykernel, until it is asked to stop."""
    app = _application(birth.request.arguments, birth.zygote)
    _say_ready(birth.ready)
    app.start()  # type: ignore[no-untyped-call]
    # Else the IOPub thread may be stopped first, and the last flush waits for it for 10 s.
    if app.control_thread is not None and app.control_thread.is_alive():
        app.control_thread.join(CONTROL_SECONDS)


def _say_ready(ready: int) -> None:
    try:
        os.write(ready, b"\0")
    except BrokenPipeError:  # who asked has gone meanwhile, so that nobody will use this kernel
        sys.exit(1)
    os.close(ready)


def _application(arguments: Sequence[str], zygote: int) -> IPKernelApp:
    # The parent it watches was read from the environment when it was imported: say it again.
    app = IPKernelApp.instance(parent_handle=zygote)
    app.initialize(list(arguments))  # type: ignore[no-untyped-call]
    if inline := sys.modules.get("matplotlib_inline.backend_inline"):
        # It joins the shell there is when it is imported; that was not this one.
        inline.InlineBackend.clear_instance()
        importlib.reload(inline)
    return app
