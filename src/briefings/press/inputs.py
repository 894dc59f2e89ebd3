"""The data a notebook may read: a private folder that holds nothing else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

# The absolute path of the folder, for the kernel.
INPUTS_VARIABLE = "NOTEBOOK_INPUTS"
# What the report is named by: the key of all that its cells depend on.
KEY_VARIABLE = "NOTEBOOK_KEY"
FOLDER = "inputs"


def lay_inputs(inputs: Mapping[str, bytes], key: str, private: Path) -> None:
    """Write the files into a folder in `private`; kernels started from now on are told its place
    and the key of the report."""
    folder = private / FOLDER
    folder.mkdir()
    for name, content in inputs.items():
        (folder / name).write_bytes(content)
    os.environ[INPUTS_VARIABLE] = str(folder)
    os.environ[KEY_VARIABLE] = key
