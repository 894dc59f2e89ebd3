"""The data a notebook may read: a private folder that holds nothing else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

# The absolute path of the folder, for the kernel.
INPUTS_VARIABLE = "NOTEBOOK_INPUTS"
FOLDER = "inputs"


def lay_inputs(inputs: Mapping[str, bytes], private: Path) -> None:
    """Write the files into a folder in `private` and name it to kernels started from now on."""
    folder = private / FOLDER
    folder.mkdir()
    for name, content in inputs.items():
        (folder / name).write_bytes(content)
    os.environ[INPUTS_VARIABLE] = str(folder)
