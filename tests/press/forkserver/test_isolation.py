"""Nothing that one notebook does is seen by the next."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow

# What a notebook changes, and what the next one asks.
LEAKS = {
    "working folder": ("import os; os.chdir('/')", "import os; print(os.getcwd())"),
    "environment": (
        "import os; os.environ['LEAK'] = '1'; os.environ.pop('HOME')",
        "import os; print('LEAK' in os.environ, os.environ.get('HOME'))",
    ),
    "time zone": (
        "import os, time; os.environ['TZ'] = 'Asia/Tokyo'; time.tzset()",
        "import time; print(time.tzname)",
    ),
    "matplotlib rc": (
        "import matplotlib; matplotlib.rcParams['font.size'] = 77",
        "import matplotlib; print(matplotlib.rcParams['font.size'], matplotlib.get_backend())",
    ),
    "figures": (
        "import matplotlib.pyplot as plt; plt.ioff(); plt.figure();",
        "import matplotlib.pyplot as plt; print(plt.get_fignums())",
    ),
    "pandas options": (
        "import pandas; pandas.set_option('display.max_rows', 3)",
        "import pandas; print(pandas.get_option('display.max_rows'),"
        " pandas.get_option('display.max_columns'))",
    ),
    "modules": ("import builtins; builtins.leak = 1", "print('leak' in dir(__builtins__))"),
    "warnings": (
        "import warnings; warnings.simplefilter('error')",
        "import warnings; print(warnings.filters[0][0])",
    ),
}


@pytest.mark.parametrize("name", sorted(LEAKS))
def test_no_state_leaks_from_one_notebook_to_the_next(launch, name, tmp_path):
    change, ask = LEAKS[name]
    expected = launch("ordinary", cwd=str(tmp_path)).run(ask)
    changed = launch("forked", cwd=str(tmp_path))
    assert changed.run(change).status == "ok"
    assert launch("forked", cwd=str(tmp_path)).run(ask) == expected
    assert expected.out


def test_random_numbers_are_new_in_every_notebook(launch):
    ask = (
        "import random, uuid, numpy\n"
        "print(random.random(), numpy.random.random(), numpy.random.default_rng().random(),"
        " uuid.uuid4())"
    )
    first, second = (launch().run(ask).out.split() for _ in range(2))
    assert len(first) == 4
    assert all(one != other for one, other in zip(first, second, strict=True))


def test_a_seed_counts_only_in_its_notebook(launch):
    launch().run("import random, numpy; random.seed(1); numpy.random.seed(1)")
    seeded = "import random, numpy; r, n = random.random(), numpy.random.random()\n"
    seeded += "random.seed(1); numpy.random.seed(1)\n"
    seeded += "print(r == random.random(), n == numpy.random.random())"
    assert launch().run(seeded).out == "False False\n"
