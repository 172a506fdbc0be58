"""The platform as a ministry runs it, behind https: what its settings, cookies and headers are.

Shows: R-166.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from didaskaleio.credentials.demo_authority import create_demo_authority
from didaskaleio.enrolment import seal

ASK = """
import json, django
django.setup()
from django.test import Client
from django.core.checks import run_checks
def short(a):
    return [a.status_code, dict(a.items()), {k: dict(v.items()) for k, v in a.cookies.items()}]
shut = [(m.id, m.msg) for m in run_checks(include_deployment_checks=True) if not m.is_silenced()]
c = Client(headers={"host": "didaskaleio.foreas.gr"})
print(json.dumps({
    "checks": shut,
    "plain": short(c.get("/verify/")),
    "page": short(c.get("/verify/", secure=True)),
    "form": short(c.get("/password/", secure=True)),
    "demo": [c.get(p, secure=True).status_code for p in ("/demo/clock/", "/demo/mail/")],
    "trace": c.trace("/verify/", secure=True).content.decode(),
}))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory, django_db_setup, django_db_blocker):
    """What a process with the environment of production says."""
    authority = tmp_path_factory.mktemp("authority")
    create_demo_authority(authority, {"itye": "Φορέας δοκιμής"})
    environment = {key: os.environ[key] for key in ("PATH", "DATABASE_URL", "PYTHONPATH")
                   if key in os.environ}  # fmt: skip
    environment |= {
        "DJANGO_SETTINGS_MODULE": "didaskaleio.site.settings",
        "DIDASKALEIO_SECRET_KEY": "".join(chr(97 + n % 23) + str(n % 7) for n in range(30)),
        "DIDASKALEIO_BASE_URL": "https://didaskaleio.foreas.gr",
        "DIDASKALEIO_HOSTS": "didaskaleio.foreas.gr",
        "DIDASKALEIO_AUTHORITY": str(authority),
        "DIDASKALEIO_VAR": str(tmp_path_factory.mktemp("var")),
        "DIDASKALEIO_SMTP": "mail.foreas.gr:587",
        "DIDASKALEIO_FROM": "Διδασκαλείο <didaskaleio@foreas.gr>",
        "DIDASKALEIO_ESCROW_KEY": seal.new_escrow_pair()[1].decode(),
        "DIDASKALEIO_LOG": "CRITICAL",
    }
    made = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(made.stdout.splitlines()[-1])


def test_nothing_is_reproached(answers):
    assert answers["checks"] == []


def test_a_plain_request_is_sent_to_https(answers):
    status, headers, _ = answers["plain"]
    assert (status, headers["Location"]) == (301, "https://didaskaleio.foreas.gr/verify/")


def test_https_is_kept_for_a_year_with_all_names_below(answers):
    expected = "max-age=31536000; includeSubDomains; preload"
    assert answers["page"][1]["Strict-Transport-Security"] == expected


def test_cookies_belong_to_this_host_alone(answers):
    (name, cookie), = answers["form"][2].items()  # fmt: skip
    assert name == "__Host-csrftoken"
    assert cookie["secure"] is True
    assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax")


def test_the_name_of_the_session_is_of_this_host_too():
    ask = (
        "from didaskaleio.site import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY)"
    )
    environment = os.environ | {
        "DIDASKALEIO_BASE_URL": "https://didaskaleio.foreas.gr",
        "DIDASKALEIO_SECRET_KEY": "x",
    }
    made = subprocess.run(
        [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True
    )
    assert made.stdout.split() == ["__Host-sessionid", "True", "True"]


def test_the_demonstration_is_not_there(answers):
    assert answers["demo"] == [404, 404]


def test_a_request_is_not_echoed(answers):
    assert "didaskaleio.foreas.gr" not in answers["trace"]
