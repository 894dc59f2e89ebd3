"""How units differ: size, digital habits and punctuality. Every value here is an invention.

The names are real, so nothing in this file may be read as a finding about a real office.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefings.demo.arrays import Floats
from briefings.demo.reference import Unit

# Share of all dossiers per level.
LEVEL_SHARE = {"department": 0.30, "district": 0.25, "commune": 0.45}


@dataclass(frozen=True)
class Trait:
    """One unit: `size` within its level, shares at the end of the run, `late` as a multiple."""

    size: float
    sync: float
    online: float
    pay: float
    late: float
    due_day: float


DEPARTMENTS = {
    "X-STC": Trait(0.6, 0.97, 0.80, 0.62, 0.5, 0.10),
    "X-SKHDT": Trait(14.0, 0.992, 0.97, 0.90, 0.2, 0.05),
    "X-SGTVT": Trait(19.0, 0.985, 0.88, 0.78, 0.4, 0.09),
    "X-SXD": Trait(3.0, 0.62, 0.60, 0.45, 2.6, 0.22),
    "X-STNMT": Trait(12.0, 0.71, 0.52, 0.40, 3.2, 0.24),
    "X-SNNPTNT": Trait(4.0, 0.93, 0.75, 0.60, 0.8, 0.12),
    "X-STTTT": Trait(0.7, 0.995, 0.98, 0.88, 0.1, 0.04),
    "X-SKHCN": Trait(0.5, 0.98, 0.92, 0.75, 0.2, 0.06),
    "X-SLDTBXH": Trait(5.0, 0.88, 0.66, 0.55, 1.2, 0.15),
    "X-SNV": Trait(1.2, 0.96, 0.84, 0.70, 0.4, 0.08),
    "X-STP": Trait(24.0, 0.95, 0.90, 0.82, 0.5, 0.12),
    "X-SCT": Trait(5.5, 0.975, 0.94, 0.80, 0.3, 0.06),
    "X-SYT": Trait(6.0, 0.66, 0.58, 0.42, 1.9, 0.19),
    "X-SVHTTDL": Trait(1.6, 0.585, 0.55, 0.38, 1.4, 0.16),
    "X-SGDDT": Trait(2.0, 0.90, 0.79, 0.58, 0.6, 0.09),
    "X-VP": Trait(0.04, 0.99, 0.90, 0.60, 0.2, 0.05),
    # Provides no public services, hence no dossiers.
    "X-TTR": Trait(0.0, 0.90, 0.50, 0.50, 1.0, 0.10),
    "X-BQLKCN": Trait(1.8, 0.996, 0.96, 0.86, 0.2, 0.05),
}

DISTRICTS = {
    "288": Trait(24.0, 0.80, 0.74, 0.66, 1.6, 0.14),
    "290": Trait(11.0, 0.86, 0.72, 0.58, 0.9, 0.11),
    "291": Trait(6.5, 0.68, 0.63, 0.47, 1.1, 0.13),
    "292": Trait(9.5, 0.74, 0.66, 0.52, 1.8, 0.18),
    "293": Trait(6.5, 0.91, 0.78, 0.64, 0.5, 0.08),
    "294": Trait(6.5, 0.60, 0.57, 0.40, 2.2, 0.20),
    "295": Trait(8.0, 0.77, 0.70, 0.57, 0.8, 0.11),
    "296": Trait(6.0, 0.83, 0.73, 0.60, 0.6, 0.10),
    "297": Trait(6.5, 0.94, 0.82, 0.69, 0.3, 0.06),
    "298": Trait(6.5, 0.65, 0.60, 0.44, 1.5, 0.17),
    "299": Trait(5.0, 0.70, 0.62, 0.46, 1.0, 0.12),
    "300": Trait(5.0, 0.63, 0.58, 0.43, 1.2, 0.14),
}

# Communes follow their district loosely; wards and townships are busier than rural communes.
URBAN_FACTOR = {"Phường": 1.7, "Thị trấn": 1.5, "Xã": 1.0}
COMMUNE_SPREAD = 0.55
COMMUNE_LATE = 0.6


@dataclass(frozen=True)
class Traits:
    """The traits as columns, one row per unit in the order of the reference; size sums to 1."""

    size: Floats
    sync: Floats
    online: Floats
    pay: Floats
    late: Floats
    due_day: Floats


def unit_traits(units: tuple[Unit, ...], rng: np.random.Generator) -> Traits:
    """One trait per unit: listed for departments and districts, drawn for communes."""
    traits = [_trait(unit, rng) for unit in units]
    columns = {
        name: np.array([getattr(trait, name) for trait in traits], dtype=np.float64)
        for name in Trait.__dataclass_fields__
    }
    columns["size"] = _shares(columns["size"], units)
    return Traits(**columns)


def _trait(unit: Unit, rng: np.random.Generator) -> Trait:
    if unit.level == "commune":
        return _commune(unit, DISTRICTS[unit.parent], rng)
    return (DEPARTMENTS | DISTRICTS)[unit.code]


def _commune(unit: Unit, district: Trait, rng: np.random.Generator) -> Trait:
    urban = next(f for prefix, f in URBAN_FACTOR.items() if unit.name.startswith(prefix))
    size, sync, online, pay, late = rng.normal(0.0, COMMUNE_SPREAD, 5)
    return Trait(
        size=urban * float(np.exp(0.6 * size)),
        sync=float(expit(logit(district.sync - 0.06) + sync)),
        online=float(expit(logit(district.online) + 0.6 * online)),
        pay=float(expit(logit(district.pay) + pay)),
        late=COMMUNE_LATE * float(np.exp(1.5 * late)),
        due_day=district.due_day * 0.7,
    )


def _shares(size: Floats, units: tuple[Unit, ...]) -> Floats:
    levels = np.array([unit.level for unit in units])
    share = np.zeros(len(units))
    for level, part in LEVEL_SHARE.items():
        here = levels == level
        share[here] = part * size[here] / size[here].sum()
    return share


def logit(share: Floats | float) -> Floats:
    """Log-odds of a share."""
    value = np.asarray(share, dtype=np.float64)
    odds: Floats = np.log(value / (1.0 - value))
    return odds


def expit(odds: Floats | float) -> Floats:
    """The share belonging to log-odds."""
    share: Floats = 1.0 / (1.0 + np.exp(-np.asarray(odds, dtype=np.float64)))
    return share
