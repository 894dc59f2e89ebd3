"""The index of what was made: months, units and their headline figures, one page a language."""

from briefings.site.index import write_site

__all__ = ["write_site"]
