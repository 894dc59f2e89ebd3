"""The index of what was made: months, units and their headline figures, one page a language."""

from briefings.site.refresh import refresh_site

__all__ = ["refresh_site"]
