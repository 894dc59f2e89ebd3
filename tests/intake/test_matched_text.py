"""What the pattern of a profile finds in a text: its group, or all of it."""

from __future__ import annotations

import pandas as pd
import pytest

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.cells import matched


def found(text: str, pattern: str) -> str | None:
    (part,) = matched(pd.Series([text], dtype="str"), pattern)
    return None if pd.isna(part) else str(part)


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        ("[0-9]+-x", "12-x"),
        ("([0-9]+)-x", "12"),
        ("(?P<year>[0-9]+)-x", "12"),
        ("(?:[0-9]+)-x", "12-x"),
        (r"\([a-z]+\)", "(old)"),
        (r"\\?([a-z]+)\)", "old"),
        ("^[^(]+", "12-x"),
        ("[(]old", "(old"),
        ("[[:alpha:]()]+$", "(old)"),  # a group for Python, and none for RE2
        ("([0-9])([0-9])", "1"),
        ("y", None),
    ],
)
def test_the_first_group_is_the_part_and_a_bracket_that_is_a_sign_is_none(
    pattern: str, part: str | None
) -> None:
    assert found("12-x (old)", pattern) == part


@pytest.mark.parametrize("pattern", ["(?=a)b", r"(a)\1", "a{1001}", "(?x)a", r"a\Z", "(?#a)b"])
def test_what_only_python_understands_is_refused_when_a_profile_is_loaded(pattern: str) -> None:
    with pytest.raises(SettingsError, match="not a usable pattern"):
        stated.pattern("p", pattern)


def test_a_group_may_have_a_name() -> None:
    assert stated.pattern("p", "(?P<year>[0-9]+)-x") == "(?P<year>[0-9]+)-x"
