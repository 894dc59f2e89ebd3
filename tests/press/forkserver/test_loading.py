"""A zygote that could not be forked safely says so before anybody asks it to."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

THREAD = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"
PROCESS = "import subprocess\nchild = subprocess.Popen(['cat'], stdin=subprocess.PIPE)"
FAULTS = {
    "import no_such_module": "bad can not be loaded: ModuleNotFoundError: No module named 'no_",
    "raise SystemExit('no licence')": "bad can not be loaded: SystemExit: no licence",
    THREAD: "the zygote has 2 threads",
    PROCESS: "the zygote has started another process",
    "import socket\nends = socket.socketpair()": "the zygote holds socket:",
    "log = open(__file__ + '.log', 'w')": "the zygote holds /",
    "me = open(__file__)": "",
}

# As a zygote does, but several times: each in a fork of a process that has loaded the rest.
LOAD_EACH = """
import os, sys
from briefings.press.forkserver.loading import load
load([])
for folder in sys.argv[1:]:
    if os.fork() == 0:
        sys.path.insert(0, folder)
        open(folder + "/fault", "w").write(load(["bad"]).fault)
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def faults(tmp_path_factory):
    folders = {source: tmp_path_factory.mktemp("module") for source in FAULTS}
    for source, folder in folders.items():
        (folder / "bad.py").write_text(source)
    subprocess.run([sys.executable, "-c", LOAD_EACH, *map(str, folders.values())], check=True)
    return {source: (folder / "fault").read_text() for source, folder in folders.items()}


@pytest.mark.parametrize("source", FAULTS)
def test_what_makes_forks_unsafe_is_refused(source, faults):
    assert faults[source].startswith(FAULTS[source])
    assert bool(faults[source]) == bool(FAULTS[source])


def test_modules_see_a_kernel_while_they_load_and_only_then(tmp_path):
    (tmp_path / "asks.py").write_text(
        "import json, IPython\nshell = IPython.get_ipython()\n"
        "answers = [shell.kernel, 'IPKernelApp' in shell.config, get_ipython() is shell]\n"
        "def tell():\n    print(json.dumps(answers))"
    )
    code = (
        "import IPython\nfrom briefings.press.forkserver.loading import load\n"
        "assert not load(['asks:tell']).fault\n"
        "assert IPython.get_ipython() is None and 'get_ipython' not in dir(__builtins__)"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "OPENBLAS_NUM_THREADS": "1"}
    out = subprocess.check_output([sys.executable, "-c", code], text=True, env=environment)
    assert json.loads(out) == [True, True, True]
