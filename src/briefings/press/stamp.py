"""What an executed notebook says about itself: language, title, label, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

KEY = "briefing"


@dataclass(frozen=True)
class Stamp:
    """The `briefing` entry of a notebook's metadata; a notebook without one has the defaults."""

    language: str = "vi"
    title: str = ""
    label: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, notebook: Mapping[str, Any]) -> Stamp:
        """The stamp a notebook carries."""
        return cls(**notebook["metadata"].get(KEY, {}))

    def put_on(self, notebook: Mapping[str, Any]) -> None:
        """Write the stamp into the notebook's metadata."""
        notebook["metadata"][KEY] = asdict(self)
