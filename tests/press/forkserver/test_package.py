"""The package stands alone: it could be published by itself."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

from briefings.press import forkserver
from briefings.press.forkserver.provisioner import ForkserverProvisioner
from briefings.press.forkserver.specification import PROVISIONER

FOLDER = Path(forkserver.__file__).parent
PROJECT = Path(__file__).parents[3] / "pyproject.toml"


def loaded_by(module: str) -> set[str]:
    code = f"import sys, {module}; print(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", code], text=True).split())


def test_nothing_else_of_briefings_is_imported():
    for file in FOLDER.glob("*.py"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if "import" in line.split() and "briefings" in line:
                assert line.startswith("from briefings.press.forkserver."), f"{file.name}: {line}"


def test_what_the_press_imports_of_it_is_cheap():
    for module in ("sharing", "known", "specification"):
        loaded = loaded_by(f"briefings.press.forkserver.{module}")
        assert not loaded & {"asyncio", "ipykernel", "jupyter_client", "zmq", "traitlets", "numpy"}


def test_the_name_in_the_kernel_specification_is_registered():
    groups = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    target = groups["jupyter_client.kernel_provisioners"][PROVISIONER]
    assert pkgutil.resolve_name(target) is ForkserverProvisioner
