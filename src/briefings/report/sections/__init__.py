"""The sections of a briefing: one file each, each a function from material to blocks."""
