"""Pages of other periods than a month in mid-year, and of targets that are not a year's."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from briefings.errors import ParameterError
from briefings.gathering.counted import open_month
from briefings.gathering.form_book import form_book
from briefings.gathering.gather import gather_facts
from briefings.intake.take_in import take_in
from briefings.periods import Cut, Month, PeriodKind, Regime
from briefings.project import Project
from briefings.report.briefing import Briefing
from briefings.report.sections.signals import signals_table
from briefings.report.sections.trends import rate_charts, volume_chart
from tests import tiny
from tests.report.conftest import DOSSIERS, HEADINGS, UNITS, complete, lines, material_of

pytestmark = pytest.mark.slow

DELIVERED = ["procedures", "dossiers", "portal_dossiers"]
PORTAL = "Mã hồ sơ,Thời điểm đồng bộ,Mã trạng thái\n"


def cut(project: Project, kind: PeriodKind, cut: Cut = "calendar_month") -> Project:
    return replace(project, regime=Regime(cut, kind))


def cells_of(line: str) -> list[str]:
    return line.split(" | ")


# A period that is the year to date.


@pytest.fixture(scope="module")
def january(project: Project) -> Briefing:
    return Briefing(material_of(project, month=tiny.JANUARY))


def test_in_january_the_counts_stand_once(january: Briefing):
    text = lines(january.counts())
    assert cells_of(text[1]) == ["Measure", "Period", "Previous period", "Same period last year"]
    assert text[-1].endswith("The reporting period is also the year to date.")


def test_in_january_the_targets_stand_with_the_year_to_date_only(january: Briefing):
    text = lines(january.rates_of_period())
    assert text[0] == "Rates beside other periods, 1 Jan 2025 – 31 Jan 2025"
    assert cells_of(text[1]) == ["Measure", "Period", "Previous period", "Same period last year"]
    assert cells_of(lines(january.rates_to_date())[1])[5] == "Status"


def test_in_january_the_form_and_the_headline_are_not_told_twice(january: Briefing):
    assert lines(january.form_to_date()) == [
        "The reporting period is also the year to date, so its form is the one above."
    ]
    assert "Alone in" not in january.headlines().plain()
    assert "1 Jan 2025 – 31 Jan 2025 (the same as the reporting period)" in (
        january.masthead().plain()
    )


def test_in_january_the_workbook_holds_each_form_once(project: Project):
    books = [form_book(open_month(project, Month(2025, month))) for month in (1, 2)]
    assert [(len(book.by_unit), len(book.by_field)) for book in books] == [(1, 1), (2, 2)]


def test_in_february_everything_stands_as_before(project: Project):
    page = Briefing(material_of(project))
    assert len(cells_of(lines(page.counts())[1])) == 5
    assert len(cells_of(lines(page.rates_of_period())[1])) == 7
    assert page.form_to_date().plain().startswith("Form II.06a, 1 Jan 2025 – 28 Feb 2025")


def test_a_year_is_compared_with_the_one_before_it_once(project: Project):
    page = Briefing(material_of(cut(project, "year")))
    for table in (page.counts(), page.rates_of_period()):
        text = lines(table)
        assert cells_of(text[1]) == ["Measure", "Period", "Same period last year"]
        assert "Same period last year: 1 Jan 2024 – 29 Feb 2024." in text[-1]
        assert "Previous period" not in text[-1]
    by_day = cells_of(lines(page.daily_volumes())[1])
    assert by_day[1:] == [
        "Period: 2025, up to 28 Feb 2025",
        "Same period last year: 2024, up to 29 Feb 2024",
    ]


# An unfinished period, and one that begins on the 15th.


@pytest.fixture(scope="module")
def legal_quarter(project: Project) -> Project:
    return cut(project, "quarter", "legal_month")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "Dữ liệu bắt đầu từ ngày 01/01/2025: phần trước ngày này không được tính ở đây."),
        ("en", "The data begin on 1 Jan 2025: what happened before is not counted here."),
    ],
)
def test_a_year_that_began_before_the_data_is_not_said_to_be_accounted_for(
    legal_quarter: Project, project: Project, language, said
):
    """It said `15 Dec 2024 – 14 Feb 2025: 0 cases` of a time of which nothing was delivered."""
    assert (
        lines(Briefing(material_of(legal_quarter, "T1", language)).accountability_headlines())[0]
        == said
    )
    whole = Briefing(material_of(cut(project, "quarter"), "T1", language))
    assert said not in whole.accountability_headlines().plain()


@pytest.mark.parametrize(
    ("language", "said", "no_value"),
    [
        ("vi", "Dữ liệu bắt đầu từ ngày 01/01/2025, sau ngày đầu năm", "không có dữ liệu hồ sơ"),
        ("en", "The data begin on 1 Jan 2025, after the year did", "received no data"),
    ],
)
@pytest.mark.parametrize("unit", ["T1", "D1"])
def test_a_briefing_says_that_the_data_begin_within_the_year(
    legal_quarter: Project, project: Project, unit, language, said, no_value
):
    """It said `received no data dossiers`, or was silent about the year."""
    first, *rest = lines(Briefing(material_of(legal_quarter, unit, language)).headlines())
    assert first.startswith(said)
    assert no_value not in "".join(rest)
    whole = Briefing(material_of(cut(project, "quarter"), unit, language))
    assert said not in whole.headlines().plain()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "Dữ liệu bắt đầu từ ngày 01/01/2025, không có hồ sơ tiếp nhận trước đó"),
        ("en", "The data begin on 1 Jan 2025 and hold nothing received earlier"),
    ],
)
@pytest.mark.parametrize("unit", ["T1", "D1"])
def test_a_first_month_does_not_pass_for_one_without_carry_over(
    project: Project, unit, language, said
):
    """`With 0 carried over` is a fact about the delivery, not about the office."""
    january = material_of(project, unit, language, tiny.JANUARY)
    assert said in Briefing(january).headlines().plain()
    legal = material_of(cut(project, "month", "legal_month"), unit, language)
    assert said not in Briefing(legal).headlines().plain()


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "tiếp nhận từ ngày 15/12/2024 được nộp"), ("en", "since 15 Dec 2024 were filed")],
)
def test_a_sentence_about_the_year_gives_its_first_day(tmp_path, language, said):
    """It said `since the start of the year`, which of legal months is no 1 January."""
    december = HEADINGS + "Z1,P1,D1,20/12/2024 08:00,Trực tuyến,27/12/2024 17:00,,Đang xử lý,x\n"
    dossiers = {"2024-12": december, **DOSSIERS}
    project = complete(tmp_path, only=["procedures", "dossiers"], dossiers=dossiers)
    material = material_of(cut(project, "month", "legal_month"), "T1", language)
    assert said in Briefing(material).headlines().plain()


def test_petitions_of_a_year_that_began_before_the_data_judge_nobody(
    legal_quarter: Project, project: Project
):
    def petitions(of: Project):
        facts = (gather_facts(tiny.FEBRUARY, unit, of) for unit in ("D1", "D2", "C1"))
        return [each.own for one in facts for each in one.accountability.judged
                if each.rule == "petitions"]  # fmt: skip

    assert any(petitions(project))
    assert not any(petitions(legal_quarter))


def test_an_unfinished_quarter_is_compared_with_the_first_months_of_the_one_before(project):
    text = lines(Briefing(material_of(cut(project, "quarter"))).counts())
    assert cells_of(text[1])[2] == "Previous period, to the same point"
    assert "Previous period: 1 Oct 2024 – 30 Nov 2024." in text[-1]
    assert "Same period last year: 1 Jan 2024 – 29 Feb 2024." in text[-1]
    whole = Briefing(material_of(cut(project, "month"))).counts()
    assert cells_of(lines(whole)[1])[2] == "Previous period"


@pytest.mark.parametrize(
    ("language", "signals", "rates"),
    [
        ("vi", "Tín hiệu trong tháng 2 năm 2025 (15/01/2025 – 14/02/2025)",
         ", 15/12/2024 – 14/02/2025, mỗi tháng từ ngày 15 tháng trước đến ngày 14"),
        ("en", "Signals in February 2025 (15 Jan 2025 – 14 Feb 2025)",
         ", 15 Dec 2024 – 14 Feb 2025, months from the 15th to the 14th"),
    ],
)  # fmt: skip
def test_captions_give_the_days_of_months_that_do_not_begin_on_the_first(
    project: Project, language, signals, rates
):
    legal, calendar = (
        material_of(cut(project, "month", each), "T1", language)
        for each in ("legal_month", "calendar_month")
    )
    assert lines(signals_table(legal))[0] == signals
    assert lines(signals_table(calendar))[0] == signals.split(" (")[0]
    for chart in (volume_chart(legal), *rate_charts(legal)):
        assert rates in chart.caption
    for chart in (volume_chart(calendar), *rate_charts(calendar)):
        assert rates not in chart.caption
    days = signals.split(" (")[1]
    page = Briefing(legal)
    assert lines(page.counts())[0].endswith(f"({days}")
    assert cells_of(lines(page.daily_volumes())[1])[1].endswith(f"({days}")


@pytest.mark.parametrize(
    ("language", "month", "days"),
    [
        ("vi", "tháng 2 năm 2025", " (15/01/2025 – 14/02/2025)"),
        ("en", "February 2025", " (15 Jan 2025 – 14 Feb 2025)"),
    ],
)
def test_no_sentence_calls_a_legal_month_by_the_name_of_a_calendar_month_alone(
    project: Project, language, month, days
):
    for unit in ("T1", "D1"):
        said = {
            each: Briefing(material_of(cut(project, "month", each), unit, language))
            .headlines()
            .plain()
            for each in ("legal_month", "calendar_month")
        }
        assert month in said["legal_month"]
        assert said["legal_month"].count(month) == said["legal_month"].count(month + days)
        assert days not in said["calendar_month"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "trong quý I năm 2025, đến hết ngày 28/02/2025"),
        ("en", "in the first quarter of 2025, up to 28 Feb 2025"),
    ],
)
def test_a_sentence_names_a_quarter_and_its_last_day(project: Project, language, said):
    material = material_of(cut(project, "quarter"), "D1", language)
    assert said in Briefing(material).headlines().plain()


def test_a_month_that_began_before_the_data_is_refused_with_the_first_that_can_be_had(tmp_path):
    """January's legal month begins on 15 December, of which nothing was delivered."""
    project = cut(complete(tmp_path), "month", "legal_month")
    with pytest.raises(ParameterError, match="MONTH=2025-01 begins on 2024-12-15") as refusal:
        gather_facts(tiny.JANUARY, "T1", project)
    assert "2025-02" in refusal.value.advice
    assert gather_facts(tiny.FEBRUARY, "T1", project).period.start.isoformat() == "2025-01-15"
    for kind in ("quarter", "half_year", "year"):  # begins before the data, its last month does not
        page = Briefing(material_of(cut(project, kind, "legal_month")))
        assert "no data" in page.counts().plain()


