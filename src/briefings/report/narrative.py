"""Sentences whose numbers can only be figures: a digit typed into a template is refused."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes

from briefings.errors import SettingsError
from briefings.language import WORDS
from briefings.report.blocks import Inline
from briefings.report.figures import Figure

MARK = "\ue000"  # private use: no exported text holds it
DIGIT = re.compile(r"\d")


class Term(str):
    """Text that may stand in a sentence beside its figures: a name, a date, a document number."""


def sentences(template: str, language: str, values: dict[str, Any]) -> tuple[Inline, ...]:
    """The filled-in sentences of a template, one per line that is not empty.

    `values` may hold figures, terms and attributes of objects; printing anything else, above
    all a bare number, raises SettingsError.
    """
    placed: list[Figure] = []

    def finalize(value: object) -> str:
        if isinstance(value, Figure):
            placed.append(value)
            return f"{MARK}{len(placed) - 1}{MARK}"
        if isinstance(value, Term):
            return str(value).replace(MARK, "")
        raise SettingsError(
            f"{language}/{template}: only figures and terms may be printed, not {value!r}."
        )

    environment = _environment().overlay(finalize=finalize)
    source = _source(template, language)
    text = environment.from_string(source).render(many=many, **values)
    lines = (line.strip() for line in text.split("\n"))
    return tuple(_inline(line, placed) for line in lines if line)


def many(figure: Figure, one: str, several: str) -> Term:
    """The word that agrees with a count."""
    return Term(one if figure.value == 1 else several)


def _inline(line: str, placed: list[Figure]) -> Inline:
    parts = line.split(MARK)
    return tuple(
        placed[int(part)] if number % 2 else part for number, part in enumerate(parts) if part
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(WORDS),
        undefined=StrictUndefined,
        autoescape=False,  # blocks escape every text when they print it
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _source(template: str, language: str) -> str:
    environment = _environment()
    source, file, _ = environment.loader.get_source(  # type: ignore[union-attr]
        environment, f"{language}/{template}.j2"
    )
    for data in environment.parse(source).find_all(nodes.TemplateData):
        if DIGIT.search(data.data):
            raise SettingsError(
                f"{file}: a digit is typed into the prose near {data.data.strip()[:60]!r}.",
                "Numbers come from figures, document numbers from terms.",
            )
    return source
