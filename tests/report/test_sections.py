"""Each section of the tiny province, against figures counted by hand (see conftest.py)."""

from __future__ import annotations

import dataclasses

import pytest

from briefings.errors import ParameterError
from briefings.project import Project
from briefings.report.blocks import Chart, Table
from briefings.report.blocks.block import Block
from briefings.report.blocks.inline import figures_in
from briefings.report.briefing import Briefing
from briefings.report.figures import Figure
from tests import tiny
from tests.figures_of_page import Read, figures_of_page
from tests.report.conftest import (
    DOSSIERS,
    FEBRUARY,
    HEADINGS,
    UNITS,
    MakeMaterial,
    MakeProject,
    complete,
    figures_of,
    lines,
    material_of,
)
from tests.report.test_drawing import ticks

pytestmark = pytest.mark.slow

MONTH, TO_DATE = "2025-02", "2025-01..2025-02"
COMPARED = {"2025-01", "2024-02"}  # the previous month and the same month last year
SAME_TET = {"2024-03"}
TREND = {"2025-01"}
# Section → periods its figures may have.
SECTIONS: dict[str, set[str]] = {
    "masthead": set(),
    "headlines": {MONTH, TO_DATE},
    "counts": {MONTH, TO_DATE, *COMPARED},
    "rates_of_period": {MONTH, *COMPARED},
    "rates_to_date": {TO_DATE},
    "service_index": {TO_DATE},
    "changes": {TO_DATE},
    "late_publications": {TO_DATE},
    "unsynchronised": {TO_DATE},
    "form_of_period": {MONTH},
    "form_to_date": {TO_DATE},
    "league": {TO_DATE},
    "outliers": {TO_DATE},
    "funnels": {TO_DATE},
    "intervals": {MONTH},
    "signals": {MONTH},
    "daily_volumes": {MONTH, *COMPARED, *SAME_TET},
    "volume_trend": {MONTH, *TREND},
    "rate_trends": {MONTH, *TREND},
    "worst_procedures": {TO_DATE},
    "best_procedures": {TO_DATE},
    "overdue": {MONTH},
    "reconciliation": {TO_DATE},
    "method": {MONTH},
    "definitions": {TO_DATE},
    "intake": {MONTH},
    "provenance": set(),
    "accountability_masthead": set(),
    "accountability_headlines": {TO_DATE},
    "late_procedures": {TO_DATE},
    "waiting_for_portal": {TO_DATE},
    "overdue_steps": {MONTH},
    "waiting": {MONTH, TO_DATE},
    "complaints": {TO_DATE},
    "inspection": {TO_DATE},
    "commendation": {TO_DATE},
    "rules": {TO_DATE},
    "judged": {TO_DATE},
}
OF_ALL_UNITS = {"league", "outliers", "funnels", "unsynchronised", "reconciliation"}

UNIT_CODES = ("T1", "D1", "D2", "C1")
every_section = pytest.mark.parametrize("section", SECTIONS)
every_section_of_units = pytest.mark.parametrize(
    ("section", "unit"),
    [(s, u) for s in SECTIONS for u in UNIT_CODES if u == "T1" or s not in OF_ALL_UNITS],
)


def show(material: MakeMaterial, section: str, *options: str) -> Block:
    block: Block = getattr(Briefing(material(*options)), section)()
    return block


def by_identity(block: Block) -> dict[str, Figure]:
    return {figure.identity: figure for figure in figures_of(block)}


@pytest.mark.slow
@every_section_of_units
def test_both_languages_print_the_same_figures_in_the_same_order(material, section, unit):
    vi, en = (show(material, section, unit, language) for language in ("vi", "en"))
    assert [f.record() for f in figures_of(vi)] == [f.record() for f in figures_of(en)]
    assert len(vi.plain().split("\n")) == len(en.plain().split("\n"))


@pytest.mark.slow
@every_section_of_units
def test_the_page_identifies_every_figure(material, section, unit):
    block = show(material, section, unit)
    assert figures_of_page(block.html()) == [
        Read(figure.identity, figure.value, figure.text) for figure in figures_of(block)
    ]


@pytest.mark.slow
@every_section_of_units
def test_every_figure_belongs_to_the_periods_of_its_section(material, section, unit):
    found = figures_of(show(material, section, unit))
    assert {figure.period for figure in found} <= SECTIONS[section]


