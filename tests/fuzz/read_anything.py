"""A fuzzer's target: any bytes as any kind of raw file. Ends at the first unexpected error.

python -m tests.fuzz.read_anything FOLDER [libFuzzer options]      # FOLDER holds the files tried
python -m tests.fuzz.read_anything FOLDER -max_total_time=600 FOLDER/corpus
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["briefings.intake"], enable_loader_override=False):
    from briefings.intake.layout import Layout, Spread
    from briefings.intake.readers import read_chunks

from briefings.errors import InputError
from tests.intake.readers.raw_files import archive, ods_parts, xlsx_parts

LAYOUTS = (
    Layout(),
    Layout(sheet="*", header_rows=(1, 2)),
    Layout(header_rows=(), footer="x*", empty=("-",)),
    Layout(header_rows=(2,), last_row=4, delimiter=";", encoding="cp1258"),
    Layout(encoding="utf-16"),
    Layout(spread=Spread("a", "b")),
)
ENDINGS = (".csv", ".jsonl", ".json", ".geojson", ".parquet", ".xlsx", ".ods")
INSIDE = (
    (".xlsx", "xl/worksheets/sheet1.xml"),
    (".xlsx", "xl/sharedStrings.xml"),
    (".xlsx", "xl/styles.xml"),
    (".xlsx", "xl/workbook.xml"),
    (".ods", "content.xml"),
)
WAYS = len(ENDINGS) + len(INSIDE)


def raw_file(folder: Path, way: int, content: bytes) -> Path:
    """The bytes as a file of their own, or as one part of a sound workbook."""
    if way < len(ENDINGS):
        file = folder / f"raw{ENDINGS[way]}"
        file.write_bytes(content)
        return file
    ending, part = INSIDE[way - len(ENDINGS)]
    parts = xlsx_parts("") if ending == ".xlsx" else ods_parts("")
    return archive(folder / f"raw{ending}", parts | {part: content})


def seeds() -> list[bytes]:
    """A sound beginning for every way, so that the fuzzer need not guess it."""
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row><c s="1"><v>9</v></c></row>'
    book, sheet = xlsx_parts(rows, texts="<si><t>a</t></si>"), ods_parts("")
    texts = [
        b'sep=;\na;"b"\n1;2\n',
        b'{"a": 1}\n{"b": [null]}\n',
        b'[{"a": 1}, {"b": {"c": [null]}}]',
        b'{"type": "FeatureCollection", "features": [{"id": 1, "properties": {"a": "b"}}]}',
        b"PAR1",
        b"PK\x03\x04",
        b"PK",
    ]
    inside = [(book if ending == ".xlsx" else sheet)[part] for ending, part in INSIDE]
    contents = texts + [part.encode() if isinstance(part, str) else part for part in inside]
    return [bytes([way, 0]) + content for way, content in enumerate(contents)]


def main(folder: Path, options: list[str]) -> None:
    """Write the seeds and fuzz until an option of libFuzzer ends it."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed{number}").write_bytes(seed)

    def read(data: bytes) -> None:
        if len(data) < 2:
            return
        file = raw_file(folder, data[0] % WAYS, data[2:])
        try:
            for _ in read_chunks(file, LAYOUTS[data[1] % len(LAYOUTS)]):
                pass
        except InputError:
            return

    atheris.Setup([sys.argv[0], *options, str(corpus)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
