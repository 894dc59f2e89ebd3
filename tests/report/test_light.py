"""A kernel prints facts: it loads no database, no tables and no statistics."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"scipy", "pandas", "ibis", "duckdb", "pyarrow"}


@pytest.mark.slow
def test_a_report_loads_nothing_that_counts():
    script = """
import sys
from briefings.report.rehearsal import rehearse
rehearse()
print(*{name.split('.')[0] for name in sys.modules})
"""
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True).split()
    assert "matplotlib" in loaded
    assert not HEAVY & set(loaded)
