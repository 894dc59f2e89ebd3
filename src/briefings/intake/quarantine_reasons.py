"""Why a row is set aside, in the words of the quarantine."""

EMPTY_CELL = "empty cell"
UNKNOWN_UNIT = "unknown unit"
REPEATED = "repeats an earlier row"
CONFLICTING = "key used again with other content"
