"""The index pages written anew when anything they show has changed, and only then."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefings.code.state import code_state, watched_code
from briefings.files import digest, file_digests, holds, write_file
from briefings.forms import FORM_NOTE
from briefings.lock import locked
from briefings.press.exporters.font_files import page_fonts
from briefings.press.exporters.templates import TEMPLATES
from briefings.press.failure import FAILURE_SUFFIX
from briefings.press.job import FIGURES_NAME
from briefings.press.record import RECORD_SUFFIX
from briefings.project import Project
from briefings.site.accountability import FIGURES
from briefings.site.pages import page_name
from briefings.statistics.kpis import REGISTRY

NOTE = ".index.json"
CODE = ("briefings.site.index",)
READ = (
    f"*/{FIGURES_NAME}", f"*/*{RECORD_SUFFIX}", f"*/*{FAILURE_SUFFIX}",
    FIGURES, f"*{RECORD_SUFFIX}", f"*{FAILURE_SUFFIX}",
)  # fmt: skip


def refresh_site(project: Project) -> Path:
    """Write the index pages unless they are as they would be written; the first one's path.

    Of two runs at once one waits, so that the later look is the later page.
    """
    with locked(project.reports):
        return _refresh(project)


def _refresh(project: Project) -> Path:
    pages = [project.reports / page_name(project, language) for language in project.languages]
    shown, note = _shown(project), project.reports / NOTE
    if not holds(note, _note(shown, _found(pages))):
        # Imported here: cutting the fonts of a page takes longer than all else of an idle run.
        from briefings.site.index import write_site

        written = write_site(project)
        if not watched_code().disturbed():  # else nobody knows which code wrote them
            write_file(note, _note(shown, written))
    return pages[0]


def _found(pages: list[Path]) -> dict[Path, str]:
    return file_digests(page for page in pages if page.is_file())


def _note(shown: str, pages: Mapping[Path, str]) -> bytes:
    digests = {page.name: pages[page] for page in sorted(pages)}
    return json.dumps({"shown": shown, **digests}).encode()


def _shown(project: Project) -> str:
    """One digest of all that the pages depend on."""
    contents = file_digests([*_read(project.reports), *_layout(), project.units, REGISTRY])
    places = sorted(str(file.relative_to(project.reports)) for file in _offered(project.reports))
    said = [project.name, project.synthetic, project.languages, places]
    return digest(
        json.dumps(said).encode(),
        *(part.encode() for item in contents.items() for part in map(str, item)),
        code_state(*CODE).encode(),
    )


def _read(reports: Path) -> Iterator[Path]:
    for pattern in READ:
        yield from sorted(reports.glob(f"*/{pattern}"))


def _offered(reports: Path) -> Iterator[Path]:
    """What the pages link to; of these they show no more than that they are there."""
    for suffix in ("html", "pdf", "ipynb"):
        yield from reports.glob(f"*/*/*.{suffix}")
        yield from reports.glob(f"*/*.{suffix}")
    yield from reports.glob("*/*.xlsx")
    yield from reports.glob(f"*/{FORM_NOTE}")


def _layout() -> Iterator[Path]:
    yield from sorted((TEMPLATES / "html").rglob("*.*"))
    yield from sorted((TEMPLATES / "narrative").glob("*/words.yaml"))
    yield from page_fonts()