@every_section_of_units
def test_a_unit_is_shown_its_own_figures(material, section, unit):
    if unit != "T1":
        assert {f.unit for f in figures_of(show(material, section, unit))} <= {unit}


@pytest.mark.parametrize("section", sorted(OF_ALL_UNITS))
def test_only_the_briefing_of_all_units_compares_them(material, section):
    with pytest.raises(ParameterError, match="D1 compares no units") as refusal:
        show(material, section, "D1")
    assert "Open the briefing of T1" in refusal.value.advice


@pytest.mark.parametrize("unit", UNIT_CODES)
def test_one_identity_never_has_two_values_in_a_briefing(material, unit):
    seen: dict[str, Figure] = {}
    own = SECTIONS.keys() - (set() if unit == "T1" else OF_ALL_UNITS)
    for section in sorted(own):
        for figure in figures_of(show(material, section, unit)):
            earlier = seen.setdefault(figure.identity, figure)
            assert earlier.record() == figure.record()


def test_the_section_list_is_that_of_the_briefing():
    methods = {name for name in vars(Briefing) if not name.startswith("_")} - {"material"}
    assert methods == set(SECTIONS)


# By hand.


def test_the_form_of_the_month(material: MakeMaterial):
    assert lines(show(material, "form_of_period"))[2:5] == [
        "Departments and boards | 4 | 3 | 0 | 1 | 2 | 1 | 1 | 0 | 2 | 1 | 1",
        "Communes, wards and townships | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0",
        "All units | 4 | 3 | 0 | 1 | 2 | 1 | 1 | 0 | 2 | 1 | 1",
    ]
    assert lines(show(material, "form_of_period", "D1"))[2] == (
        "Department One | 2 | 2 | 0 | 0 | 2 | 1 | 1 | 0 | 0 | 0 | 0"
    )
    assert lines(show(material, "form_of_period", "D2"))[2] == (
        "Department Two | 2 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 2 | 1 | 1"
    )


def test_the_form_to_date(material: MakeMaterial):
    assert lines(show(material, "form_to_date"))[4] == (
        "All units | 8 | 6 | 2 | 0 | 6 | 3 | 2 | 1 | 2 | 1 | 1"
    )
    january = show(material, "form_of_period", "T1", "en", tiny.JANUARY)
    assert lines(january)[4] == "All units | 5 | 3 | 2 | 0 | 4 | 2 | 1 | 1 | 1 | 1 | 0"


def test_counts_beside_other_periods(material: MakeMaterial):
    found = by_identity(show(material, "counts"))
    expected = {
        "received_total": (4, 5, 8),
        "received_in_period": (3, 5, 8),
        "processed": (2, 4, 6),
        "processed_on_time": (2, 3, 5),
        "processed_late": (0, 1, 1),
        "pending": (2, 1, 2),
        "pending_overdue": (1, 0, 1),
        "decisions": (1, 1, 2),
        "procedures_new": (0, 1, 1),
        "procedures_amended": (1, 0, 1),
        "procedures_abolished": (1, 0, 1),
    }
    for kpi, values in expected.items():
        for window, value in zip((MONTH, "2025-01", TO_DATE), values, strict=True):
            assert found[f"{kpi}@{window}/T1"].value == value, (kpi, window)
        assert found[f"{kpi}@2024-02/T1"].status == "no_data"


def test_rates_of_month_and_year(material: MakeMaterial):
    month = by_identity(show(material, "rates_of_period"))
    to_date = by_identity(show(material, "rates_to_date"))
    expected = {
        "on_time": ((2, 2), (5, 6)),
        "overdue_share": ((1, 2), (1, 2)),
        "sync": ((1, 3), (4, 8)),
        "online_filing": ((3, 3), (6, 8)),
        "online_payment": ((1, 1), (2, 3)),
        "publication_coverage": ((0, 2), (1, 3)),
        "publication_on_time": ((0, 2), (1, 3)),
        "feedback_on_time": ((0, 1), (1, 2)),
    }
    for kpi, parts in expected.items():
        for window, found, part in zip((MONTH, TO_DATE), (month, to_date), parts, strict=True):
            figure = found[f"{kpi}@{window}/T1"]
            assert (figure.numerator, figure.denominator) == part, kpi
            assert figure.value == part[0] / part[1]


