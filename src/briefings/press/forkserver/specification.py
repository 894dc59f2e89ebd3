"""The kernel specification by which Jupyter finds forked kernels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

PROVISIONER = "briefings-forkserver"


def specification(python: str, preload: Sequence[str], display_name: str) -> dict[str, Any]:
    """The content of kernel.json."""
    return {
        "argv": [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": display_name,
        "language": "python",
        "metadata": {
            "kernel_provisioner": {
                "provisioner_name": PROVISIONER,
                "config": {"preload": list(preload)},
            },
        },
    }
