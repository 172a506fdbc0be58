"""Πάροχος υπογραφών της επίδειξης (stand-in): a real HTTP service that speaks CSC API v2.

Whoever comes says a name and gets a certificate in it; the PIN is printed on its page. Codes and
tokens are good once, and a token of scope ``credential`` for the one hash that it was given for.
The demonstration and the tests start it; nothing of it runs in production.
"""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from didaskaleio.site.demo_certificates import Holder, Issuer
from didaskaleio.site.myschool_stand_in import Fault
from didaskaleio.site.signing_pages import page_of

CLIENT = "didaskaleio"
SECRET = "secret-of-the-demonstration"  # noqa: S105 - public by purpose, on the loopback only
PIN = "123456"
ROOT = "/csc/v2"
LARGEST = 1 << 20
Answer = tuple[int, dict[str, Any]]


@dataclass(frozen=True)
class Grant:
    """Άδεια: who gave it, to which return address, for which hash."""

    holder: Holder
    challenge: str
    back: str
    digest: str = ""


class SigningStandIn:
    """Πάροχος on the loopback, in threads; ``address`` is known once entered.

    ``faults`` are answered first, to whatever is asked by POST for machines.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.issuer = Issuer.kept(folder)
        self.faults: list[Fault] = []
        self.asked: list[str] = []
        self._port = port
        self._codes: dict[str, Grant] = {}
        self._tokens: dict[str, Grant] = {}
        self._chains: dict[str, Holder] = {}

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", self._port), _Handler)
        self._server.owner = self
        self.address = f"http://127.0.0.1:{self._server.server_port}{ROOT}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def allow(self, asked: dict[str, str]) -> str:
        """The person said yes on the page: the address to return to, with a code or an error."""
        back, state = asked.get("redirect_uri", ""), asked.get("state", "")
        if not back.startswith(("http://127.0.0.1", "http://localhost", "http://testserver")):
            return ""
        if asked.get("answer") != "yes" or asked.get("pin") != PIN:
            error = "access_denied" if asked.get("answer") != "yes" else "invalid_pin"
            return f"{back}?{urlencode({'error': error, 'state': state})}"
        known = self._chains.get(asked.get("credentialID", ""))
        holder = known or Holder(
            asked.get("surname", ""), asked.get("given_name", ""), asked.get("afm", "")
        )
        code = secrets.token_urlsafe(16)
        hashed = asked.get("hashes", "")
        self._codes[code] = Grant(holder, asked.get("code_challenge", ""), back, hashed)
        return f"{back}?{urlencode({'code': code, 'state': state})}"

    def token(self, asked: dict[str, str]) -> Answer:
        """Answer of ``POST /oauth2/token``: for the code, once, to whoever knows the verifier."""
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT, SECRET):
            return _error("invalid_client")
        grant = self._codes.pop(asked.get("code", ""), None)
        shown = _url64(sha256(asked.get("code_verifier", "").encode()).digest())
        if grant is None or (shown, asked.get("redirect_uri")) != (grant.challenge, grant.back):
            return _error("invalid_grant")
        token = secrets.token_urlsafe(16)
        self._tokens[token] = grant
        kind = "SAD" if grant.digest else "Bearer"
        return HTTPStatus.OK, {"access_token": token, "token_type": kind, "expires_in": 300}

    def listed(self, grant: Grant) -> Answer:
        """Answer of ``POST /credentials/list``."""
        name = sha256(repr(grant.holder).encode()).hexdigest()[:16]
        self._chains[name] = grant.holder
        return HTTPStatus.OK, {"credentialIDs": [name]}

    def described(self, asked: dict[str, Any]) -> Answer:
        """Answer of ``POST /credentials/info``."""
        holder = self._chains.get(str(asked.get("credentialID")))
        if holder is None:
            return _error("invalid_request")
        chain = [self.issuer.of(holder), self.issuer.root]
        der = [one.public_bytes(serialization.Encoding.DER) for one in chain]
        return HTTPStatus.OK, {
            "key": {"status": "enabled", "algo": ["1.2.840.113549.1.1.11"], "len": 2048},
            "cert": {
                "status": "valid",
                "certificates": [base64.b64encode(one).decode() for one in der],
            },
            "auth": {"mode": "oauth2code"},
            "SCAL": "2",
            "multisign": 1,
        }

    def signed(self, token: str, asked: dict[str, Any]) -> Answer:
        """Answer of ``POST /signatures/signHash``: only the hash that was allowed, only once."""
        grant = self._tokens.pop(token, None)
        wanted = [base64.b64decode(one) for one in asked.get("hashes") or ()]
        if grant is None or asked.get("SAD") != token:
            return _error("invalid_token")
        if [_url64(one) for one in wanted] != [grant.digest]:
            return _error("invalid_request")
        made = self.issuer.key.sign(wanted[0], padding.PKCS1v15(), Prehashed(hashes.SHA256()))
        return HTTPStatus.OK, {"signatures": [base64.b64encode(made).decode()]}

    def answer(self, path: str, token: str, asked: dict[str, Any]) -> Answer:
        """The answer to a machine that asks by JSON."""
        if path == "/info":
            told = {"specs": "2.0.0.2", "name": self.issuer.name, "oauth2": self.address}
            return HTTPStatus.OK, told
        grant = self._tokens.get(token)
        if grant is None:
            return _error("invalid_token", HTTPStatus.UNAUTHORIZED)
        acts: dict[str, Callable[[], Answer]] = {
            "/credentials/list": lambda: self.listed(grant),
            "/credentials/info": lambda: self.described(asked),
            "/signatures/signHash": lambda: self.signed(token, asked),
        }
        act = acts.get(path)
        return act() if act else _error("not_found", HTTPStatus.NOT_FOUND)


def _error(code: str, status: int = HTTPStatus.BAD_REQUEST) -> Answer:
    return status, {"error": code}


def _url64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


class _Server(ThreadingHTTPServer):
    """Whose answers the threads give."""

    daemon_threads = True
    owner: SigningStandIn


class _Handler(BaseHTTPRequestHandler):
    """Pages for the person, answers for the machine; a fault that waits comes first."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path != f"{ROOT}/oauth2/authorize":
            self._write(HTTPStatus.NOT_FOUND, b"", "text/plain")
            return
        page = page_of(_last(url.query), self.server.owner.issuer.name, PIN)
        self._write(HTTPStatus.OK, page.encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        owner, path = self.server.owner, urlsplit(self.path).path.removeprefix(ROOT)
        size = self.headers.get("Content-Length", "")
        body = self.rfile.read(min(int(size), LARGEST) if size.isdecimal() else 0)
        owner.asked.append(path)
        if path == "/oauth2/authorize":
            self._return(owner.allow(_last(body.decode())))
        elif owner.faults:
            self._fail(owner.faults.pop(0))
        elif path == "/oauth2/token":
            self._json(owner.token(_last(body.decode())))
        else:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self._json(owner.answer(path, token, json.loads(body or b"{}")))

    def _return(self, address: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER if address else HTTPStatus.BAD_REQUEST)
        if address:
            self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, answer: Answer) -> None:
        status, found = answer
        self._write(status, json.dumps(found, ensure_ascii=False).encode(), "application/json")

    def _fail(self, fault: Fault) -> None:
        time.sleep(fault.hangs)
        self._write(fault.status, fault.content, "application/json", more=100 * fault.cut)
        self.close_connection = fault.cut

    def _write(self, status: int, content: bytes, kind: str, more: int = 0) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) + more))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Nothing: ``asked`` tells."""


def _last(query: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(query).items()}
