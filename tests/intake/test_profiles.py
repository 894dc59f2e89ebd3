from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml

from briefings.errors import SettingsError
from briefings.intake.contracts import CONTRACTS
from briefings.intake.profiles import TableProfile, load_profile
from briefings.intake.source import Source
from briefings.project import REPOSITORY
from tests import tiny

SHIPPED = sorted((REPOSITORY / "data" / "profiles").glob("*.yaml"))


def load(folder: Path, text: str) -> dict[str, TableProfile]:
    return load_profile(tiny.write(folder / "profile.yaml", text))


def column(folder: Path, text: str, name: str = "status") -> Source:
    """The source of one column of the dossiers."""
    profile = load(folder, f"tables:\n  dossiers:\n    columns:\n      {name}: {text}\n")
    return profile["dossiers"].columns[name]


def refused(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(folder, text)
    assert "profile.yaml" in caught.value.message
    return str(caught.value)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_profiles_of_the_repository_map_every_required_column(file: Path) -> None:
    for name, table in load_profile(file).items():
        required = {column.name for column in CONTRACTS[name].columns if column.required}
        assert required <= {*table.columns, *table.constants}


def test_a_column_comes_from_a_heading(tmp_path: Path) -> None:
    assert column(tmp_path, "Trạng thái") == Source(("Trạng thái",))
    assert column(tmp_path, "{heading: Trạng thái}") == Source(("Trạng thái",))


def test_a_date_has_a_format(tmp_path: Path) -> None:
    source = column(tmp_path, '{heading: Ngày, format: "%d/%m/%Y"}', "due_at")
    assert source.dates.formats == ("%d/%m/%Y",)


def test_labels_are_coded(tmp_path: Path) -> None:
    source = column(tmp_path, '{heading: Thu phí, codes: {Có: true, Không: false, "9": 10}}')
    assert source.codes == {"Có": "true", "Không": "false", "9": "10"}


def test_several_headings_are_joined(tmp_path: Path) -> None:
    source = column(tmp_path, '{join: [Mã đơn vị, Số], with: "-"}')
    assert (source.headings, source.glue) == (("Mã đơn vị", "Số"), "-")
    assert column(tmp_path, "{join: [a, b]}").glue == ""


def test_a_heading_is_found_however_the_profile_was_typed(tmp_path: Path) -> None:
    """The reader composes and trims the headings of a file; the profile must match that."""
    decomposed = unicodedata.normalize("NFD", "Trạng  thái ")
    assert column(tmp_path, f'"{decomposed}"').headings == ("Trạng thái",)


def test_a_label_is_found_however_the_profile_was_typed(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Đã trả kết quả ")
    source = column(tmp_path, f'{{heading: x, codes: {{"{decomposed}": 10}}}}')
    assert source.codes == {"Đã trả kết quả": "10"}


def test_constants_fill_what_the_source_leaves_out(tmp_path: Path) -> None:
    text = "tables:\n  dossiers:\n    constants: {unit: D1, status: 10}\n"
    assert load(tmp_path, text)["dossiers"] == TableProfile({}, {"unit": "D1", "status": "10"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tables: {hồ_sơ: {}}", ["hồ_sơ: no such table", "dossiers", "feedback"]),
        ("tables: {dossiers: {column: {}}}", ["dossiers: unknown column", "columns, constants"]),
        (
            "tables: {dossiers: {columns: {applicant: Người nộp}}}",
            ["dossiers: unknown applicant", "dossier_code", "received_at"],
        ),
        ("tables: {dossiers: {constants: {colour: red}}}", ["dossiers: unknown colour"]),
        (
            "tables: {dossiers: {columns: {unit: {heading: Mã, fromat: x}}}}",
            ["dossiers.unit: unknown fromat", "heading", "format", "codes", "join"],
        ),
        ("tables: {dossiers: {columns: {unit: 5}}}", ["dossiers.unit: expected a mapping"]),
        ("tables: {dossiers: {columns: {unit: {codes: {a: b}}}}}", ["needs `heading: text`"]),
        (
            "tables: {dossiers: {columns: {unit: {join: [a, 5]}}}}",
            ["unit.join: expected a text, found 5"],
        ),
        ("tables: {dossiers: [a]}", ["dossiers: expected a mapping"]),
        ("dossiers: {}", ["a profile starts with `tables:`"]),
        ("- tables", ["a profile starts with `tables:`"]),
        ("", ["a profile starts with `tables:`"]),
    ],
)
def test_a_fault_names_table_and_column_and_what_is_known(
    tmp_path: Path, text: str, words: list[str]
) -> None:
    message = refused(tmp_path, text)
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    "text",
    [
        "tables: {dossiers: {columns: [unit]}}",
        "tables: {dossiers: {constants: [unit]}}",
        "tables: {dossiers: {columns: {unit: {heading: a, codes: [b]}}}}",
        "tables: {dossiers: {columns: {unit: {join: a}}}}",
        "tables: {dossiers: {columns: {unit: {join: [a, b], with: 5}}}}",
        "tables: {dossiers: {columns: {received_at: {heading: a, format: 5}}}}",
    ],
)
def test_a_part_of_the_wrong_type_is_refused(tmp_path: Path, text: str) -> None:
    assert "dossiers" in refused(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "tables: !!python/object/apply:os.system ['echo caught']",
        "tables: !include other.yaml",
        "tables: {dossiers: {columns: {unit: !!python/name:os.system }}}",
        "tables: [",
        "tables: &a {b: *c}",
    ],
)
def test_yaml_tags_and_broken_yaml_are_refused(tmp_path: Path, text: str) -> None:
    assert "Cannot read the profile" in refused(tmp_path, text)