# What can still be made good.


def late_sync(folder: Path) -> Project:
    """Three of eight dossiers synchronised by February, and all nine in March."""
    march = (
        HEADINGS
        + "C1,P1,D1,03/03/2025 08:00,Trực tuyến,10/03/2025 17:00,10/03/2025 09:00,"
        + "Đã trả kết quả,x\n"
    )
    later = [f"{code},2025-03-20 09:00:00,10\n" for code in ["A2", "A3", "A4", "A5", "B3", "C1"]]
    return complete(
        folder,
        only=DELIVERED,
        dossiers=DOSSIERS | {"2025-03": march},
        portal_dossiers={
            tiny.JANUARY: PORTAL + "A1,2025-01-02 09:00:00,10\n",
            tiny.FEBRUARY: PORTAL + "B1,2025-02-03 09:00:00,10\nB2,2025-02-04 09:00:00,10\n",
            "2025-03": PORTAL + "".join(later),
        },
    )


def test_what_is_synchronised_late_can_still_meet_the_target_of_the_year(tmp_path):
    """February must not say that the year is lost, for March shows that it is not."""
    project = late_sync(tmp_path)
    rows = [
        [
            line.split(" | ")
            for line in lines(Briefing(material_of(project, month=m)).rates_to_date())
        ]
        for m in (tiny.FEBRUARY, "2025-03")
    ]
    february, march = ({row[0]: row[1:] for row in each if len(row) > 1} for each in rows)
    sync = "Synchronised with the National Public Service Portal"
    assert february[sync] == [
        "37.50%", "100%", "−62.50", "5", "✘ missed", "100% and 5 made good",
    ]  # fmt: skip
    assert march[sync] == ["100.00%", "100%", "0.00", "0", "✔ met", "100.00%"]
    assert february["Processed on time (local basis)"][-1] == "out of reach at today's volume"


