"""The YAML of a profile: plain values only, bounded, and every key once.

A profile is read as people write it: `Yes`, `NO`, `NULL`, `007` and `2025-01-31` are texts here.
Only `true`, `false`, `null` and plain whole numbers are anything else, and there are no merge
keys.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from briefings.credentials import refuse_credentials
from briefings.errors import SettingsError

# Our own bounds: the longest profile we know has 140 lines, 4 kB and 6 levels.
LARGEST = 1_000_000  # bytes
DEEPEST = 20
MOST_VALUES = 50_000  # with every alias counted as often as it is used
NULL, BOOL, WHOLE, TEXT = (f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "str"))


class ProfileLoader(yaml.SafeLoader):
    """Safe YAML without the guesses of YAML 1.1; a key that stands twice is refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping whose keys are single values, each of them once."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(None, None, "a key must be a text", key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


ProfileLoader.yaml_implicit_resolvers = {}
ProfileLoader.add_implicit_resolver(NULL, re.compile(r"(?:~|null|)\Z"), ["~", "n", ""])
ProfileLoader.add_implicit_resolver(BOOL, re.compile(r"(?:true|false)\Z"), ["t", "f"])
ProfileLoader.add_implicit_resolver(
    WHOLE, re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z"), list("-0123456789")
)


def load_yaml(file: Path) -> Any:
    """The content of a YAML file; SettingsError where it cannot be read or exceeds a bound."""
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        _refuse_beyond(file, len(content) > LARGEST, f"more than {LARGEST:,} bytes")
        text = content.decode("utf-8-sig")
        refuse_credentials(file, text)
        _refuse_depth(file, text)
        loader = ProfileLoader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return None
            _refuse_beyond(file, _size(node, {}) > MOST_VALUES, f"more than {MOST_VALUES:,} values")
            return loader.construct_document(node)
        finally:
            loader.dispose()
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise SettingsError(f"Cannot read the profile {file}: {error}.") from error


def _refuse_depth(file: Path, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, ProfileLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        _refuse_beyond(file, depth > DEEPEST, f"more than {DEEPEST} levels")


def _size(node: yaml.Node, known: dict[yaml.Node, int]) -> int:
    """How many values a node holds; an alias to something around itself holds no end of them."""
    if node not in known:
        known[node] = MOST_VALUES + 1  # as long as it is open
        parts = node.value if isinstance(node, yaml.CollectionNode) else ()
        each = (part for pair in parts for part in (pair if isinstance(pair, tuple) else (pair,)))
        known[node] = 1 + sum(_size(part, known) for part in each)
    return known[node]


def _refuse_beyond(file: Path, beyond: bool, bound: str) -> None:
    if beyond:
        raise SettingsError(
            f"Cannot read the profile {file}: it has {bound}.",
            "A profile is a page or two of headings and labels.",
        )
