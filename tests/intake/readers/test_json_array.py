"""Arrays of JSON objects, and features of GeoJSON."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers import json_text, read_chunks
from tests import tiny
from tests.intake.readers.raw_files import cells
from tests.whole import read_raw

FEATURES = """\
{"features": [
  {"type": "Feature", "id": "t.1", "geometry": {"type": "Point", "coordinates": [105.8, 21.0]},
   "properties": {"Đơn vị": "Sở Một", "nơi": {"xã": "A"}}},
  {"type": "Feature", "id": "t.2", "geometry": null, "properties": null}
 ], "bbox": [1, 2], "crs": {"type": "name"}, "type": "FeatureCollection"}
"""


def read(folder: Path, content: str | bytes, name: str = "raw.json") -> pd.DataFrame:
    return read_raw(tiny.write(folder / name, content), Layout(empty=("-",)))


def test_every_object_of_an_array_is_a_row_with_its_number(tmp_path: Path) -> None:
    table = read(tmp_path, '[\n {"Ma\u0303": " A1 ", "Số": 12},\n {"Số": 1.5, "n": {"x": [1]}}]\n')
    assert list(table.columns) == ["Mã", "Số", "n / x"]
    assert cells(table) == [["A1", 12, None], [None, 1.5, "[1]"]]
    assert list(table.index) == [1, 2]


def test_features_give_their_properties_and_no_geometry(tmp_path: Path) -> None:
    table = read(tmp_path, FEATURES, "raw.geojson")
    assert list(table.columns) == ["id", "Đơn vị", "nơi / xã"]
    assert cells(table) == [["t.1", "Sở Một", "A"], ["t.2", None, None]]


@pytest.mark.parametrize(
    "member", ['"exceededTransferLimit": true', '"properties": {"exceededTransferLimit": true}']
)
def test_an_answer_that_was_cut_short_is_no_table(tmp_path: Path, member: str) -> None:
    for text in (
        FEATURES.replace('"bbox"', f'{member}, "bbox"'),
        FEATURES.replace("{", f"{{{member}, ", 1),
    ):
        with pytest.raises(InputError, match="the server cut its answer short"):
            read(tmp_path, text)
    assert (
        len(read(tmp_path, FEATURES.replace('"bbox"', '"exceededTransferLimit": false, "bbox"')))
        == 2
    )


def test_an_id_among_the_properties_is_the_one_that_counts(tmp_path: Path) -> None:
    feature = '{"id": 7, "properties": {"a": 1, "id": "own"}}'
    table = read(tmp_path, f'{{"type": "FeatureCollection", "features": [{feature}]}}')
    assert cells(table) == [[1, "own"]]


@pytest.mark.parametrize("block", [1, 2, 7])
def test_blocks_that_end_anywhere_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    array = '[{"a": -1.5e-3, "é": "\\ud83d\\ude00 \\" ]}"}, {"b": [true, {"c": null}], "a": 12}]'
    whole = [read(tmp_path, content) for content in (array, FEATURES)]
    monkeypatch.setattr(json_text, "BLOCK_CHARACTERS", block)
    for expected, content in zip(whole, (array, FEATURES), strict=True):
        pd.testing.assert_frame_equal(read(tmp_path, content), expected)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_of_the_encoding_is_no_sign_of_the_text(tmp_path: Path, encoding: str) -> None:
    assert cells(read(tmp_path, '[{"Số": 1}]'.encode(encoding))) == [[1]]


def test_utf16_without_a_mark_has_to_be_declared(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "raw.json", '\ufeff[{"a": 1}]'.encode("utf-16-le")[2:])
    with pytest.raises(InputError, match="holds a zero byte"):
        read_raw(file)
    assert cells(read_raw(file, Layout(encoding="utf-16-le"))) == [[1]]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ('{"a": 1', "the file ends before it is complete"),
        ('{"a": "x', "the file ends before it is complete"),
        ("", "the file ends before it is complete"),
        ('{"a": 1}', "the file ends before it is complete"),
        ('{"a": 1} {"a": 2}]', "no JSON"),
        ('{"a": x}]', "no JSON"),
        ('{"a": 1,}]', "no JSON"),
        ("]", "what stands there is no object"),
        ("[1]]", "what stands there is no object"),
        ('{"a": 1, "a": 2}]', "a key occurs twice"),
        ('{"a": {"b": 1}, "a / b": 2}]', "a key occurs twice"),
        ('{"a": NaN}]', "NaN is no JSON"),
        ('{"a": 1e999}]', "a number beyond all bounds"),
        ('{"a": "\\ud800"}]', "half of a surrogate pair"),
        ('{"a": ' + "[" * 100_000, "nested too deep"),
        ('{"a": "' + "x" * 200_000 + '"}]', "more than 131,072 characters in one cell"),
        ('{"a": "' + "x" * 5_000_000, "more than 4,000,000 characters in one line or JSON object"),
        ('{"a": [' + "1," * 2_500_000 + "1]}]", "more than 4,000,000 characters"),
    ],
)
def test_what_is_wrong_is_said_with_the_number_of_the_object(
    tmp_path: Path, second: str, reason: str
) -> None:
    with pytest.raises(InputError, match=rf"raw\.json: object 2: {reason}"):
        read(tmp_path, f'[{{"a": 0}}, {second}')


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a,b\n1,2\n", "neither an array nor an object"),
        ('"text"', "neither an array nor an object"),
        ('{"a": 1}', "one object, which is no FeatureCollection"),
        ('{"a": 1}\n{"a": 2}\n', "one object, which is no FeatureCollection"),
        ("{}", "one object, which is no FeatureCollection"),
        ('{"type": "Feature", "properties": {}}', "one object, which is no FeatureCollection"),
        ('{"type": "FeatureCollection", "features": {}}', "which is no FeatureCollection"),
        ('{"features": [{"properties": {"a": 1}}]}', "which is no FeatureCollection"),
        ('{"features": [{"attributes": {"a": 1}}]}', "object 1: a feature without `properties`"),
        ('{"features": [], "features": []}', "member 2 .* a key occurs twice"),
        ('{"a": 1 "b": 2}', "member 2 .* no JSON"),
        ('{"a": 1, }', "member 2 .* no JSON"),
        ('{"data": [', "member 1 .*'data': the file ends before it is complete"),
        ('{"Nguyễn Văn An": tru}', r"member 1 .*'\[…\]': no JSON"),
        ('{"features": [{"properties": {"a": 1}}], "type"', "member 2 .* the file ends before"),
        ('[{"a": 1}]\n[]', "something stands after the end"),
        ('[{"a": 1}],', "something stands after the end"),
        ("[]", "the file is empty"),
        ("[{}, {}]", "the file is empty"),
        (" \n", "neither an array nor an object"),
    ],
)
def test_what_is_no_table_of_objects_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        read(tmp_path, content)
    assert caught.value.advice


def test_bytes_of_no_encoding_are_told_and_not_taken_for_bad_json(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "raw.json", b'[{"a": "\xc3("}]')
    with pytest.raises(InputError, match="the text is not utf-8 as the layout says"):
        read_raw(file, Layout(encoding="utf-8"))


@pytest.mark.slow
def test_no_more_than_some_objects_are_held(tmp_path: Path) -> None:
    """Twelve megabytes of objects; what Python allocates meanwhile stays far below."""
    one = json.dumps({"a": "x" * 3_000})
    file = tiny.write(tmp_path / "raw.json", "[" + ",".join([one] * 4_000) + "]")
    assert file.stat().st_size > 12_000_000
    tracemalloc.start()
    try:
        rows = sum(len(chunk) for chunk in read_chunks(file, rows=100))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert rows == 4_000
    assert peak < 6_000_000


def test_a_key_without_a_sign_is_named_by_its_position(tmp_path: Path) -> None:
    assert list(read(tmp_path, '[{"a": 1, " ": 2}]').columns) == ["a", "(column 2)"]
