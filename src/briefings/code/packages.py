"""The versions of the packages that can shape a result: locked and really installed."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.code.memo import Memo
from briefings.code.watch import Watch
from briefings.files import digest

if TYPE_CHECKING:  # `packaging` is only loaded when the versions are not in the memo
    from packaging.requirements import Requirement

REPOSITORY = Path(__file__).parents[3]
OURS = "briefings"
PINNED = re.compile(r"^[A-Za-z0-9][^#\\\n]*", re.M)
MISSING = "not installed"
# What people edit notebooks in; a kernel loads neither it nor what only it needs.
EDITORS = frozenset({"jupyterlab"})


@dataclass(frozen=True)
class Package:
    """What is installed under a name, and what it asks for."""

    version: str
    requires: tuple[str, ...]


def package_versions(repository: Path, *, memo: Memo, watch: Watch) -> dict[str, str]:
    """Name → version of every package that the project's own requirements lead to.

    The editor and packages of the `dev` group alone are not among them. Where the lock names
    another version than the installed one, both stand in the text.
    """
    lock = watch.read(repository / "requirements.lock")
    project = watch.read(repository / "pyproject.toml")
    installed = [*distributions()]
    texts = sorted(_metadata(distribution).encode() for distribution in installed)
    key = digest(_rules(), lock, project, *texts)
    known: dict[str, str] | None = memo.get(key)
    if known is None:
        wanted = tomllib.loads(project.decode())["project"]["dependencies"]
        known = _versions(lock.decode(), wanted, _packages(installed))
        memo.put(key, known)
    return known


def python_version() -> str:
    """Major and minor: a patch release is not a change of a report."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _rules() -> bytes:
    # Markers speak of the Python and of the platform.
    return digest(sys.version.encode(), sys.platform.encode(), Path(__file__).read_bytes()).encode()


def _metadata(distribution: Distribution) -> str:
    return distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""


def _packages(installed: Iterable[Distribution]) -> dict[str, Package]:
    from packaging.utils import canonicalize_name

    found: dict[str, Package] = {}
    for distribution in installed:  # the first one on the path is the one that is imported
        metadata = distribution.metadata
        requires = tuple(metadata.get_all("Requires-Dist") or ())
        package = Package(metadata["Version"], requires)
        found.setdefault(canonicalize_name(metadata["Name"]), package)
    return found


def _versions(lock: str, wanted: Iterable[str], packages: Mapping[str, Package]) -> dict[str, str]:
    pins = _pins(lock)
    names = sorted({OURS, *_required(wanted, packages)})
    return {name: _version(packages.get(name), pins.get(name, "")) for name in names}


def _version(package: Package | None, pin: str) -> str:
    installed = package.version if package else MISSING
    is_as_locked = not pin or (package is not None and _equal(installed, pin))
    return installed if is_as_locked else f"{installed} (locked: {pin})"


def _equal(one: str, other: str) -> bool:
    from packaging.version import Version  # 1.0 and 1.0.0 are one version

    return Version(one) == Version(other)


def _required(wanted: Iterable[str], packages: Mapping[str, Package]) -> set[str]:
    """The names that requirements lead to, through extras and markers."""
    reached: set[tuple[str, str]] = set()
    waiting = {asked for text in wanted for asked in _asked(text, "") if asked[0] not in EDITORS}
    while waiting:
        reached |= waiting
        waiting = {
            asked
            for name, extra in waiting
            if name in packages
            for text in packages[name].requires
            for asked in _asked(text, extra)
        } - reached
    return {name for name, _ in reached}


def _asked(text: str, extra: str) -> Iterator[tuple[str, str]]:
    """The package that a requirement asks for, alone and with each of its extras."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    requirement = Requirement(text)
    if _applies(requirement, extra):
        name = canonicalize_name(requirement.name)
        yield from ((name, with_extra) for with_extra in ("", *requirement.extras))


def _applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _pins(lock: str) -> dict[str, str]:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    lines = (line.strip() for line in PINNED.findall(lock))
    requirements = [Requirement(line) for line in lines if line]
    return {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement in requirements
        if _applies(requirement, "")
    }
