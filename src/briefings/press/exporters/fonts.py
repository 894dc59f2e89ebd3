"""The one typeface of every page, given digits of equal width and cut to what is printed."""

from __future__ import annotations

import base64
import functools
import io
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from briefings.press.exporters.font_files import font_file, symbol_folder

FAMILY = "Be Vietnam Pro"
SYMBOL_FAMILY = "DejaVu Sans"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# Signs our typeface lacks, those of the statuses; matplotlib, which we need anyway, ships a
# typeface that has them.
SYMBOLS = "✔✘○⊘"
# Vietnamese and the letters of Western European names. Every sign more is weight in each page;
# what is not here comes from a font of the reader's.
LETTERS = frozenset(
    [
        *range(0x20, 0x7F),
        *range(0xC0, 0x100),
        *range(0x1EA0, 0x1EFA),
        *map(ord, "ĂăĐđĨĩŨũƠơƯư"),
        *map(ord, "\u00a0§«°±·»–—‘’“”•…‰₫−≈≠≤≥"),
    ]
)


@functools.cache
def tabular_font(style: str) -> bytes:
    """A style cut to LETTERS, with the feature `tnum`: digits of one width, for columns."""
    font = _subset(font_file(style), LETTERS)
    width = max(font["hmtx"][digit][0] for digit in DIGITS)
    for digit in DIGITS:
        _add_tabular(font, digit, width)
    rules = "".join(f"sub {digit} by {digit}.tnum;" for digit in DIGITS)
    addOpenTypeFeaturesFromString(font, f"feature tnum {{ {rules} }} tnum;", tables=["GSUB"])
    return _bytes(font)


def cut_faces() -> str:
    """The CSS that carries the fonts of a page inside it; see font_faces for whoever uses it."""
    faces = [
        *(_face(FAMILY, weight, tabular_font(style)) for weight, style in WEIGHTS.items()),
        _face("Briefing Symbols", 400, _symbol_font()),
    ]
    return "\n".join(faces)


def _symbol_font() -> bytes:
    return _bytes(_subset(symbol_folder() / "DejaVuSans.ttf", frozenset(map(ord, SYMBOLS))))


def _subset(path: Path, codepoints: frozenset[int]) -> TTFont:
    options = Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.notdef_outline = True
    options.drop_tables += ["FFTM"]
    font = _read(path)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    return font


def _read(file: Path | io.BytesIO) -> TTFont:
    # No outline changes, so none is measured again.
    return TTFont(file, recalcTimestamp=False, recalcBBoxes=False)


def _add_tabular(font: TTFont, digit: str, width: int) -> None:
    pen = TTGlyphPen(font.getGlyphSet())
    advance, bearing = font["hmtx"][digit]
    shift = (width - advance) // 2
    pen.addComponent(digit, (1, 0, 0, 1, shift, 0))
    name = f"{digit}.tnum"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = pen.glyph()
    font["glyf"][name].recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, bearing + shift)


def _bytes(font: TTFont) -> bytes:
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=True)
    return buffer.getvalue()


def _face(family: str, weight: int, font: bytes) -> str:
    packed = _read(io.BytesIO(font))
    packed.flavor = "woff2"
    data = base64.b64encode(_bytes(packed)).decode()
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:block;'
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )
