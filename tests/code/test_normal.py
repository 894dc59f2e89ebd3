"""A digest of code tells what it does, not how it is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefings.code.cells import cell_digest, cell_imports
from briefings.code.tree import CodeTree
from briefings.errors import ReportError

MakeTree = Callable[..., CodeTree]

CODE = 'def rate(a, b):\n    "A share."\n    return a / b\n'
SAME = {
    "a comment": "# of two counts\n" + CODE,
    "another docstring": CODE.replace("A share.", "A part of a whole."),
    "no docstring": CODE.replace('    "A share."\n', ""),
    "blank lines": CODE.replace(":\n", ":\n\n\n"),
    "formatting": CODE.replace("a / b", "(\n        a/b\n    )"),
    "other quotes": CODE.replace('"', "'"),
}
OTHER = {
    "another result": CODE.replace("a / b", "b / a"),
    "an assertion": CODE.replace("return", "assert b\n    return"),
    "a default": CODE.replace("a, b", "a, b=1"),
    "a text that is no docstring": CODE.replace("    return", '    "x"\n    return'),
    "a docstring that is read": CODE + "print(rate.__doc__)\n",
}


@pytest.mark.parametrize("source", SAME.values(), ids=SAME)
def test_what_only_a_reader_sees_changes_nothing(make_tree: MakeTree, source: str) -> None:
    before = make_tree({"rates.py": CODE}).closure(["rates"])
    assert make_tree({"rates.py": source}).closure(["rates"]) == before


@pytest.mark.parametrize("source", OTHER.values(), ids=OTHER)
def test_what_python_sees_changes_the_digest(make_tree: MakeTree, source: str) -> None:
    before = make_tree({"rates.py": CODE}).closure(["rates"])
    assert make_tree({"rates.py": source}).closure(["rates"]) != before


def test_a_docstring_counts_where_the_module_reads_one(make_tree: MakeTree) -> None:
    reads = CODE + "print(rate.__doc__)\n"
    before = make_tree({"rates.py": reads}).closure(["rates"])
    assert make_tree({"rates.py": reads.replace("share", "part")}).closure(["rates"]) != before


@pytest.mark.parametrize("same", ["show( 1 )", "# why\nshow(1)", "show(1)  # that", "\nshow(1)\n"])
def test_a_cell_counts_by_its_code(same: str) -> None:
    assert cell_digest(same) == cell_digest("show(1)")


@pytest.mark.parametrize(
    "other", ["show(1);", "show(1) ; # quiet", "'text'\nshow(1)", "%time show(1)"]
)
def test_what_changes_the_output_of_a_cell_counts(other: str) -> None:
    assert cell_digest(other) != cell_digest("show(1)")


def test_a_text_alone_in_a_cell_is_its_output() -> None:
    assert cell_digest("'one'") != cell_digest("'two'")


def test_a_cell_says_what_it_imports() -> None:
    assert cell_imports(["from office import table", "%magic"]) == {"office", "office.table"}
    with pytest.raises(ReportError, match="a cell imports by importlib"):
        cell_imports(["import importlib"])
