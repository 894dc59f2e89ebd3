"""The code of notebook cells: what it imports, and what of it can change an output."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterable

from briefings.code.imports import hidden_imports, imported
from briefings.code.normal import normal_digest
from briefings.errors import ReportError
from briefings.files import digest


def cell_digest(source: str) -> str:
    """Unchanged by comments, blank lines and formatting.

    A text standing alone is an output, not a docstring, and a semicolon may silence the cell,
    so the one is kept and a cell with the other counts letter by letter, as does one that is
    not plain Python.
    """
    tree = _parse(source)
    if tree is None or _has_semicolon(source):
        return digest(source.encode("utf-8", "surrogatepass"))
    return normal_digest(tree)


def cell_imports(sources: Iterable[str]) -> set[str]:
    """The names that cells import; ReportError where one imports what nobody can see."""
    names: set[str] = set()
    for tree in filter(None, map(_parse, sources)):
        if hidden := sorted(set(hidden_imports(tree))):
            raise ReportError(f"a cell imports by {', '.join(hidden)}", "Write a plain import.")
        names.update(imported(tree, "__main__", is_package=False))
    return names


def _parse(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):  # a magic, or a null byte
        return None


def _has_semicolon(source: str) -> bool:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return any(token.type == tokenize.OP and token.string == ";" for token in tokens)
