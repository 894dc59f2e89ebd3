"""What a notebook shows: figures, prose, tables, charts. Only notebooks call this layer."""

from briefings.report.briefing import Briefing, open_briefing
from briefings.report.exploration import Exploration, explore

__all__ = ["Briefing", "Exploration", "explore", "open_briefing"]
