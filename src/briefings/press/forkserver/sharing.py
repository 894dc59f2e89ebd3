"""One zygote for several processes, found by a socket file that an environment variable names."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from briefings.press.forkserver.client import ZygoteClient
from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.recipe import Recipe, fixed_part
from briefings.press.forkserver.start import start

ADDRESS = "KERNEL_ZYGOTE"
BACKLOG = 128


@contextmanager
def shared_zygote(
    folder: Path, preload: Sequence[str], environment: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """A zygote at a socket in `folder`; yields the variables that lead other processes to it.

    Without one, each of them starts an ordinary kernel, and the first one warns. Where the
    folder can not hold a socket, each has a zygote of its own.
    """
    address = folder / "zygote"
    recipe = Recipe(sys.executable, (), tuple(preload), fixed_part(environment))
    try:
        listener = _listener(address)
    except OSError:
        yield {}
        return
    try:
        client = start(recipe, environment, listener)
    except ZygoteError:
        client = None
    finally:
        listener.close()
    try:
        yield {ADDRESS: str(address)}
    finally:
        if client:
            client.close()
        address.unlink(missing_ok=True)


def join_shared(recipe: Recipe) -> ZygoteClient | None:
    """The zygote this process is led to, None if there is none or it was made for others.

    ZygoteError where it does not answer or can not fork.
    """
    if not (address := os.environ.get(ADDRESS)):
        return None
    client = join(address)
    try:
        fits = client.recipe() == recipe
    except ZygoteError:
        client.close()
        raise
    if fits:
        return client
    client.close()
    return None


def join(address: str) -> ZygoteClient:
    """A connection to the zygote that listens at `address`, else ZygoteError."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.connect(address)
    except OSError as error:
        connection.close()
        raise ZygoteError(f"no zygote listens at {address}: {error}") from error
    return ZygoteClient(connection)


def _listener(address: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        listener.bind(str(address))
        address.chmod(0o600)  # before it listens, so nobody else was ever let in
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
