"""Drafts as a person answers them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefings.errors import SettingsError
from briefings.intake.profile_yaml import load_yaml
from briefings.intake.profiles import TableProfile, load_profile
from tests import tiny


def answered(folder: Path, text: str, *, keeping: Collection[str] = ()) -> TableProfile:
    """The profile of a draft without its questions, and without the columns that they are about.

    Of the columns that are kept only the question is taken out.
    """
    file = tiny.write(folder / "draft.yaml", text)
    content: Any = load_yaml(file)
    ((name, table),) = content["tables"].items()
    columns = table["columns"]
    asked = [each for each, value in columns.items() if "question" in value]
    if asked:
        with pytest.raises(SettingsError, match="questions of the draft are not answered"):
            load_profile(file)
    for each in asked:
        columns[each].pop("question")
        if each not in keeping:
            del columns[each]
    tiny.write(file, yaml.safe_dump(content, allow_unicode=True))
    return load_profile(file)[name]
