"""A few seconds of coverage-guided fuzzing with every run of the suite."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SECONDS = int(os.environ.get("FUZZ_SECONDS", "15"))
MEBIBYTES = 2_048
SECONDS_FOR_ONE = 20
LEAST_RUNS = 100
# The kernel hands the peak memory of a process on to the command it starts, and the limit is
# on the peak. A shell between the two starts the fuzzer from nothing.
AFRESH = ("sh", "-c", '"$@"; exit $?', "sh")


def test_a_fuzzer_finds_no_bytes_that_break_a_reader(tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        reason = "atheris is missing; it is there for Linux on x86-64"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run(
        [*AFRESH, sys.executable, "-m", "tests.fuzz.read_anything", str(tmp_path),
         f"-max_total_time={SECONDS}", f"-rss_limit_mb={MEBIBYTES}", f"-timeout={SECONDS_FOR_ONE}",
         f"-artifact_prefix={tmp_path}/"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS + 120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3_000:]
    runs = re.search(r"Done (\d+) runs", done.stderr)
    assert runs is not None, done.stderr[-3_000:]
    assert int(runs[1]) >= LEAST_RUNS
