"""One zygote for several processes, found by a socket file that an environment variable names."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from briefings.press.forkserver.client import ZygoteClient
from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.recipe import Recipe
from briefings.press.forkserver.start import require_possible, start

ADDRESS = "KERNEL_ZYGOTE"
BACKLOG = 128


@contextmanager
def shared_zygote(
    folder: Path, preload: Sequence[str], environment: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """A zygote at a socket in `folder`; yields the variables that lead other processes to it.

    Where none can be, they find out by themselves, and the first of them warns. Where the
    folder can not hold a socket, each has a zygote of its own.
    """
    address = folder / "zygote"
    variables = {ADDRESS: str(address)}
    try:
        client = _start_at(address, Recipe.build(preload, environment), environment)
    except ZygoteError:
        client = None
    except OSError:
        client, variables = None, {}
    try:
        yield variables
    finally:
        if client:
            client.close()
        address.unlink(missing_ok=True)


def _start_at(address: Path, recipe: Recipe, environment: Mapping[str, str]) -> ZygoteClient:
    require_possible()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(address))
        address.chmod(0o600)  # before it listens, so nobody else was ever let in
        listener.listen(BACKLOG)
        return start(recipe, environment, listener)


def join_shared(recipe: Recipe) -> ZygoteClient | None:
    """The zygote this process is led to, None if there is none or it was made for others.

    ZygoteError where it does not answer or can not fork.
    """
    if not (address := os.environ.get(ADDRESS)):
        return None
    client = join(address)
    fits = False
    try:
        fits = client.recipe() == recipe
    finally:
        if not fits:
            client.close()
    return client if fits else None


def join(address: str) -> ZygoteClient:
    """A connection to the zygote that listens at `address`, else ZygoteError."""
    require_possible()
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.connect(address)
    except OSError as error:
        connection.close()
        raise ZygoteError(f"no zygote listens at {address}: {error}") from error
    return ZygoteClient(connection)
