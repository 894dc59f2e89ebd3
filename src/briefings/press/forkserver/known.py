"""The zygotes this process has, and those it has given up."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Mapping

from briefings.press.forkserver.client import ZygoteClient
from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.recipe import Recipe
from briefings.press.forkserver.sharing import join_shared
from briefings.press.forkserver.start import start

_known: dict[Recipe, ZygoteClient | ZygoteError] = {}
_lock = threading.Lock()


def zygote_for(recipe: Recipe, environment: Mapping[str, str]) -> ZygoteClient:
    """The shared zygote if it fits, else one of this process's own.

    ZygoteError where there is none; what has failed once is not tried again.
    """
    with _lock:
        if recipe not in _known:
            try:
                _known[recipe] = join_shared(recipe) or start(recipe, environment)
            except ZygoteError as error:
                _known[recipe] = error
        known = _known[recipe]
    if isinstance(known, ZygoteError):
        raise known
    return known


def give_up(client: ZygoteClient, error: ZygoteError) -> None:
    """Close a zygote that has ended, and remember why."""
    with _lock:
        for recipe in [recipe for recipe, known in _known.items() if known is client]:
            _known[recipe] = error
    client.close()


def zygote_is_lost() -> bool:
    """Whether a zygote of this process has failed: then its kernels die without any fault."""
    with _lock:
        known = list(_known.values())
    return any(isinstance(one, ZygoteError) or not one.is_alive for one in known)


@atexit.register
def close_all() -> None:
    """Close the zygotes of this process; the next kernel starts a new one."""
    with _lock:
        for known in _known.values():
            if isinstance(known, ZygoteClient):
                known.close()
        _known.clear()


def _forget() -> None:
    """A forked child has no zygotes, and must not keep those of its parent alive."""
    global _lock
    _lock = threading.Lock()
    for known in _known.values():
        if isinstance(known, ZygoteClient):
            known.disconnect()
    _known.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
