"""Sessions through a real Valkey or Redis: shared, written through, not lost with it."""

from __future__ import annotations

import shutil
import socket
import subprocess
from contextlib import closing

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse

from didaskaleio.site import backing
from tests.factories import people
from tests.site.proxied import free_ports, kill, wait_for

SERVER = shutil.which("valkey-server") or shutil.which("redis-server")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        SERVER is None,
        reason="shared cache skipped: no valkey-server or redis-server is installed",
    ),
]


def listens(port):
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def valkey(tmp_path, settings):
    """The process of a server that keeps sessions for the pages."""
    (port,) = free_ports(1)
    words = [SERVER, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", tmp_path]
    address = f"valkey://127.0.0.1:{port}/0"
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        wait_for(lambda: listens(port))
        settings.CACHES = {"default": backing.cache(address)}
        settings.SESSION_ENGINE = backing.sessions(address)
        yield process
        kill(process)


def test_a_session_stands_in_the_cache_and_in_the_database(valkey, client, settings):
    person = people.a_teacher()
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert cache.get(f"django.contrib.sessions.cached_db{key}")["_auth_user_id"] == str(person.pk)
    assert Session.objects.filter(pk=key).exists()
    assert client.get(reverse("portal:home")).status_code == 200


def test_an_emptied_cache_signs_nobody_out(valkey, client):
    client.force_login(people.a_teacher())
    cache.clear()
    assert client.get(reverse("portal:home")).status_code == 200


def test_signing_out_is_seen_at_once_everywhere(valkey, client):
    from django.test import Client

    other = Client()
    client.force_login(people.a_teacher())
    other.cookies = client.cookies.copy()
    assert other.get(reverse("portal:home")).status_code == 200
    client.post(reverse("people:logout"))
    assert other.get(reverse("portal:home")).status_code == 302
