"""What looks like a password, and what does not, in files that people share."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.credentials import refuse_credentials
from briefings.errors import SettingsError

FILE = Path("briefings.toml")


@pytest.mark.parametrize(
    "line",
    [
        "snapshots = 's3://key:word@store/folder'",
        "dossiers = 'postgresql://clerk@server/data'",
        "password = 'x'",
        "PGPASSWORD: x",
        "'secret_key' = 'x'",
    ],
)
def test_a_password_is_refused_by_its_line_and_never_quoted(line: str) -> None:
    with pytest.raises(SettingsError, match="line 2: this looks like a password") as caught:
        refuse_credentials(FILE, f"[project]\n{line}\n")
    assert line not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "snapshots = 's3://store/folder'",
        "passwords are set by the office",
        "x" * 1_000_000,  # a search that begins anew at every letter would take hours
        "://" * 300_000,
    ],
    ids=["address", "prose", "letters", "slashes"],
)
def test_anything_else_passes(text: str) -> None:
    refuse_credentials(FILE, text)
