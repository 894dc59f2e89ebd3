"""The figures of a page, read from its HTML as docs/data-dictionary.md describes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

PARTS = ("kpi", "item", "period", "unit")
Attributes = dict[str, str]


@dataclass(frozen=True)
class Read:
    """One number of a page; `value` is None where there is no number."""

    figure: str
    value: float | None
    text: str


@dataclass
class Reader(HTMLParser):
    """Collects numbers; what a number does not say, its row, its column or its table says."""

    found: list[Read] = field(default_factory=list)
    table: Attributes = field(default_factory=dict)
    columns: list[Attributes] = field(default_factory=list)
    row: Attributes = field(default_factory=dict)
    column: int = -1
    number: Attributes | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name.removeprefix("data-"): value or "" for name, value in attributes}
        if tag == "table":
            self.table, self.columns, self.row = said, [], {}
        elif tag == "col":
            self.columns.append(said)
        elif tag == "tr":
            self.row, self.column = said, -1
        elif tag in ("th", "td"):
            self.column += 1
        if tag in ("td", "data", "span") and (
            "value" in said or "no-value" in said.get("class", "")
        ):
            self.number = said

    def handle_data(self, text: str) -> None:
        if self.number is not None:
            value = self.number.get("value")
            number = None if value is None else float(value)
            self.found.append(Read(self._identity(self.number), number, text.strip()))
            self.number = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.table, self.columns, self.row = {}, [], {}

    def _identity(self, number: Attributes) -> str:
        column = self.columns[self.column] if self.columns else {}
        said = [{p: d[p] for p in PARTS if p in d} for d in (self.table, column, self.row, number)]
        names = [name for each in said for name in each]
        assert len(names) == len(set(names)), f"said twice: {said}"
        kpi, item, period, unit = (
            {**said[0], **said[1], **said[2], **said[3]}.get(p) for p in PARTS
        )
        return f"{kpi}{f':{item}' if item else ''}@{period}/{unit}"


def figures_of_page(html: str) -> list[Read]:
    """Every number of a page or fragment, in reading order."""
    reader = Reader()
    reader.feed(html)
    return reader.found
