"""Run in a process of their own with a time limit: what fails here waits for ever."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from briefings.errors import InputError
from tests import tiny
from tests.whole import read_raw

SECONDS = 60
READ = """
import sys
from pathlib import Path
from briefings.errors import InputError
from briefings.intake.readers import read_chunks
try:
    print(*read_chunks(Path(sys.argv[1])))
except InputError as error:
    print(error.message)
"""


def said(file: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    return done.stdout


@pytest.mark.slow
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "raw.csv")
    assert "a pipe, socket or device, not a file" in said(tmp_path / "raw.csv")


@pytest.mark.slow
def test_a_link_to_a_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw.csv").symlink_to("/dev/zero")
    assert "a pipe, socket or device, not a file" in said(tmp_path / "raw.csv")


def test_a_socket_and_a_folder_are_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("raw.csv")
        with pytest.raises(InputError, match="a pipe, socket or device, not a file"):
            read_raw(Path("raw.csv"))
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match="a folder, not a file"):
        read_raw(tmp_path / "folder.csv")


def test_a_link_to_a_file_elsewhere_is_followed(tmp_path: Path) -> None:
    share = tiny.write(tmp_path / "share" / "export.csv", "a\n1\n")
    (tmp_path / "raw.csv").symlink_to(share)
    assert len(read_raw(tmp_path / "raw.csv")) == 1


def test_links_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    with pytest.raises(InputError, match="a link that leads back to itself"):
        read_raw(tmp_path / "a.csv")
    (tmp_path / "c.csv").symlink_to(tmp_path / "gone.csv")
    with pytest.raises(InputError, match="there is no such file"):
        read_raw(tmp_path / "c.csv")


@pytest.mark.parametrize("name", ["a\0.csv", "x" * 300 + ".csv"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_raw(tmp_path / name)


@pytest.mark.parametrize(
    "name", ["../x.csv", "a b.csv", "ó.csv", "\u202ex.csv", "-rf.csv", "$(x);'.csv"]
)
def test_odd_names_are_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    assert len(read_raw(tiny.write(tmp_path / "in" / name, "a\n1\n"))) == 1
