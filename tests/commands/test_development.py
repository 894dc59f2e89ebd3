"""The tools of developers, started by our own commands."""

from __future__ import annotations

import pytest

from briefings.commands import development
from briefings.errors import SettingsError


def test_a_tool_that_is_not_installed_is_named_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(development, "TESTS", ("no_such_tool", "-q"))
    with pytest.raises(SettingsError, match="no_such_tool is not installed") as caught:
        development.run_suite(fast=True)
    assert "make tools" in caught.value.advice
