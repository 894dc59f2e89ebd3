"""A month of dossiers taken in: chunk by chunk against the whole file at once.

MILLIONS=1,2 are the sizes.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb

from benchmarks.cost import Cost, cost_of
from benchmarks.office import ROOT, environment
from benchmarks.results import table, write_section

TITLE = "11. Intake"
MILLION = 1_000_000
USUAL_SIZES = "1,2"
MEMORY = "500MB"
CHUNKS = {"the whole file at once": 0, "**ours**, in chunks of 50,000 rows": 50_000}

# One row in ten thousand is of no unit, and one in twenty thousand stands twice.
DOSSIERS = """
COPY (
  WITH units AS (SELECT code, row_number() OVER (ORDER BY code) - 1 AS place
    FROM read_csv('{units}', all_varchar = true, header = true)),
  drawn AS (SELECT i, hash(i) % (SELECT count(*) FROM units) AS place,
    TIMESTAMP '2025-02-01 07:00' + to_seconds((hash(i, 1) % 2400000)::BIGINT) AS came,
    date_trunc('day', came) + to_days((1 + hash(i, 2) % 20)::INT) + INTERVAL 17 HOUR AS due,
    came + to_seconds((hash(i, 3) % 1500000)::BIGINT) AS done
    FROM (SELECT CASE WHEN n % 20000 = 0 THEN n + 1 ELSE n END AS i FROM range({rows}) t(n)))
  SELECT 'H23.' || code || '-' || lpad(i::VARCHAR, 9, '0') AS "Mã hồ sơ",
    '1.' || lpad((hash(i, 4) % 1900)::VARCHAR, 6, '0') AS "Mã TTHC",
    CASE WHEN i % 10000 = 5 THEN '99999' ELSE code END AS "Mã đơn vị",
    'NGƯỜI NỘP GIẢ LẬP ' || i AS "Người nộp", lpad(i::VARCHAR, 10, '0') AS "Số điện thoại",
    strftime(came, '%d/%m/%Y %H:%M') AS "Ngày tiếp nhận",
    strftime(due, '%d/%m/%Y %H:%M') AS "Ngày hẹn trả",
    strftime(done, '%d/%m/%Y %H:%M') AS "Ngày hoàn thành",
    'Trực tuyến' AS "Kênh tiếp nhận", 'Đã trả kết quả' AS "Trạng thái",
    hash(i, 5) % 2 AS "Số lần bổ sung", hash(i, 6) % 5 AS "Số ngày chờ bổ sung"
  FROM drawn JOIN units USING (place) ORDER BY i
) TO '{file}' (HEADER)
"""


def run() -> None:
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-intake-") as folder:
        for millions in map(int, os.environ.get("MILLIONS", USUAL_SIZES).split(",")):
            file = _project(Path(folder), millions * MILLION)
            contents = set()
            for way, chunk in CHUNKS.items():
                cost, content = _taken_in(file, chunk)
                contents.add(content)
                rows.append([way, millions, *_shown(cost, millions)])
            assert len(contents) == 1, "the ways leave other rows"
    write_section(TITLE, "make bench BENCH=intake", _text(rows))


def _project(folder: Path, rows: int) -> Path:
    """A project of one table; its file."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    for part in ("reference", "profiles"):
        shutil.copytree(ROOT / "data" / part, folder / "data" / part)
    raw = folder / "data/raw/2025-02/ho_so.csv"
    raw.parent.mkdir(parents=True)
    units = folder / "data/reference/units.csv"
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(DOSSIERS.format(units=units, rows=rows, file=raw))
    head, _, rest = (ROOT / "briefings.toml").read_text(encoding="utf-8").partition("[tables]\n")
    output = rest[rest.index("[output]") :]
    dossiers = 'dossiers = "data/raw/{month}/ho_so.csv"\n'
    file = folder / "briefings.toml"
    file.write_text(f"{head}[tables]\n{dossiers}\n{output}", encoding="utf-8")
    return file


def _taken_in(file: Path, chunk: int) -> tuple[Cost, str]:
    """What it cost, and the digest of the rows that it left."""
    shutil.rmtree(file.parent / "data/snapshots", ignore_errors=True)
    command = [sys.executable, "-m", "benchmarks.take_in_once", str(file), str(chunk)]
    print(*command[2:], "…", flush=True)
    settings = environment(ENGINE_MEMORY=MEMORY)
    cost = cost_of(command, folder=ROOT, environment=settings, memory=True)
    (manifest,) = file.parent.glob("data/snapshots/*/2025-02/*/manifest.json")
    return cost, manifest.read_text(encoding="utf-8")


def _shown(cost: Cost, millions: int) -> list[str]:
    per_million = f"{cost.cpu / millions:.1f}"
    return [f"{cost.wall:.0f}", f"{cost.cpu:.1f}", per_million, f"{cost.megabytes:,.0f}"]


def _text(rows: list[list[object]]) -> str:
    headings = ["way", "million rows", "wall s", "CPU s", "CPU s a million", "peak MB"]
    return f"""
One CSV file of dossiers (12 columns, about 170 bytes a row), with a few faulty and doubled rows, is
taken in by one process; ENGINE_MEMORY is {MEMORY}. Both ways leave the same manifest, which is
checked, and so the same bytes. Memory is the highest sum of the process, Python and its libraries
included.

{table(headings, rows)}
"""
