"""JSON: an array of objects, or the features of a GeoJSON collection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from briefings.errors import InputError
from briefings.intake.detectors import mask_strictly
from briefings.intake.layout import Layout
from briefings.intake.readers.encodings import encoding_of, undecodable
from briefings.intake.readers.headings import SHOWN_CHARACTERS
from briefings.intake.readers.json_cells import object_cells, refuse_long_cells, refusing
from briefings.intake.readers.json_tables import Objects, tables_of_objects
from briefings.intake.readers.json_text import EXPORT_AGAIN, JsonText
from briefings.intake.readers.limits import COLUMNS

WHAT_IS_READ = (
    'An array of objects is read, as in [{"heading": "value"}], or a FeatureCollection of GeoJSON. '
    "A file with one object per line is named .jsonl."
)
CUT_SHORT = "exceededTransferLimit"
COLLECTION, FEATURES = "FeatureCollection", "features"


def read_json(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a JSON file in chunks; the index is the number of the object, from 1 on.

    Of a feature its properties are read, and its `id` where they have none; its geometry is not.
    InputError names the object that cannot be used.
    """
    return tables_of_objects(file, layout, rows, _objects)


def _objects(file: Path, layout: Layout) -> Objects:
    with file.open(encoding=encoding_of(file, layout.encoding), newline="") as stream:
        text = JsonText(file, stream)
        try:
            for number, place, found in _decoded(file, text):
                with refusing(place, EXPORT_AGAIN):
                    cells = object_cells(found)
                refuse_long_cells(place, cells)
                yield number, cells
        except UnicodeError as error:
            raise undecodable(file, layout.encoding, text.line) from error


def _decoded(file: Path, text: JsonText) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The objects of a file with number and place; after them nothing may follow."""
    if text.takes("["):
        yield from _elements(file, text)
    elif text.takes("{"):
        for number, place, feature in _features(file, text):
            yield number, place, _row(place, feature)
    else:
        raise InputError(f"{file}: neither an array nor an object of JSON.", WHAT_IS_READ)
    if text.sign():
        raise InputError(f"{file}: something stands after the end of the JSON.", EXPORT_AGAIN)


def _elements(file: Path, text: JsonText) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The objects of an array whose opening bracket is passed."""
    number = 0
    while number or not text.takes("]"):
        number += 1
        place = f"{file}: object {number}"
        if not text.sign():
            raise text.cut_short(place)
        if text.sign() != "{":
            raise InputError(f"{place}: what stands there is no object.", WHAT_IS_READ)
        yield number, place, text.value(place)
        if text.takes("]"):
            return
        text.expect(",", place)


def _features(file: Path, text: JsonText) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The features of a collection whose opening brace is passed; members come in any order."""
    members: dict[str, bool] = {}
    while not text.takes("}"):
        place = f"{file}: member {len(members) + 1} of what should be a {COLLECTION}"
        if members:
            text.expect(",", place)
        key = _key(place, text)
        if key in members:
            raise InputError(f"{place}: a key occurs twice.", EXPORT_AGAIN)
        if key == FEATURES and text.takes("["):
            yield from _elements(file, text)
            members[key] = True
        else:
            value = text.value(f"{place}, {mask_strictly(key[:SHOWN_CHARACTERS])!r}")
            _refuse_cut_short(file, key, value)
            members[key] = key == "type" and value == COLLECTION
        if key in ("type", FEATURES) and not members[key]:
            break
        COLUMNS.refuse(file, len(members))
    if not (members.get("type") and members.get(FEATURES)):
        raise InputError(f"{file}: one object, which is no {COLLECTION}.", WHAT_IS_READ)


def _refuse_cut_short(file: Path, key: str, value: Any) -> None:
    """InputError where the server says that it left features out."""
    inner = value if key == "properties" and isinstance(value, dict) else {key: value}
    if inner.get(CUT_SHORT) is True:
        raise InputError(
            f"{file}: the server cut its answer short: {CUT_SHORT}.",
            "Export all pages of the layer, or ask for fewer features at a time.",
        )


def _key(place: str, text: JsonText) -> str:
    if text.sign() not in ('"', ""):
        raise InputError(f"{place}: no JSON.", EXPORT_AGAIN)
    key = str(text.value(place))
    text.expect(":", place)
    return key


def _row(place: str, feature: dict[str, Any]) -> dict[str, Any]:
    """The properties of a feature, after its `id` where they have none."""
    properties = feature.get("properties", "missing")
    if properties is not None and not isinstance(properties, dict):
        raise InputError(f"{place}: a feature without `properties`.", WHAT_IS_READ)
    row = properties or {}
    return row if "id" in row or "id" not in feature else {"id": feature["id"], **row}
