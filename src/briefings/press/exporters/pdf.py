"""The PDF of a briefing, set by Typst with our fonts only."""

from __future__ import annotations

from typing import Any

import nbformat
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import default

from briefings.escaping import typst_text
from briefings.mime import TYPST
from briefings.press.exporters.cells import fragments
from briefings.press.exporters.glyphs import spelled_out
from briefings.press.exporters.markdown_typst import markdown_to_typst
from briefings.press.exporters.templates import TEMPLATES
from briefings.press.exporters.typesetter import typeset
from briefings.press.stamp import Stamp


class BriefingPDFExporter(Exporter):
    """nbconvert exporter `briefing-pdf`."""

    export_from_notebook = "Briefing (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[str]:
        # Tag removal and its like would drop cells silently.
        return []

    def from_notebook_node(  # type: ignore[override]  # bytes, as nbconvert's own PDF exporter
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF as bytes."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name") or "Briefing"
        return typeset(spelled_out(typst_source(nb, name=name))), resources


def typst_source(notebook: nbformat.NotebookNode, *, name: str = "Briefing") -> str:
    """The whole Typst document of a notebook; `name` is the title of one without a stamp."""
    stamp = Stamp.of(notebook)
    template = (TEMPLATES / "pdf" / "briefing.typ").read_text(encoding="utf-8")
    show = (
        f"#show: page-of.with(title: {typst_text(stamp.title or name)}, "
        f"language: {typst_text(stamp.language)}, label: {typst_text(stamp.label)})"
    )
    body = fragments(notebook, mime=TYPST, markdown=markdown_to_typst)
    return "\n\n".join([template, show, *body, ""])
