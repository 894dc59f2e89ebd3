"""Every reason for which a row can be set aside has its words in both languages."""

from __future__ import annotations

import pytest

from briefings.intake import quarantine, read_values, row_rules, screening
from briefings.intake.contracts import CONTRACTS
from briefings.language import words

OWN_REASONS = {
    quarantine.EMPTY_CELL,
    quarantine.UNKNOWN_UNIT,
    quarantine.REPEATED,
    quarantine.CONFLICTING,
    screening.PERSONAL_CODE,
    screening.INVISIBLE_CODE,
    read_values.NO_SUCH_PART,
    read_values.BEYOND_CALENDAR,
    row_rules.OTHER_WIDTH,
}


def reasons() -> set[str]:
    found = OWN_REASONS | set(read_values.UNREADABLE.values())
    for contract in CONTRACTS.values():
        found |= {reason for reason, _ in contract.rules}
        for column in contract.columns:
            found |= {check.error for check in column.schema().checks}
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_reason_has_its_words_and_no_words_lack_a_reason(language):
    assert set(words(language)["reasons"]) == reasons()