def test_statuses_of_the_year_to_date(material: MakeMaterial):
    shown = {line.split(" | ")[0]: line.split(" | ")[1:] for line in lines(
        show(material, "rates_to_date"))[2:]}  # fmt: skip
    assert shown["Processed on time (local basis)"][0] == "83.33%"
    assert shown["Processed on time (local basis)"][2:] == [
        "−15.17", "1", "✘ missed", "out of reach at today's volume",
    ]  # fmt: skip
    assert shown["Synchronised with the National Public Service Portal"] == [
        "50.00%", "100%", "−50.00", "4", "✘ missed", "100% and 4 made good",
    ]  # fmt: skip
    assert shown["Filed online"] == [
        "75.00%", "80%", "−5.00", "1", "? target not verified", "81.00%",
    ]  # fmt: skip
    assert shown["Petitions answered on time"] == [
        "50.00%", "–", "–", "–", "– no target", "–",
    ]  # fmt: skip


def test_a_unit_that_did_nothing_has_no_rates_and_no_verdicts(material: MakeMaterial):
    for line in lines(show(material, "rates_to_date", "C1"))[2:-1]:
        cells = line.split(" | ")
        if "index 766" in cells[0]:  # the data of nobody have what it needs
            assert cells[1] == "not measurable"
            continue
        assert cells[1] == "no data"
        assert cells[3:] == ["–", "–", "○ no data", "–"]


def test_headlines_of_the_province_speak_of_the_year(material: MakeMaterial):
    text = "\n".join(lines(show(material, "headlines")))
    assert "1 Jan 2025 – 28 Feb 2025: received 8 dossiers" in text
    assert "processed 6, pending at the end 2." in text
    assert "Processed ahead of or on time: 5, or 83.33% (local basis). Processed late: 1." in text
    assert "Pending and overdue: 1." in text
    assert "Of the 8 dossiers received since 1 Jan 2025, 50.00% were" in text
    assert "Alone in February 2025: received 3, processed 2, announcement decisions 1." in text


def test_headlines_of_a_unit_speak_of_the_month(material: MakeMaterial):
    text = "\n".join(lines(show(material, "headlines", "D2")))
    assert "received 1 dossier in February 2025; with 1 carried over" in text
    assert "it had 2 to handle, processed 0 and left 2 pending" in text
    assert "there is no share on time" in text
    assert "Pending and overdue at the end of the period: 1." in text


def test_decisions_of_the_year_and_their_total(material: MakeMaterial):
    shown = lines(show(material, "changes"))
    assert [line.split(" | ")[0] for line in shown[2:]] == ["1/QĐ", "2/QĐ", "Total"]
    assert shown[3].endswith("| 0 | 1 | 1")
    assert shown[4].endswith("| 1 | 1 | 1")
    assert len(lines(show(material, "changes", "D2"))) == 4  # caption, headings, 2/QĐ, total


def test_late_publication(material: MakeMaterial):
    (row,) = lines(show(material, "late_publications"))[2:]
    assert row == "2/QĐ | Department Two | 17 Feb 2025 | – | 2 | 2"
    assert "No late publication" in lines(show(material, "late_publications", "D1"))[2]


def test_without_publications_nobody_is_called_late(only_dossiers: Briefing):
    (text,) = lines(only_dossiers.late_publications())[2:]
    assert text == "The publications are not part of this project's data."


def test_decisions_without_publications_are_not_called_unpublished(other_project: MakeProject):
    every = ["decisions", "procedure_changes", "procedures", "dossiers"]
    project = other_project(only=every)
    shown = lines(Briefing(material_of(project)).late_publications())
    assert shown[2:] == ["The publications are not part of this project's data."]


def test_units_that_the_portal_lacks_most(material: MakeMaterial):
    rows = [line.split(" | ") for line in lines(show(material, "unsynchronised"))[2:]]
    assert rows == [
        ["Department Two", "4", "3", "25.00%"],
        ["Department One", "4", "1", "75.00%"],
        ["All units", "8", "4", "50.00%"],
    ]


