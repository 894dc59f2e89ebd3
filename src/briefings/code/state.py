"""The code behind a result in one digest: our modules, the packages, Python."""

from __future__ import annotations

from functools import cache

from briefings.code.memo import Memo
from briefings.code.packages import REPOSITORY, package_versions, python_version
from briefings.code.tree import CodeTree
from briefings.code.watch import Watch
from briefings.files import digest


@cache
def watched_code() -> Watch:
    """All our modules, watched from the first call on.

    A process goes on with the modules that it has loaded when their files change. So the call
    stands at its start; whoever keeps a result under a `code_state` asks the watch before.
    """
    watch = Watch()
    for file in CodeTree(memo=Memo(), watch=watch).files.values():
        watch.note(file)
    return watch


@cache
def code_state(*roots: str) -> str:
    """One digest of all that importing `roots` can load, of its own and of others."""
    memo = Memo()
    modules = CodeTree(memo=memo, watch=watched_code()).closure(roots)
    memo.save()
    return digest(*(part.encode() for pair in [*modules.items(), *_others()] for part in pair))


@cache
def _others() -> tuple[tuple[str, str], ...]:
    memo = Memo()
    packages = package_versions(REPOSITORY, memo=memo, watch=watched_code())
    memo.save()
    return (*packages.items(), ("python", python_version()))
