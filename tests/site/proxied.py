"""Two processes of pages and two workers behind the nginx of deploy/, as on a real machine."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection

from tests.faults.ground import session_of, wait_for
from tests.ports import free_port

DEPLOY = Path(__file__).parents[2] / "deploy"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
NAME = "didaskaleio.example"
TOKEN = "c" * 32
COOKIES = """
from django.conf import settings
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
"""
AROUND = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{}}
http {{
    log_format rehearsal '$request_method $request_uri $status'
        ' [$upstream_addr] [$upstream_bytes_sent]';
    access_log {folder}/access.log rehearsal;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/upstream.conf;
    include {folder}/didaskaleio.conf;
}}
"""


def replaced(text, **changes):
    """The text with each word changed; a word that is no longer there fails."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def configure(folder, plain, secure, pages):
    """The nginx of deploy/ in ``folder``: only ports and folders differ; the file to start with."""
    folder.mkdir()
    certify(folder)
    own = replaced(
        (DEPLOY / "nginx/didaskaleio.conf").read_text(),
        **{
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
            "/etc/nginx/tls": str(folder),
            "/etc/nginx/didaskaleio": str(DEPLOY / "nginx"),
        },
    )
    (folder / "didaskaleio.conf").write_text(own)
    ports = {f":{number}": f":{port}" for number, port in zip((8001, 8002), pages, strict=True)}
    upstream = replaced((DEPLOY / "nginx/upstream.conf").read_text(), **ports)
    (folder / "upstream.conf").write_text(upstream)
    user = "" if os.geteuid() else "user root;"  # the folder is ours alone
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    return folder / "nginx.conf"


def certify(folder):
    """A certificate of one day for the name of the example."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)


class Installation:
    """The processes of one machine, with the settings of production except for the clock."""

    def __init__(self, folder, smtp):
        self.folder = folder
        self.plain, self.secure, *self.pages = (free_port() for _ in range(4))
        facts = connection.settings_dict
        self.environment = os.environ | {
            "DATABASE_URL": f"postgresql://{facts['USER']}@/{facts['NAME']}?host={facts['HOST']}",
            "DJANGO_SETTINGS_MODULE": "didaskaleio.site.settings",
            "DIDASKALEIO_BASE_URL": f"https://{NAME}",
            "DIDASKALEIO_DEMO": "1",
            "DIDASKALEIO_HOSTS": NAME,
            "DIDASKALEIO_SMTP": smtp,
            "DIDASKALEIO_VAR": str(folder),
        }
        self._stack = ExitStack()
        self.tls = ssl.create_default_context()

    def __enter__(self):
        self.conf = configure(self.folder / "nginx", self.plain, self.secure, self.pages)
        self.tls.load_verify_locations(self.folder / "nginx" / "fullchain.pem")
        (self.folder / "static").mkdir()
        words = [sys.executable, "-c", COOKIES]
        said = subprocess.run(words, env=self.environment, check=True, capture_output=True)
        self.session_cookie, self.csrf_cookie = said.stdout.decode().split()
        return self

    def __exit__(self, *_error):
        self._stack.close()

    def _start(self, *words):
        log = self._stack.enter_context((self.folder / "processes.log").open("ab"))
        process = self._stack.enter_context(
            subprocess.Popen(
                words, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        )
        self._stack.callback(kill, process)
        return process

    def _platform(self, *words):
        return self._start(sys.executable, *words)

    def web(self, which):
        """The process of pages number ``which``, as its unit starts it."""
        port = self.pages[which]
        words = ("-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1")
        sizes = ("--port", str(port), "--workers", "1", "--blocking-threads", "8")
        process = self._platform(*words, *sizes, "didaskaleio.site.wsgi:application")
        wait_for(lambda: self._ready(port))
        return process

    def worker(self):
        return self._platform("-m", "django", "worker", "--concurrency", "1", "--tick", "0.5")

    def proxy(self):
        process = self._start(NGINX, "-c", str(self.conf))
        wait_for(lambda: self.accesses("/healthz") or self.asked_health())
        return process

    def asked_health(self):
        try:
            return self.visitor().ask("GET", "/healthz")[0] == 200
        except OSError:
            return False

    def _ready(self, port):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
                line.request("GET", "/readyz")
                return line.getresponse().status == 200
        except OSError:
            return False

    def visitor(self, person=None):
        return Visitor(self, person)

    def accesses(self, uri=""):
        """(method, uri, status, upstreams, bytes sent to each) of the requests so far."""
        log = self.folder / "nginx" / "access.log"
        rows = []
        for line in log.read_text().splitlines() if log.exists() else ():
            first, upstreams, sent = (part.strip(" ]") for part in line.split("["))
            method, asked, status = first.split()
            if asked.startswith(uri):
                rows.append((method, asked, int(status), upstreams.split(", "), sent.split(", ")))
        return rows


class Visitor:
    """Somebody before the proxy; signed in where a person is given."""

    def __init__(self, there, person=None):
        self.there, self.cookies = there, {there.csrf_cookie: TOKEN}
        if person is not None:
            self.cookies[there.session_cookie] = session_of(person)

    def ask(self, method, path, **headers):
        """Status, headers and text of the answer over TLS, on a connection of its own."""
        base = {"Host": NAME, "Referer": f"https://{NAME}/"}
        base["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        body = None
        if method == "POST":
            body = urlencode({"csrfmiddlewaretoken": TOKEN})
            base["Content-Type"] = "application/x-www-form-urlencoded"
        raw = socket.create_connection(("127.0.0.1", self.there.secure), timeout=30)
        with self.there.tls.wrap_socket(raw, server_hostname=NAME) as secured:
            line = http.client.HTTPConnection(NAME)
            line.sock = secured
            line.request(method, path, body, base | headers)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read().decode()


def kill(process):
    """-9, the process and its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
