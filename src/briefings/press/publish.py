"""Files put in their place all together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefings.files import aside_of, remove_partial


def publish(files: Mapping[str, bytes], folder: Path) -> None:
    """Write every file aside in `folder`, then rename them; readers never see half a file.

    The caller holds the folder: what lies aside in it is of a run that was killed, and goes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    remove_partial(folder)
    aside = {name: aside_of(folder / name) for name in files}
    try:
        for name, path in aside.items():
            path.write_bytes(files[name])
        for name, path in aside.items():
            path.replace(folder / name)
    finally:
        for path in aside.values():
            path.unlink(missing_ok=True)
