"""All that one report depends on, by names a statistician understands."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from briefings.files import digest
from briefings.press.ground import EXECUTION, RENDERING, Digests, Ground
from briefings.press.job import FORMATS, Job

TEMPLATE_FOLDERS = {"html": "html/briefing", "pdf": "pdf"}


@dataclass(frozen=True)
class Dependencies:
    """`execution`: what the outputs of the code cells depend on. `outputs`: what each file does,
    beyond that."""

    execution: Digests
    outputs: Mapping[str, Digests]

    @property
    def execution_key(self) -> str:
        """Equal keys give equal outputs of the code cells."""
        return _key(self.execution)

    def key_of(self, output: str) -> str:
        """Equal keys give equal bytes of a file."""
        return _key(self.of([output]))

    def of(self, outputs: Sequence[str]) -> dict[str, str]:
        """What some of the files depend on."""
        own = {name: value for output in outputs for name, value in self.outputs[output].items()}
        return {**self.execution, **own}

    @property
    def all(self) -> dict[str, str]:
        """What any file that could be made depends on."""
        return self.of([*self.outputs])


def dependencies_of(job: Job, ground: Ground) -> Dependencies:
    """The dependencies of a job as they are now; of every file it could be asked for."""
    printing = _printing(job, ground)
    files = {f"{job.stem}.{form}": printing | _layout(job, form, ground) for form in FORMATS}
    return Dependencies(_execution(job, ground), files | {job.figures: printing})


def _execution(job: Job, ground: Ground) -> Digests:
    notebook = ground.notebook(job.notebook)
    return {
        f"notebook {job.notebook.name}: code": notebook.code_digest,
        **{f"parameter {name}": value for name, value in job.parameters.items()},
        **{f"data: {PurePath(name).stem}": digest(data) for name, data in job.inputs.items()},
        **ground.words(job.language),
        **ground.code([*notebook.imports, *EXECUTION]),
        **ground.chart_fonts,
        **ground.packages,
        **ground.ipython,
    }


def _printing(job: Job, ground: Ground) -> dict[str, str]:
    return {
        f"notebook {job.notebook.name}: text": ground.notebook(job.notebook).text_digest(
            job.language
        ),
        "language": job.language,
        "title": job.title,
        "label": job.label,
        "kind of data": job.data,
        **ground.code(RENDERING),
    }


def _layout(job: Job, form: str, ground: Ground) -> dict[str, str]:
    if form in TEMPLATE_FOLDERS:
        return {**ground.template(TEMPLATE_FOLDERS[form]), **ground.page_fonts}
    return {f"notebook {job.notebook.name}: every cell": ground.notebook(job.notebook).whole_digest}


def _key(digests: Digests) -> str:
    return digest(json.dumps(digests, sort_keys=True, ensure_ascii=True).encode())
