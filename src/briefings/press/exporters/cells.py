"""Which parts of a notebook are printed; whatever can not be printed is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from briefings.errors import InputError
from briefings.press.code_cells import Cell, source_of
from briefings.press.stamp import Stamp

NOTE = "note"
INJECTED = "injected-parameters"
LANGUAGES = frozenset({"vi", "en"})


class OutputError(InputError):
    """A cell holds something that has no printed form."""


def fragments(
    notebook: Mapping[str, Any], *, mime: str, markdown: Callable[[str], str]
) -> Iterator[str]:
    """The printed parts in order: Markdown through `markdown`, outputs in their `mime` form.

    Code is never printed. Raises OutputError naming the cell; nothing is dropped silently.
    """
    language = Stamp.of(notebook).language
    for number, cell in _numbered(notebook["cells"]):
        if cell["cell_type"] == "markdown" and speaks(cell, language):
            yield _markdown(cell, number, markdown)
        for output in cell.get("outputs", ()):
            yield _printed(output, mime, cell, number)


def _numbered(cells: Iterable[Cell]) -> Iterator[tuple[int, Cell]]:
    """The cells counted as in the notebook on disk, in which papermill's own does not stand."""
    number = 0
    for cell in cells:
        number += INJECTED not in cell["metadata"].get("tags", ())
        yield number, cell


def speaks(cell: Cell, language: str) -> bool:
    """Whether a Markdown cell is printed in a language."""
    tags = set(cell["metadata"].get("tags", ()))
    spoken = tags & LANGUAGES
    return NOTE not in tags and (not spoken or language in spoken)


def _markdown(cell: Cell, number: int, render: Callable[[str], str]) -> str:
    try:
        return render(source_of(cell))
    except OutputError as error:
        raise _refusal(cell, number, error.message) from error


def _printed(output: Mapping[str, Any], mime: str, cell: Cell, number: int) -> str:
    kind = output["output_type"]
    if kind in ("stream", "error"):
        raise _refusal(cell, number, f"its output is a {kind}, not a block")
    if mime not in output["data"]:
        offered = ", ".join(output["data"])
        raise _refusal(cell, number, f"its output has no {mime} form, only {offered}")
    content = output["data"][mime]
    return content if isinstance(content, str) else "".join(content)


def _refusal(cell: Cell, number: int, reason: str) -> OutputError:
    first = next(iter(source_of(cell).strip().splitlines()), "")
    return OutputError(f"cell {number} (`{first}`) can not be printed: {reason}")
