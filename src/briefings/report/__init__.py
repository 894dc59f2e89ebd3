"""What a notebook shows: figures, prose, tables, charts. Only notebooks call this layer."""

from briefings.report.briefing import Briefing, open_briefing

__all__ = ["Briefing", "open_briefing"]
