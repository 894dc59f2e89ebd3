"""The inspection and the commendation list, each entry with its rules and its right of reply."""

from __future__ import annotations

from typing import Any

from briefings.facts.accountability import (
    LEAST_AGAINST,
    LEAST_CASES,
    LEAST_CASES_OF_PEERS,
    LEAST_PEERS,
    MOVED,
    RULES_FOR_COMMENDATION,
    RULES_FOR_INSPECTION,
    Entry,
    Judgement,
    ListName,
    Reply,
)
from briefings.facts.funnel import OUTER
from briefings.facts.interval import CONFIDENCE, Interval
from briefings.language import (
    NO_VALUE,
    format_day,
    format_number,
    format_short_percent,
    format_window,
    words,
)
from briefings.organisation import Unit
from briefings.report.blocks import Inline, Prose, Table
from briefings.report.group import Group
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure, rate_figure
from briefings.report.sections.intervals import interval_figures

HEADINGS = ("rule", "good", "cases", "share", "others", "limits")


def shortlist(material: Material, name: ListName) -> Group:
    """The entries of a list, one row for each rule that fired, and the reply of each office."""
    text, facts = words(material.language)["accountability"]["shortlists"], material.facts
    entries: tuple[Entry, ...] = getattr(facts.accountability, name)
    table = listing(
        name,
        caption=text[name].format(window=format_window(facts.year_to_date, material.language)),
        headings=[text[heading] for heading in ("unit", *HEADINGS)],
        rows=[
            (
                entry.unit.name(material.language),
                *_figures(material, entry.unit, each),
                _limits(material, entry.unit, each),
            )
            for entry in entries
            for each in entry.fired
        ],
        align=("left", "left", *("right",) * 5),
        note=text["list_note"].format(
            outer=format_short_percent(OUTER, material.language),
            tail=format_short_percent((1 - OUTER) / 2, material.language),
        ),
        empty=text[f"no_{name}"],
    )
    return Group((table, *_replies(material, entries)), empty="")


def judged_table(material: Material) -> Group:
    """Every rule asked of a single unit, with what came of it, and its right of reply."""
    text, facts = words(material.language)["accountability"]["shortlists"], material.facts
    found = facts.accountability
    table = listing(
        "judged",
        caption=text["judged"].format(window=format_window(facts.year_to_date, material.language)),
        headings=[text[name] for name in (*HEADINGS[:-1], "outcome")],
        rows=[
            (*_figures(material, facts.unit, each), text["outcomes"][each.outcome])
            for each in found.judged
        ],
        align=("left", *("right",) * 4, "left"),
        note=text["judged_note"].format(**_constants(material.language)),
        empty=text["not_judged"],
    )
    named: list[Prose] = []
    for name, entries in (("inspection", found.inspection), ("commendation", found.commendation)):
        if entries:
            named = [Prose((text[f"on_{name}"],)), *_replies(material, entries)]
    return Group((table, *named), empty="")


def rules_table(material: Material) -> Table:
    """Each rule: what went well means, and how many units it could assess."""
    text, facts = words(material.language)["accountability"]["shortlists"], material.facts
    period, unit = facts.year_to_date.name, facts.unit.code

    def count(name: str, value: int) -> Inline:
        return count_figure(
            name, value, period=period, unit=unit, language=material.language, of="units"
        )

    return listing(
        "rules",
        caption=text["rules_caption"],
        headings=[text[name] for name in ("rule", "meaning", "assessed", "not_assessed")],
        rows=[
            (
                text["rules"][each.rule],
                text["meanings"][each.rule],
                count(f"assessed:{each.rule}", each.assessed),
                count(f"not_assessed:{each.rule}", each.not_assessed),
            )
            for each in facts.accountability.coverage
        ],
        align=("left", "left", "right", "right"),
        note=text["rules_note"].format(**_constants(material.language)),
        empty=text["not_judged"],
    )


def _constants(language: str) -> dict[str, str]:
    numbers = {
        "least": LEAST_CASES,
        "against": LEAST_AGAINST,
        "moved": MOVED,
        "peers": LEAST_PEERS,
        "peer_cases": LEAST_CASES_OF_PEERS,
        "inspect": RULES_FOR_INSPECTION,
        "commend": RULES_FOR_COMMENDATION,
    }
    shares = {"outer": OUTER, "confidence": CONFIDENCE}
    return {
        **{name: format_number(number, language) for name, number in numbers.items()},
        **{name: format_short_percent(share, language) for name, share in shares.items()},
    }


def _figures(material: Material, unit: Unit, judged: Judgement) -> tuple[Inline, ...]:
    """Rule, cases that went well, all cases, share with interval, the others."""
    text = words(material.language)["accountability"]["shortlists"]
    return (
        text["rules"][judged.rule],
        *_parts(material, unit, judged),
        _share(material, unit, judged),
        _others(material, unit, judged),
    )


def _limits(material: Material, unit: Unit, judged: Judgement) -> Inline:
    return _bounds(f"judged.{judged.rule}.limit", judged.limits, _place(material, unit))


def _parts(material: Material, unit: Unit, judged: Judgement) -> tuple[Inline, Inline]:
    if judged.own is None:
        return NO_VALUE, NO_VALUE
    place = _place(material, unit)
    good, cases = judged.own.numerator, judged.own.denominator
    return (
        count_figure(f"judged.{judged.rule}.numerator", good, of="cases", **place),
        count_figure(f"judged.{judged.rule}.denominator", cases, of="cases", **place),
    )


def _share(material: Material, unit: Unit, judged: Judgement) -> Inline:
    """The share of the unit; with its interval where the rule fired."""
    if judged.own is None:
        return NO_VALUE
    place, name = _place(material, unit), f"judged.{judged.rule}"
    share = rate_figure(name, judged.own.numerator, judged.own.denominator, **place)
    if judged.limits is None:
        return share
    return (share, " (", _bounds(name, judged.interval, place), ")")


def _others(material: Material, unit: Unit, judged: Judgement) -> Inline:
    if judged.others is None:
        return NO_VALUE
    parts = judged.others.numerator, judged.others.denominator
    return rate_figure(f"judged.{judged.rule}.others", *parts, **_place(material, unit))


def _bounds(name: str, interval: Interval | None, place: dict[str, str]) -> Inline:
    if interval is None:
        return NO_VALUE
    lower, upper = interval_figures(name, interval, **place)
    return (lower, " – ", upper)


def _place(material: Material, unit: Unit) -> dict[str, Any]:
    window = material.facts.year_to_date.name
    return {"period": window, "unit": unit.code, "language": material.language}


def _replies(material: Material, entries: tuple[Entry, ...]) -> tuple[Prose, ...]:
    """The reply of each office, or an empty line for it, and how to give one."""
    text, language = words(material.language)["accountability"]["shortlists"], material.language
    if not entries:
        return ()
    lines: list[Inline] = []
    for entry in entries:
        name = entry.unit.name(language)
        lines += [text["reply"].format(unit=name, **_said(each, text, language))
                  for each in entry.replies]  # fmt: skip
        if not entry.replies:
            lines.append(text["no_reply"].format(unit=name))
    return (Prose(tuple(lines), style="list"), Prose((text["how_to_reply"],)))


def _said(reply: Reply, text: dict[str, Any], language: str) -> dict[str, str]:
    to = text["rules"][reply.rule] if reply.rule else text["whole_entry"]
    return {
        "rule": to,
        "reply": reply.text[language],
        "office": reply.office,
        "day": format_day(reply.given_on, language),
    }
