"""The status of a figure against its target, printed as a chip: symbol and words."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.escaping import html_text, typst_text

SYMBOLS = {
    "met": "✔",
    "within_tolerance": "≈",
    "missed": "✘",
    "unverified": "?",
    "estimated": "±",
    "partial": "½",
    "no_target": "–",
    "no_data": "○",
    "not_measurable": "⊘",
}


@dataclass(frozen=True)
class Status:
    """One of the codes of SYMBOLS with its label in the language of the briefing.

    Only what is judged is coloured: `met`, `within_tolerance`, `missed`. All else stays neutral.
    """

    code: str
    label: str

    def __post_init__(self) -> None:
        if self.code not in SYMBOLS:
            raise ValueError(f"unknown status {self.code!r}; one of {', '.join(SYMBOLS)}")

    @property
    def symbol(self) -> str:
        """The sign that tells the statuses apart without colour."""
        return SYMBOLS[self.code]

    def html(self) -> str:
        """The chip; a screen reader hears the label only."""
        symbol = f'<span aria-hidden="true">{self.symbol}</span>'
        return f'<span class="chip {self.code}">{symbol} {html_text(self.label)}</span>'

    def typst(self) -> str:
        """The chip as a call of the page template."""
        return f"chip({typst_text(self.code)}, {typst_text(self.symbol)}, {typst_text(self.label)})"
