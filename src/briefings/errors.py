"""The one error tree: every fault a person can mend, its exit code and its wording."""

from __future__ import annotations

from typing import Any


class BriefingsError(Exception):
    """Root of every fault a person at the keyboard can act on.

    `message` says what is wrong and where, `advice` says what to do about it. The command
    line prints both without a traceback and exits with `exit_code`.
    """

    exit_code = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}\n{self.advice}" if self.advice else self.message

    def __reduce__(self) -> tuple[type[BriefingsError], tuple[Any, ...]]:
        return type(self), (self.message, self.advice)


class ParameterError(BriefingsError):
    """A parameter is malformed, unknown or names something that does not exist."""

    exit_code = 2


class InputError(BriefingsError):
    """An input file is missing, unreadable or breaks its contract as a whole."""

    exit_code = 3


class SettingsError(BriefingsError):
    """Reference data (units, KPIs, targets, calendar) or the project file is inconsistent."""

    exit_code = 4


class ReportError(BriefingsError):
    """One or more reports failed; the others were finished."""

    exit_code = 5


class GateError(BriefingsError):
    """The data of a month did not pass a gate: nothing official was published."""

    exit_code = 6


class InterruptedRunError(BriefingsError):
    """The person at the keyboard stopped the run; what was finished stays."""

    exit_code = 130
