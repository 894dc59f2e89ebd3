"""Many reports on more workers than cores, time and again: no failure, and the same bytes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from briefings.lock import LOCK_NAME
from briefings.press.cache import find_results
from tests.another_year import another_year
from tests.press.small_tree import SmallTree, job, small_tree

pytestmark = pytest.mark.slow

UNITS = [f"u{number:02}" for number in range(24)]
WORKERS = "4"
PRINTED = 6  # as PDF also, which takes the longest


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> SmallTree:
    """A report for each of many units; no two have the same number in their data."""
    tree = small_tree(tmp_path_factory.mktemp("many") / "tree")
    jobs = [
        job(unit, ("vi", "en")[number % 2], ("first", "second")[number // 2 % 2])
        | {"formats": ["html", "ipynb", *["pdf"][: number < PRINTED]]}
        for number, unit in enumerate(UNITS)
    ]
    (tree.folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    for number, unit in enumerate(UNITS):
        (tree.folder / f"data/{unit}.json").write_text(f"number-{number}-", encoding="utf-8")
    return tree


def executed(tree: SmallTree) -> dict[str, bytes | None]:
    cache = tree.folder / "cache"
    keys = (path.name for path in cache.iterdir() if path.name != LOCK_NAME)
    return {key: find_results(cache, key) for key in keys}


def test_three_repeats_in_other_surroundings_give_the_same_bytes(
    tree: SmallTree, tmp_path: Path
) -> None:
    surroundings = (
        {"TZ": "UTC", "PYTHONHASHSEED": "0"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "HOME": "/"},
        {"TZ": "Asia/Ho_Chi_Minh", "LANG": "vi_VN.UTF-8"},
    )
    made = []
    for number, environment in enumerate(surroundings):
        repeat = tree.copy(tmp_path / f"lần {number}" / ("x" * 20 * number))
        clock = another_year(tmp_path / "later", repeat.path) if number else {}
        assert set(repeat.build(WORKERS, **environment, **clock).values()) == {("execute", "")}
        made.append((repeat.outputs(), executed(repeat)))
    outputs, results = made[0]
    assert len(outputs) == len(UNITS) * len(("html", "ipynb", "figures")) + PRINTED
    assert len(results) == len(UNITS)
    assert None not in results.values()
    for again, results_again in made[1:]:
        assert outputs.keys() == again.keys()
        assert [place for place in outputs if outputs[place] != again[place]] == []
        assert results == results_again
    for place, content in outputs.items():
        if place.endswith((".html", ".ipynb")):
            shown = set(re.findall(r"number-(\d+)-", content.decode()))
            assert shown == {str(UNITS.index(Path(place).parent.name))}, place
