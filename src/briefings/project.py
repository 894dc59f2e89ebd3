"""The project file: organisation, tables, profile, window and languages of one office, as data."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from briefings.credentials import refuse_credentials
from briefings.engine import Engine, engine_of
from briefings.errors import SettingsError
from briefings.files import Place
from briefings.gate_limits import GateLimits, gate_limits
from briefings.organisation import LEVELS
from briefings.periods import Regime
from briefings.settings import (
    SETTINGS,
    chosen,
    one_of,
    optional_texts,
    refuse_unknown,
    regime,
    texts,
)
from briefings.sources import DatabaseTable, database_table
from briefings.store import is_address, place_at

REPOSITORY = Path(__file__).parents[2]
FILE_NAME = "briefings.toml"
ENVIRONMENT_VARIABLE = "BRIEFINGS_PROJECT"
LANGUAGES = ("vi", "en")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
MONTH_PLACEHOLDER = "{month}"
ADDRESSES = ("postgresql:", "postgres:")
Series: TypeAlias = Literal["as_now", "as_then"]
SERIES: tuple[Series, ...] = get_args(Series)
Repeated: TypeAlias = Literal["refuse", "latest"]
REPEATED: tuple[Repeated, ...] = get_args(Repeated)


@dataclass(frozen=True)
class Project:
    """Every setting and every path of one office; relative paths start at the project file.

    `tables` maps a contract table to its raw file; a path with `{month}` is delivered monthly.
    `database` and `addresses` map those that are read from the database, or from an object store,
    instead. `snapshots` may lie in one as well.
    `synthetic` holds the label printed on every page, empty for real data. `series` says whether
    earlier figures of a unit are read `as_now`, on the units of the month reported on, or
    `as_then`, on those of their own time. `corrections` is the folder of corrected cells, and
    `repeated` says what becomes of a key that stands in two deliveries.
    """

    file: Path
    key: str
    name: dict[str, str]
    languages: tuple[str, ...]
    regime: Regime
    series: Series
    default_levels: tuple[str, ...]
    synthetic: dict[str, str]
    notes: dict[str, str]
    profile: Path
    corrections: Path | None
    repeated: Repeated
    gates: GateLimits
    units: Path
    lineage: Path | None
    calendar: Path | None
    targets: Path | None
    published: Path | None
    index: Path | None
    lunar_new_year: Path | None
    baselines: Path | None
    replies: Path | None
    accepted_gates: Path | None
    tables: dict[str, Path]
    database: dict[str, DatabaseTable]
    addresses: dict[str, str]
    snapshots: Place
    reports: Path
    cache: Path
    engine: Engine

    @property
    def references(self) -> tuple[Path | None, ...]:
        """The reference files, those that the project lacks as None, in a fixed order."""
        return tuple(getattr(self, name) for name in sorted(SETTINGS["reference"]))

    @property
    def has_monthly_files(self) -> bool:
        """Whether the dossiers come in one file per month, so that the files name the months."""
        file = self.tables.get("dossiers") or self.addresses.get("dossiers", "")
        return MONTH_PLACEHOLDER in str(file)

    @property
    def workplace(self) -> Path:
        """The folder here that an intake locks, and where raw rows lie while it runs."""
        return self.snapshots if isinstance(self.snapshots, Path) else self.cache / "intake"

    @property
    def facts(self) -> Path:
        """Where the facts of units are kept."""
        return self.cache / "facts"

    @property
    def executed(self) -> Path:
        """Where the results of executed notebooks are kept."""
        return self.cache / "executed"

    @property
    def overflow(self) -> Path:
        """Where an engine puts what does not fit into its memory; it removes it itself."""
        return self.cache / "engine"

    @property
    def is_synthetic(self) -> bool:
        """Whether every page must say that its data are synthetic."""
        return bool(self.synthetic)


def current_project() -> Project:
    """The project of $BRIEFINGS_PROJECT, else the nearest briefings.toml upwards, else ours."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        return load_project(Path(named))
    here = Path.cwd()
    found = (folder / FILE_NAME for folder in (here, *here.parents, REPOSITORY))
    return load_project(next(path for path in found if path.exists()))


