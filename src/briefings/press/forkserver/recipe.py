"""What a zygote is made of."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Read by the interpreter or by a library before any cell runs: a fork can not change them.
FIXED_PREFIXES = ("PYTHON", "LC_", "LD_", "MPL")
FIXED_NAMES = ("LANG", "MATPLOTLIBRC")


@dataclass(frozen=True)
class Recipe:
    """Everything in which a zygote and its kernels must agree.

    `preload` names modules, or `module:function` to be called once after the imports.
    """

    python: str
    options: tuple[str, ...]
    preload: tuple[str, ...]
    fixed: tuple[tuple[str, str], ...]

    @classmethod
    def build(
        cls,
        preload: Sequence[str],
        environment: Mapping[str, str],
        *,
        python: str = sys.executable,
        options: Sequence[str] = (),
    ) -> Recipe:
        """What kernels with this environment need."""
        return cls(python, tuple(options), tuple(preload), fixed_part(environment))

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Recipe:
        """The recipe behind the JSON of its fields."""
        return cls(
            fields["python"],
            tuple(fields["options"]),
            tuple(fields["preload"]),
            tuple((name, value) for name, value in fields["fixed"]),
        )


def fixed_part(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The variables that only a new interpreter would take notice of."""
    return tuple(
        (name, value)
        for name, value in sorted(environment.items())
        if name.startswith(FIXED_PREFIXES) or name in FIXED_NAMES
    )
