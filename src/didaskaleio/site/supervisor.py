"""Επόπτης (supervisor): the child processes of the demonstration, their logs and their end."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

GRACE = 10.0  # seconds between a polite end and a forced one
PR_SET_PDEATHSIG = 1
TAIL = 15


class ChildEndedError(Exception):
    """A child ended by itself; ``str`` is Greek and closes with its last log lines."""


@dataclass(slots=True)
class Supervisor:
    """Διεργασίες with one environment and one folder of logs; the last started ends first."""

    logs: Path
    environment: Mapping[str, str]
    children: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a child that should run until the end; its output goes to ``<name>.log``."""
        self.logs.mkdir(parents=True, exist_ok=True)
        with self._log(name).open("w", encoding="utf-8") as log:
            self.children[name] = _spawn(command, self.environment, log.fileno())

    def run(self, name: str, command: Sequence[str], show: Callable[[str], None]) -> None:
        """Run a child to its end, showing its lines; raises :class:`ChildEndedError`."""
        self.logs.mkdir(parents=True, exist_ok=True)
        child = _spawn(command, self.environment, subprocess.PIPE)
        self.children[name] = child
        with self._log(name).open("a", encoding="utf-8") as log, child:
            for line in child.stdout or ():
                log.write(line)
                log.flush()
                show(line.rstrip())
        del self.children[name]
        if child.returncode:
            raise ChildEndedError(self._epitaph(name, child.returncode))

    def check(self) -> None:
        """Raise :class:`ChildEndedError` when a child has ended."""
        for name, child in self.children.items():
            code = child.poll()
            if code is not None:
                raise ChildEndedError(self._epitaph(name, code))

    def watch(self, pause: float = 0.5) -> None:
        """Wait for ever; ends only by a signal or by :class:`ChildEndedError`."""
        while True:
            self.check()
            time.sleep(pause)

    def stop(self) -> None:
        """End every child: politely, and after ``GRACE`` seconds by force."""
        ending = list(reversed(self.children.values()))
        for child in ending:
            child.terminate()
        deadline = time.monotonic() + GRACE
        for child in ending:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.children.clear()

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def _epitaph(self, name: str, code: int) -> str:
        with self._log(name).open(encoding="utf-8", errors="replace") as log:
            tail = "".join(deque(log, TAIL)).rstrip()
        return f"Η διεργασία «{name}» τερματίστηκε (κωδικός {code}). {self._log(name)}:\n{tail}"


def _spawn(
    command: Sequence[str], environment: Mapping[str, str], output: int
) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own words
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # Ctrl-C reaches us alone; we end the children in order
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - one system call
    )


def _die_with_parent() -> None:
    """Ask the kernel (Linux) for a SIGTERM should the supervisor itself be killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
