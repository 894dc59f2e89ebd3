"""What notebooks gave when they were executed, kept under the key of all it depends on."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path

from briefings.files import read_checked, write_checked
from briefings.lock import LOCK_NAME, locked
from briefings.press.record import RECORD_SUFFIX, read_record

LEVEL = 3  # a sixth of the size in a few milliseconds


def keep_results(cache: Path, key: str, results: bytes) -> None:
    """Keep the results of an execution; a later one under the same key replaces them."""
    write_checked(cache / key, zlib.compress(results, LEVEL))


def find_results(cache: Path, key: str) -> bytes | None:
    """The results kept under `key`; None where there are none or the file was altered."""
    packed = read_checked(cache / key)
    return None if packed is None else zlib.decompress(packed)


def prune(cache: Path, reports: Path) -> None:
    """Remove results that no record below `reports` refers to."""
    if not cache.is_dir():
        return
    with locked(cache):
        kept = set(_referred(reports.rglob(f"*{RECORD_SUFFIX}")))
        for file in cache.iterdir():
            if file.is_file() and file.name not in kept and file.name != LOCK_NAME:
                file.unlink()


def _referred(records: Iterable[Path]) -> Iterable[str]:
    for file in records:
        record = read_record(file)
        if record is not None:
            yield record.execution_key
