"""What `didaskaleio manage check --deploy` says of an installation, in Greek."""

from __future__ import annotations

import io
import shutil

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from didaskaleio.credentials.demo_authority import create_demo_authority
from didaskaleio.enrolment import seal

OURS = ("site.", "kernel.", "enrolment.", "credentials.", "people.")


def said():
    """Identities of our messages, in order."""
    found = run_checks(include_deployment_checks=True)
    return sorted(m.id for m in found if m.id.startswith(OURS) and not m.is_silenced())


@pytest.fixture(scope="module")
def authority_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authority")
    create_demo_authority(folder, {"itye": "Φορέας δοκιμής"})
    return folder


@pytest.fixture
def sound(settings, tmp_path, authority_folder):
    """An installation with which nothing is wrong."""
    settings.DEMO = False
    settings.SECRET_KEY = "".join(chr(97 + n % 23) + str(n % 7) for n in range(30))
    settings.BASE_URL = "https://didaskaleio.foreas.gr"
    settings.ALLOWED_HOSTS = ["didaskaleio.foreas.gr"]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "mail.foreas.gr", 587
    settings.DEFAULT_FROM_EMAIL = "Διδασκαλείο <didaskaleio@foreas.gr>"
    settings.ESCROW_KEY = seal.new_escrow_pair()[1].decode()
    settings.AUTHORITY_DIR = tmp_path / "authority"
    shutil.copytree(authority_folder, settings.AUTHORITY_DIR)
    return settings


def test_a_sound_installation_is_not_reproached(sound):
    assert said() == []
    out = io.StringIO()
    call_command("check", deploy=True, stdout=out, stderr=out)
    assert "no issues" in out.getvalue()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SECRET_KEY", "short", ["site.E002"]),
        ("SECRET_KEY", "a" * 60, ["site.E002"]),
        ("BASE_URL", "http://didaskaleio.foreas.gr", ["site.E003"]),
        ("ALLOWED_HOSTS", ["127.0.0.1"], ["site.E004"]),
        ("EMAIL_HOST", "127.0.0.1", []),
        ("DEFAULT_FROM_EMAIL", "Διδασκαλείο <noreply@didaskaleio.example>", ["kernel.W002"]),
        ("ESCROW_KEY", "", ["enrolment.W001"]),
        ("ESCROW_KEY", "-----BEGIN PUBLIC KEY-----", ["enrolment.E001"]),
    ],
)
def test_one_thing_wrong_is_one_message(sound, name, value, expected):
    setattr(sound, name, value)
    assert said() == expected


def test_the_sink_of_the_demonstration_is_no_mail_relay(sound):
    sound.EMAIL_HOST, sound.EMAIL_PORT = "127.0.0.1", 1025
    assert said() == ["kernel.W001"]


def test_keys_that_are_absent_or_do_not_open_are_named(sound):
    (sound.AUTHORITY_DIR / "authority.json").write_text("{}")
    assert said() == ["credentials.W002"]
    (sound.AUTHORITY_DIR / "authority.json").write_text('{"bodies": [], "roots": []}')
    assert said() == ["credentials.W003"]
    shutil.rmtree(sound.AUTHORITY_DIR)
    assert said() == ["credentials.W001"]


def test_the_demonstration_is_told_only_that_it_is_one(sound):
    sound.DEMO, sound.SECRET_KEY, sound.ESCROW_KEY = True, "x", ""
    assert said() == ["site.E001"]


def test_the_command_fails_and_speaks_greek(sound):
    sound.BASE_URL, sound.ESCROW_KEY = "http://didaskaleio.foreas.gr", ""
    with pytest.raises(CommandError) as refused:
        call_command("check", deploy=True)
    told = str(refused.value)
    assert "δεν είναι https" in told
    assert "DIDASKALEIO_BASE_URL=https://" in told
    assert "security.W" not in told


def test_without_deploy_nothing_of_it_is_said(sound):
    sound.BASE_URL, sound.ESCROW_KEY = "http://didaskaleio.foreas.gr", ""
    assert [m for m in run_checks() if m.id.startswith(OURS)] == []
