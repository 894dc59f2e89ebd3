"""Files at the two ends: written aside and renamed, so that no reader meets half of one.

An object store knows no renaming. There every object appears whole, and of a folder the file
that vouches for the others comes last.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:  # only a project with an address loads it
    from upath import UPath

# A file or folder of this machine, or one in an object store.
Place: TypeAlias = "Path | UPath"
P = TypeVar("P", bound=Place)

# How the name of a file ends that has not got its own yet.
PARTIAL = ".partial"


def write_file(file: Place, content: bytes) -> None:
    """Write a whole file or nothing."""
    if not isinstance(file, Path):
        file.fs.pipe_file(file.path, content)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = aside_of(file)
    try:
        aside.write_bytes(content)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def aside_of(place: Path) -> Path:
    """A name that nobody else uses, for what will be renamed to `place`.

    Who may read what is made under it is left to the umask, as for any program's files. So it
    is not made by `tempfile`, which shuts out everybody else.
    """
    return place.with_name(f".{place.name}.{secrets.token_hex(4)}{PARTIAL}")


def remove_partial(folder: Place) -> None:
    """Remove what a killed process was writing; only for who alone writes into `folder` now."""
    if not isinstance(folder, Path):
        return
    for left in folder.glob(f".*{PARTIAL}"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):  # on Windows somebody may have it open
                left.unlink()


def remove_folder(folder: Place) -> None:
    """Remove a folder with all that is in it, where there is one."""
    if isinstance(folder, Path):
        shutil.rmtree(folder, ignore_errors=True)
    elif folder.exists():
        folder.fs.rm(folder.path, recursive=True)


def holds(file: Place, content: bytes) -> bool:
    """Whether a file is there and has just this content."""
    return file.is_file() and file.read_bytes() == content


def write_checked(file: Path, content: bytes) -> None:
    """Write a file that says in its first line what its name and content are to be."""
    write_file(file, _check(file, content) + b"\n" + content)


def read_checked(file: Path) -> bytes | None:
    """What write_checked wrote; None where there is nothing, or it was altered or renamed."""
    try:
        check, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if check == _check(file, content) else None


def _check(file: Path, content: bytes) -> bytes:
    return digest(file.name.encode(), content).encode()


@contextmanager
def new_folder(folder: Place, last: str = "") -> Iterator[Path]:
    """A folder to fill; it appears under its name only when the block ends without an error.

    In an object store its files appear one by one, and the one called `last` after all others.
    """
    if not isinstance(folder, Path):
        with TemporaryDirectory() as local:
            yield Path(local)
            files = [file for file in Path(local).rglob("*") if file.is_file()]
            for file in sorted(files, key=lambda file: (file.name == last, file)):
                place = folder / file.relative_to(local).as_posix()
                folder.fs.put_file(str(file), place.path)
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = aside_of(folder)
    aside.mkdir()
    try:
        yield aside
        try:
            aside.rename(folder)
        except OSError:
            if not folder.is_dir():  # another run made the same folder first: equal by content
                raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def file_digest(file: Place) -> str:
    """The SHA-256 of a file, as `sha256sum` prints it."""
    with file.open("rb") as stream:
        # What a store opens can be read into a buffer as well, though its type does not say so.
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def file_digests(files: Iterable[P]) -> dict[P, str]:
    """The SHA-256 of many files, read side by side."""
    known = list(files)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(known, pool.map(file_digest, known), strict=True))


def digest(*parts: bytes) -> str:
    """SHA-256 of the parts, each preceded by its length so that no two lists collide."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()
