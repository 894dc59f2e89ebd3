"""One digest for the code behind a result."""

from __future__ import annotations

from briefings.code.state import code_state


def test_it_is_that_of_what_is_reached() -> None:
    facts, intake = "briefings.facts.files", "briefings.intake.fill"
    assert code_state(facts) == code_state(facts)
    assert len({code_state(facts), code_state(intake), code_state(facts, intake)}) == 3
    assert code_state(intake, "briefings.intake.contracts") == code_state(intake)
