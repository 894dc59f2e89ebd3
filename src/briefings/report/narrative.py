"""Sentences whose numbers can only be figures: a digit typed into a template is refused."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes, pass_context
from jinja2.runtime import Context

from briefings.errors import SettingsError
from briefings.language import WORDS
from briefings.report.blocks import Inline
from briefings.report.figures import Figure

MARK = "\ue000"  # private use: no exported text holds it
DIGIT = re.compile(r"\d")
PLACED = "placed figures"  # no template can name it


class Term(str):
    """Text that may stand in a sentence beside its figures: a name, a date, a document number."""


def sentences(template: str, language: str, values: dict[str, Any]) -> tuple[Inline, ...]:
    """The filled-in sentences of a template, one per line that is not empty.

    `values` may hold figures, terms and attributes of objects; printing anything else, above
    all a bare number, raises SettingsError.
    """
    placed: list[Figure] = []
    text = _template(template, language).render({**values, "many": many, PLACED: placed})
    lines = (line.strip() for line in text.split("\n"))
    return tuple(_inline(line, placed) for line in lines if line)


def prepare_sentences(language: str) -> None:
    """Compile every template of a language, so that filling one is all that is left to do."""
    for file in sorted((WORDS / language).glob("*.j2")):
        _template(file.stem, language)


def many(figure: Figure, one: str, several: str) -> Term:
    """The word that agrees with a count."""
    return Term(one if figure.value == 1 else several)


def _inline(line: str, placed: list[Figure]) -> Inline:
    parts = line.split(MARK)
    return tuple(
        placed[int(part)] if number % 2 else part for number, part in enumerate(parts) if part
    )


@pass_context
def _printed(context: Context, value: object) -> str:
    """What stands in the text for a printed value: a figure's number between marks, or a term."""
    if isinstance(value, Figure):
        placed: list[Figure] = context[PLACED]
        placed.append(value)
        return f"{MARK}{len(placed) - 1}{MARK}"
    if isinstance(value, Term):
        # A line end would make two sentences of one.
        return " ".join(str(value).replace(MARK, "").splitlines())
    raise SettingsError(f"{context.name}: only figures and terms may be printed, not {value!r}.")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(WORDS),
        undefined=StrictUndefined,
        autoescape=False,  # blocks escape every text when they print it
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printed,
    )


@cache
def _template(template: str, language: str) -> Template:
    """The compiled template, once its prose has been searched for digits."""
    environment, name = _environment(), f"{language}/{template}.j2"
    source, file, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
    for data in environment.parse(source).find_all(nodes.TemplateData):
        if DIGIT.search(data.data):
            raise SettingsError(
                f"{file}: a digit is typed into the prose near {data.data.strip()[:60]!r}.",
                "Numbers come from figures, document numbers from terms.",
            )
    return environment.get_template(name)
