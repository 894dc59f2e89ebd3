"""Histories of a province's units: written out as CSV, or drawn at random but always sound."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from briefings.lineage import Lineage
from briefings.lineage.reading import load_lineage
from briefings.lineage.succession import Event, Succession
from briefings.lineage.tenure import Tenure, by_code
from briefings.organisation import Unit
from tests import tiny

UNIT_HEADINGS = tiny.UNITS.splitlines()[0]
LINEAGE_HEADINGS = "on,event,from_unit,to_unit,share,estimate,source,verified,note"
ROOT = "T1"
DAY = timedelta(days=1)


def unit_row(
    code: str, first: str = "", last: str = "", *, name: str = "", parent: str = ROOT
) -> str:
    name = name or code
    return f"{code},Đơn vị {name},Unit {name},department,{parent},{first},{last},synthetic,test"


def step(
    on: str, event: str, old: str, new: str = "", share: str = "", *, verified: bool = True
) -> str:
    return f"{on},{event},{old},{new},{share},false,test,{str(verified).lower()},"


def write_units(folder: Path, *rows: str) -> Path:
    lines = [UNIT_HEADINGS, "T1,Tỉnh Thử,Test Province,province,,,,synthetic,test", *rows]
    return tiny.write(folder / "units.csv", "\n".join(lines) + "\n")


def write_lineage(folder: Path, *steps: str) -> Path:
    return tiny.write(folder / "unit_lineage.csv", "\n".join([LINEAGE_HEADINGS, *steps]) + "\n")


def load(folder: Path, units: list[str], steps: list[str]) -> Lineage:
    return load_lineage(write_units(folder, *units), write_lineage(folder, *steps))


def make_unit(code: str) -> Unit:
    return Unit(code, f"Đơn vị {code}", f"Unit {code}", "department", ROOT)


@dataclass
class History:
    """Units A, B, C … that live through one event a month, beginning in February 2024."""

    living: dict[str, date | None] = field(default_factory=lambda: dict.fromkeys("ABC"))
    tenures: list[Tenure] = field(default_factory=list)
    steps: list[Succession] = field(default_factory=list)
    on: date = date(2024, 1, 1)
    born: int = 0

    def next_month(self) -> None:
        self.on = (self.on + timedelta(days=32)).replace(day=1)

    def begin(self) -> str:
        self.born += 1
        code = f"N{self.born:02d}"
        self.living[code] = self.on
        return code

    def end(self, code: str) -> None:
        self.tenures.append(Tenure(make_unit(code), self.living.pop(code), self.on - DAY))

    def add(self, event: Event, old: str, new: str = "", share: Fraction | None = None) -> None:
        self.steps.append(Succession(self.on, event, old, new, share))

    @property
    def lineage(self) -> Lineage:
        now = [Tenure(make_unit(code), first, None) for code, first in self.living.items()]
        return Lineage(by_code([*self.tenures, *now]), tuple(self.steps))


@st.composite
def histories(draw: st.DrawFn, most_events: int = 6) -> History:
    """Any chain of mergers, splits, renamings, abolitions and transfers."""
    history = History()
    for _ in range(draw(st.integers(0, most_events))):
        history.next_month()
        happen = draw(st.sampled_from([_merge, _split, _rename, _abolish, _transfer]))
        happen(history, draw)
    return history


def _some(history: History, draw: st.DrawFn, count: int) -> list[str]:
    return draw(st.permutations(sorted(history.living)))[:count]


def _parts(draw: st.DrawFn, count: int) -> list[Fraction]:
    weights = draw(st.lists(st.integers(1, 7), min_size=count, max_size=count))
    return [Fraction(weight, sum(weights)) for weight in weights]


def _merge(history: History, draw: st.DrawFn) -> None:
    """Two become a new one, or one takes the other over, or nobody knows who did."""
    units = _some(history, draw, 2)
    if len(units) < 2:
        return
    into = draw(st.sampled_from(["new", "other", "unknown"]))
    gone = units if into == "new" else units[:1]
    for code in gone:
        history.end(code)
    new = history.begin() if into == "new" else units[1] if into == "other" else ""
    for code in gone:
        history.add("merge", code, new)


def _split(history: History, draw: st.DrawFn) -> None:
    """One becomes two or three; it may be one of them itself."""
    (old,) = _some(history, draw, 1)
    parts = _parts(draw, draw(st.integers(2, 3)))
    keeps = draw(st.booleans())
    if not keeps:
        history.end(old)
    first = old if keeps else history.begin()
    for new, part in zip([first, *(history.begin() for _ in parts[1:])], parts, strict=True):
        history.add("split", old, new, part)


def _rename(history: History, draw: st.DrawFn) -> None:
    (old,) = _some(history, draw, 1)
    history.end(old)
    if draw(st.booleans()):
        history.add("rename", old, history.begin())
    else:
        history.living[old] = history.on
        history.add("rename", old, old)


def _abolish(history: History, draw: st.DrawFn) -> None:
    units = _some(history, draw, 2)
    if len(units) == 2:
        history.end(units[0])
        history.add("abolish", units[0], draw(st.sampled_from([units[1], ""])))


def _transfer(history: History, draw: st.DrawFn) -> None:
    units = _some(history, draw, 2)
    if len(units) == 2:
        share = draw(st.sampled_from([None, Fraction(1, 3), Fraction(3, 5)]))
        history.add("transfer", units[0], units[1], share)
