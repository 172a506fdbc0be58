"""Υποδομή (backing store): the database of a deployment, from its address."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingError(Exception):
    """A setting of the environment cannot be read; ``str`` says in Greek which and why."""


# the server keeps the plan of a query after so many uses: planning costs more than most of them
PLANNED_AFTER = 5


def database(url: str, *, pool: str = "", pooler: bool = False) -> dict[str, Any]:
    """Django's database entry from ``postgresql://user:password@host:port/name?host=/socket``.

    ``pool`` is the largest number of connections that one process shares among its threads;
    without it each thread keeps its own. ``pooler``: a pooler in transaction mode stands between,
    so that nothing may outlive a transaction on a connection. Raises :class:`SettingError`.
    """
    parts = urlsplit(url)
    query: dict[str, Any] = dict(parse_qsl(parts.query))
    entry = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0 if pool else 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooler,
        "OPTIONS": query,
        "TEST": {"NAME": os.environ.get("DIDASKALEIO_TEST_DB", "test_didaskaleio")},
    }
    if not pooler:
        query |= {"server_side_binding": True, "prepare_threshold": PLANNED_AFTER}
    if pool:
        query["pool"] = {"min_size": 0, "max_size": _largest(pool), "timeout": 10}
    return entry


def _largest(pool: str) -> int:
    if not pool.isascii() or not pool.isdigit() or int(pool) < 1:
        raise SettingError(
            f"Το DIDASKALEIO_DB_POOL είναι «{pool}». Δώστε πλήθος συνδέσεων, π.χ. 8."
        )
    return int(pool)