def load_project(file: Path) -> Project:
    """Read and check a project file; SettingsError says which setting is wrong."""
    try:
        file = file.resolve()
        text = file.read_text(encoding="utf-8")
        refuse_credentials(file, text)
        settings = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(f"{file} is not valid TOML: {error}.") from error
    except (OSError, RuntimeError, ValueError) as error:  # also a loop of links, a NUL in a name
        reason = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(
            f"Cannot read the project file {file}: {reason}.",
            "Give an existing file with PROJECT=path/to/project.toml.",
        ) from error
    try:
        return _project(file, settings)
    except KeyError as error:
        raise SettingsError(f"{file}: the setting {error} is missing.") from error
    except (TypeError, AttributeError) as error:
        raise SettingsError(f"{file}: a setting has the wrong type: {error}.") from error


def _project(file: Path, settings: dict[str, Any]) -> Project:
    refuse_unknown(file, settings)
    project, reference, output = settings["project"], settings["reference"], settings["output"]
    intake = settings["intake"]
    languages = chosen(file, "languages", project["languages"], LANGUAGES)
    if not KEY.fullmatch(project["key"]):
        raise SettingsError(
            f"{file}: key = {project['key']!r} can not name a folder.",
            "Letters, digits, hyphens and underscores, beginning with a letter or digit.",
        )
    if "dossiers" not in settings["tables"]:
        raise SettingsError(f"{file}: [tables] needs at least `dossiers`.")

    def path(text: str) -> Path:
        if "\0" in text:
            raise SettingsError(f"{file}: {text!r} is no path.")
        return Path(os.path.normpath(file.parent / text))

    def optional(name: str) -> Path | None:
        return path(reference[name]) if name in reference else None

    return Project(
        file=file,
        key=project["key"],
        name=texts(file, "name", project["name"], languages),
        languages=languages,
        regime=regime(file, project),
        series=one_of(file, "series", project, SERIES),
        default_levels=chosen(file, "default_levels", project["default_levels"], LEVELS),
        synthetic=optional_texts(file, "synthetic", project, languages),
        notes=optional_texts(file, "notes", project, languages),
        profile=path(intake["profile"]),
        corrections=path(intake["corrections"]) if "corrections" in intake else None,
        repeated=one_of(file, "repeated", intake, REPEATED),
        gates=gate_limits(file, settings.get("gates", {})),
        units=path(reference["units"]),
        lineage=optional("lineage"),
        calendar=optional("calendar"),
        targets=optional("targets"),
        published=optional("published"),
        index=optional("index"),
        lunar_new_year=optional("lunar_new_year"),
        baselines=optional("baselines"),
        replies=optional("replies"),
        accepted_gates=optional("accepted_gates"),
        tables={
            name: path(_file_name(file, name, setting))
            for name, setting in settings["tables"].items()
            if not (isinstance(setting, dict) or is_address(setting))
        },
        database={
            name: database_table(f"{file}: [tables] {name}", setting)
            for name, setting in settings["tables"].items()
            if isinstance(setting, dict)
        },
        addresses={
            name: _file_name(file, name, setting)
            for name, setting in settings["tables"].items()
            if isinstance(setting, str) and is_address(setting)
        },
        snapshots=(
            place_at(f"{file}: [output] snapshots", output["snapshots"])
            if is_address(output["snapshots"])
            else path(output["snapshots"])
        ),
        reports=path(output["reports"]),
        cache=path(output.get("cache", f"data/cache/{project['key']}")),
        engine=engine_of(settings.get("engine", {}), os.environ, str(file)),
    )


def _file_name(file: Path, table: str, setting: str) -> str:
    if setting.startswith(ADDRESSES):
        raise SettingsError(
            f"{file}: [tables] {table} is the address of a database.",
            'Name the table only: { postgresql = "table", schema = "schema", monthly = true }. '
            "Server, database and user come from the environment.",
        )
    return setting
