from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.files import digest, new_folder, read_checked, write_checked, write_file
from briefings.press.publish import publish


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b" / "page.html", b"one")
    assert (tmp_path / "a" / "b" / "page.html").read_bytes() == b"one"
    assert names(tmp_path / "a" / "b") == ["page.html"]


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    write_file(page, b"a long first version")
    write_file(page, b"two")
    assert page.read_bytes() == b"two"


@pytest.mark.parametrize(("umask", "rights"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_umask_says_who_may_read_whichever_way_a_file_is_written(
    tmp_path: Path, umask: int, rights: int
) -> None:
    before = os.umask(umask)
    try:
        write_file(tmp_path / "index.html", b"1")
        publish({"page.html": b"1"}, tmp_path)
        with new_folder(tmp_path / "folder") as aside:
            (aside / "one").write_bytes(b"1")
    finally:
        os.umask(before)
    files = ("index.html", "page.html", "folder/one")
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in files} == {rights}
    # Who may read a file in a folder may enter the folder.
    of_the_folder = rights | ((rights & 0o444) >> 2)
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == of_the_folder


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    write_file(page, b"old")
    with pytest.raises(TypeError):
        write_file(page, "text is not bytes")  # type: ignore[arg-type]
    assert page.read_bytes() == b"old"
    assert names(tmp_path) == ["page.html"]


def test_a_file_that_cannot_take_its_name_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(OSError, match=r"page\.html"):
        write_file(tmp_path / "page.html", b"new")
    assert names(tmp_path) == ["page.html"]


def test_a_folder_appears_only_when_it_is_full(tmp_path: Path) -> None:
    with new_folder(tmp_path / "deep" / "folder") as aside:
        (aside / "one").write_text("1")
        assert not (tmp_path / "deep" / "folder").exists()
    assert names(tmp_path / "deep") == ["folder"]
    assert names(tmp_path / "deep" / "folder") == ["one"]


def fill_and_fail(folder: Path) -> None:
    with new_folder(folder) as aside:
        (aside / "half").write_text("1")
        raise RuntimeError("the disk is full")


def test_a_folder_that_fails_half_way_never_appears(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="disk is full"):
        fill_and_fail(tmp_path / "folder")
    assert names(tmp_path) == []


def test_of_two_runs_that_make_the_same_folder_the_first_stays(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    with new_folder(folder) as late:
        (late / "one").write_text("late")
        with new_folder(folder) as early:
            (early / "one").write_text("early")
    assert (folder / "one").read_text() == "early"
    assert names(tmp_path) == ["folder"]


def test_a_folder_that_cannot_take_its_name_is_an_error(tmp_path: Path) -> None:
    """A plain file in the way is no earlier run of the same content."""
    (tmp_path / "folder").write_text("a file")
    with pytest.raises(OSError, match="folder"), new_folder(tmp_path / "folder"):
        pass
    assert names(tmp_path) == ["folder"]


def test_the_digest_is_the_same_in_every_run() -> None:
    assert digest(b"abc").startswith("c3494ca1a2cf8eeb")
    assert len(digest()) == 64


@given(st.lists(st.binary(max_size=4)), st.lists(st.binary(max_size=4)))
def test_different_parts_have_different_digests(left: list[bytes], right: list[bytes]) -> None:
    assert (digest(*left) == digest(*right)) is (left == right)


def test_a_checked_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_checked(tmp_path / "kept", b"one\ntwo\n")
    assert read_checked(tmp_path / "kept") == b"one\ntwo\n"


def test_a_checked_file_that_was_altered_renamed_or_removed_is_not_believed(
    tmp_path: Path,
) -> None:
    file = tmp_path / "kept"
    write_checked(file, b"one")
    file.write_bytes(file.read_bytes() + b"!")
    assert read_checked(file) is None
    write_checked(file, b"one")
    file.rename(tmp_path / "other")
    assert read_checked(tmp_path / "other") is None
    assert read_checked(file) is None
