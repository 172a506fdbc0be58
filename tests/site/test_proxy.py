"""The configuration of nginx under deploy/, read by nginx itself."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.ports import free_port
from tests.site.proxied import DEPLOY, NGINX, configure

pytestmark = pytest.mark.skipif(
    NGINX is None, reason="nginx -t skipped: nginx is not installed (apt-get install nginx-light)"
)


def check(conf):
    words = [NGINX, "-t", "-c", str(conf)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.fixture
def conf(tmp_path):
    plain, secure, *pages = (free_port() for _ in range(4))
    return configure(tmp_path / "nginx", plain, secure, pages)


def test_nginx_accepts_the_configuration(conf):
    done = check(conf)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_nginx_refuses_it_with_a_word_that_it_does_not_know(conf):
    own = conf.with_name("didaskaleio.conf")
    own.write_text(own.read_text().replace("proxy_read_timeout", "proxy_reed_timeout"))
    assert check(conf).returncode != 0


def test_the_upstream_of_the_containers_differs_only_in_its_servers():
    def rest(file):
        text = re.sub(r"#.*", "", (DEPLOY / file).read_text())
        return [line for line in text.split("\n") if line.strip() and "server " not in line]

    assert rest("compose/upstream.conf") == rest("nginx/upstream.conf")
