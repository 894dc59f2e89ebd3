"""The modules below a folder, and which of them a piece of code can reach by import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from briefings.code.memo import Memo
from briefings.code.module import Module, read_module
from briefings.code.watch import Watch
from briefings.errors import ReportError

SOURCE = Path(__file__).parents[2]

# Files that may import unseen, each with the modules it so loads that no report can reach. The
# others stand in a file as texts, which count as imports (`workers`, `loading`), or there are
# none (`font_files`, `child`). By hand a notebook counts its facts itself; the press lays them.
MAY_HIDE: Mapping[str, frozenset[str]] = {
    "briefings/press/workers.py": frozenset(),
    "briefings/press/forkserver/child.py": frozenset(),
    "briefings/press/forkserver/loading.py": frozenset(),
    "briefings/press/exporters/font_files.py": frozenset(),
    "briefings/report/material.py": frozenset({"briefings.gathering.gather"}),
}


class CodeTree:
    """The packages below `source`; every file is read once."""

    def __init__(self, source: Path = SOURCE, *, memo: Memo, watch: Watch) -> None:
        self._source, self._memo, self._watch = source, memo, watch
        self._modules: dict[str, Module] = {}

    def closure(self, names: Iterable[str]) -> dict[str, str]:
        """Module → digest of every module that importing `names` can load, parents included.

        Names outside the tree are passed over. Raises ReportError for a module that imports
        what can not be seen.
        """
        reached: set[str] = set()
        waiting = {module for name in names for module in self._found(name)}
        while waiting:
            reached |= waiting
            imports = (name for module in waiting for name in self._module(module).imports)
            waiting = {found for name in imports for found in self._found(name)} - reached
        return {name: self._module(name).digest for name in sorted(reached)}

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every module of the tree and its file."""
        return {self._name(file): file for file in sorted(self._source.rglob("*.py"))}

    def _name(self, file: Path) -> str:
        parts = file.relative_to(self._source).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def _found(self, name: str) -> Iterator[str]:
        """The modules loaded by importing `name`: itself, its parents; for `a.*` all in `a`."""
        if name.endswith(".*"):
            inside = name.removesuffix("*")
            yield from (module for module in self.files if module.startswith(inside))
        parts = name.split(".")
        names = (".".join(parts[: end + 1]) for end in range(len(parts)))
        yield from (module for module in names if module in self.files)

    def _module(self, name: str) -> Module:
        if name not in self._modules:
            self._modules[name] = self._read(name)
        return self._modules[name]

    def _read(self, name: str) -> Module:
        file = self.files[name]
        is_package = file.name == "__init__.py"
        source = self._watch.read(file)
        module = read_module(source, name, is_package=is_package, memo=self._memo)
        place = file.relative_to(self._source).as_posix()
        if module.hidden and place not in MAY_HIDE:
            raise ReportError(
                f"{place} imports by {', '.join(module.hidden)}, which a plan can not follow",
                "Write a plain import, or see MAY_HIDE in briefings/code/tree.py.",
            )
        unreached = MAY_HIDE.get(place, frozenset())
        return replace(module, imports=[n for n in module.imports if n not in unreached])
