"""The command line inside this process: quick, as everything is loaded already."""

from __future__ import annotations

import sys

import pytest

from briefings import cli


class Screen:
    """Runs `briefings` in this process, as the entry point does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def run(self, *arguments: object) -> tuple[int, str]:
        """The exit code and everything printed."""
        self._monkeypatch.setattr(sys, "argv", ["briefings", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = self._capsys.readouterr()
        assert "Traceback" not in printed.err
        code = ended.value.code
        return (code if isinstance(code, int) else 0), printed.out + printed.err
