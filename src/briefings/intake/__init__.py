"""From raw exports to an immutable snapshot: every row is used or quarantined with its reason."""
