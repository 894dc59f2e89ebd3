"""The raw tables of one month, with Vietnamese headings and labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from briefings.demo import labels
from briefings.demo.arrays import Bools, Ints
from briefings.demo.decisions import LEVEL_LABELS, NATIONAL_DB, PROVINCIAL, Decision
from briefings.demo.dossiers import NEVER, Dossiers
from briefings.demo.months import Month
from briefings.demo.payments import METHODS
from briefings.demo.petitions import CATEGORIES, OUTCOMES
from briefings.demo.receipts import DAY
from briefings.demo.reference import Procedure
from briefings.demo.simulation import Simulation
from briefings.demo.texts import (
    ISO_DAY,
    SHORT_DAY,
    VIETNAMESE_DAY,
    Text,
    days,
    join,
    look_up,
    minutes,
    numbers,
    running_number,
)
from briefings.demo.workdays import day_of

PROVINCE_CODE = "H23"
SERIAL_WIDTH, TRANSACTION_WIDTH, PERSON_WIDTH = 5, 6, 6

Row = tuple[object, ...]


@dataclass(frozen=True)
class Codes:
    """The code of every dossier and the fake person behind it, in the order of the dossiers."""

    dossier: Text
    person: Text
    phone: Text


def codes(simulation: Simulation) -> Codes:
    """Codes H23.<unit>-<yymmdd>-<number of the day>, and fake people."""
    dossiers = simulation.dossiers
    day = dossiers.received // DAY
    prefixes = [f"{PROVINCE_CODE}.{unit.code}" for unit in simulation.reference.units]
    serial = numbers(running_number(day), SERIAL_WIDTH)
    number = np.arange(len(dossiers), dtype=np.int64) % labels.FAKE_PEOPLE
    person = numbers(number, PERSON_WIDTH)
    return Codes(
        dossier=join(look_up(prefixes, dossiers.unit), days(day, SHORT_DAY), serial, by="-"),
        person=join(pa.scalar(labels.FAKE_NAME), person, by=" "),
        phone=join(pa.scalar(labels.FAKE_PHONE_PREFIX), numbers(number, 5), by=""),
    )


def dossier_table(simulation: Simulation, known: Codes, month: Month) -> Any:
    """ho_so.csv: one row per dossier received in the month, state at the end of the data."""
    here = simulation.of_month(month)
    dossiers = simulation.dossiers.rows(here)
    return pa.table(
        {
            labels.DOSSIER_CODE: known.dossier[here],
            labels.PROCEDURE: look_up(
                [procedure.code for procedure in simulation.reference.procedures],
                dossiers.procedure,
            ),
            labels.UNIT: look_up([unit.code for unit in simulation.reference.units], dossiers.unit),
            labels.APPLICANT: known.person[here],
            labels.PHONE: known.phone[here],
            **_moments(dossiers, simulation.end_minute),
            labels.CHANNEL: look_up(labels.CHANNELS, dossiers.channel),
            labels.STATUS: look_up(labels.STATUSES, simulation.status[here]),
            labels.SUPPLEMENTS: pa.array(dossiers.supplements),
            labels.WAITING: pa.array(dossiers.waiting),
        }
    )


def _moments(dossiers: Dossiers, end_minute: int) -> dict[str, Text]:
    still_open: Bools = dossiers.finished > end_minute
    return {
        labels.RECEIVED: minutes(dossiers.received, VIETNAMESE_DAY),
        labels.DUE: minutes(dossiers.due, VIETNAMESE_DAY, dossiers.due == NEVER),
        labels.FINISHED: minutes(dossiers.finished, VIETNAMESE_DAY, still_open),
    }


def portal_table(simulation: Simulation, known: Codes, month: Month) -> Any:
    """ho_so_cong_quoc_gia.csv: one row per synchronised dossier received in the month."""
    rows = simulation.portal[month.name]
    code = known.dossier[simulation.of_month(month)].take(pa.array(rows.row))
    second = numbers(rows.second % 60, 2)
    return pa.table(
        {
            labels.DOSSIER_CODE: code,
            labels.SYNCED: join(minutes(rows.second // 60, ISO_DAY), second, by=":"),
            labels.STATUS_CODE: pa.array(rows.status),
        }
    )


def payment_table(simulation: Simulation, known: Codes, month: Month) -> Any:
    """thanh_toan.parquet: one row per payment made in the month."""
    paid = simulation.payments.paid_in(month)
    day = paid.minute // DAY
    serial = numbers(running_number(day), TRANSACTION_WIDTH)
    row = pa.array(paid.row)
    return pa.table(
        {
            labels.TRANSACTION: join(pa.scalar("GD"), days(day, SHORT_DAY), serial, by="-"),
            labels.PAYMENT_DOSSIER: known.dossier.take(row),
            labels.PAID_AT: pa.array(_microseconds(paid.minute), pa.timestamp("us")),
            labels.PAYMENT_AMOUNT: pa.array(paid.amount),
            labels.METHOD: look_up(METHODS, paid.method),
            labels.PAYER: known.person.take(row),
        }
    )


def _microseconds(minute: Ints) -> Ints:
    return minute * 60_000_000


def decision_rows(decisions: tuple[Decision, ...]) -> Iterator[Row]:
    """quyet_dinh.xlsx: one row per decision issued in the month."""
    for d in decisions:
        yield d.number, d.issued, d.unit, d.effective, d.title


def change_rows(decisions: tuple[Decision, ...]) -> Iterator[Row]:
    """thu_tuc_thay_doi.xlsx: one row per decision and procedure."""
    for d in decisions:
        for change in d.changes:
            procedure = change.procedure
            level = LEVEL_LABELS[procedure.level]
            yield d.number, procedure.code, change.kind, procedure.field, level


def publication_rows(decisions: tuple[Decision, ...]) -> Iterator[Row]:
    """cong_khai.xlsx: one row per decision, procedure and system."""
    for d in decisions:
        for change in d.changes:
            yield change.procedure.code, d.number, NATIONAL_DB, change.national
            yield change.procedure.code, d.number, PROVINCIAL, change.provincial


def petition_rows(simulation: Simulation, month: Month) -> Iterator[Row]:
    """phan_anh_kien_nghi.csv: one row per petition received in the month."""
    p = simulation.petitions[month.name]
    for row in range(len(p.unit)):
        yield (
            f"PAKN-{month.name.replace('-', '')}-{row + 1:04d}",
            simulation.reference.units[p.unit[row]].code,
            _vietnamese(p.received[row]),
            CATEGORIES[p.category[row]],
            _vietnamese(p.due[row]),
            "" if p.open[row] else _vietnamese(p.answered[row]),
            OUTCOMES[p.outcome[row]],
        )


def catalogue_rows(procedures: tuple[Procedure, ...]) -> Iterator[Row]:
    """danh_muc_tthc.csv: one row per procedure; there are no English titles."""
    for p in procedures:
        online = labels.ONLINE_SERVICES[p.online]
        fee = labels.YES if p.fee else labels.NO
        level = LEVEL_LABELS[p.level]
        yield p.code, p.title, "", p.field, p.unit, level, p.days, online, fee


def _vietnamese(day: int) -> str:
    return day_of(day).strftime(VIETNAMESE_DAY)
