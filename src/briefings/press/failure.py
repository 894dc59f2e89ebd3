"""Why a report could not be made, kept beside the good files of before."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from briefings.files import write_file

FAILURE_SUFFIX = ".failure.json"
EVIDENCE_SUFFIX = ".failed.ipynb"


@dataclass(frozen=True)
class Failure:
    """What was wrong, what to do, and when (UTC)."""

    message: str
    advice: str
    failed_at: str


def failure_file(folder: Path, stem: str) -> Path:
    """Where the failure of a report is kept."""
    return folder / f"{stem}{FAILURE_SUFFIX}"


def evidence_file(folder: Path, stem: str) -> Path:
    """Where the notebook is kept as far as it ran."""
    return folder / f"{stem}{EVIDENCE_SUFFIX}"


def write_failure(failure: Failure, evidence: bytes, folder: Path, stem: str) -> None:
    """Keep a failure and its evidence, in place of those of an earlier run."""
    evidence_file(folder, stem).unlink(missing_ok=True)
    content = json.dumps(asdict(failure), ensure_ascii=False, indent=1)
    # First what is small: on a full disk there may be room for nothing else.
    write_file(failure_file(folder, stem), f"{content}\n".encode())
    if evidence:
        write_file(evidence_file(folder, stem), evidence)


def read_failure(folder: Path, stem: str) -> Failure | None:
    """The failure of the last run, None if it succeeded; a damaged file is a failure too."""
    try:
        text = failure_file(folder, stem).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return UNREADABLE
    try:
        return Failure(**json.loads(text))
    except (ValueError, TypeError):
        return UNREADABLE


def forget_failure(folder: Path, stem: str) -> None:
    """The report was made: what was kept of a failure goes."""
    failure_file(folder, stem).unlink(missing_ok=True)
    evidence_file(folder, stem).unlink(missing_ok=True)


UNREADABLE = Failure("the file that tells why is damaged", "", "")
