"""One run over the whole demonstration, for all that looks at what it printed."""

from __future__ import annotations

import pytest

from tests.conftest import Office


@pytest.fixture(scope="session")
def made(full_office: Office) -> Office:
    run = full_office.run("report", "--month", "2025-02", "--unit", "H23")
    assert run.code == 0, run.screen
    return full_office
