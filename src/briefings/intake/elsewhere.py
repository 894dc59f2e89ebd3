"""Raw tables that are no files here: which parts they have, and those needed, laid here."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from briefings.errors import SettingsError
from briefings.files import aside_of, remove_partial
from briefings.intake.parts import Part
from briefings.project import Project


class Elsewhere(Protocol):
    """Parts kept in another place, and the way to bring them here."""

    parts: tuple[Part, ...]

    def bring(self, parts: Iterable[Part]) -> None:
        """Write some parts to their files."""


class Together:
    """The parts of several places as if they were one."""

    def __init__(self, places: Sequence[Elsewhere]) -> None:
        self._places = places
        self.parts = tuple(part for place in places for part in place.parts)

    def bring(self, parts: Iterable[Part]) -> None:
        """Write some parts to their files."""
        wanted = set(parts)
        for place in self._places:
            place.bring(part for part in place.parts if part in wanted)


@contextmanager
def private_folder(project: Project) -> Iterator[Path]:
    """A place for raw rows, open to its owner only; it goes when the block ends.

    What a killed run left of one goes too. For who holds the lock of the workplace.
    """
    folder = aside_of(project.workplace / "raw")
    remove_partial(project.workplace)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def open_elsewhere(project: Project, folder: Path) -> Iterator[Elsewhere]:
    """What the project keeps elsewhere, as it is at one moment; brought parts lie in `folder`.

    SettingsError where a package that reads it is missing.
    """
    with ExitStack() as stack:
        places: list[Elsewhere] = []
        if project.addresses:
            from briefings.intake.stored import StoredParts

            places.append(StoredParts(str(project.file), project.addresses, folder))
        if project.database:
            places.append(stack.enter_context(_database(project, folder)))
        yield Together(places)


def _database(project: Project, folder: Path) -> AbstractContextManager[Elsewhere]:
    try:
        from briefings.intake.postgres.tables import open_database
        from briefings.intake.profiles import load_profile
    except ImportError as error:
        lacking = error.name or "libpq"
        raise SettingsError(
            f"{project.file} names tables of PostgreSQL, and {lacking} is not installed.",
            'Run: make tools (outside this folder: pip install "briefings[postgresql]")',
        ) from error
    return open_database(project.database, load_profile(project.profile), folder)
