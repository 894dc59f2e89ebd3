"""A notebook that could not be run to its end."""

from __future__ import annotations

from typing import Any

from briefings.errors import ReportError


class ExecutionError(ReportError):
    """A cell raised, or the kernel died; `evidence` is the notebook as far as it ran."""

    def __init__(self, message: str, advice: str = "", evidence: bytes = b"") -> None:
        super().__init__(message, advice)
        self.evidence = evidence

    def __reduce__(self) -> tuple[type[ExecutionError], tuple[Any, ...]]:
        return type(self), (self.message, self.advice, self.evidence)
