"""The windows of time that are counted for one month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from briefings.facts.facts import trend_months, windows_of
from briefings.periods import Month, Regime, Window, months_between

MOST_FOLLOWED = 48  # months back that a control chart may reach, so that counting stays bounded


@dataclass(frozen=True)
class Windows:
    """The windows of a month in a regime, for data that begin with the month `first`."""

    regime: Regime
    month: Month
    first: Month

    @property
    def period(self) -> Window:
        """The period reported on."""
        return self.regime.period(self.month)

    @property
    def year_to_date(self) -> Window:
        """The year up to the end of the period."""
        return self.regime.year_to_date(self.month)

    @property
    def compared(self) -> tuple[Window, ...]:
        """The windows of the scorecard."""
        return windows_of(self.regime, self.month)

    @property
    def charted(self) -> tuple[Window, ...]:
        """The months of the charts."""
        return tuple(map(self.regime.month, trend_months(self.month, self.first)))

    @property
    def followed(self) -> tuple[Month, ...]:
        """The months of the control charts, the oldest first; those of the charts among them."""
        return months_between(max(self.month - (MOST_FOLLOWED - 1), self.first), self.month)

    @property
    def covered(self) -> list[Window]:
        """The windows of the scorecard, the charts and the signals that the data cover."""
        wanted = {*self.compared, *map(self.regime.month, self.followed)}
        return sorted(each for each in wanted if each.start >= self.first.first_day)

    def before(self, window: Window) -> Window | None:
        """A window that ends on the day before, if one is counted: its pending are carried over."""
        eve = window.start - timedelta(days=1)
        return next((each for each in self.covered if each.end == eve), None)
