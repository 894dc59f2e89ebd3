"""Addresses of object stores, as fsspec knows them: s3://bucket/folder, memory://folder, …"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.errors import InputError, SettingsError
from briefings.files import Place

if TYPE_CHECKING:  # an idle run needs neither
    import duckdb
    from upath import UPath

SCHEME = "://"
# Faults that stores raise beside those of the system, by the module that defines them.
FAULTS = {
    "botocore.exceptions": ("BotoCoreError", "ClientError"),
    "aiohttp": ("ClientError",),
}


def is_address(text: str) -> bool:
    """Whether a setting names a place in an object store, and not a path."""
    return SCHEME in text


def place_at(where: str, address: str) -> UPath:
    """The place that an address names; SettingsError where nothing here can read such stores.

    Keys and endpoints come from the environment, as each store's own package reads them.
    """
    from upath import UPath

    try:
        is_folder = address.startswith("file:")
        place: UPath = UPath(address, auto_mkdir=True) if is_folder else UPath(address)
        _ = place.fs
    except (ImportError, ValueError) as error:
        scheme = address.partition(SCHEME)[0]
        raise SettingsError(
            f"{where}: nothing is installed that reads {scheme}{SCHEME}.",
            "Install the package that fsspec names for it, such as s3fs for s3://, or correct "
            f"the address. ({type(error).__name__})",
        ) from error
    return place


@contextmanager
def explained(address: object) -> Iterator[None]:
    """InputError in place of any fault of a store. What the store said is not repeated."""
    try:
        yield
    except faults() as error:
        raise InputError(
            f"{address}: the object store did not answer as it should ({type(error).__name__}).",
            "Look whether it can be reached, whether the address is right, and whether the keys "
            "in the environment may read it (and write, for an intake).",
        ) from None


def explained_at(place: Place) -> AbstractContextManager[None]:
    """`explained` for a place in a store; a folder of this machine is left alone."""
    return nullcontext() if isinstance(place, Path) else explained(place)


def let_read(connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> None:
    """Let DuckDB read files of one place where they lie, also in an object store."""
    if not files or not is_address(files[0]):
        return
    store = place_at("DuckDB", files[0]).fs
    known = (store.protocol,) if isinstance(store.protocol, str) else store.protocol
    if not set(known) & set(connection.list_filesystems()):
        connection.register_filesystem(store)


def faults() -> tuple[type[Exception], ...]:
    """The errors of the stores that are loaded."""
    loaded = ((sys.modules[name], names) for name, names in FAULTS.items() if name in sys.modules)
    return (OSError, *(getattr(module, name) for module, names in loaded for name in names))
