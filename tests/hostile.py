"""Texts that would be something else than text, if anybody let them, and an office full of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from briefings.project import Project
from tests import tiny

MARKUP = (
    "<script>document.title='ran';alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</td></table></title></style>",
    "&lt;b&gt; &amp;nbsp; &#x41;",
    "**đậm** [x](javascript:alert(3)) # h1 | a |",
    "{{ 7*7 }} {% raw %} {# c #} {0} {unit} %s %(x)s",
    '#import "x": * #read("/etc/passwd") #panic()',
    "$x^2$ @ref <lab> `raw` // c /* d */ ~ \\ \\n",
    '"; #panic("x") //',
    "\\input{/etc/passwd} \\immediate\\write18{id} %",
    "$(id) `id` ${HOME}",
    "[red]đỏ[/red] :warning: [link=file:///]x[/link]",
    "]]> <!-- -->",
    "_x202E_ _x0041_",
)
FORMULAS = ("=cmd|'/C calc'!A0", "+1+cmd", "-2+3+cmd", "@SUM(A1:A9)", "x;=HYPERLINK(0)")
# Behind each the visible rest: what hides, turns around or commands a terminal goes.
INVISIBLE = {
    "a\u202eb\u2066c\u200fd": "abcd",
    "e\u200bf\ufeffg\u00adh": "efgh",
    "i\x1b[31mj\x07k\x9bl": "i[31mjkl",
    "m" + "\u0301\u0302\u0303\u0304\u0305" * 40 + "n": None,
}
HELD = {
    "script": MARKUP[0],
    "formula": FORMULAS[0],
    "all": " ¦ ".join(MARKUP),
    "invisible": " ¦ ".join(INVISIBLE),
    "signs": "emoji 😀 hán 漢字 Thái ภาษา \ue000",
}


def office(folder: Path) -> Project:
    """The tiny project with hostile texts in every field that is one; two months of dossiers."""
    names = list(HELD.values())
    codes = [
        f"P{number}{sign}" for number, sign in enumerate(("<i>", "{{7*7}}", "#x", "$", "@"), 1)
    ]
    procedures = [
        ["Mã TTHC", "Tên TTHC", "Lĩnh vực", "Mã đơn vị", "Thời hạn", "Thu phí"],
        *(
            [code, name, f"{name} (lĩnh vực)"[:1900], "D1", "5", "Có"]
            for code, name in zip(codes, names, strict=True)
        ),
    ]
    titles = [*names, *FORMULAS]
    decisions = [
        ["Số quyết định", "Ngày ban hành", "Cơ quan trình", "Trích yếu"],
        *([_number(n), "10/02/2025", "D1", title] for n, title in enumerate(titles)),
    ]
    changes = [
        ["Số quyết định", "Mã TTHC", "Hình thức"],
        *([_number(n), codes[n % len(codes)], "Thay thế"] for n in range(len(titles))),
    ]
    dossiers = [
        tiny.DOSSIER_HEADINGS.split(","),
        *(
            [f"=B{n}</td>", codes[n % len(codes)], "D1", "03/02/2025 08:00", "Trực tuyến",
             "05/02/2025 17:00", *(["", "Đang xử lý"] if n % 2 else
             ["07/02/2025 09:00", "Đã trả kết quả"]), tiny.CANARY]
            for n in range(40)
        ),
    ]  # fmt: skip
    empty = {name: text.splitlines()[0] + "\n" for name, text in _january().items()}
    project = tiny.write_project(
        folder,
        procedures=as_csv(procedures),
        decisions={tiny.JANUARY: empty["decisions"], tiny.FEBRUARY: as_csv(decisions)},
        procedure_changes={
            tiny.JANUARY: empty["procedure_changes"], tiny.FEBRUARY: as_csv(changes),
        },
        publications=dict.fromkeys(tiny.MONTHS, empty["publications"]),
        dossiers={tiny.JANUARY: tiny.DOSSIERS_JANUARY, tiny.FEBRUARY: as_csv(dossiers)},
    )  # fmt: skip
    _hostile_units(folder)
    return project


def _january() -> dict[str, str]:
    tables = ("decisions", "procedure_changes", "publications")
    return {name: dict(tiny.TABLES[name])[tiny.JANUARY] for name in tables}  # type: ignore[arg-type]


def _number(number: int) -> str:
    return f"={number}+1<b>/QĐ\\"


def _hostile_units(folder: Path) -> None:
    rows = list(csv.reader(io.StringIO(tiny.UNITS)))
    rows[1][1:3] = [f"Tỉnh {HELD['all']}", HELD["formula"]]
    rows[2][1:3] = [HELD["formula"], f"Unit {HELD['invisible']} {HELD['all']}"]
    rows[3][1:3] = [HELD["script"], "a\nb\r\nc"]
    tiny.write(folder / "units.csv", as_csv(rows))
    tiny.write(folder / "calendar.csv", tiny.CALENDAR.replace("New Year's Day", MARKUP[0]))
    settings = (folder / "briefings.toml").read_text(encoding="utf-8")
    for text, hostile in {"Dữ liệu thử.": HELD["all"], "Test Province": MARKUP[1]}.items():
        settings = settings.replace(f'"{text}"', f"'''{hostile}'''")
    tiny.write(folder / "briefings.toml", settings)


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    """The rows as a CSV file."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()
