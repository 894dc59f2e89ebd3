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
LOCKS = {name: (ROOT / name).read_text(encoding="utf-8")
         for name in ("requirements.lock", "requirements-dev.lock")}  # fmt: skip
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, set[str]]:
    """Every version of a lock by package; a package may have one version per Python."""
    versions: dict[str, set[str]] = {}
    for line in LOCKS[name].splitlines():
        if re.match(r"[a-z0-9]", line):
            requirement = Requirement(line.split(" \\")[0])
            pinned = str(requirement.specifier).removeprefix("==")
            versions.setdefault(canonicalize_name(requirement.name), set()).add(pinned)
    return versions


NEEDED = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["install"]
TOOLS = [text for text in PROJECT["dependency-groups"]["dev"] if isinstance(text, str)]


def wanted(listed: list[str]) -> list[str]:
    return sorted(canonicalize_name(Requirement(text).name) for text in listed)


@pytest.mark.parametrize("name", wanted(NEEDED))
def test_what_reports_need_is_locked_and_installed_as_locked(name):
    assert Version(version(name)) in {
        Version(pinned) for pinned in locked("requirements.lock")[name]
    }


@pytest.mark.parametrize("name", wanted(TOOLS))
def test_what_only_developers_need_is_locked_too(name):
    assert Version(version(name)) in {
        Version(pinned) for pinned in locked("requirements-dev.lock")[name]
    }


@pytest.mark.parametrize("name", ["pyspark", "distributed", "playwright", "atheris", "mypy"])
def test_no_report_waits_until_the_tools_are_there(name):
    assert name in locked("requirements-dev.lock")
    assert name not in locked("requirements.lock")


def test_the_tools_change_no_version():
    needed, tools = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: tools.get(name) for name in needed} == needed


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_hashes_and_no_address(name):
    assert "--hash=sha256:" in LOCKS[name]
    assert not re.search(r"https?://|index-url|find-links|file:", LOCKS[name])


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
