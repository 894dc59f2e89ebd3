"""An SVG drawing made fit to stand inside a page next to other drawings."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
GROUP = f"{{{SVG}}}g"
DEFINITIONS = f"{{{SVG}}}defs"
XLINK = "{http://www.w3.org/1999/xlink}"  # its `href` needs no namespace any more
DROPPED = {f"{{{SVG}}}{name}" for name in ("metadata", "style", "script", "title", "desc")}
REFERENCE = re.compile(r"url\(#([^)]+)\)|^#(.+)$")
COMMAND = re.compile(r"\s*([A-Za-z])\s*")
DOT = re.compile(r"M(\S+ \S+)L\1(?=M|$)")  # a line to where it begins; of none, Typst draws none
SPACED = re.compile(r"([:;]) ")  # as matplotlib writes styles
NO_ROTATION = "rotate(-0 "  # matplotlib turns every text, if only by nothing

ET.register_namespace("", SVG)


def embeddable(svg: str, identifier: str) -> str:
    """`svg` without prolog, metadata, style sheet and script, its ids numbered after `identifier`.

    Numbering instead of prefixing keeps the bytes equal when the ids were drawn at random. The
    drawing takes its width from the page, its shape from the `viewBox`.
    """
    root = ET.fromstring(svg)
    _drop(root)
    _renumber(root, identifier)
    _unwrap(root)
    _share_styles(root)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    # What matplotlib's style sheet says for `*`, which would reach the whole page.
    root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    return ET.tostring(root, encoding="unicode")


def _drop(parent: ET.Element) -> None:
    parent.text = _without_indentation(parent.text)
    for child in list(parent):
        child.tail = _without_indentation(child.tail)
        if child.tag not in DROPPED:
            _drop(child)
        if child.tag in DROPPED or (child.tag == DEFINITIONS and not len(child)):
            parent.remove(child)


def _unwrap(parent: ET.Element) -> None:
    """Put the children of groups that say nothing in the place of the group."""
    for child in list(parent):
        _unwrap(child)
        if child.tag == GROUP and not child.attrib:
            place = list(parent).index(child)
            parent[place : place + 1] = list(child)


def _share_styles(parent: ET.Element) -> None:
    """Neighbours of one style take it from a group around them."""
    for style, run in groupby(list(parent), key=lambda child: child.get("style", "")):
        alike = list(run)
        if len(alike) < 2 or not style or "opacity" in style:  # a group's is not inherited
            continue
        place = list(parent).index(alike[0])
        group = ET.Element(GROUP, {"style": style})
        group.extend(alike)
        parent[place : place + len(alike)] = [group]
        for child in alike:
            del child.attrib["style"]


def _without_indentation(text: str | None) -> str | None:
    return None if text and "\n" in text and text.isspace() else text


def _renumber(root: ET.Element, identifier: str) -> None:
    """Name what something refers to; every other id is only weight."""
    ids = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    used = dict.fromkeys(
        match[1] or match[2]
        for element in root.iter()
        for value in element.attrib.values()
        for match in REFERENCE.finditer(value)
        if (match[1] or match[2]) in ids  # `#ffffff` is a colour
    )
    names = {old: f"{identifier}-{number}" for number, old in enumerate(used, 1)}
    for element in root.iter():
        kept = [item for item in element.attrib.items() if _keeps(*item, names)]
        element.attrib.clear()
        element.attrib.update(
            {key.removeprefix(XLINK): _rename(key, value, names) for key, value in kept}
        )


def _keeps(key: str, value: str, names: dict[str, str]) -> bool:
    if key == "transform":
        return not value.startswith(NO_ROTATION)
    return not key.startswith("on") and (key != "id" or value in names)


def _rename(key: str, value: str, names: dict[str, str]) -> str:
    def renamed(match: re.Match[str]) -> str:
        old = match[1] or match[2]
        return match[0].replace(old, names.get(old, old))

    if key == "d":
        return DOT.sub(r"M\1h.01", COMMAND.sub(r"\1", value).strip())
    if key == "style":
        value = SPACED.sub(r"\1", value)
    return names[value] if key == "id" else REFERENCE.sub(renamed, value)
