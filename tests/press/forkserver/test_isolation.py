"""Nothing that one notebook does is seen by the next."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow

# What a notebook changes, and the question that would show it to the next.
LEAKS = {
    "variables": ("leak = 1", "print('leak' in globals())"),
    "builtins": ("import builtins; builtins.leak = 1", "print('leak' in dir(__builtins__))"),
    "modules": ("import wave", "import sys; print('wave' in sys.modules)"),
    "path": ("import sys; sys.path.append('/leak')", "import sys; print(sys.path)"),
    "folder": ("import os; os.chdir('/')", "import os; print(os.getcwd())"),
    "environment": (
        "import os; os.environ['LEAK'] = '1'; os.environ.pop('PATH')",
        "import os; print('LEAK' in os.environ, 'PATH' in os.environ)",
    ),
    "time zone": (
        "import os, time; os.environ['TZ'] = 'Asia/Tokyo'; time.tzset()",
        "import time; print(time.tzname)",
    ),
    "locale": (
        "import locale; locale.setlocale(locale.LC_ALL, 'POSIX')",
        "import locale; print(locale.setlocale(locale.LC_ALL))",
    ),
    "warnings": (
        "import warnings; warnings.simplefilter('error')",
        "import warnings; print(warnings.filters)",
    ),
    "logging": (
        "import logging; logging.basicConfig(level=5); logging.disable(40)",
        "import logging; print(logging.root, logging.root.handlers, logging.root.manager.disable)",
    ),
    "decimal context": (
        "import decimal; decimal.getcontext().prec = 3",
        "import decimal; print(decimal.getcontext())",
    ),
    "open files": (
        "kept = open('leak.txt', 'w')",
        "import os; fds = '/proc/self/fd'\n"
        "found = [os.path.realpath(f'{fds}/{name}') for name in os.listdir(fds)]\n"
        "print([name for name in found if 'leak' in name])",
    ),
    "exit handlers": (
        "import atexit; atexit.register(print)",
        "import atexit; print(atexit._ncallbacks())",
    ),
    "signals": (
        "import signal; signal.signal(signal.SIGUSR1, signal.SIG_IGN)",
        "import signal; print(signal.getsignal(signal.SIGUSR1))",
    ),
    "matplotlib rc": (
        "import matplotlib; matplotlib.rcParams['font.size'] = 77; matplotlib.use('svg')",
        "import matplotlib; print(matplotlib.rcParams['font.size'], matplotlib.get_backend())",
    ),
    "figures": (
        "import matplotlib.pyplot as plt; plt.ioff(); plt.figure();",
        "import matplotlib.pyplot as plt; print(plt.get_fignums(), plt.isinteractive())",
    ),
    "pandas options": (
        "import pandas; pandas.set_option('display.max_rows', 3)",
        "import pandas; print(pandas.get_option('display.max_rows'))",
    ),
    "numpy print options": (
        "import numpy; numpy.set_printoptions(precision=1); numpy.seterr(all='raise')",
        "import numpy; print(numpy.get_printoptions()['precision'], numpy.geterr())",
    ),
}


@pytest.mark.parametrize("name", LEAKS)
def test_no_notebook_sees_what_another_has_done(launch, name, tmp_path):
    change, ask = LEAKS[name]
    first = launch(cwd=str(tmp_path))
    untouched = first.run(ask)
    assert first.run(change).status == "ok"
    assert first.run(ask).out != untouched.out
    assert launch(cwd=str(tmp_path)).run(ask) == untouched


def test_random_numbers_are_new_in_every_notebook(launch):
    ask = (
        "import random, secrets, tempfile, uuid, numpy\n"
        "print(random.random(), numpy.random.random(), numpy.random.default_rng().random(),"
        " uuid.uuid4(), secrets.token_hex(), tempfile.mktemp())"
    )
    first, second = (launch().run(ask).out.split() for _ in range(2))
    assert len(first) == 6
    assert not set(first) & set(second)


def test_a_seed_counts_only_in_its_notebook(launch):
    seed = "import random, numpy; random.seed(1); numpy.random.seed(1)"
    ask = "print(random.random(), numpy.random.random())"
    seeded = launch()
    seeded.run(seed)
    numbers = seeded.run(ask).out
    other = launch()
    assert other.run(f"import random, numpy\n{ask}").out != numbers
    assert other.run(f"{seed}\n{ask}").out == numbers


def test_what_a_module_printed_or_put_aside_while_loading_stays_with_the_zygote(
    launch, tmp_path, monkeypatch
):
    (tmp_path / "noisy.py").write_text(
        "import atexit, tempfile\n"
        "print('noise')\n"
        "folder = tempfile.TemporaryDirectory()\n"
        "atexit.register(print, 'end of the zygote')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    first, second = (launch(preload=("noisy",)) for _ in range(2))
    assert first.run("import noisy, os").out == ""
    first.manager.shutdown_kernel()
    assert second.run("import noisy, os; print(os.path.isdir(noisy.folder.name))").out == "True\n"
