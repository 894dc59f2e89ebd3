"""The briefing a notebook shows: one method per section."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.language import words
from briefings.report.blocks import Chart, Masthead, Prose, Table
from briefings.report.group import Group
from briefings.report.material import Material, open_material
from briefings.report.sections import (
    accountability,
    changes,
    complaints,
    daily_volumes,
    form,
    funnels,
    headlines,
    intervals,
    late_procedures,
    league,
    limitations,
    masthead,
    method,
    overdue,
    procedures,
    reconciliation,
    scorecard,
    service_index,
    shortlists,
    signals,
    trends,
    waiting,
)


def open_briefing(month: str, unit: str, language: str) -> Briefing:
    """The briefing of a unit and month; ParameterError where one of them does not exist."""
    return Briefing(open_material(month, unit, language))


@dataclass(frozen=True)
class Briefing:
    """A unit in a month, ready to be shown section by section."""

    material: Material

    def masthead(self) -> Masthead:
        """Title, notices and what the page is about."""
        return masthead.masthead(self.material)

    def headlines(self) -> Prose:
        """What a reader with one minute should know."""
        return headlines.headlines(self.material)

    def counts(self) -> Table:
        """Every count beside other periods."""
        return scorecard.counts_table(self.material)

    def rates_of_period(self) -> Table:
        """Every rate of the period against its target and other periods."""
        return scorecard.period_rates_table(self.material)

    def rates_to_date(self) -> Table:
        """Every rate of the year to date against its target."""
        return scorecard.to_date_rates_table(self.material)

    def changes(self) -> Table:
        """Procedures announced by decision."""
        return changes.changes_table(self.material)

    def late_publications(self) -> Table:
        """Decisions whose procedures were published late or not at all."""
        return changes.late_publication_table(self.material)

    def unsynchronised(self) -> Table:
        """Units by the dossiers that the national portal lacks."""
        return limitations.unsynchronised_table(self.material)

    def form_of_period(self) -> Table:
        """Form II.06a for the period."""
        return form.period_form(self.material)

    def form_to_date(self) -> Table | Prose:
        """Form II.06a for the year to date, unless it is that of the period."""
        return form.to_date_form(self.material)

    def league(self) -> Table:
        """All units side by side."""
        return league.league_table(self.material)

    def outliers(self) -> Table:
        """Units that differ from their like by more than chance."""
        return funnels.outliers_table(self.material)

    def funnels(self) -> Group:
        """The funnels in which a unit is named."""
        nothing = words(self.material.language)["signals"]["no_funnels"]
        return Group(funnels.funnel_charts(self.material), empty=nothing)

    def intervals(self) -> Prose:
        """How far chance may have carried rates that rest on few cases."""
        return intervals.interval_note(self.material)

    def signals(self) -> Table:
        """Each charted measure in the last month against what is usual for it."""
        return signals.signals_table(self.material)

    def daily_volumes(self) -> Table:
        """Volumes by the working day, beside periods that can be compared."""
        return daily_volumes.daily_volumes_table(self.material)

    def volume_trend(self) -> Chart:
        """Dossiers by month."""
        return trends.volume_chart(self.material)

    def rate_trends(self) -> Group:
        """Each measurable rate by month against its target."""
        nothing = words(self.material.language)["trends"]["none"]
        return Group(trends.rate_charts(self.material), empty=nothing)

    def worst_procedures(self) -> Table:
        """Procedures with the lowest share on time."""
        return procedures.worst_procedures(self.material)

    def best_procedures(self) -> Table:
        """Large procedures without a late dossier."""
        return procedures.best_procedures(self.material)

    def overdue(self) -> Table:
        """Open overdue dossiers by age."""
        return overdue.overdue_table(self.material)

    def accountability_masthead(self) -> Masthead:
        """Title, notices and what the accountability briefing is about."""
        return accountability.accountability_masthead(self.material)

    def accountability_headlines(self) -> Prose:
        """How much went late or is missing, and how many units are named."""
        return accountability.accountability_headlines(self.material)

    def late_procedures(self) -> Table:
        """Procedures announced or published late, and what that costs in index 766."""
        return late_procedures.late_procedures_table(self.material)

    def waiting_for_portal(self) -> Table:
        """Dossiers that the national portal lacks, by age."""
        return waiting.waiting_for_portal_table(self.material)

    def overdue_steps(self) -> Table:
        """Open overdue dossiers by procedure, portal status and age."""
        return waiting.overdue_steps_table(self.material)

    def waiting(self) -> Table:
        """Dossiers of a single unit that the portal lacks, or that are open and overdue."""
        return waiting.waiting_table(self.material)

    def complaints(self) -> Table:
        """Petitions about delay, harassment or attitude that were handled badly."""
        return complaints.complaints_table(self.material)

    def inspection(self) -> Group:
        """Units shortlisted for inspection, with the rules that fired and their replies."""
        return shortlists.shortlist(self.material, "inspection")

    def commendation(self) -> Group:
        """Units shortlisted for commendation, with the rules that fired."""
        return shortlists.shortlist(self.material, "commendation")

    def rules(self) -> Table:
        """The rules of both lists, and how many units each could assess."""
        return shortlists.rules_table(self.material)

    def judged(self) -> Group:
        """The rules asked of a single unit, and its right of reply."""
        return shortlists.judged_table(self.material)

    def service_index(self) -> Group:
        """Index 766 for information: points reached, reachable and lost, and how they count."""
        return service_index.service_index(self.material)

    def reconciliation(self) -> Table:
        """Published figures against computed ones."""
        return reconciliation.reconciliation_table(self.material)

    def method(self) -> Prose:
        """How the figures were counted and what was assumed."""
        return method.method(self.material)

    def definitions(self) -> Table:
        """Where each figure of the scorecard comes from."""
        return method.definitions_table(self.material)

    def intake(self) -> Table:
        """Rows read, used and quarantined."""
        return method.intake_table(self.material)

    def provenance(self) -> Table:
        """What the report was made from, and legal sources."""
        return method.provenance_table(self.material)
