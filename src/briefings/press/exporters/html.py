"""The web page of a briefing: one file, no script, fonts and style inside."""

from __future__ import annotations

from typing import Any

from jupyter_core.paths import ENV_JUPYTER_PATH
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from briefings.escaping import clean
from briefings.mime import HTML
from briefings.press.exporters.cells import fragments
from briefings.press.exporters.font_faces import font_faces
from briefings.press.exporters.markdown_html import markdown_to_html
from briefings.press.exporters.templates import TEMPLATES, page_style
from briefings.press.stamp import Stamp

SKIP = {"vi": "Đến nội dung chính", "en": "Skip to main content"}


class BriefingHTMLExporter(TemplateExporter):
    """nbconvert exporter `briefing-html`."""

    export_from_notebook = "Briefing (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "briefing"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(TEMPLATES / "html")]

    @default("template_data_paths")
    def _template_data_paths_default(self) -> list[str]:
        return []

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[str]:
        # Tag removal and its like would drop cells silently.
        return []

    @default("filters")
    def _filters_default(self) -> dict[str, Any]:
        return {"css_string": css_string}

    def get_prefix_root_dirs(self) -> list[str]:
        """Only this environment, never the user's home."""
        return list(ENV_JUPYTER_PATH)

    def from_notebook_node(  # type: ignore[override]  # text, as nbconvert's own exporters
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page as text."""
        page: tuple[str, dict[str, Any]] = super().from_notebook_node(
            nb, {**(resources or {}), "page": _page(nb, resources or {})}, **kw
        )
        return page


def css_string(text: str) -> str:
    """`text` fit to stand between double quotes in a style sheet inside a page."""
    return "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)


def _page(notebook: NotebookNode, resources: dict[str, Any]) -> dict[str, Any]:
    stamp = Stamp.of(notebook)
    return {
        "language": stamp.language,
        "title": clean(stamp.title or resources.get("metadata", {}).get("name", "Briefing")),
        "label": clean(stamp.label),
        "skip": SKIP.get(stamp.language, SKIP["en"]),
        "fonts": font_faces(),
        "style": page_style(),
        "fragments": list(fragments(notebook, mime=HTML, markdown=markdown_to_html)),
    }
