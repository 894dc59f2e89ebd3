"""The facts of one unit in one month: everything its briefing reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from briefings.facts.accountability import Accountability
from briefings.facts.announcements import Announcements
from briefings.facts.comparison import AllUnits
from briefings.facts.daily_volume import DailyVolumes
from briefings.facts.form import Form
from briefings.facts.gate import GateResult
from briefings.facts.intake import Intake
from briefings.facts.interval import RateInterval
from briefings.facts.kpi import Kpi
from briefings.facts.observation import Observation
from briefings.facts.overdue import OverdueGroup
from briefings.facts.procedures import Procedures
from briefings.facts.reorganisation import Reorganisations
from briefings.facts.score import Score, ScorecardRow
from briefings.facts.service_index import ServiceIndex
from briefings.facts.signal import Signal
from briefings.organisation import Unit
from briefings.periods import Month, Regime, Window, months_between

TREND_MONTHS = 14
# The measures that are followed over the months, in charts.
VOLUMES = ("received_in_period", "processed", "pending")
RATES = (
    "on_time",
    "sync",
    "online_filing",
    "online_payment",
    "publication_coverage",
    "publication_on_time",
)


def windows_of(regime: Regime, month: Month) -> tuple[Window, ...]:
    """The windows of a scorecard: the period, the year to date, the periods to compare with."""
    return (
        regime.period(month),
        regime.year_to_date(month),
        regime.before(month),
        regime.year_before(month),
    )


@dataclass(frozen=True)
class About:
    """Who is reported on, for which period, and what is to be known of the data.

    Texts of the project are by language; `synthetic` and `notes` may be empty. `supplied` are
    the tables delivered at all, `first_month` is where the data begin, `data_until` the last day
    on which anything happened. `unverified_days` of the calendar have no source that was seen.
    """

    month: Month
    regime: Regime
    unit: Unit
    root: Unit
    project: dict[str, str]
    synthetic: dict[str, str]
    notes: dict[str, str]
    supplied: tuple[str, ...]
    first_month: Month
    data_until: date | None
    has_calendar: bool
    unverified_days: tuple[date, ...]


@dataclass(frozen=True)
class Facts:
    """Everything a briefing reads, each part with its own reason to change.

    `scores` holds every measure in the windows of the scorecard, and the charted ones in every
    month of the charts. `gates` are those that are not passed. `index` is there where the
    project has rules of the service index, `all_units` for the root only.
    """

    about: About
    kpis: tuple[Kpi, ...]
    scores: tuple[Score, ...]
    signals: tuple[Signal, ...]
    daily_volumes: tuple[DailyVolumes, ...]
    intervals: tuple[RateInterval, ...]
    form: Form
    announcements: Announcements
    procedures: Procedures
    overdue: tuple[OverdueGroup, ...]
    intake: Intake
    gates: tuple[GateResult, ...]
    reorganisations: Reorganisations
    accountability: Accountability
    index: ServiceIndex | None
    all_units: AllUnits | None

    @property
    def month(self) -> Month:
        """The month reported on."""
        return self.about.month

    @property
    def unit(self) -> Unit:
        """The unit reported on."""
        return self.about.unit

    @property
    def is_root(self) -> bool:
        """Whether the briefing is about all units together."""
        return self.about.unit == self.about.root

    @property
    def period(self) -> Window:
        """The period reported on: it ends with the month."""
        return self.about.regime.period(self.month)

    @property
    def year_to_date(self) -> Window:
        """January up to the month."""
        return self.about.regime.year_to_date(self.month)

    @property
    def late_begin(self) -> date | None:
        """The first day of the data where the year to date began before it, else None."""
        begin = self.about.first_month.first_day
        return begin if self.year_to_date.start < begin else None

    @property
    def begin_without_stock(self) -> date | None:
        """The first day of the data where it begins a window into which nothing was carried.

        What was open on that day was not delivered: zero then says nothing about the office.
        """
        begin = self.about.first_month.first_day
        windows = (self.period, self.year_to_date)
        carried = (self.observation("carried_over", w) for w in windows if w.start == begin)
        return begin if any(each.numerator == 0 for each in carried) else None

    @property
    def trend_months(self) -> tuple[Month, ...]:
        """The months of the charts, oldest first; none before the data begin."""
        return trend_months(self.month, self.about.first_month)

    def kpi(self, kpi: str) -> Kpi:
        """The definition of a measure."""
        return self._kpis[kpi]

    def score(self, kpi: str, window: Window) -> Score:
        """A measure in a window against its target."""
        return self._scores[kpi, window.name]

    def observation(self, kpi: str, window: Window) -> Observation:
        """What a measure came to in a window."""
        return self.score(kpi, window).observation

    def signal(self, kpi: str) -> Signal | None:
        """The verdict on a charted measure; None where it has no value in any month."""
        return next((each for each in self.signals if each.kpi == kpi), None)

    def scorecard(self) -> tuple[ScorecardRow, ...]:
        """Every measure of the scorecard, in the order of the registry."""
        period, to_date, before, year_before = windows_of(self.about.regime, self.month)
        return tuple(
            ScorecardRow(
                kpi=kpi,
                period=self.score(kpi.id, period),
                year_to_date=self.score(kpi.id, to_date),
                before=self.observation(kpi.id, before),
                year_before=self.observation(kpi.id, year_before),
            )
            for kpi in self.kpis
            if kpi.scorecard
        )

    @cached_property
    def _kpis(self) -> dict[str, Kpi]:
        return {kpi.id: kpi for kpi in self.kpis}

    @cached_property
    def _scores(self) -> dict[tuple[str, str], Score]:
        return {(each.observation.kpi, each.observation.window): each for each in self.scores}


def trend_months(month: Month, first: Month) -> tuple[Month, ...]:
    """The months of a chart that ends with a month, for data that begin with `first`."""
    return months_between(max(month - (TREND_MONTHS - 1), first), month)
