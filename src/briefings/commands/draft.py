"""Drafts: the pages of a month that did not pass its gates, which nobody can take for official."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefings.errors import ParameterError
from briefings.facts.gate import GateResult
from briefings.language import words
from briefings.periods import Month
from briefings.press.job import Job
from briefings.project import Project

# Below the reports; no month is called so.
DRAFTS = "drafts"


def as_drafts(
    jobs: Iterable[Job], gates: Sequence[GateResult], project: Project, month: Month
) -> tuple[Job, ...]:
    """The jobs with a folder, name, title and foot of their own; their figures are marked, too.

    The head of each page says by itself which gates are not passed. ParameterError where none
    is: such a page would not say that it is a draft.
    """
    if not any(each.holds_back for each in gates):
        raise ParameterError(
            f"Every gate of {month} is passed or accepted: there is nothing to draft.",
            "Make the briefings themselves, without DRAFT=1.",
        )
    return tuple(_as_draft(job, project) for job in jobs)


def _as_draft(job: Job, project: Project) -> Job:
    text = words(job.language)["gates"]
    return replace(
        job,
        name=f"draft {job.name}",
        title=f"{text['draft']}: {job.title}",
        label=" ".join(part for part in (text["draft_foot"], job.label) if part),
        folder=project.reports / DRAFTS / job.folder.relative_to(project.reports),
        stem=f"draft-{job.stem}",
        figures=f"draft-{job.figures}",
        data=" ".join(part for part in ("draft", job.data) if part),
    )
