"""What became of the units: who took over from whom, when, and with which share.

Nothing here counts. Figures of any time can be read on the units of one day with the shares that
`Lineage.as_now` gives.
"""

from briefings.lineage.lineage import Lineage

__all__ = ["Lineage"]
