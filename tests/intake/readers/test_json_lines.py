from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers import read_chunks
from briefings.intake.readers.json_cells import object_cells
from tests import tiny
from tests.intake.readers.raw_files import cells
from tests.whole import read_raw


def read(folder: Path, content: str, name: str = "raw.jsonl") -> pd.DataFrame:
    return read_raw(tiny.write(folder / name, content), Layout(empty=("-",)))


def test_one_object_per_line_is_one_row(tmp_path: Path) -> None:
    table = read(tmp_path, '{"Ma\u0303": " A1 ", "Số": 12}\n\n{"Ma\u0303": "-", "Số": 1.5}\n')
    assert list(table.columns) == ["Mã", "Số"]
    assert cells(table) == [["A1", 12], [None, 1.5]]
    assert list(table.index) == [1, 3]


def test_keys_may_differ_from_line_to_line(tmp_path: Path) -> None:
    table = read(tmp_path, '{"a": 1}\n{"b": true}\n{"b": null, "a": ""}\n')
    assert list(table.columns) == ["a", "b"]
    assert cells(table) == [[1, None], [None, True], [None, None]]
    chunks = list(read_chunks(tmp_path / "raw.jsonl", rows=1))
    assert [list(chunk.columns) for chunk in chunks] == [["a", "b"]] * 3


def test_objects_are_taken_apart_and_lists_stay_json(tmp_path: Path) -> None:
    lines = '{"a": {"tên": [1, null], "c": {"d": 2}}, "b": [], "e": {}}\n{"a": {"c": null}}\n'
    table = read(tmp_path, lines, "raw.ndjson")
    assert list(table.columns) == ["a / tên", "a / c / d", "b", "e", "a / c"]
    assert cells(table) == [["[1, null]", 2, "[]", "{}", None], [None] * 5]


def test_two_ways_to_one_key_are_one_key_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 1: a key occurs twice"):
        read(tmp_path, '{"a": {"b": 1}, "a / b": 2}\n')


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a,b", "no JSON"),
        ('{"a": 1', "no JSON"),
        ('{"a": 1} {"a": 2}', "no JSON"),
        ("[1]", "no object"),
        ("7", "no object"),
        ('{"a": 1, "a": 2}', "a key occurs twice"),
        ('{"a": {"b": 1, "b": 2}}', "a key occurs twice"),
        ('{"a": NaN}', "NaN is no JSON"),
        ('{"a": 1e999}', "a number beyond all bounds"),
        ('{"a": ' + "9" * 5_000 + "}", "a number beyond all bounds"),
        ('{"a": "\\ud800"}', "half of a surrogate pair"),
        ('{"\\udfff": 1}', "half of a surrogate pair"),
        ('{"a": ' + "[" * 100_000, "nested too deep"),
    ],
)
def test_a_line_without_one_meaning_is_refused(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(InputError, match=rf"raw\.jsonl: line 2: {reason}"):
        read(tmp_path, '{"a": 0}\n' + line + "\n")


@pytest.mark.parametrize("depth", [100, 500, 900, 950, 970, 980, 990, 1_000, 5_000])
def test_nesting_of_any_depth_is_text_or_refused(tmp_path: Path, depth: int) -> None:
    nested = "[" * depth + "]" * depth
    try:
        table = read(tmp_path, f'{{"a": {nested}}}\n')
    except InputError:
        return
    assert cells(table) == [[nested]]


def test_two_keys_that_are_one_heading_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="headings occur twice: Mã"):
        read(tmp_path, '{"Mã": 1, "Ma\u0303 ": 2}\n')


@pytest.mark.parametrize("content", ["\n", "{}\n"])
def test_a_file_without_a_key_is_empty(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match="the file is empty"):
        read(tmp_path, content)


@pytest.mark.slow
def test_an_object_of_too_many_keys_is_refused_before_all_are_taken_apart(tmp_path: Path) -> None:
    many = {str(number): {"a": {"b": number}} for number in range(50_000)}
    assert len(object_cells(many)) == 2_001
    with pytest.raises(InputError, match=r"raw\.jsonl: more than 2,000 columns"):
        read(tmp_path, json.dumps(many) + "\n")
