"""A notebook on disk taken apart: what runs, what is printed, what only its reader sees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from briefings.code.cells import cell_digest, cell_imports
from briefings.errors import ParameterError
from briefings.files import digest
from briefings.press.code_cells import runs, source_of
from briefings.press.exporters.cells import speaks

PARAMETERS = "parameters"


@dataclass(frozen=True)
class Notebook:
    """The content of a notebook file."""

    content: bytes
    cells: list[dict[str, Any]]
    metadata: dict[str, Any]

    @classmethod
    def parse(cls, content: bytes, name: str) -> Notebook:
        """The notebook of a file's bytes; ParameterError where they are none."""
        try:
            found = json.loads(content)
            return cls(content, found["cells"], found["metadata"])
        except (ValueError, KeyError, TypeError) as error:
            raise ParameterError(f"{name}: not a readable notebook ({error})") from error

    @cached_property
    def imports(self) -> set[str]:
        """The names that its code imports."""
        return cell_imports(source_of(cell) for cell in self._running)

    @cached_property
    def code_digest(self) -> str:
        """Of the cells that run, without comments and formatting.

        The defaults of parameters are not in it: every job gives every parameter, and the cell
        holds nothing but literals, so they never reach a report.
        """
        parts = [[_tags(cell), _code(cell)] for cell in self._running]
        return _digest([parts, self.metadata.get("kernelspec")])

    def text_digest(self, language: str) -> str:
        """Of the text printed in a language, and of where it stands between the cells that run."""
        parts = [
            [cell["cell_type"], _tags(cell), "" if cell in self._running else source_of(cell)]
            for cell in self.cells
            if cell in self._running or (cell["cell_type"] == "markdown" and speaks(cell, language))
        ]
        return _digest(parts)

    @cached_property
    def whole_digest(self) -> str:
        """Of everything."""
        return digest(self.content)

    @cached_property
    def _running(self) -> list[dict[str, Any]]:
        return [cell for cell in self.cells if runs(cell)]


def _code(cell: Any) -> str:
    return PARAMETERS if PARAMETERS in _tags(cell) else cell_digest(source_of(cell))


def _tags(cell: Any) -> list[str]:
    return sorted(cell["metadata"].get("tags", ()))


def _digest(value: Any) -> str:
    return digest(json.dumps(value, sort_keys=True).encode())