def test_units_side_by_side_add_up(material: MakeMaterial):
    table = show(material, "league")
    assert isinstance(table, Table)
    *rows, total = table.rows
    for column in range(1, 5):
        values = [row[column] for row in (*rows, total)]
        assert all(isinstance(value, Figure) and value.value is not None for value in values)
        numbers = [value.value for value in values if isinstance(value, Figure)]
        assert sum(number or 0 for number in numbers[:-1]) == numbers[-1]
    assert total[1:] == tuple(
        by_identity(table)[f"{kpi}@{TO_DATE}/T1"]
        for kpi in (
            "received_in_period", "processed", "processed_late", "pending_overdue",
            "on_time", "sync", "online_filing", "online_payment",
        )
    )  # fmt: skip


def communes(block: Block) -> dict[str, Figure]:
    """The figures of the row of all communes, by measure."""
    assert isinstance(block, Table)
    (row,) = (row for row in block.rows if str(row[0]).startswith("Communes"))
    return {figure.kpi: figure for figure in figures_in(row)}


def test_communes_that_did_nothing_have_no_rates(material: MakeMaterial):
    """A rate of nothing is `no data`: printed as 0 it would be a verdict on 2 communes."""
    found = communes(show(material, "league"))
    for kpi in ("on_time", "sync", "online_filing", "online_payment"):
        assert (found[kpi].value, found[kpi].status, found[kpi].text) == (
            None, "no_data", "no data",
        ), kpi  # fmt: skip
    assert found["processed"].value == 0


def test_one_commune_without_return_dates_does_not_hide_the_others(other_project: MakeProject):
    """C2's only dossier has no return date, C1's 19 have one: 95% of the communes' are known."""
    rows = [
        f"E{n},P1,C1,03/02/2025 08:00,Trực tuyến,10/02/2025 17:00,10/02/2025 09:00,Đã trả kết quả,x"
        for n in range(19)
    ]
    rows.append("F1,P1,C2,03/02/2025 08:00,Trực tuyến,,10/02/2025 09:00,Đã trả kết quả,x")
    project = other_project(dossiers=DOSSIERS | {tiny.FEBRUARY: FEBRUARY + "\n".join(rows) + "\n"})
    found = communes(Briefing(material_of(project)).league())
    assert (found["on_time"].numerator, found["on_time"].denominator) == (19, 19)
    form = by_identity(Briefing(material_of(project)).form_of_period())
    assert form[f"II.06a(undated)@{MONTH}/T1"].text == "1"


def test_charts_draw_the_figures_of_their_twin(material: MakeMaterial):
    chart = show(material, "volume_trend")
    assert isinstance(chart, Chart)
    assert chart.twin.plain().split("\n")[2:] == [
        "January 2025 | 5 | 4 | 1",
        "February 2025 | 3 | 2 | 2",
    ]
    assert (
        "lowest 3 in February 2025, highest 5 in January 2025, last 3 in February 2025" in chart.alt
    )


def test_a_rate_is_drawn_if_any_month_has_a_value(material: MakeMaterial):
    kpis = {f.kpi for f in figures_of(show(material, "rate_trends", "D2"))}
    assert "on_time" in kpis  # D2 processed nothing in February, but did in January
    assert {"sync", "online_filing"} <= kpis
    nothing = show(material, "rate_trends", "C1")
    assert nothing.plain() == "No month of the chart has a value for any of the rates."


def test_the_axis_of_a_small_rate_reads_right(other_project: MakeProject):
    """One payment of a hundred was online: grid lines at 0.4% and 0.8% must not read 0% and 1%."""
    headings = "Mã giao dịch,Mã hồ sơ,Thời điểm,Số tiền,Hình thức\n"
    methods = ["Cổng quốc gia"] + ["Tiền mặt"] * 99
    rows = [f"G{n},A1,2025-02-03 08:05:00,1,{method}\n" for n, method in enumerate(methods)]
    payments = {tiny.JANUARY: headings, tiny.FEBRUARY: headings + "".join(rows)}
    briefing = Briefing(material_of(other_project(payments=payments)))
    charts = [chart for chart in briefing.rate_trends().blocks if isinstance(chart, Chart)]
    (chart,) = (chart for chart in charts if chart.identifier == "chart-online-payment")
    labels = ticks(chart.svg, "%")
    assert len(labels) == len(set(labels)) >= 2


