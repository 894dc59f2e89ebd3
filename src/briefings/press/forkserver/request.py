"""What an owner asks of its zygote: one kernel."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass


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
        """The request behind `descriptor`, which is closed; ValueError for anything else."""
        with os.fdopen(descriptor, "rb") as stream:
            stream.seek(0)
            fields = json.load(stream)
        try:
            return cls(tuple(fields["arguments"]), fields["environment"], fields["folder"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a request for a kernel: {error!r}") from error