# Targets that are not those of the whole year.

TARGETS = """\
kpi,scope,value,unit_of_measure,denominator,direction,legal_source,valid_from,valid_to,verified
sync,all,0.95,share,,higher,Kế hoạch đầu,2025-01-01,2025-01-20,false
sync,all,0.90,share,,higher,Kế hoạch giữa,2025-01-21,2025-01-31,true
sync,all,0.95,share,,higher,Kế hoạch đầu,2025-02-01,,true
online_filing,all,0.80,share,,higher,Quyết định ngắn,2025-01-01,2025-06-30,true
on_time,all,0.985,share,,higher,Quyết định muộn,2025-02-15,,true
"""


@cache
def changing(folder: Path) -> Briefing:
    project = complete(folder)
    tiny.write(folder / "targets.csv", TARGETS)
    take_in(project)
    return Briefing(material_of(project))


@pytest.fixture(scope="module")
def of_part_of_the_year(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    return changing(tmp_path_factory.mktemp("targets"))


def test_every_target_of_the_year_is_named_with_its_days(of_part_of_the_year: Briefing):
    note = lines(of_part_of_the_year.rates_to_date())[-1]
    sync = "Synchronised with the National Public Service Portal"
    assert f"{sync}: from 1 Jan 2025 to 20 Jan 2025 the target was 95% (not verified)." in note
    assert f"{sync}: from 21 Jan 2025 to 31 Jan 2025 the target was 90% (verified)." in note
    assert f"The present target applies from 1 Feb 2025: {sync}." in note
    assert "The target applies up to 30 Jun 2025 only: Filed online." in note


def test_no_pace_is_set_to_the_end_of_a_year_that_the_target_does_not_cover(of_part_of_the_year):
    rows = map(cells_of, lines(of_part_of_the_year.rates_to_date()))
    pace = {row[0]: row[-1] for row in rows if len(row) > 1}
    assert pace["Filed online"] == "–"
    assert pace["Synchronised with the National Public Service Portal"] == "–"


def test_a_year_that_lies_mostly_before_a_target_is_not_judged_by_it(of_part_of_the_year):
    text = lines(of_part_of_the_year.rates_to_date())
    (on_time,) = [line for line in text if line.startswith("Processed on time (local")]
    assert on_time.split(" | ")[-2] == "½ target for a small part of the period, not judged"
    assert (
        "The present target applies from 15 Feb 2025: Processed on time (local basis)." in text[-1]
    )


def test_the_source_of_every_target_of_the_year_stands_in_the_provenance(of_part_of_the_year):
    sources = of_part_of_the_year.provenance().plain()
    sync = "Synchronised with the National Public Service Portal"
    for told in (
        "95%: Kế hoạch đầu (not verified)",
        "90%: Kế hoạch giữa (verified)",
        "95%: Kế hoạch đầu (verified)",
    ):
        assert f"{sync}, {told}" in sources


# Units of a period that ends before its month does.

MERGED_ON_THE_20TH = (
    UNITS.replace(
        "D2,Sở Hai,Department Two,department,T1,,,",
        "D2,Sở Hai,Department Two,department,T1,,2025-02-19,",
    )
    + "D3,Sở Ba,Department Three,department,T1,2025-02-20,,synthetic,test\n"
)
INTO_D3 = """\
on,event,from_unit,to_unit,share,estimate,source,verified,note
2025-02-20,merge,D2,D3,,false,test,true,
"""


def test_a_merger_after_the_14th_is_no_matter_of_the_legal_month(tmp_path: Path):
    project = complete(tmp_path, units=MERGED_ON_THE_20TH)
    lineage = tiny.write(tmp_path / "lineage.csv", INTO_D3)
    calendar_month = replace(project, lineage=lineage)
    legal_month = cut(calendar_month, "month", "legal_month")
    facts = gather_facts(tiny.FEBRUARY, "D2", legal_month)
    assert facts.observation("received_in_period", facts.period).status == "measured"
    assert facts.reorganisations.changes == ()
    with pytest.raises(ParameterError, match="D3"):
        gather_facts(tiny.FEBRUARY, "D3", legal_month)
    assert gather_facts(tiny.FEBRUARY, "D3", calendar_month).reorganisations.changes
