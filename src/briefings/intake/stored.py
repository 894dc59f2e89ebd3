"""Raw files in an object store, as parts of deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.errors import InputError, ReportError
from briefings.files import file_digest, file_digests
from briefings.intake.deliveries import ALL_MONTHS, any_month, month_in
from briefings.intake.parts import Part
from briefings.project import MONTH_PLACEHOLDER
from briefings.store import explained, place_at

if TYPE_CHECKING:
    from upath import UPath


class StoredParts:
    """The raw files at some addresses, by contract table; `bring` copies them here.

    Each is read once to know its content, because what a store says of it (a date, a tag) is
    not the same thing in every store. InputError where a file is missing or no store answers.
    """

    def __init__(self, where: str, addresses: Mapping[str, str], folder: Path) -> None:
        self._places = {
            folder / delivery / table / place.name: (table, delivery, place)
            for table, address in addresses.items()
            for delivery, place in _found(where, table, address)
        }
        with explained(", ".join(addresses.values())):
            digests = file_digests(place for _, _, place in self._places.values())
        self.parts = tuple(
            Part(table, delivery, str(place), digests[place], file, is_file=True)
            for file, (table, delivery, place) in self._places.items()
        )

    def bring(self, parts: Iterable[Part]) -> None:
        """Copy some files here; ReportError where one was replaced since it was first read."""
        for part in parts:
            _, _, place = self._places[part.file]
            part.file.parent.mkdir(parents=True, exist_ok=True)
            with explained(place):
                place.fs.get_file(place.path, str(part.file))
            if file_digest(part.file) != part.digest:
                raise ReportError(
                    f"{part.name} was written to while it was taken in; nothing of that was kept.",
                    "Run the same command again.",
                )


def _found(where: str, table: str, address: str) -> Iterator[tuple[str, UPath]]:
    """Delivery and place of every file that an address with or without `{month}` means."""
    if MONTH_PLACEHOLDER not in address:
        place = place_at(where, address)
        with explained(address):
            if not place.exists():
                raise InputError(
                    f"{address}: there is no such file.", "Deliver it, or correct its address."
                )
        yield ALL_MONTHS, place
        return
    # Everything below the last folder that is the same every month.
    anchor = place_at(where, address.partition(MONTH_PLACEHOLDER)[0].rpartition("/")[0])
    pattern = address.removeprefix(str(anchor)).lstrip("/")
    with explained(address):
        anchor.fs.invalidate_cache()
        files = sorted(anchor.glob(any_month(pattern)), key=str)
    months = ((month_in(pattern, _below(anchor, place)), place) for place in files)
    found = [(month, place) for month, place in months if month]
    if not found:
        raise InputError(
            f"No data: there is no file like {address}.", "Deliver them, or correct the address."
        )
    yield from found


def _below(anchor: UPath, place: UPath) -> str:
    return str(place).removeprefix(str(anchor)).lstrip("/")