def test_open_overdue_dossiers(material: MakeMaterial):
    rows = [line.split(" | ") for line in lines(show(material, "overdue"))[2:4]]
    # A5 was due on 14 February, 14 days before the end of the month.
    assert rows == [
        ["Department Two", "0", "0", "1", "0", "0", "1", "14"],
        ["Total", "0", "0", "1", "0", "0", "1", "14"],
    ]
    (row, _) = [line.split(" | ") for line in lines(show(material, "overdue", "D2"))[2:4]]
    assert row[0] == "Thủ tục hai (P2)"


def test_the_youngest_band_holds_what_fell_due_on_the_last_day(other_project: MakeProject):
    """Due on 28 February and open: overdue by the form, 0 days past due, so not in `1–5 days`."""
    row = "E1,P1,D1,03/02/2025 08:00,Trực tuyến,28/02/2025 17:00,,Đang xử lý,x\n"
    project = other_project(dossiers={tiny.JANUARY: HEADINGS, tiny.FEBRUARY: HEADINGS + row})
    table = Briefing(material_of(project)).overdue()
    shown = lines(table)
    assert shown[2].split(" | ")[1] == "1"
    assert shown[2].split(" | ")[-1] == "0"
    assert not shown[1].split(" | ")[1].startswith("1")


def test_both_parts_of_a_measure_say_what_they_are_parts_of(material: MakeMaterial):
    printed = by_identity(show(material, "definitions"))
    on_time = material("T1").facts.observation("on_time", material("T1").facts.year_to_date)
    parts = [printed[f"on_time:{name}@{TO_DATE}/T1"] for name in ("numerator", "denominator")]
    assert [part.value for part in parts] == [on_time.numerator, on_time.denominator]


def test_published_figures_and_their_verdicts(material: MakeMaterial):
    rows = [line.split(" | ") for line in lines(show(material, "reconciliation"))[2:5]]
    assert [row[1:] for row in rows] == [
        ["6", "6", "exact"],
        ["83.3%", "83.33%", "within rounding"],
        ["over 50%", "50.00%", "differs"],
    ]
    assert "No published figures" in lines(
        show(material, "reconciliation", "T1", "en", tiny.JANUARY)
    )[2]  # fmt: skip


def test_every_row_read_is_accounted_for(material: MakeMaterial):
    found = by_identity(show(material, "intake"))
    for name, figure in found.items():
        if name.startswith("rows.read:"):
            used, aside = (
                found[name.replace("rows.read", f"rows.{kind}")] for kind in ("used", "quarantined")
            )
            assert figure.value == (used.value or 0) + (aside.value or 0)
    assert found["rows.read:dossiers@2025-02/T1"].value == 8
    january = by_identity(show(material, "intake", "T1", "en", tiny.JANUARY))
    assert january["rows.read:dossiers@2025-01/T1"].value == 5


def test_every_reason_for_quarantine_has_its_count(other_project: MakeProject):
    rows = "".join(
        f"G{n},P1,{unit},03/02/2025 08:00,Trực tuyến,,,Đang xử lý,x\n"
        for n, unit in enumerate(["NOWHERE", "NOWHERE", ""])
    )
    project = other_project(dossiers=DOSSIERS | {tiny.FEBRUARY: FEBRUARY + rows})
    block = Briefing(material_of(project)).intake()
    found = by_identity(block)
    reasons = {
        reason: found[f"rows.quarantined.{reason}:dossiers@2025-02/T1"].value
        for reason in ("unknown unit", "empty cell")
    }
    assert reasons == {"unknown unit": 2, "empty cell": 1}
    assert found["rows.quarantined:dossiers@2025-02/T1"].value == sum(reasons.values())
    assert "unknown unit: 2" in block.plain()


def test_a_briefing_of_january_knows_nothing_of_february(material: MakeMaterial):
    for section in SECTIONS:
        block = show(material, section, "T1", "en", tiny.JANUARY)
        periods = {figure.period for figure in figures_of(block)}
        assert periods <= {"2025-01", "2025-01..2025-01", "2024-12", "2024-01"}, section
        assert "Feb" not in block.plain().replace("Công bố", ""), section


# What the data do not hold.


