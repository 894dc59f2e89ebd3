"""What an owner asks of its zygote: one kernel."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass

# Read by the interpreter or by a library before any cell runs: a fork can not change them.
FIXED_AT_START = (
    "PYTHONHASHSEED",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONUTF8",
    "PYTHONOPTIMIZE",
    "PYTHONWARNINGS",
    "PYTHONNOUSERSITE",
    "LC_ALL",
    "LC_CTYPE",
    "LANG",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "MPLBACKEND",
    "MPLCONFIGDIR",
    "MATPLOTLIBRC",
)
Fixed = tuple[str | None, ...]


@dataclass(frozen=True)
class Request:
    """Arguments of the kernel application, its whole environment and its working folder."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str

    def descriptor(self) -> int:
        """A file in memory with the request: an environment may be larger than a datagram."""
        descriptor = os.memfd_create("kernel-request")
        with os.fdopen(os.dup(descriptor), "w", encoding="utf-8") as stream:
            json.dump(asdict(self), stream)
        return descriptor

    @classmethod
    def read(cls, descriptor: int) -> Request:
        """The request behind `descriptor`, which is closed."""
        with os.fdopen(descriptor, "rb") as stream:
            stream.seek(0)
            fields = json.load(stream)
        return cls(tuple(fields["arguments"]), fields["environment"], fields["folder"])


def fixed_at_start(environment: Mapping[str, str]) -> Fixed:
    """The part of an environment in which a zygote and its kernels must agree."""
    return tuple(environment.get(name) for name in FIXED_AT_START)
