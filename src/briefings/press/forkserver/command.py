"""The command line of a kernel, taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefings.press.forkserver.errors import ZygoteError

LAUNCHERS = ("ipykernel_launcher", "ipykernel")


@dataclass(frozen=True)
class Command:
    """`python options -m ipykernel_launcher arguments`."""

    python: str
    options: tuple[str, ...]
    arguments: tuple[str, ...]

    @classmethod
    def parse(cls, words: Sequence[str]) -> Command:
        """ZygoteError for any other program: only an IPython kernel can be forked."""
        at = words.index("-m") if "-m" in words else 0
        options = tuple(words[1:at])
        if words[at + 1 : at + 2] not in [[name] for name in LAUNCHERS] or "-c" in options:
            raise ZygoteError(f"not the command of an IPython kernel: {' '.join(words)}")
        return cls(words[0], options, tuple(words[at + 2 :]))
