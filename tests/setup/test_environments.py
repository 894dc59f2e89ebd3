"""One set of versions: pyproject names what is needed, the lock fixes it, all others follow."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def locked() -> dict[str, set[str]]:
    """Every locked version by package; a package may have one version per Python."""
    versions: dict[str, set[str]] = {}
    for line in LOCK.splitlines():
        if re.match(r"[a-z0-9]", line):
            requirement = Requirement(line.split(" \\")[0])
            pinned = str(requirement.specifier).removeprefix("==")
            versions.setdefault(canonicalize_name(requirement.name), set()).add(pinned)
    return versions


def wanted() -> list[str]:
    listed = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    return sorted(canonicalize_name(Requirement(text).name) for text in listed)


@pytest.mark.parametrize("name", wanted())
def test_every_dependency_is_locked_and_installed_as_locked(name):
    assert Version(version(name)) in {Version(pinned) for pinned in locked()[name]}


def test_the_lock_holds_hashes_and_no_address():
    assert "--hash=sha256:" in LOCK
    assert not re.search(r"https?://|index-url|find-links|file:", LOCK)


def test_conda_takes_every_version_from_the_lock():
    pip_parts = [part["pip"] for part in CONDA["dependencies"] if isinstance(part, dict)]
    assert pip_parts == [["-r requirements.lock"]]
    others = {part for part in CONDA["dependencies"] if isinstance(part, str)}
    assert others == {f"python{PROJECT['project']['requires-python']}", "pip", "make"}


def test_the_pages_load_nothing_from_elsewhere():
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert templates
    for path in templates:
        assert "http" not in path.read_text(encoding="utf-8"), path
