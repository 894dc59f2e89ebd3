"""`python -m briefings.press.forkserver install`: a kernel that Jupyter finds by name."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from jupyter_client.kernelspec import KernelSpecManager

from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.recipe import Recipe
from briefings.press.forkserver.specification import specification
from briefings.press.forkserver.start import start

DESCRIPTION = "Fork fresh Jupyter kernels from one process that has everything imported."
REMOVAL = "Remove it with: jupyter kernelspec remove NAME"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the command line."""
    wanted = _parser().parse_args(arguments)
    try:
        check(wanted.preload)
        place = install(wanted.name, wanted.display_name, wanted.preload, wanted.prefix)
    except (ZygoteError, ValueError, OSError) as error:
        print(f"Nothing was installed: {error}", file=sys.stderr)
        return 1
    print(f"Installed kernel {Path(place).name} in {place}")
    return 0


def check(preload: Sequence[str]) -> None:
    """Load everything once; ZygoteError where no kernel could be forked afterwards."""
    zygote = start(Recipe.build(preload, os.environ), os.environ)
    try:
        zygote.recipe()
    finally:
        zygote.close()


def install(name: str, display_name: str, preload: Sequence[str], prefix: str | None) -> str:
    """Write the specification below `prefix`, for the user if there is none; the folder.

    ValueError for a name that Jupyter does not accept.
    """
    content = specification(sys.executable, preload, display_name)
    with TemporaryDirectory() as folder:
        Path(folder, "kernel.json").write_text(json.dumps(content, indent=1), encoding="utf-8")
        Path(folder).chmod(0o755)  # it is copied with its mode
        return str(
            KernelSpecManager().install_kernel_spec(
                folder, kernel_name=name, user=prefix is None, prefix=prefix
            )
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m briefings.press.forkserver", description=DESCRIPTION
    )
    commands = parser.add_subparsers(required=True, metavar="install")
    command = commands.add_parser(
        "install", help="write a kernel specification", description=DESCRIPTION, epilog=REMOVAL
    )
    command.add_argument("--name", default="python3-warm", help="of the kernel (%(default)s)")
    command.add_argument(
        "--display-name", default="Python 3 (warm)", help="in JupyterLab (%(default)s)"
    )
    command.add_argument(
        "--preload",
        action="append",
        default=[],
        metavar="MODULE",
        help="import it once for all kernels, or call MODULE:FUNCTION; may be repeated",
    )
    _add_places(command)
    return parser


def _add_places(command: argparse.ArgumentParser) -> None:
    place = command.add_mutually_exclusive_group()
    place.add_argument(
        "--sys-prefix",
        dest="prefix",
        action="store_const",
        const=sys.prefix,
        default=sys.prefix,
        help="for this Python environment (default)",
    )
    place.add_argument("--prefix", dest="prefix", metavar="FOLDER", help="below this folder")
    place.add_argument(
        "--user",
        dest="prefix",
        action="store_const",
        const=None,
        help="for this user, whatever the environment",
    )


if __name__ == "__main__":
    sys.exit(main())
