"""The offices that are reported on: their codes, names, levels and parents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from briefings.errors import ParameterError, SettingsError

Level = Literal["province", "department", "district", "commune"]
CodeStatus = Literal["official", "unverified", "synthetic"]
ROOT_LEVEL: Level = "province"
LEVELS: tuple[Level, ...] = ("province", "department", "district", "commune")
DEFAULT_SELECTION = "default"
EVERY_UNIT = "all"


@dataclass(frozen=True)
class Unit:
    """One office. `code_status` says whether its code is official, unverified or made up."""

    code: str
    name_vi: str
    name_en: str
    level: Level
    parent: str
    code_status: CodeStatus = "official"

    def name(self, language: str) -> str:
        """The name in `vi` or `en`."""
        return self.name_vi if language == "vi" else self.name_en


@dataclass(frozen=True)
class Organisation:
    """The units valid in one month, in the order of the reference file.

    `former` are units that ended before: their rows still count in totals over a longer time,
    so that no dossier vanishes with its office.
    """

    units: tuple[Unit, ...]
    former: tuple[Unit, ...] = ()

    def __post_init__(self) -> None:
        codes = [unit.code for unit in self.units]
        # Each code names a folder, and on some systems small letters and capitals are one.
        folders = Counter(code.casefold() for code in codes)
        doubles = sorted({code for code in codes if folders[code.casefold()] > 1})
        if doubles:
            raise SettingsError(
                f"Unit codes occur twice in one month: {', '.join(doubles)}.",
                "Small letters and capitals count as one: each code is the name of a folder.",
            )
        if len(self.at_level(ROOT_LEVEL)) != 1:
            raise SettingsError("The units need exactly one row of level province.")
        strangers = {unit.parent for unit in self.units if unit.parent} - set(codes)
        if strangers:
            raise SettingsError(f"Parents that are no unit: {', '.join(sorted(strangers))}.")

    @cached_property
    def _by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in (*self.former, *self.units)}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all units, the former ones last."""
        return tuple(unit.code for unit in (*self.units, *self.former))

    @property
    def root(self) -> Unit:
        """The unit whose figures are those of every unit together."""
        return self.at_level(ROOT_LEVEL)[0]

    def at_level(self, level: str) -> tuple[Unit, ...]:
        """The units of one level."""
        return tuple(unit for unit in self.units if unit.level == level)

    def codes_at_level(self, level: Level) -> tuple[str, ...]:
        """The codes of one level, those of former units included."""
        return tuple(u.code for u in (*self.units, *self.former) if u.level == level)

    def unit(self, code: str) -> Unit:
        """The unit with this code, valid or former; ParameterError names the valid ones."""
        if code not in self._by_code:
            raise self._unknown(code)
        return self._by_code[code]

    def select(self, selection: str, default_levels: Iterable[str]) -> tuple[Unit, ...]:
        """The units of a code, several codes with commas, a level, `default` or `all`."""
        if selection == EVERY_UNIT:
            return self.units
        if selection == DEFAULT_SELECTION:
            return tuple(unit for unit in self.units if unit.level in default_levels)
        if selection in LEVELS:
            return self._every_unit_at(selection)
        chosen = tuple(self.unit(code) for code in dict.fromkeys(selection.split(",")))
        for unit in chosen:
            if unit in self.former:
                raise self._unknown(unit.code)
        return chosen

    def _every_unit_at(self, level: str) -> tuple[Unit, ...]:
        found = self.at_level(level)
        if not found:
            raise ParameterError(f"UNIT={level!r}: no unit has this level.", self._valid_codes())
        return found

    def _unknown(self, code: str) -> ParameterError:
        message = f"UNIT={code!r} is not a unit of this project and month."
        return ParameterError(message, self._valid_codes())

    def _valid_codes(self) -> str:
        listed = [
            f"{level}: {', '.join(unit.code for unit in self.at_level(level)[:40])}"
            + (", …" if len(self.at_level(level)) > 40 else "")
            for level in LEVELS
            if self.at_level(level)
        ]
        return "Valid codes are\n  " + "\n  ".join(listed) + f"\nor a level, or {EVERY_UNIT}."
