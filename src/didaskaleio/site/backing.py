"""Υποδομή (backing store): the database and the files of a deployment, from their addresses."""

from __future__ import annotations

import os
import re
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


class SettingError(Exception):
    """A setting of the environment cannot be read; ``str`` says in Greek which and why."""


# the server keeps the plan of a query after so many uses: planning costs more than most of them
PLANNED_AFTER = 5
FOLDER = "django.core.files.storage.FileSystemStorage"
OBJECTS = "didaskaleio.site.object_store.ObjectStore"
WAYS = {"endpoint", "region", "folder"}
# as S3 wants it; dots would break the certificate of a name under the endpoint
BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")


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


def files(address: str) -> dict[str, Any]:
    """Django's entry for stored files from ``s3://bucket?endpoint=https://…&region=…&folder=…``.

    Without an address: the folder of the installation. ``endpoint`` is left out at Amazon,
    ``folder`` where the bucket is ours alone. The keys are read from ``AWS_ACCESS_KEY_ID`` and
    ``AWS_SECRET_ACCESS_KEY``, or come from the machine. Raises :class:`SettingError`.
    """
    if not address:
        return {"BACKEND": FOLDER}
    parts = urlsplit(address)
    ways = dict(parse_qsl(parts.query))
    if wrong := _wrong_store(parts, ways):
        raise SettingError(
            f"Το DIDASKALEIO_FILES είναι «{address}»: {wrong}. Δώστε διεύθυνση όπως "
            "s3://kados?endpoint=https://s3.foreas.gr&region=gr-1, χωρίς κλειδιά."
        )
    options = {
        "bucket_name": parts.netloc,
        "endpoint_url": ways.get("endpoint"),
        "region_name": ways.get("region"),
        "location": ways.get("folder", ""),
        # only Amazon answers to a name of its own for each bucket
        "addressing_style": "path" if "endpoint" in ways else "virtual",
    }
    return {"BACKEND": OBJECTS, "OPTIONS": options}


def _wrong_store(parts: SplitResult, ways: dict[str, str]) -> str:
    """What is wrong in the address of a store of objects; nothing when it is right."""
    if parts.scheme != "s3":
        return "δεν αρχίζει με s3://"
    if not BUCKET.fullmatch(parts.netloc):
        return "το όνομα του κάδου δεν είναι πεζά λατινικά, ψηφία και παύλες"
    if parts.path.strip("/") or parts.fragment:
        return "μετά τον κάδο ακολουθεί διαδρομή (ο φάκελος δίνεται με folder=)"
    if strange := sorted(set(ways) - WAYS):
        return f"δεν υπάρχει παράμετρος «{strange[0]}»"
    end = urlsplit(ways["endpoint"]) if "endpoint" in ways else None
    if end and (end.scheme not in {"http", "https"} or not end.hostname):
        return "το endpoint δεν είναι διεύθυνση http ή https"
    if not end and "region" not in ways:
        return "λείπει το endpoint ή το region"
    return ""
