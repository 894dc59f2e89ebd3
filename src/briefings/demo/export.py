"""The raw files of the demonstration, written month by month."""

from __future__ import annotations

from pathlib import Path

from briefings.demo import labels, tables
from briefings.demo.faults import with_faulty_dossiers, with_faulty_payment
from briefings.demo.months import Month
from briefings.demo.simulation import Simulation
from briefings.demo.writers import write_parquet, write_rows, write_sheet, write_table

CATALOGUE_FILE = "danh_muc_tthc.csv"


def export(simulation: Simulation, folder: Path) -> tuple[Path, ...]:
    """Write one folder per month and the catalogue of procedures; returns the files."""
    known = tables.codes(simulation)
    catalogue = write_rows(
        folder / CATALOGUE_FILE,
        labels.CATALOGUE_HEADINGS,
        tables.catalogue_rows(simulation.reference.procedures),
    )
    monthly = [export_month(simulation, known, month, folder) for month in simulation.months]
    return (catalogue, *(path for paths in monthly for path in paths))


def export_month(
    simulation: Simulation, known: tables.Codes, month: Month, folder: Path
) -> tuple[Path, ...]:
    """Write the seven files of one month."""
    into = folder / month.name
    into.mkdir()
    decisions = simulation.decisions[month.name]
    dossiers = with_faulty_dossiers(tables.dossier_table(simulation, known, month))
    payments = with_faulty_payment(tables.payment_table(simulation, known, month))
    petitions = tables.petition_rows(simulation, month)
    return (
        write_table(into / "ho_so.csv", dossiers),
        write_table(
            into / "ho_so_cong_quoc_gia.csv", tables.portal_table(simulation, known, month)
        ),
        write_parquet(into / "thanh_toan.parquet", payments),
        write_sheet(
            into / "quyet_dinh.xlsx", labels.DECISION_HEADINGS, tables.decision_rows(decisions)
        ),
        write_sheet(
            into / "thu_tuc_thay_doi.xlsx",
            labels.CHANGE_HEADINGS,
            tables.change_rows(decisions),
        ),
        write_sheet(
            into / "cong_khai.xlsx",
            labels.PUBLICATION_HEADINGS,
            tables.publication_rows(decisions),
        ),
        write_rows(into / "phan_anh_kien_nghi.csv", labels.PETITION_HEADINGS, petitions),
    )
