"""Only packages that can shape a report count, by the version that is locked and installed."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import time
from pathlib import Path

import pytest

from briefings.code.memo import Memo
from briefings.code.packages import REPOSITORY, package_versions
from briefings.code.watch import Watch


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    return tmp_path


def versions(repository: Path) -> dict[str, str]:
    memo = Memo(repository / "memo.json")
    found = package_versions(repository, memo=memo, watch=Watch())
    memo.save()
    return found


def change_lock(repository: Path, pattern: str, text: str) -> None:
    lock = repository / "requirements.lock"
    content, count = re.subn(pattern, text, lock.read_text("utf-8"), flags=re.M)
    assert count
    lock.write_text(content, encoding="utf-8")


def test_direct_and_indirect_requirements_count_and_tools_do_not(repository: Path) -> None:
    found = versions(repository)
    assert found["pandas"] == importlib.metadata.version("pandas")
    assert {"briefings", "pandas", "python-dateutil", "fonttools", "brotli"} <= set(found)
    assert not {"ruff", "pytest", "mypy", "hypothesis", "playwright"} & set(found)


def test_the_editor_and_what_only_it_needs_do_not_count(repository: Path) -> None:
    """Another JupyterLab makes no briefing anew; nbconvert, which prints them, does."""
    found = versions(repository)
    assert not {"jupyterlab", "jupyterlab-server", "jupyter-server"} & set(found)
    assert {"nbconvert", "ipykernel", "jupyter-client"} <= set(found)


def test_as_locked_is_as_installed(repository: Path) -> None:
    assert [version for version in versions(repository).values() if "(" in version] == []


@pytest.mark.parametrize("other", ["requirements-dev.lock", "benchmarks/requirements.lock"])
def test_what_is_added_later_replaces_nothing(other: str) -> None:
    """After `make bench` the briefings were made with another version than the one locked."""
    first, later = (
        pins((REPOSITORY / name).read_text("utf-8")) for name in ("requirements.lock", other)
    )
    assert {
        name: later[name] for name in later if first.get(name, later[name]) != later[name]
    } == {}


def pins(lock: str) -> dict[str, str]:
    """The version of each package in a lock file."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", lock, flags=re.M))


@pytest.mark.slow
def test_another_pin_shows_beside_what_is_installed(repository: Path) -> None:
    before = versions(repository)
    change_lock(repository, r"^pandas==\S+", "pandas==99.1")
    after = versions(repository)
    assert after["pandas"] == f"{before['pandas']} (locked: 99.1)"
    assert {name for name in after if after[name] != before[name]} == {"pandas"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^jupyterlab==\S+", "jupyterlab==99.1"),
        (r"--hash=sha256:0", "--hash=sha256:1"),
        (r"\A", "# why\n"),
    ],
)
def test_the_editor_hashes_and_comments_do_not_count(
    repository: Path, pattern: str, text: str
) -> None:
    before = versions(repository)
    change_lock(repository, pattern, text)
    assert versions(repository) == before


def test_another_installed_version_counts(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = versions(repository)
    folder = tmp_path / "first" / "pandas-99.1.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: pandas\nVersion: 99.1\n")
    monkeypatch.syspath_prepend(folder.parent)
    assert versions(repository)["pandas"] == f"99.1 (locked: {before['pandas']})"


def test_the_versions_are_worked_out_once(repository: Path) -> None:
    def seconds() -> float:
        start = time.perf_counter()
        versions(repository)
        return time.perf_counter() - start

    first, *again = (seconds() for _ in range(4))
    assert min(again) < first / 2
