"""Ports for the servers of the tests."""

from __future__ import annotations

import os
import socket
from contextlib import closing
from itertools import cycle

# below those that the kernel gives to connections; a range for each worker of pytest-xdist
MANY = 500
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_ports = cycle(range(20_000 + MANY * _worker, 20_000 + MANY * (_worker + 1)))


def free_port():
    """A port that nobody holds, and none given out a moment ago.

    The kernel's own choice may be the same twice, and granian shares a port without a word.
    """
    return next(port for port in _ports if _is_free(port))


def _is_free(port):
    with closing(socket.socket()) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
