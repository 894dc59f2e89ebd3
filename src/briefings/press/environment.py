"""The surroundings of a kernel, the same on every machine and for every user."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from briefings.press.exporters.font_files import symbol_folder
from briefings.press.forkserver.specification import specification

# Workers share the cores, so a kernel gets one thread; time zone, locale and hash seed are
# pinned because a figure must not depend on the machine; a user's own `python3` kernel must
# not come before the one of this environment.
PINNED = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "JUPYTER_PREFER_ENV_PATH": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    # matplotlib's own, so that it never asks for one of the user's.
    "MATPLOTLIBRC": str(symbol_folder().parents[1] / "matplotlibrc"),
}

# Of the variables that Python reads, a kernel gets those that say where code lies: another could
# make cells print warnings, or drop an assert, for one user only.
WHERE_CODE_LIES = {
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSAFEPATH",
    "PYTHONNOUSERSITE",
    "PYTHONUSERBASE",
    "PYTHONPLATLIBDIR",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPYCACHEPREFIX",
}

# Who is let into databases and object stores by these is the intake, not a notebook.
CREDENTIALS = ("PG", "AWS_", "AZURE_", "GOOGLE_", "FSSPEC_")

# Called once, before kernels are forked. By name: the press knows nothing of what it prints.
PRELOAD = ("briefings.report.rehearsal:rehearse",)
KERNEL = "briefings-warm"


def pinned(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without credentials and a user's settings of Python, and with PINNED."""
    kept = {
        name: value
        for name, value in environment.items()
        if name in WHERE_CODE_LIES or not name.startswith(("PYTHON", *CREDENTIALS))
    }
    return kept | PINNED


@contextmanager
def kernel_environment(private: Path) -> Iterator[None]:
    """Let kernels started inside see a pinned environment and keep their state in `private`.

    There also lies the specification of KERNEL, found before any other of that name.
    """
    kernel = private / "kernels" / KERNEL / "kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps(specification(sys.executable, PRELOAD, KERNEL)), encoding="utf-8")
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(pinned(before))
    os.environ["IPYTHONDIR"] = str(private / "ipython")
    os.environ["JUPYTER_RUNTIME_DIR"] = str(private)
    os.environ["JUPYTER_PATH"] = str(private)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
