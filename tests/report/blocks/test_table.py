"""Tables whose headings a screen reader can follow."""

from __future__ import annotations

import pytest

from briefings.mime import FIGURES
from briefings.report.blocks import HeaderCell, Table, header_row
from briefings.report.blocks.widths import column_weights
from briefings.report.figures import Figure

H = HeaderCell
SPANNERS = (
    (H("Lĩnh vực", rowspan=2), H("Tiếp nhận", colspan=2), H("Ghi chú", rowspan=2)),
    (H("Trực tuyến"), H("Trực tiếp")),
)


def table(**changes: object) -> Table:
    fields: dict[str, object] = {
        "identifier": "form",
        "caption": "Mẫu",
        "header": SPANNERS,
        "rows": (("Đất đai", "1", "2", ""), ("Tổng", "1", "2", "")),
        "align": ("left", "right", "right", "left"),
    }
    return Table(**(fields | changes))  # type: ignore[arg-type]


def test_headings_have_scopes() -> None:
    page = table().html()
    assert '<th scope="col" class="left" rowspan="2">Lĩnh vực<' in page
    assert '<th scope="colgroup" class="center" colspan="2">Tiếp nhận<' in page
    assert '<th scope="col">Trực tiếp<' in page
    assert '<th scope="row">Đất đai<' in page


def test_only_what_is_not_aligned_as_usual_says_so() -> None:
    page = table().html()
    assert "<td>1<td>2<td" in page
    assert '<td class="left">' in page
    assert '<th scope="row" class="right">' in table(align=("right",) * 4).html()


def test_the_caption_names_the_region_that_scrolls() -> None:
    page = table().html()
    assert 'role="region" aria-labelledby="form-caption" tabindex="0"' in page
    assert '<caption id="form-caption"><span>Mẫu</span></caption>' in page


def test_total_rows_stand_out() -> None:
    assert '<tr class="total"><th scope="row">Tổng<' in table(emphasis=(1,)).html()


def test_a_table_without_rows_says_so() -> None:
    page = table(rows=(), empty="Không có hồ sơ.").html()
    assert '<td class="empty" colspan="4">Không có hồ sơ.' in page
    assert "Không có hồ sơ." in table(rows=(), empty="Không có hồ sơ.").plain()


def test_figures_in_cells_are_handed_on() -> None:
    figure = Figure("received", "2025-02", "H23", 3.0, "3")
    simple = Table("t", "C", header_row("A", "B"), (("x", figure),), ("left", "right"))
    assert simple._repr_mimebundle_()[FIGURES] == [figure.record()]


@pytest.mark.parametrize(
    "changes",
    [
        {"rows": (("Đất đai", "1"),)},
        {"header": header_row("A", "B", "C")},
        {"header": header_row("A", "B", "C", "D", "E")},
        {"header": ((H("A", rowspan=2), H("B", colspan=3)), (H("C"),))},
        {"identifier": "two words"},
    ],
)
def test_a_table_that_does_not_fill_its_grid_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"cells|heading|identifier"):
        table(**changes)


@pytest.mark.parametrize(
    ("columns", "density"), [(3, "normal"), (7, "medium"), (9, "medium"), (10, "wide")]
)
def test_many_columns_are_set_smaller(columns: int, density: str) -> None:
    wide = Table("t", "C", header_row(*"A" * columns), (), ("left",) * columns)
    assert wide.density == density


def test_a_column_is_never_narrower_than_its_longest_word() -> None:
    short, long = column_weights(("A", "B"), [("12.345", "một " * 90)], capacity=10)
    roomy = column_weights(("A", "B"), [("12.345", "một " * 90)], capacity=100)
    assert short == roomy[0]
    assert long < roomy[1]


def test_words_instead_of_a_number_do_not_widen_a_column() -> None:
    unknown = Figure("sync", "2025-02", "H23", None, "không có dữ liệu", status="no_data")
    known = Figure("sync", "2025-02", "H23", 1.0, "không có dữ liệu")
    broken, whole = column_weights(("A", "B"), [(unknown, known)], capacity=1)
    assert broken < whole


def test_what_no_space_breaks_widens_a_column_as_a_whole() -> None:
    reached, all_of_it = (Figure(kpi, "2025-02", "H23", 16.0, "16") for kpi in ("a", "b"))
    (joined,) = column_weights(("A",), [((reached, "\u00a0/\u00a0", all_of_it),)], capacity=1)
    (parted,) = column_weights(("A",), [((reached, " / ", all_of_it),)], capacity=1)
    assert parted < joined


@pytest.mark.parametrize(
    ("rows", "together"),
    [(("x",) * 8, True), (("x",) * 9, False), (("x\n" * 40,), False), (("một " * 400,), False)],
)
def test_only_a_short_table_moves_to_the_next_page_as_a_whole(
    rows: tuple[str, ...], together: bool
) -> None:
    cells = tuple((row, "1") for row in rows)
    printed = Table("t", "C", header_row("A", "B"), cells, ("left", "right")).typst()
    assert ("breakable: false" in printed) is together


def test_a_number_alone_in_a_printed_cell_is_plain_text() -> None:
    figure = Figure("received", "2025-02", "H23", 3.0, "3")
    unknown = Figure("received", "2025-01", "H23", None, "không có dữ liệu")
    rows = (("x", figure), ("y", unknown), ("z", ("ước ", figure)))
    printed = Table("t", "C", header_row("A", "B"), rows, ("left", "right")).typst()
    assert '("x", "3",)' in printed
    assert '("y", no-value("không có dữ liệu"),)' in printed
    assert '("z", [#{"ước "; number("3")}],)' in printed
