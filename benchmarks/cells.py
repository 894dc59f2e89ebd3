"""The limit: the same cells in warm Python, without Jupyter. Run as a program: units …

Each process imports everything and runs one briefing for warmth; then its share of the units is
timed. What is printed is wall seconds for all of them, by as many processes as there are cores.
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from IPython.core.formatters import DisplayFormatter

from benchmarks.rivals import notebook, parameters

FORMATTER = DisplayFormatter()


def run(unit: str, inputs: dict[str, str]) -> None:
    """Every code cell in a fresh namespace; the value of its last line is formatted as shown."""
    os.environ["NOTEBOOK_INPUTS"] = inputs[unit]
    space: dict[str, object] = {}
    for cell in json.loads(notebook(unit).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        if "parameters" in cell["metadata"].get("tags", ()):
            space.update(parameters(unit))
            continue
        *lines, last = "".join(cell["source"]).splitlines()
        if last.startswith("briefing."):
            exec("\n".join(lines), space)
            FORMATTER.format(eval(last, space))
        else:
            exec("\n".join([*lines, last]), space)


def share(units: list[str], inputs: dict[str, str]) -> None:
    for unit in units:
        run(unit, inputs)


def main(inputs: dict[str, str], workers: int) -> float:
    units = sorted(inputs)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        warm = [pool.submit(share, units[:1], inputs) for _ in range(workers * 2)]
        for done in warm:
            done.result()
        start = time.perf_counter()
        for done in [pool.submit(run, unit, inputs) for unit in units]:
            done.result()
        return time.perf_counter() - start


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    laid = {path.name: str(path) for path in folder.iterdir()}
    sys.stdout.write(str(main(laid, os.cpu_count() or 1)))
