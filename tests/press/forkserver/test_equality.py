"""A notebook does not show which kind of kernel ran it."""

from __future__ import annotations

import pytest

from briefings.press import environment
from briefings.press.execute import ORDINARY_KERNEL, execute, notebook_bytes

pytestmark = pytest.mark.slow

PROGRESS = "SELECT value FROM duckdb_settings() WHERE name LIKE '%progress%'"
TABLE = "import pandas as pd\ntable = pd.DataFrame({f'c{n}': range(90) for n in range(40)})\n"
DRAWING = (
    "import matplotlib\nmatplotlib.rcParams['svg.hashsalt'] = 'x'\n"
    "import matplotlib.pyplot as plt\nplt.plot([1, 2], [3, 4]);"
)


def test_an_ordinary_and_a_forked_kernel_give_equal_notebooks(make_job, monkeypatch):
    # A function that draws joins matplotlib to the shell of the zygote: it must let go.
    preload = ("pandas", "matplotlib.pyplot:figure", "matplotlib.pyplot:close", "duckdb")
    monkeypatch.setattr(environment, "PRELOAD", preload)
    job = make_job(
        "equal",
        f"{TABLE}table",
        f"{TABLE}print(table)",
        DRAWING,
        "plt.figure()",
        "from matplotlib.figure import Figure\nFigure()",
        "import os, sys, locale\nprint(sys.flags, sys.path, locale.getlocale())",
        "print(hash('a'), {chr(n) for n in range(97, 123)}, sys.argv[0], sys.executable)",
        "print(sorted(os.environ), plt.get_fignums())",
        "import duckdb\nprint(duckdb.sql(PROGRESS).fetchall())".replace("PROGRESS", repr(PROGRESS)),
        "%matplotlib inline",
        "plt.plot([1, 2]);",
        "!echo shell",
        "type(get_ipython())",
    )
    ordinary = notebook_bytes(execute(job, kernel=ORDINARY_KERNEL)).decode()
    forked = notebook_bytes(execute(job)).decode()
    assert forked.splitlines() == ordinary.splitlines()
