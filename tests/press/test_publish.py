"""All files of a report appear together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.press.publish import publish


def test_files_replace_the_old_ones(tmp_path: Path) -> None:
    publish({"a": b"1", "b": b"2"}, tmp_path / "new")
    publish({"a": b"3"}, tmp_path / "new")
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {
        "a": b"3",
        "b": b"2",
    }


def test_an_interrupted_write_leaves_the_old_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish({"a": b"old", "b": b"old"}, tmp_path)
    original = Path.write_bytes

    def interrupted(path: Path, data: bytes) -> int:
        if ".b." in path.name:
            raise KeyboardInterrupt
        return original(path, data)

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish({"a": b"new", "b": b"new"}, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"old",
        "b": b"old",
    }


def test_what_a_killed_run_left_goes(tmp_path: Path) -> None:
    for name in (".a.4711.partial", ".x7_k2.partial", ".lock"):
        (tmp_path / name).write_bytes(b"half")
    publish({"a": b"1"}, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "a"]
