"""The same bytes on every run, and no harm to exports that somebody else delivered."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefings.demo import generate
from briefings.demo.generate import MARKER
from briefings.errors import InputError


def digests(root: Path) -> dict[str, str]:
    raw = root / "data" / "raw"
    return {
        str(file.relative_to(raw)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(raw.rglob("*"))
        if file.is_file()
    }


@pytest.mark.slow
def test_small_run_is_the_same_in_another_process(
    empty_project: Path, other_project: Path, small: int
) -> None:
    generate(empty_project, divisor=small)
    code = (
        "from pathlib import Path; from briefings.demo import generate;"
        f"generate(Path({str(other_project)!r}), divisor={small})"
    )
    surroundings = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=other_project, env=surroundings)
    assert digests(empty_project) == digests(other_project)


@pytest.mark.slow
def test_full_run_is_the_same_again(full_raw: Path, empty_project: Path) -> None:
    generate(empty_project)
    assert digests(empty_project) == digests(full_raw.parents[1])


@pytest.mark.slow
def test_a_second_run_replaces_the_first(empty_project: Path, small: int) -> None:
    files = generate(empty_project, divisor=small)
    before = digests(empty_project)
    (empty_project / "data" / "raw" / "2024-01" / "left_over.csv").touch()
    generate(empty_project, divisor=small)
    assert digests(empty_project) == before
    assert len(files) == 14 * 7 + 1
    assert all(file.is_file() for file in files)
    assert sorted(p.name for p in (empty_project / "data").iterdir()) == ["raw", "reference"]


def test_real_exports_are_not_replaced(empty_project: Path, small: int) -> None:
    real = empty_project / "data" / "raw" / "2025-03" / "ho_so.csv"
    real.parent.mkdir(parents=True)
    real.touch()
    with pytest.raises(InputError, match="not demonstration data"):
        generate(empty_project, divisor=small)
    assert real.is_file()
    assert not (empty_project / "data" / "raw" / MARKER).exists()


def test_missing_reference_data_are_named(tmp_path: Path, small: int) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(InputError, match=r"units\.csv"):
        generate(tmp_path, divisor=small)


@pytest.mark.slow
def test_people_are_obviously_fake(empty_project: Path, small: int) -> None:
    generate(empty_project, divisor=small)
    lines = (empty_project / "data/raw/2025-01/ho_so.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) > 100
    for line in lines[1:]:
        name, phone = line.split(",")[3:5]
        assert name.startswith("NGƯỜI NỘP GIẢ LẬP ")
        assert phone.startswith("00000")
