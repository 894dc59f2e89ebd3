"""The decisions of a unit, or of all units for the root."""

from __future__ import annotations

from briefings.facts.announcements import Announcements, Decision, LatePublication
from briefings.gathering.counted import Counted, Row, of_unit
from briefings.organisation import Organisation, Unit


def announcements(counted: Counted, unit: Unit) -> Announcements:
    """The year's decisions in order of issue, and those published late."""
    organisation = counted.organisation
    root = organisation.root.code
    return Announcements(
        decisions=tuple(
            _decision(organisation, row) for row in of_unit(counted.decisions, unit.code, root)
        ),
        late=tuple(_late(organisation, row) for row in of_unit(counted.late, unit.code, root)),
    )


def _decision(organisation: Organisation, row: Row) -> Decision:
    return Decision(
        number=row["decision_no"],
        issued=row["issued"],
        unit=organisation.unit(row["unit_then"]),
        title=row["title"] or "",
        new=int(row["new"]),
        amended=int(row["amended"]),
        abolished=int(row["abolished"]),
    )


def _late(organisation: Organisation, row: Row) -> LatePublication:
    return LatePublication(
        number=row["decision_no"],
        unit=organisation.unit(row["unit_then"]),
        publish_by=row["publish_by"],
        last_published=row["last_published"],
        procedures=int(row["procedures"]),
        missing=int(row["missing"]),
    )
