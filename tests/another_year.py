"""Programs that live in another year, as if the clock of the machine had been moved.

Python's own start is used (`sitecustomize`), which every interpreter below the command runs. It
shifts `time.time`, which `date.today` asks, and `datetime.now`; the latter only in programs of the
press, because intake and counting load compiled libraries that need the class as it was. Each
process and each fork of one leaves a note, so that a test can tell where the clock was another.
"""

from __future__ import annotations

import os
from pathlib import Path

YEARS = 7
NOTES = "NOTES_OF_ANOTHER_YEAR"
# The driver of the small tree, workers, and kernels.
PROGRAMS = ("driver.py", "multiprocessing.forkserver", "forkserver.zygote")
SITECUSTOMIZE = f"""
import datetime, os, pathlib, sys, time

AHEAD = datetime.timedelta(days={YEARS} * 365.25)
ours, usual = time.time, datetime.datetime
time.time = lambda: ours() + AHEAD.total_seconds()

class Like(type):
    def __instancecheck__(cls, value):
        return isinstance(value, usual)

class Shifted(usual, metaclass=Like):
    __slots__ = ()  # compiled libraries check the size

    @classmethod
    def now(cls, tz=None):
        return usual.now(tz) + AHEAD

    @classmethod
    def utcnow(cls):
        return usual.utcnow() + AHEAD

Shifted.__module__, Shifted.__name__, Shifted.__qualname__ = "datetime", "datetime", "datetime"
if any(name in " ".join(sys.orig_argv) for name in {PROGRAMS}):
    datetime.datetime = Shifted

def leave_a_note():
    program = pathlib.Path("/proc/self/cmdline").read_bytes().replace(b"\\0", b" ").decode()
    today = f"{{datetime.date.today():%Y}} {{datetime.datetime.now():%Y}}"
    note = pathlib.Path(os.environ["{NOTES}"], str(os.getpid()))
    note.write_text(f"{{today}} {{program}}", encoding="utf-8")

leave_a_note()
os.register_at_fork(after_in_child=leave_a_note)
"""


def another_year(folder: Path, path: str = "") -> dict[str, str]:
    """The variables that move the clock; `path` is what PYTHONPATH holds besides."""
    (folder / "notes").mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(SITECUSTOMIZE, encoding="utf-8")
    places = os.pathsep.join(filter(None, [str(folder), path]))
    return {"PYTHONPATH": places, NOTES: str(folder / "notes")}


def years_of(folder: Path, program: str) -> list[str]:
    """What `date.today` and `datetime.now` said in the processes of a command line."""
    notes = (note.read_text(encoding="utf-8") for note in (folder / "notes").iterdir())
    return [note[: len("2025 2025")] for note in notes if program in note]
