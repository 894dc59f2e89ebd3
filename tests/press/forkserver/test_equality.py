"""A notebook does not show which kind of kernel ran it."""

from __future__ import annotations

import pytest

from briefings.press.execute import ORDINARY_KERNEL, execute, notebook_bytes

pytestmark = pytest.mark.slow

TABLE = "import pandas as pd\ntable = pd.DataFrame({f'c{n}': range(90) for n in range(40)})\n"
DRAWING = (
    "import matplotlib\nmatplotlib.rcParams['svg.hashsalt'] = 'x'\n"
    "import matplotlib.pyplot as plt\nplt.plot([1, 2], [3, 4]);"
)
# Set by pandera when it is imported; it counts as imported in a forked kernel.
OF_PRELOADED_MODULES = {"PYARROW_IGNORE_TIMEZONE", "SPARK_LOCAL_IP"}


def test_an_ordinary_and_a_forked_kernel_give_equal_notebooks(make_job):
    job = make_job(
        "equal",
        f"{TABLE}table",
        f"{TABLE}print(table)",
        DRAWING,
        "plt.figure()",
        "from matplotlib.figure import Figure\nFigure()",
        "import os, sys, locale\nprint(sys.flags, sys.path[0], locale.getlocale())",
        "print(hash('a'), {chr(n) for n in range(97, 123)}, sys.argv[0], sys.executable)",
        f"print(sorted(set(os.environ) - {OF_PRELOADED_MODULES}))",
        "%matplotlib inline",
        "plt.plot([1, 2]);",
        "!echo shell",
    )
    ordinary = notebook_bytes(execute(job, kernel=ORDINARY_KERNEL)).decode()
    forked = notebook_bytes(execute(job)).decode()
    assert forked.splitlines() == ordinary.splitlines()
