"""The workbook as bytes: equal facts give equal bytes, on any day and any machine."""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from briefings.errors import ReportError
from briefings.escaping import clean
from briefings.facts.form_book import FormBook, from_bytes
from briefings.forms.page import pages
from briefings.forms.sheet import draw
from briefings.forms.styles import named_styles

# The earliest time that an entry can have; the files inside have none of their own.
NO_TIME = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def workbook(facts: bytes, language: str) -> bytes:
    """The form in one language; ReportError where the facts that were kept do not add up."""
    book = from_bytes(facts)
    if broken := book.broken():
        raise ReportError(f"Form II.06a: {'; '.join(broken)}.")
    return _packed(_drawn(book, language))


def _drawn(book: FormBook, language: str) -> Workbook:
    drawn = Workbook()
    drawn.remove(drawn.worksheets[0])
    for style in named_styles():
        drawn.add_named_style(style)
    for page in pages(book, language):
        draw(drawn.create_sheet(), page)
    about, said = book.about, drawn.properties
    said.creator, said.title = clean(about.project[language]), f"II.06a, {about.month}"
    # Not the clock, but the last day that the form is about.
    said.created = said.modified = datetime.combine(about.regime.period(about.month).end, time())
    return drawn


def _packed(drawn: Workbook) -> bytes:
    content = io.BytesIO()
    with _Timeless(content, "w") as archive:
        ExcelWriter(drawn, archive).save()
    return content.getvalue()


class _Timeless(ZipFile):
    """An archive whose entries tell neither when nor by whom they were written."""

    def writestr(
        self, zinfo_or_arcname: Any, data: Any, compress_type: Any = None, compresslevel: Any = None
    ) -> None:
        entry = ZipInfo(zinfo_or_arcname, NO_TIME)
        entry.create_system = UNIX
        super().writestr(entry, data, ZIP_STORED)  # compressors differ between machines

    def write(
        self,
        filename: Any,
        arcname: Any = None,
        compress_type: Any = None,
        compresslevel: Any = None,
    ) -> None:
        self.writestr(arcname, Path(filename).read_bytes())
