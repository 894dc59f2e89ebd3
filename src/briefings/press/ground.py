"""What all reports stand on: code, packages, words, templates and fonts, each read once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from briefings.code.memo import Memo
from briefings.code.packages import package_versions, python_version
from briefings.code.tree import CodeTree
from briefings.code.watch import Watch
from briefings.files import digest
from briefings.press.exporters.font_files import chart_fonts, page_fonts
from briefings.press.exporters.templates import TEMPLATES
from briefings.press.notebook import Notebook

# What a dependency is, in words → its digest, or the value itself where it is short.
Digests: TypeAlias = Mapping[str, str]

# Where our own code enters: what runs a notebook (the last two are started by Jupyter and as a
# process of its own), what takes out its results, and what prints them.
EXECUTION = (
    "briefings.press.execute",
    "briefings.press.results",
    "briefings.press.forkserver.provisioner",
    "briefings.press.forkserver.zygote",
)
RENDERING = ("briefings.press.work", "briefings.press.workers")
# Here an administrator configures IPython for all users and all kernels; nothing switches it off.
IPYTHON_FOLDERS = (f"{sys.prefix}/etc/ipython", "/usr/local/etc/ipython", "/etc/ipython")
IPYTHON_FILES = ("ip*_config.*", "startup/*.py", "startup/*.ipy")
NARRATIVE = "narrative"
WORDS = "words.yaml"


class Ground:
    """The dependencies that no report has alone, as they were when first asked for."""

    def __init__(self) -> None:
        self._watch = Watch()
        self._memo = Memo()
        self._tree = CodeTree(memo=self._memo, watch=self._watch)
        self._code: dict[frozenset[str], Digests] = {}
        self._files: dict[Path, str] = {}
        self._folders: dict[Path, Digests] = {}
        self._notebooks: dict[Path, Notebook] = {}

    def notebook(self, file: Path) -> Notebook:
        """The notebook in a file."""
        if file not in self._notebooks:
            self._notebooks[file] = Notebook.parse(self._watch.read(file), file.name)
        return self._notebooks[file]

    def code(self, imports: Iterable[str]) -> Digests:
        """Every module of ours that `imports` can load."""
        key = frozenset(imports)
        if key not in self._code:
            closure = self._tree.closure(key)
            self._code[key] = {f"code: {name}": value for name, value in closure.items()}
        return self._code[key]

    @cached_property
    def packages(self) -> Digests:
        """Python, and the packages that can shape a report."""
        repository = TEMPLATES.parent
        found = package_versions(repository, memo=self._memo, watch=self._watch)
        versions = {f"package {name}": version for name, version in found.items()}
        return {"python": python_version(), **versions}

    @cached_property
    def ipython(self) -> Digests:
        """The files that every kernel of this machine reads when it starts."""
        return {f"IPython's {file}": self._digest(file) for file in _of_ipython()}

    def words(self, language: str) -> Digests:
        """The fixed words and the sentences of a language, which a notebook reads as it runs."""
        folder = TEMPLATES / NARRATIVE / language
        return {
            f"words {language}" if name == WORDS else f"sentences {language}/{name}": value
            for name, value in self._below(folder).items()
        }

    def template(self, folder: str) -> Digests:
        """The files that lay out a page."""
        found = self._below(TEMPLATES / folder)
        return {f"template {folder}/{name}": value for name, value in found.items()}

    @cached_property
    def chart_fonts(self) -> Digests:
        """The fonts in which charts are drawn while a notebook runs."""
        return self._fonts(chart_fonts())

    @cached_property
    def page_fonts(self) -> Digests:
        """The fonts in which pages are printed."""
        return self._fonts(page_fonts())

    def disturbed(self) -> list[Path]:
        """The files of all this that were touched since."""
        return self._watch.disturbed()

    def save(self) -> None:
        """Keep what was worked out for the next time."""
        self._memo.save()

    def _below(self, folder: Path) -> Digests:
        if folder not in self._folders:
            files = sorted(path for path in folder.rglob("*") if path.is_file())
            found = {file.relative_to(folder).as_posix(): self._digest(file) for file in files}
            self._folders[folder] = found
        return self._folders[folder]

    def _fonts(self, files: Iterable[Path]) -> Digests:
        return {f"font {file.name}": self._digest(file) for file in files}

    def _digest(self, file: Path) -> str:
        if file not in self._files:
            self._files[file] = digest(self._watch.read(file))
        return self._files[file]


def _of_ipython() -> Iterator[Path]:
    for folder in IPYTHON_FOLDERS:
        for pattern in IPYTHON_FILES:
            yield from sorted(Path(folder).glob(pattern))
