"""One module: its digest and what it imports."""

from __future__ import annotations

import ast
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from briefings.code.imports import hidden_imports, imported
from briefings.code.memo import Memo
from briefings.code.normal import normal_digest, without_docstrings
from briefings.files import digest

# What was noted under other rules, or by another Python, is not believed.
RULES = digest(
    sys.version.encode(),
    *((Path(__file__).parent / f"{name}.py").read_bytes() for name in ("imports", "normal")),
    Path(__file__).read_bytes(),
)


@dataclass(frozen=True)
class Module:
    """`imports` are dotted names, modules or not; `hidden` says how it imports unseen."""

    digest: str
    imports: list[str]
    hidden: list[str]


def read_module(source: bytes, name: str, *, is_package: bool, memo: Memo) -> Module:
    """The module made of `source`, from the memo where the same source was read before."""
    key = digest(RULES.encode(), name.encode(), bytes([is_package]), source)
    known = memo.get(key)
    if known is not None:
        return Module(**known)
    module = _analyse(source, name, is_package=is_package)
    memo.put(key, asdict(module))
    return module


def _analyse(source: bytes, name: str, *, is_package: bool) -> Module:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):  # whoever imports it will say so
        return Module(digest(source), [], [])
    imports = sorted(set(imported(tree, name, is_package=is_package)))
    hidden = sorted(set(hidden_imports(tree)))
    return Module(normal_digest(without_docstrings(tree)), imports, hidden)
