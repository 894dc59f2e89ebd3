"""What all reports stand on."""

from __future__ import annotations

from pathlib import Path

import pytest
from IPython.core.application import ENV_CONFIG_DIRS, SYSTEM_CONFIG_DIRS

from briefings.press import ground
from briefings.press.ground import Ground


def test_the_folders_are_those_of_ipython() -> None:
    assert list(ground.IPYTHON_FOLDERS) == [*ENV_CONFIG_DIRS, *SYSTEM_CONFIG_DIRS]


def test_what_an_administrator_lets_every_kernel_run_is_a_dependency(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "IPYTHON_FOLDERS", (str(tmp_path),))
    assert Ground().ipython == {}
    settings, startup = tmp_path / "ipython_config.py", tmp_path / "startup/00-first.py"
    startup.parent.mkdir()
    settings.touch()
    startup.touch()
    (tmp_path / "README").touch()
    before = Ground().ipython
    assert list(before) == [f"IPython's {settings}", f"IPython's {startup}"]
    startup.write_text("import os")
    after = Ground().ipython
    assert [name for name in after if after[name] != before[name]] == [f"IPython's {startup}"]
