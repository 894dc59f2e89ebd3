"""How the cells of the form look."""

from __future__ import annotations

from typing import Literal

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from briefings.forms.page import Kind

Role = Literal["number", "label", "cell"]
ROLES: tuple[Role, ...] = ("number", "label", "cell")

# What Decree 30 prescribes for administrative documents, and what the systems' own exports use.
FONT = "Times New Roman"
SIZE = 11
WHOLE_NUMBER = "#,##0"
SHADES: dict[Kind, str] = {
    "heading": "EDEDED", "row": "", "subtotal": "F7F7F7", "total": "DDDDDD",
}  # fmt: skip
INK, WARNING_INK, WARNING_SHADE = "000000", "9C0006", "FFF3CD"
LINE = Side(style="thin", color="808080")
BOX, NO_BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE), Border()


def named_styles() -> tuple[NamedStyle, ...]:
    """Every style of the workbook."""
    plain, bold, italic = _font(), _font(bold=True), _font(italic=True)
    return (
        *(_line(kind, role) for kind in SHADES for role in ROLES),
        _style("form number", "left", bold),
        _style("form reporter", "right", bold),
        _style("form title", "center", _font(bold=True, size=14)),
        _style("form subtitle", "center", plain),
        _style("form measure", "right", italic),
        _style("form synthetic", "center", _font(bold=True, color=WARNING_INK), WARNING_SHADE),
        _style("form header", "center", bold, border=BOX),
        _style("form column", "center", italic, border=BOX),
        _style("form note", "left", plain),
    )


def style_of(kind: Kind, role: Role) -> str:
    """The name of the style of a cell in a line."""
    return f"form {kind} {role}"


def _line(kind: Kind, role: Role) -> NamedStyle:
    across = {"number": "center", "label": "left", "cell": "right"}[role]
    font = _font(bold=kind != "row")
    style = _style(style_of(kind, role), across, font, SHADES[kind], border=BOX)
    if role == "cell":
        style.number_format = WHOLE_NUMBER
    return style


def _font(*, bold: bool = False, italic: bool = False, size: int = SIZE, color: str = INK) -> Font:
    return Font(name=FONT, size=size, bold=bold, italic=italic, color=color)


def _style(
    name: str, across: str, font: Font, shade: str = "", *, border: Border = NO_BOX
) -> NamedStyle:
    return NamedStyle(
        name,
        font=font,
        alignment=Alignment(horizontal=across, vertical="center", wrap_text=True),
        border=border,
        fill=PatternFill("solid", fgColor=shade) if shade else PatternFill(),
    )
