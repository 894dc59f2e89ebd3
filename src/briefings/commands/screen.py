"""What a person at the terminal sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from briefings.errors import BriefingsError
from briefings.escaping import clean
from briefings.intake.snapshot import Snapshot
from briefings.intake.subtotal_file import FOLDER as SUBTOTALS
from briefings.press.outcome import Event, Outcome
from briefings.press.step import Action

console = Console(stderr=True, highlight=False, markup=False, emoji=False)
KILOBYTE = 1000
LONGEST_ERROR = 8_000  # signs, a few screens
DONE = {Action.EXECUTE: "executed", Action.RENDER: "rendered", Action.NOTHING: "unchanged"}


def say(text: str) -> None:
    """One line of progress; no sign of it reaches the terminal as a command."""
    console.print(clean(text))


def show_error(error: BriefingsError) -> None:
    """What is wrong and what to do, without a traceback."""
    console.print(_legible(f"Error: {error.message}"), style="bold red", soft_wrap=True)
    if error.advice:
        console.print(_legible(error.advice), soft_wrap=True)


def _legible(text: str) -> str:
    """A text for the screen, without the middle of what a hostile name makes endless."""
    if len(text) > LONGEST_ERROR:
        text = f"{text[: LONGEST_ERROR // 2]} … {text[-LONGEST_ERROR // 2 :]}"
    return clean(text)


class Progress:
    """A live bar with counts, failures and time left; plain lines where there is no terminal."""

    def __init__(self, total: int) -> None:
        self.done = 0
        self._failed = 0
        self._bar = Bar(
            TextColumn("Briefings"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}", style="red"),
            console=console,
        )
        self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def show(self, event: Event) -> None:
        """Move on when a briefing ended; a failure is named at once."""
        if event.outcome is None:
            return
        self.done += event.outcome.succeeded
        if event.outcome.error is not None:
            self._failed += 1
            say(f"failed: {event.job.name}: {event.outcome.error.message}")
        description = f"{self._failed} failed" if self._failed else ""
        self._bar.update(self._task, advance=1, description=description)


def summarise(outcomes: Sequence[Outcome]) -> None:
    """How many briefings were made, how large, which failed and why."""
    for outcome in outcomes:
        if outcome.error is not None:
            console.print(clean(f"failed: {outcome.job.name}"), style="bold red")
            console.print(clean(str(outcome.error)), soft_wrap=True)
    say(f"{_counts(outcomes)} ({_sizes(outcomes) or 'no files'}).")


def show_intake(snapshot: Snapshot) -> None:
    """Rows read, used, quarantined and corrected, by delivery and table."""
    table = Table("delivery", "table", "read", "used", "quarantined", "corrected", "reasons")
    for row in snapshot.intake:
        reasons = ", ".join(f"{reason}: {count}" for reason, count in row.reasons.items())
        counted = (row.read, row.used, row.quarantined, row.corrected)
        counts = (f"{count:,}" for count in counted)
        table.add_row(*map(clean, (row.delivery, row.table, *counts, reasons)))
    console.print(table)
    for unfit in (text for row in snapshot.intake for text in row.unfit_corrections):
        say(f"Correction not applied: {unfit}.")
    for row in snapshot.intake:
        if row.subtotals:
            verdicts = ", ".join(f"{verdict}: {n:,}" for verdict, n in row.subtotals.items())
            file = snapshot.folders[row.delivery] / SUBTOTALS / f"{row.table}.csv"
            say(f"Subtotals of {row.table} against their rows: {verdicts}. See {file}.")
    personal = {name for row in snapshot.intake for name in row.dropped_personal_columns}
    if personal:
        say(f"Dropped, because they look personal: {', '.join(sorted(personal))}.")
    say(f"Snapshot {snapshot.identity[:16]}, {len(snapshot.months)} months.")


def _counts(outcomes: Sequence[Outcome]) -> str:
    done = Counter(outcome.action for outcome in outcomes if outcome.succeeded)
    failed = sum(not outcome.succeeded for outcome in outcomes)
    parts = [f"{done[action]} {word}" for action, word in DONE.items()]
    return f"{len(outcomes)} briefings: {', '.join(parts)}" + (f", {failed} failed" * bool(failed))


def _sizes(outcomes: Sequence[Outcome]) -> str:
    made = [outcome for outcome in outcomes if outcome.succeeded]
    suffixes = sorted({file.rsplit(".", 1)[-1] for outcome in made for file in outcome.files})
    return ", ".join(
        f"{suffix} ≤ {_largest(made, suffix) / KILOBYTE:.0f} kB"
        for suffix in suffixes
        if suffix != "csv"
    )


def _largest(outcomes: Sequence[Outcome], suffix: str) -> int:
    return max(
        size
        for outcome in outcomes
        for name, size in outcome.files.items()
        if name.endswith(f".{suffix}")
    )
