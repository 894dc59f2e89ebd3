"""Whatever stands in a profile: it is read, or refused with its place; nothing else happens."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import SettingsError
from briefings.intake import profiles, row_rules, source_parts, spread, stated_layout
from briefings.intake.profiles import load_profile
from tests import tiny

pytestmark = pytest.mark.slow

KEYS = sorted(
    {
        *profiles.PROFILE_KEYS,
        *profiles.TABLE_KEYS,
        *stated_layout.LAYOUT_KEYS,
        *source_parts.KEYS,
        *spread.KEYS,
        *row_rules.KEYS,
        *row_rules.SUM_KEYS,
        *("if", "then", "months", "days", "pattern", "split", "from", "to", "decimal", "written"),
        *("unit", "due_at", "waiting_days", "status", "dossiers", "x"),
    }
)
WORDS = ["", "iso", "%Y", "day-first", "UTC", "(", "a", "filled", ",", "case", "keep_first", "é"]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**12), st.sampled_from(WORDS), st.text(max_size=5)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)
COLUMN = st.dictionaries(st.sampled_from(sorted(source_parts.KEYS)), VALUES, max_size=4)
RULE = st.dictionaries(st.sampled_from(sorted(row_rules.KEYS)), VALUES, max_size=5)
TABLE = st.fixed_dictionaries(
    {},
    optional={
        "columns": st.dictionaries(
            st.sampled_from(["unit", "due_at", "status", "waiting_days"]), COLUMN | VALUES
        ),
        "rows": st.lists(RULE, max_size=2) | VALUES,
        "layout": st.dictionaries(st.sampled_from(sorted(stated_layout.LAYOUT_KEYS)), VALUES)
        | VALUES,
        "constants": VALUES,
        "zone": VALUES,
        "format": VALUES,
        "number": VALUES,
        "ignore": VALUES,
    },
)
PROFILE = st.fixed_dictionaries(
    {"tables": st.fixed_dictionaries({"dossiers": TABLE | VALUES}) | VALUES},
    optional=dict.fromkeys(sorted(profiles.PROFILE_KEYS - {"tables"}), VALUES),
)


@given(PROFILE)
def test_a_profile_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]
) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    tiny.write(file, yaml.safe_dump(content, allow_unicode=True))
    with suppress(SettingsError):
        load_profile(file)
