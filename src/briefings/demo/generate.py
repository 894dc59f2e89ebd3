"""Makes the demonstration exports of a project folder."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from briefings.demo.export import export
from briefings.demo.reference import read_reference
from briefings.demo.simulation import simulate
from briefings.errors import InputError

# Its presence says that data/raw holds synthetic exports, which may be replaced.
MARKER = "DU_LIEU_GIA_LAP.txt"
MARKER_TEXT = """Dữ liệu giả lập, không phải hồ sơ thật. Được tạo tự động.
Synthetic data, no real dossiers. Made automatically; do not add real exports to this folder.
"""


def generate(root: Path, divisor: int = 1) -> tuple[Path, ...]:
    """Write the synthetic exports below root/data/raw and return their paths.

    Reads root/data/reference. The folder appears complete or not at all. `divisor` above 1 makes
    a smaller picture for tests; only the full one reproduces the published totals. InputError
    when data/raw holds files that this function did not make.
    """
    raw = root / "data" / "raw"
    _refuse_real_exports(raw)
    simulation = simulate(read_reference(root / "data" / "reference"), divisor)
    with tempfile.TemporaryDirectory(dir=raw.parent, prefix=".raw-") as aside:
        folder = Path(aside) / "raw"
        folder.mkdir()
        files = export(simulation, folder)
        (folder / MARKER).write_text(MARKER_TEXT, encoding="utf-8", newline="\n")
        _replace(raw, folder)
    return tuple(raw / path.relative_to(folder) for path in files)


def _refuse_real_exports(raw: Path) -> None:
    if raw.is_dir() and any(raw.iterdir()) and not (raw / MARKER).is_file():
        raise InputError(
            f"{raw} holds files that are not demonstration data.",
            f"Move them elsewhere, or use another project folder. ({MARKER} marks demo data.)",
        )


def _replace(old: Path, new: Path) -> None:
    if old.exists():
        shutil.rmtree(old)
    new.rename(old)
