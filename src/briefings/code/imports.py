"""What a piece of Python imports, read from its syntax."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

# A module may also be loaded by its name, as `package.module` or `package.module:function`.
DOTTED = re.compile(r"[A-Za-z_]\w*(\.\w+)+(:\w+)?")

# Ways to import something that no reader of the syntax can see.
HIDING_CALLS = frozenset({"__import__", "exec", "eval"})
HIDING_NAMES = frozenset({"import_module", "resolve_name", "find_spec", "spec_from_file_location"})
HIDING_MODULES = frozenset({"importlib", "importlib.util", "importlib.machinery", "runpy"})


def imported(tree: ast.AST, module: str, *, is_package: bool) -> Iterator[str]:
    """Every dotted name that may be a module; `package.*` for a star import.

    Imports inside functions count, and so does a text that looks like the name of a module.
    `module` is where the code stands, to resolve relative imports.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(names=names):
                base = _base(node, module, is_package=is_package)
                yield base
                yield from (f"{base}.{alias.name}" for alias in names)
            case ast.Constant(value=str(text)) if DOTTED.fullmatch(text):
                yield text.partition(":")[0]


def hidden_imports(tree: ast.AST) -> Iterator[str]:
    """The names by which the code could import what `imported` can not see."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name in HIDING_MODULES)
            case ast.ImportFrom(module=str(module), names=names):
                full = (f"{module}.{alias.name}" for alias in names)
                yield from (name for name in (module, *full) if _hides(name))
            case ast.Name(id=name) if name in HIDING_CALLS | HIDING_NAMES:
                yield name
            case ast.Attribute(attr=name) if name in HIDING_NAMES:
                yield name


def _hides(name: str) -> bool:
    last = name.rpartition(".")[2]
    return last in HIDING_NAMES or (name in HIDING_MODULES and name != "importlib")


def _base(node: ast.ImportFrom, module: str, *, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    above = node.level - is_package
    package = parts[: len(parts) - above]
    return ".".join([*package, *filter(None, [node.module])])
