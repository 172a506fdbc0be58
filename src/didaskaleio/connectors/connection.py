"""The connection (σύνδεση): the service of MySchool that the settings name, if they do."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from didaskaleio.connectors.myschool.port import MySchool
from didaskaleio.connectors.myschool.service import JsonService


def service() -> MySchool | None:
    """The service (υπηρεσία), None while no address is set."""
    if not settings.MYSCHOOL:
        return None
    return _service(
        settings.MYSCHOOL.rstrip("/"), settings.MYSCHOOL_TOKEN, settings.MYSCHOOL_TIMEOUT
    )


@lru_cache(4)
def _service(address: str, token: str, timeout: float) -> JsonService:
    """One for all acts of this process: it keeps its connections open."""
    return JsonService(address, token, timeout, growth=min(1.0, timeout / 30))


def host() -> str:
    """Where it stands, for the eye: name and port, without what else an address may hold."""
    return urlsplit(settings.MYSCHOOL).netloc.rpartition("@")[2]
