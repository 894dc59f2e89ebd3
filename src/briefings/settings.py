"""The settings of a project file as they are written: known, complete and of the right kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from briefings.errors import SettingsError
from briefings.periods import CUTS, MONTHS_IN, Regime

SETTINGS = {
    "project": {
        "key",
        "name",
        "languages",
        "window",
        "period",
        "series",
        "default_levels",
        "synthetic",
        "notes",
    },
    "reference": {
        "units",
        "lineage",
        "calendar",
        "lunar_new_year",
        "targets",
        "baselines",
        "published",
        "index",
        "replies",
        "accepted_gates",
    },
    "intake": {"profile", "corrections", "repeated"},
    "output": {"snapshots", "reports", "cache"},
    "engine": {"memory", "threads"},
}
OPTIONAL_SECTIONS = {"engine"}
T = TypeVar("T", bound=str)


def refuse_unknown(file: Path, settings: Mapping[str, Any]) -> None:
    """SettingsError names the first section with a setting that nothing reads."""
    for section, known in SETTINGS.items():
        given = settings.get(section, {}) if section in OPTIONAL_SECTIONS else settings[section]
        unknown = sorted(given.keys() - known)
        if unknown:
            raise SettingsError(
                f"{file}: [{section}] has no setting {', '.join(unknown)}.",
                f"Known are {', '.join(sorted(known))}.",
            )


def chosen(file: Path, name: str, given: Sequence[str], valid: Sequence[str]) -> tuple[str, ...]:
    """Several of the valid words, one at the least."""
    if not given or any(value not in valid for value in given):
        raise SettingsError(f"{file}: {name} = {given} is not among {', '.join(valid)}.")
    return tuple(given)


def one_of(file: Path, name: str, section: Mapping[str, Any], valid: Sequence[T]) -> T:
    """One of the valid words, the first of them where the section says nothing."""
    given: T = section.get(name, valid[0])
    chosen(file, name, [given], valid)
    return given


def texts(
    file: Path, name: str, given: Mapping[str, Any], languages: Sequence[str]
) -> dict[str, str]:
    """A text in every language of the project."""
    found = {language: given[language] for language in languages}
    if not all(isinstance(text, str) for text in found.values()):
        raise SettingsError(f"{file}: {name} needs a text in {', '.join(languages)}.")
    return found


def optional_texts(
    file: Path, name: str, section: Mapping[str, Any], languages: Sequence[str]
) -> dict[str, str]:
    """The same where the section has it, else none."""
    return texts(file, name, section[name], languages) if name in section else {}


def regime(file: Path, project: Mapping[str, Any]) -> Regime:
    """How months are cut and which of them are reported on together."""
    chosen(file, "window", [project["window"]], CUTS)
    return Regime(project["window"], one_of(file, "period", project, tuple(MONTHS_IN)))
