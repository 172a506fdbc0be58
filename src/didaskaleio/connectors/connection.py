"""The connection (σύνδεση): the service of MySchool that the settings name, if they do."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from didaskaleio.connectors.bbb import BigBlueButton
from didaskaleio.connectors.myschool.port import MySchool
from didaskaleio.connectors.myschool.service import JsonService
from didaskaleio.delivery import minutes


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


def classroom() -> BigBlueButton | None:
    """The virtual classroom (εικονική αίθουσα), None while no address is set."""
    if not settings.BBB:
        return None
    told = f"{settings.BASE_URL}{reverse('connectors:classroom-events')}"
    ready = f"{settings.BASE_URL}{reverse('connectors:classroom-recording')}"
    hosts = frozenset(settings.BBB_PLAYBACK)
    return _classroom(settings.BBB.rstrip("/"), settings.BBB_SECRET, told, ready, hosts)


@lru_cache(4)
def _classroom(
    address: str, secret: str, callback: str, ready: str, hosts: frozenset[str]
) -> BigBlueButton:
    return BigBlueButton(address, secret, callback=callback, ready=ready, hosts=hosts)


minutes.provide(classroom)