def test_a_profile_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Cannot read the profile"):
        load_profile(tmp_path / "nowhere.yaml")
    with pytest.raises(SettingsError, match="Cannot read the profile"):
        load_profile(tiny.write(tmp_path / "profile.yaml", b"tables: \xff"))


LONG = "L" * 10_000
NESTED = {LONG: {LONG: [LONG] * 50}}
MANY = {f"{number} {LONG[:300]}": number for number in range(300)}


@pytest.mark.slow
@pytest.mark.parametrize("huge", [LONG, [LONG] * 50, NESTED, MANY, [[[[[[[[LONG]]]]]]]]])
@pytest.mark.parametrize(
    "place",
    [
        "{huge}",
        "zone: {huge}",
        "format: {huge}",
        "days_off: {huge}",
        "layout: {huge}",
        "layout: {{encoding: {huge}}}",
        "layout: {{turn: {huge}}}",
        "tables: {huge}",
        "tables: {{dossiers: {huge}}}",
        "tables: {{dossiers: {{columns: {huge}}}}}",
        "tables: {{dossiers: {{columns: {{unit: {{heading: a, codes: {huge}, ignore: x}}}}}}}}",
        "tables: {{dossiers: {{columns: {{unit: {{heading: a, only_if: {huge}, ignore: x}}}}}}}}",
        "tables: {{dossiers: {{columns: {{due_at: {{heading: a, plus: {huge}, ignore: x}}}}}}}}",
        "tables: {{dossiers: {{constants: {huge}}}}}",
        "tables: {{dossiers: {{rows: [{{leave_out: {huge}}}]}}}}",
        "tables: {{dossiers: {{rows: [{{leave_out: a, where: {huge}, ignore: x}}]}}}}",
    ],
)
def test_a_message_stays_legible_whatever_it_names(
    tmp_path: Path, place: str, huge: object
) -> None:
    written = yaml.safe_dump(huge, default_flow_style=True, width=10**9).strip().removesuffix("...")
    text = place.format(huge=written.strip())
    text = text if "tables" in text else f"{text}\ntables: {{}}\n"
    with pytest.raises(SettingsError) as caught:
        load_profile(tiny.write(tmp_path / "profile.yaml", text))
    assert len(caught.value.message) <= 1_000
    assert len(caught.value.advice) <= 1_000
    assert caught.value.message.startswith((str(tmp_path), "Cannot read the profile"))


@pytest.mark.parametrize("wrong", ['"(sheet)": [a]', 'a: ["(misfit)"]', '"(row)": [a]'])
def test_what_a_reader_writes_has_no_other_name(tmp_path: Path, wrong: str) -> None:
    text = f"layout: {{headings: {{{wrong}}}}}\ntables: {{}}\n"
    assert "is no heading of a file" in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("column", "named"),
    [
        ("due_at: {heading: a, question: which one}", "due_at: 'which one"),
        (
            "due_at: {heading: a, plus: {days: {heading: b, question: which one}}}",
            "days: 'which one",
        ),
    ],
)
def test_a_profile_that_still_asks_is_refused(tmp_path: Path, column: str, named: str) -> None:
    text = f"tables:\n  dossiers:\n    columns:\n      {column}\n"
    message = refused(tmp_path, text)
    assert "questions of the draft are not answered" in message
    assert named in message
