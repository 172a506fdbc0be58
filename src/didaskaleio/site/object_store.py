"""Αποθήκη αντικειμένων (object store): stored files in S3, private, through the platform only.

Imported only where ``DIDASKALEIO_FILES`` asks for it: boto3 costs memory and time to start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionError,  # noqa: A004
    HTTPClientError,
    IncompleteReadError,
)
from django.core.files.base import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from didaskaleio.kernel.outage import StoreAwayError

IN_MEMORY = 1024 * 1024  # bytes; what is larger is read through a temporary file
SLOW_DOWN, SERVER_FAULT = 429, 500
AWAY = (
    ConnectionError,
    HTTPClientError,
    IncompleteReadError,
    RetriesExceededError,
)


class ObjectStore(S3Storage):  # type: ignore[misc]
    """Files written once and private; whoever may read one gets it from the platform.

    Raises :class:`StoreAwayError` when the store does not answer or is overloaded.
    """

    def get_default_settings(self) -> dict[str, Any]:
        defaults: dict[str, Any] = super().get_default_settings()
        return defaults | {
            "file_overwrite": False,
            "default_acl": None,  # private by S3's own rule; many stores know no ACL
            "max_memory_size": IN_MEMORY,
            "transfer_config": TransferConfig(use_threads=False),
        }

    def __init__(self, **options: Any) -> None:
        options["client_config"] = _config(options.pop("addressing_style", "auto"))
        self._connecting, self._connected = Lock(), None
        super().__init__(**options)

    @property
    def connection(self) -> Any:
        """One for all threads: a client of boto3 bears that, and each would cost 13 MB."""
        with self._connecting:
            if self._connected is None:
                self._connected = super().connection
            return self._connected

    def url(self, name: str | None, *_: Any, **__: Any) -> str:
        """No file has an address of its own: a view asks for permission first."""
        raise PermissionError(name)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with _told():
            opened: File[bytes] = super()._open(name, mode)
            return opened.open()  # fetched whole: nothing fails in the middle of an answer

    def _save(self, name: str, content: File[bytes]) -> str:
        with _told():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _told():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _told():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _told():
            folders, names = super().listdir(path)
            return folders, names

    def get_modified_time(self, name: str) -> datetime:
        with _told():
            moment: datetime = super().get_modified_time(name)
            return moment


def _config(addressing: str) -> Config:
    return Config(
        s3={"addressing_style": addressing},
        signature_version="s3v4",
        connect_timeout=3,
        read_timeout=20,
        retries={"mode": "standard", "total_max_attempts": 2},
        # our own SHA-256 tells; stores other than Amazon's refuse the newer trailing sums
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


@contextmanager
def _told() -> Iterator[None]:
    """Whatever passes by itself becomes an outage; the rest stays a fault."""
    try:
        yield
    except AWAY as error:
        raise StoreAwayError(str(error)) from error
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if status == SLOW_DOWN or status >= SERVER_FAULT:
            raise StoreAwayError(str(error)) from error
        raise
