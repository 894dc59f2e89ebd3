"""An SVG drawing made fit to stand inside a page next to other drawings."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
DROPPED = {f"{{{SVG}}}{name}" for name in ("metadata", "style", "script", "title", "desc")}
REFERENCE = re.compile(r"url\(#([^)]+)\)|^#(.+)$")

ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)


def embeddable(svg: str, identifier: str) -> str:
    """`svg` without prolog, metadata, style sheet and script, its ids numbered below `identifier`.

    Numbering instead of prefixing keeps the bytes equal when the ids were drawn at random. The
    drawing takes its width from the page, its shape from the `viewBox`.
    """
    root = ET.fromstring(svg)
    _drop(root)
    _renumber(root, identifier)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    # What matplotlib's style sheet says for `*`, which would reach the whole page.
    root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    return ET.tostring(root, encoding="unicode")


def _drop(parent: ET.Element) -> None:
    for child in list(parent):
        if child.tag in DROPPED:
            parent.remove(child)
        else:
            _drop(child)


def _renumber(root: ET.Element, identifier: str) -> None:
    named = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    names = {old: f"{identifier}-{number}" for number, old in enumerate(dict.fromkeys(named), 1)}
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            if key.startswith("on"):
                del element.attrib[key]
            elif key == "id":
                element.attrib[key] = names[value]
            else:
                element.attrib[key] = _redirect(value, names)


def _redirect(value: str, names: dict[str, str]) -> str:
    def name(match: re.Match[str]) -> str:
        old = match[1] or match[2]
        return match[0].replace(old, names.get(old, old))

    return REFERENCE.sub(name, value)
