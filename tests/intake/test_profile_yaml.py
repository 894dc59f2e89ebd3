from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import SettingsError
from briefings.intake.profile_yaml import LARGEST, MOST_VALUES, load_yaml
from tests import tiny


def read(folder: Path, text: str | bytes) -> object:
    return load_yaml(tiny.write(folder / "profile.yaml", text))


def refused(folder: Path, text: str | bytes) -> str:
    with pytest.raises(SettingsError) as caught:
        read(folder, text)
    assert "profile.yaml" in caught.value.message
    return caught.value.message


@pytest.mark.parametrize(
    "text", ["Yes", "NO", "on", "NULL", "N/A", "007", "1.50", "2025-01-31", "12:30", "<<", "1_000"]
)
def test_a_word_stays_as_it_is_written(tmp_path: Path, text: str) -> None:
    """YAML 1.1 would read true, false, nothing, 7 and a date."""
    assert read(tmp_path, f"{text}: {text}\n") == {text: text}


def test_plain_numbers_flags_and_nothing_are_values(tmp_path: Path) -> None:
    assert read(tmp_path, "[10, -2, true, false, null, ~, ]") == [10, -2, True, False, None, None]


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "# nothing\n") is None


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    """The second would win in silence."""
    message = refused(tmp_path, "a: {x: 1}\nb: 2\na: 3\n")
    assert "'a' stands twice" in message
    assert "line 3" in message


@pytest.mark.parametrize("text", ["{[a]: b}", "? {a: b}\n: c"])
def test_a_key_is_a_text(tmp_path: Path, text: str) -> None:
    assert "a key must be a text" in refused(tmp_path, text)


def test_aliases_are_followed(tmp_path: Path) -> None:
    assert read(tmp_path, "a: &x {k: v}\nb: *x\n") == {"a": {"k": "v"}, "b": {"k": "v"}}


def test_a_billion_laughs_are_counted_and_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert f"more than {MOST_VALUES:,} values" in refused(tmp_path, "\n".join(lines))


def test_an_alias_to_what_it_stands_in_is_refused(tmp_path: Path) -> None:
    assert "values" in refused(tmp_path, "a: &a [*a]")


@pytest.mark.parametrize("depth", [21, 5_000])
def test_deep_nesting_is_refused(tmp_path: Path, depth: int) -> None:
    assert "levels" in refused(tmp_path, "[" * depth + "]" * depth)


def test_a_file_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    assert "bytes" in refused(tmp_path, "# " + "x" * LARGEST)


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system ['echo caught']",
        "a: !!python/name:os.system ",
        "!include other.yaml",
        "a: [",
        "a: *nowhere",
        "--- a\n--- b\n",
        "a: \x01",
        b"a: \xff",
    ],
)
def test_tags_and_broken_yaml_are_refused(tmp_path: Path, text: str | bytes) -> None:
    assert "Cannot read the profile" in refused(tmp_path, text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    with suppress(SettingsError):
        read(folder, text.encode("utf-8", "surrogatepass"))
