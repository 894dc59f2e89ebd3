"""From a snapshot to the facts of every unit: everything is counted once a month."""

from briefings.gathering.gather import gather, gather_facts

__all__ = ["gather", "gather_facts"]
