"""The documents name every command, exit code and measure, and every link leads somewhere."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import asdict
from pathlib import Path

import pytest

from briefings import errors
from briefings.cli import app
from briefings.errors import BriefingsError
from briefings.facts.gate import GATES
from briefings.gate_limits import GateLimits
from briefings.statistics.kpis import load_kpis

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
METHODOLOGY = (ROOT / "docs" / "methodology.md").read_text(encoding="utf-8")
USAGE = (ROOT / "README.md").read_text(encoding="utf-8") + OPERATIONS
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
EXTERNAL = ("https://", "http://", "mailto:")

every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def phony_targets() -> list[str]:
    return re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.M)[0].split()


def commands() -> list[str]:
    return [info.name or info.callback.__name__ for info in app.registered_commands]


def exit_codes() -> set[int]:
    kinds = (kind for kind in vars(errors).values() if isinstance(kind, type))
    return {kind.exit_code for kind in kinds if issubclass(kind, BriefingsError)}


def links(document: Path, *, pictures: bool) -> list[str]:
    prose = FENCE.sub("", document.read_text(encoding="utf-8"))
    found = [target for mark, target in LINK.findall(prose) if bool(mark) == pictures]
    return [target for target in found if not target.startswith(EXTERNAL)]


def anchors(document: Path) -> set[str]:
    """The names that a heading is linked by: small letters, hyphens, no punctuation."""
    prose = FENCE.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.*)$", prose, re.M)
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}


@pytest.mark.parametrize("command", commands())
def test_every_command_is_described(command):
    assert re.search(rf"`briefings {command}[ `]", USAGE)


@pytest.mark.parametrize("target", phony_targets())
def test_every_make_target_is_described(target):
    assert re.search(rf"\bmake {target}(?![\w-])", USAGE)


def test_make_help_lists_every_target_with_its_line():
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for target in phony_targets():
        assert re.search(rf"^  make {target} +\S", listed, re.M), target


@pytest.mark.parametrize("code", sorted({0, *exit_codes()}))
def test_every_exit_code_is_explained(code):
    assert re.search(rf"^\| {code} \| \S", OPERATIONS, re.M)


def test_no_exit_code_is_explained_that_does_not_exist():
    explained = {int(code) for code in re.findall(r"^\| (\d+) \|", OPERATIONS, re.M)}
    assert explained == {0, *exit_codes()}


@pytest.mark.parametrize("kpi", load_kpis())
def test_every_measure_has_its_paragraph(kpi):
    assert re.search(rf"^\*\*`{kpi}`\*\* — \S", METHODOLOGY, re.M)


def test_no_paragraph_describes_a_measure_that_does_not_exist():
    described = re.findall(r"^\*\*`(\w+)`\*\*", METHODOLOGY, re.M)
    assert described == sorted(set(described), key=described.index)
    assert set(described) == set(load_kpis())


@pytest.mark.parametrize("kpi", load_kpis().values(), ids=lambda kpi: kpi.id)
def test_every_component_of_a_measure_is_explained(kpi):
    for component in (*kpi.numerator, *kpi.denominator, *kpi.known, *kpi.known_of):
        assert f"`{component}`" in METHODOLOGY


@every_document
def test_every_link_leads_to_a_file_and_a_heading(document):
    for link in links(document, pictures=False):
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@every_document
def test_every_picture_is_there(document):
    for link in links(document, pictures=True):
        assert (document.parent / link).is_file(), link


@every_document
def test_the_text_is_composed_and_names_no_place_of_one_machine(document):
    text = document.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"/(home|root|work|Users|tmp)/", text)


def test_every_gate_and_every_limit_is_described():
    section = OPERATIONS.split("## Gates")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.M) == list(GATES)
    limits = {name: float(value) for name, value in re.findall(r"`(\w+) = ([\d.]+)`", section)}
    assert limits == asdict(GateLimits())
