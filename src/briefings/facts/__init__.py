"""What a briefing states about one unit in one month, as plain values: counted, not worded.

The statistics produce facts, the report prints them; neither knows the other. Nothing here
queries, and nothing here is in a language.
"""

from briefings.facts.facts import About, Facts

__all__ = ["About", "Facts"]
