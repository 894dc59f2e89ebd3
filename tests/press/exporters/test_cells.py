"""Which cells are printed, and what is refused."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from briefings.mime import HTML, TYPST
from briefings.press.exporters.cells import OutputError, fragments
from briefings.press.stamp import Stamp


def printed(*cells: nbformat.NotebookNode, language: str = "vi") -> list[str]:
    notebook = new_notebook(cells=list(cells))
    Stamp(language, "Tên", "").put_on(notebook)
    return list(fragments(notebook, mime=HTML, markdown=str.upper))


def test_code_is_never_printed() -> None:
    output = new_output("execute_result", data={HTML: "<p>1</p>"})
    assert printed(new_code_cell("secret = 1", outputs=[output])) == ["<p>1</p>"]


@pytest.mark.parametrize(
    ("tags", "languages"),
    [([], "vi en"), (["vi"], "vi"), (["en"], "en"), (["vi", "en"], "vi en"), (["note"], "")],
)
def test_markdown_speaks_the_language_of_the_report(tags: list[str], languages: str) -> None:
    cell = new_markdown_cell("a", metadata={"tags": tags})
    for language in ("vi", "en"):
        assert printed(cell, language=language) == ["A"] * (language in languages)


def test_a_notebook_without_stamp_is_vietnamese() -> None:
    cell = new_markdown_cell("a", metadata={"tags": ["vi"]})
    notebook = new_notebook(cells=[cell])
    assert list(fragments(notebook, mime=HTML, markdown=str.upper)) == ["A"]


@pytest.mark.parametrize(
    "output",
    [
        new_output("stream", name="stdout", text="x"),
        new_output("stream", name="stderr", text="findfont: not found"),
        new_output("error", ename="E", evalue="v"),
        new_output("execute_result", data={"text/plain": "None"}),
        new_output("display_data", data={"image/png": "abc"}),
        new_output("display_data", data={TYPST: "#x"}),
    ],
)
def test_what_has_no_printed_form_is_refused(output: nbformat.NotebookNode) -> None:
    with pytest.raises(OutputError, match=r"cell 1 \(`show\(\)`\)"):
        printed(new_code_cell("show()\nmore", outputs=[output]))


def test_cells_are_counted_as_on_disk() -> None:
    output = new_output("stream", name="stdout", text="x")
    injected = new_code_cell("a = 1", metadata={"tags": ["injected-parameters"]})
    with pytest.raises(OutputError, match="cell 2 "):
        printed(new_markdown_cell("a"), injected, new_code_cell("print()", outputs=[output]))
