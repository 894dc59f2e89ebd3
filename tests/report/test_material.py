"""A notebook run by the press reads the facts laid beside it, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.errors import InputError, ParameterError
from briefings.facts.files import to_files
from briefings.project import ENVIRONMENT_VARIABLE, Project
from briefings.report.material import INPUTS_VARIABLE, open_material
from tests.report.conftest import MakeMaterial

pytestmark = pytest.mark.slow


@pytest.fixture
def laid(material: MakeMaterial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The facts of D1 in February, as the press lays them; no project can be reached."""
    for name, content in to_files(material("D1").facts).items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.setenv(INPUTS_VARIABLE, str(tmp_path))
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "/nowhere/project.toml")
    return tmp_path


def test_the_facts_laid_beside_the_notebook_are_those_counted(laid, material: MakeMaterial):
    assert open_material("2025-02", "D1", "en") == material("D1")


@pytest.mark.parametrize(("month", "unit"), [("2025-02", "D2"), ("2025-01", "D1")])
def test_facts_of_another_report_are_refused(laid, month, unit):
    with pytest.raises(InputError, match=r"those of D1 in 2025-02, not of"):
        open_material(month, unit, "en")


def test_damaged_facts_are_refused_and_never_counted_anew(laid: Path):
    (laid / "scores.json").write_bytes(b"[")
    with pytest.raises(InputError, match="can not be read"):
        open_material("2025-02", "D1", "en")


def test_a_language_the_project_does_not_publish_in_is_refused(laid):
    with pytest.raises(ParameterError, match="LANGUAGE='fr'"):
        open_material("2025-02", "D1", "fr")


def test_by_hand_the_facts_are_counted_now(
    project: Project, material: MakeMaterial, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv(INPUTS_VARIABLE, raising=False)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(project.file))
    # The fixture's project has targets and published figures that its file does not name.
    found, expected = open_material("2025-02", "D1", "en").facts, material("D1").facts
    assert (found.form, found.overdue) == (expected.form, expected.overdue)
