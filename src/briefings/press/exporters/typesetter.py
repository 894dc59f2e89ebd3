"""Typst, warmed up once per process."""

from __future__ import annotations

import functools
import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, cast

import pikepdf
import typst

from briefings.press.exporters.cells import OutputError
from briefings.press.exporters.font_files import font_file, symbol_folder
from briefings.press.exporters.fonts import tabular_font

# An accessible document for the archive; both are checked by the compiler as far as it can.
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
TABULAR_STYLES = ("Regular", "SemiBold")
OTHER_STYLES = ("Italic",)  # of prose alone; Typst itself embeds no more of it than is printed

# The time of the build is not part of the bytes.
EPOCH = 0


def typeset(source: str) -> bytes:
    """`source` as PDF; equal sources give equal bytes. Raises OutputError with Typst's words."""
    try:
        pdf = _compiler().compile(
            input=source.encode(),
            format="pdf",
            pdf_standards=[*STANDARDS],
            timestamp=EPOCH,
        )
    except typst.TypstError as error:
        raise OutputError(f"Typst refuses the document: {error}") from error
    return packed(cast(bytes, pdf))


def packed(pdf: bytes) -> bytes:
    """The same document in a third of the bytes: Typst leaves the tags of tables uncompressed."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return target.getvalue()


@functools.cache
def _compiler() -> typst.Compiler:
    with TemporaryDirectory(prefix="briefings-fonts-") as folder:
        for style in TABULAR_STYLES:
            (Path(folder) / font_file(style).name).write_bytes(tabular_font(style))
        for style in OTHER_STYLES:
            shutil.copy(font_file(style), folder)
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[folder, str(symbol_folder())],
        )
        compiler = typst.Compiler(font_paths=fonts)
        # Fonts are read when first used, which must be while the folder exists.
        compiler.compile(input=WARM_UP.encode(), format="pdf")
    return compiler


WARM_UP = """
#set text(font: ("Be Vietnam Pro", "DejaVu Sans"))
a *a* _a_ ✔
"""
