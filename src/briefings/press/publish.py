"""Files put in their place all together or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def publish(files: Mapping[str, bytes], folder: Path) -> None:
    """Write every file aside in `folder`, then rename them; readers never see half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = {name: folder / f".{name}.{os.getpid()}.partial" for name in files}
    try:
        for name, path in aside.items():
            path.write_bytes(files[name])
        for name, path in aside.items():
            path.replace(folder / name)
    finally:
        for path in aside.values():
            path.unlink(missing_ok=True)
