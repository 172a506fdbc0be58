"""The connection (σύνδεση): the provider of remote signatures that the settings name, if any."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from didaskaleio.credentials.remote.csc import CscProvider


def provider() -> CscProvider | None:
    """The provider (πάροχος), None while no address is set."""
    if not settings.SIGNING:
        return None
    return _provider(
        settings.SIGNING.rstrip("/"),
        settings.SIGNING_CLIENT,
        settings.SIGNING_SECRET,
        settings.SIGNING_TIMEOUT,
    )


@lru_cache(4)
def _provider(address: str, client: str, secret: str, timeout: float) -> CscProvider:
    """One for all acts of this process: it keeps its connections open."""
    return CscProvider(address, client, secret, timeout)


def called() -> str:
    """How people know the provider: its name, else where it stands; empty where there is none."""
    return settings.SIGNING_NAME or urlsplit(settings.SIGNING).hostname or ""
