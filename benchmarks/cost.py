"""What a command costs, counted from the start of its process to its end."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

MEGABYTE = 1e6
LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Cost:
    """Wall seconds; CPU seconds and the highest sum of memory, of the command and all below it.

    Memory that processes share is counted once (proportional set size).
    """

    wall: float
    cpu: float
    megabytes: float


def cost_of(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], memory: bool = False
) -> Cost:
    """Run a command; CalledProcessError where it fails."""
    start, before = time.perf_counter(), psutil.Process().cpu_times()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    watch = Watch(process.pid, memory=memory)
    watch.start()
    _, errors = process.communicate()
    wall, after = time.perf_counter() - start, psutil.Process().cpu_times()
    watch.stop()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:6])} …\n{errors.decode()[-2000:]}")
    own = sum(
        getattr(after, name) - getattr(before, name)
        for name in ("children_user", "children_system")
    )
    return Cost(wall, max(own, watch.cpu), watch.peak / MEGABYTE)


class Watch(threading.Thread):
    """Looks at a tree of processes from time to time."""

    def __init__(self, pid: int, *, memory: bool) -> None:
        super().__init__(daemon=True)
        self.peak, self.cpu = 0.0, 0.0
        self._root, self._memory = psutil.Process(pid), memory
        self._done = threading.Event()
        self._seconds: dict[tuple[int, float], float] = {}

    def run(self) -> None:
        while not self._done.wait(LOOK_SECONDS):
            self._look()

    def stop(self) -> None:
        self._done.set()
        self.join()
        self.cpu = sum(self._seconds.values())

    def _look(self) -> None:
        total = 0.0
        try:
            processes = [self._root, *self._root.children(recursive=True)]
        except psutil.Error:
            return
        for process in processes:
            try:
                times = process.cpu_times()
                key = (process.pid, process.create_time())
                self._seconds[key] = times.user + times.system
                if self._memory:
                    total += process.memory_full_info().pss
            except psutil.Error:
                continue
        self.peak = max(self.peak, total)
