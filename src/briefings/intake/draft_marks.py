"""How a draft is written: its marks, texts that stay texts, comments that stay comments."""

from __future__ import annotations

import re

import yaml

from briefings.credentials import looks_like_credentials
from briefings.escaping import UNSEEN

GUESS = "# guess"
QUESTION = "# QUESTION"
LONGEST_COMMENT = 200
INVISIBLE = re.compile(f"[{UNSEEN}]")


def quoted(text: str) -> str:
    """A text as YAML that means just this text; what nobody sees is written by its number."""
    written: str = yaml.dump(text, allow_unicode=True, default_style='"', width=10**9)
    return INVISIBLE.sub(_numbered, written.strip())


def printable(text: str) -> str:
    """A text that cannot leave its comment."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def comment(text: str) -> str:
    """The same, no longer than a person reads."""
    kept = printable(text)
    return kept if len(kept) <= LONGEST_COMMENT else f"{kept[:LONGEST_COMMENT]}…"


def without_credentials(line: str) -> str:
    """A line, or what stands for it where a profile that holds it would be refused."""
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}# (reads like a password)" if looks_like_credentials(line) else line


def _numbered(sign: re.Match[str]) -> str:
    return f"\\U{ord(sign[0]):08X}"