@pytest.fixture(scope="module")
def only_dossiers(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """An office that delivers nothing but dossiers."""
    project = complete(tmp_path_factory.mktemp("dossiers"), only=["dossiers"])
    return Briefing(material_of(project))


@pytest.fixture(scope="module")
def begun_in_february(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """An office whose first delivery is that of February."""
    portal = {tiny.FEBRUARY: tiny.TABLES["portal_dossiers"][tiny.FEBRUARY]}  # type: ignore[index]
    project = complete(
        tmp_path_factory.mktemp("february"),
        only=["dossiers", "portal_dossiers"],
        dossiers={tiny.FEBRUARY: FEBRUARY},
        portal_dossiers=portal,
    )
    return Briefing(material_of(project))


@every_section
def test_what_is_not_delivered_is_not_measurable(only_dossiers: Briefing, section):
    for figure in figures_of(getattr(only_dossiers, section)()):
        if figure.kpi in ("sync", "online_payment", "decisions", "publication_coverage"):
            assert (figure.value, figure.status) == (None, "not_measurable")


def test_what_is_not_delivered_is_said_in_words(only_dossiers: Briefing):
    assert "not part of this project" in only_dossiers.changes().plain()
    assert "not part of this project" in only_dossiers.late_publications().plain()
    assert "not part of this project" in only_dossiers.unsynchronised().plain()


@every_section
def test_every_section_can_be_shown_for_a_year_whose_data_begin_late(begun_in_february, section):
    getattr(begun_in_february, section)().plain()


def test_a_year_without_data_is_not_praised(begun_in_february: Briefing):
    shown = begun_in_february.unsynchronised().plain()
    assert "Every received dossier is on the national portal" not in shown


def test_a_department_merged_in_january_stays_in_the_year_to_date(other_project: MakeProject):
    """D1 ended on 31 January: what it did in January is still the province's."""
    ended = UNITS.replace(
        "D1,Sở Một,Department One,department,T1,,,",
        "D1,Sở Một,Department One,department,T1,,2025-01-31,",
    )
    assert ended != UNITS
    only_b3 = HEADINGS + FEBRUARY.splitlines(keepends=True)[3]
    project = other_project(units=ended, dossiers=DOSSIERS | {tiny.FEBRUARY: only_b3})
    briefing = Briefing(material_of(project))
    form = by_identity(briefing.form_to_date())
    assert form[f"II.06a(4)@{TO_DATE}/T1"].value == 4  # A1, A3, A4, B3
    assert form[f"II.06a(4)@{TO_DATE}/level:department"].value == 4
    assert "1/QĐ | 6 Jan 2025 | Department One" in briefing.changes().plain()
    *rows, total = briefing.league().rows
    received = [figures[0].value for figures in (list(figures_in(row)) for row in rows)]
    assert sum(value or 0 for value in received) == next(figures_in(total)).value == 6


def test_the_summary_of_accountability_says_of_which_days_each_count_is(material: MakeMaterial):
    """Under the title of February it counted the year to date, and called cases procedures."""
    late, portal, overdue, petitions, named = lines(show(material, "accountability_headlines"))
    for line in (late, portal, petitions):
        assert "1 Jan 2025 – 28 Feb 2025" in line
    assert "case" in late
    assert "not verified" in late
    assert "on 28 Feb 2025" in overdue
    assert "not yet confirmed by the office: a reason to look, not a judgement" in named


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "không có tên trong danh sách không có nghĩa là làm tốt"),
        ("en", "not to be listed is no sign of doing well"),
    ],
)
def test_the_rules_say_that_silence_is_no_praise(material: MakeMaterial, language, said):
    """Three times the odds to fail are found in a third of cases only."""
    assert said in show(material, "rules", "T1", language).plain()


def test_the_form_says_that_its_columns_are_unverified(material: MakeMaterial):
    assert "(unverified)" in show(material, "form_of_period").plain()
    assert "(chưa xác minh)" in show(material, "form_of_period", "T1", "vi").plain()


def test_without_a_calendar_nobody_is_said_to_be_in_time_or_late(project: Project):
    """P9 and P2 of 2/QĐ are public nowhere: neither 100% published nor `no late publication`."""
    blind = dataclasses.replace(project, calendar=None)
    briefing = Briefing(material_of(blind))
    found = by_identity(briefing.rates_to_date())
    for kpi in ("publication_coverage", "publication_on_time"):
        assert found[f"{kpi}@{TO_DATE}/T1"].status == "not_measurable", kpi
    assert "No late publication" not in briefing.late_publications().plain()
