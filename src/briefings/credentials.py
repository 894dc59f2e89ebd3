"""No password in a file of ours: they belong to the environment."""

from __future__ import annotations

import re
from pathlib import Path

from briefings.errors import SettingsError

# `user:password@` or `key@` before a host, whatever the scheme.
IN_AN_ADDRESS = re.compile(r"://[^\s/\"']*@")
# A setting of that name, also as a parameter of libpq or of an object store.
AS_A_SETTING = re.compile(
    r"(?<![A-Za-z0-9])(password|passwd|pwd|pgpassword|sslpassword|secret|secret_?key|secret_access_key"
    r"|access_key(_id)?|session_token|account_key|api_key)[\"']?\s*[=:]",
    re.IGNORECASE,
)


def refuse_credentials(file: Path, text: str) -> None:
    """SettingsError where a text holds what looks like a password; names the line, never quotes it.

    The text may be shared, committed and printed, so that a password in it is no secret.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if looks_like_credentials(line):
            raise SettingsError(
                f"{file}, line {number}: this looks like a password or a key.",
                "Take it out and change it where it is valid. Credentials come from the "
                "environment only, such as PGPASSWORD, PGPASSFILE or PGSERVICE; "
                "see docs/operations.md.",
            )


def looks_like_credentials(line: str) -> bool:
    """Whether a line holds what looks like a password or a key."""
    return bool(IN_AN_ADDRESS.search(line) or AS_A_SETTING.search(line))
