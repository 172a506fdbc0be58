"""Προσαρμογέας CSC (adapter): the API v2 of the Cloud Signature Consortium, over HTTP.

Authorisation code with PKCE, first of scope ``service``, then of scope ``credential`` bound to
the hash (SCAL2): that token itself activates the signature. Only RSA with SHA-256, so that the
documents stay PDF/A-2. Nothing is tried twice: a permission is good for one signature.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError

from didaskaleio.credentials.remote.port import (
    AwayError,
    Certified,
    Doorway,
    RefusedError,
    UnreadableError,
)

SHA256 = "2.16.840.1.101.3.4.2.1"
RSA, RSA_SHA256 = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"
ASKED = {"certificates": "chain", "certInfo": False, "authInfo": True}
LARGEST, MOST = 1 << 20, 5
AGAIN = "Το έγγραφο δεν άλλαξε: μπορείτε να δοκιμάσετε ξανά ή να υπογράψετε με άλλον τρόπο."
SAID = {
    "access_denied": "Δεν δόθηκε η άδεια στη σελίδα του παρόχου.",
    "invalid_grant": "Η άδεια που δώσατε στον πάροχο έληξε ή χρησιμοποιήθηκε ήδη.",
    "invalid_token": "Η άδεια που δώσατε στον πάροχο έληξε.",
    "invalid_client": "Ο πάροχος δεν αναγνωρίζει την πλατφόρμα. Ειδοποιήστε την υποστήριξη.",
    "invalid_otp": "Ο κωδικός μίας χρήσης δεν ήταν σωστός.",
    "invalid_pin": "Το PIN δεν ήταν σωστό.",
}


@dataclass(frozen=True)
class CscProvider:
    """Πάροχος CSC: ``address`` ends before ``/info``, ``timeout`` is in seconds."""

    address: str
    client: str
    secret: str
    timeout: float = 20.0
    pool: PoolManager = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pool = PoolManager(retries=False, timeout=Timeout(self.timeout), maxsize=2)
        object.__setattr__(self, "pool", pool)

    @cached_property
    def info(self) -> dict[str, Any]:
        """What the provider says of itself: its name and where it gives permissions."""
        return self._ask("/info", {})

    @property
    def name(self) -> str:
        return str(self.info.get("name") or "πάροχος υπογραφών")[:80]

    def to_enter(self, door: Doorway) -> str:
        """The address where the person lets us see the certificates."""
        return self._authorize(door, {"scope": "service"})

    def to_sign(self, door: Doorway, credential: str, digest: bytes, about: str) -> str:
        """The address where the person allows one signature over ``digest``."""
        wanted = {
            "scope": "credential",
            "credentialID": credential,
            "numSignatures": "1",
            "hashes": _url64(digest),
            "hashAlgorithmOID": SHA256,
            "description": about[:200],
        }
        return self._authorize(door, wanted)

    def certified(self, door: Doorway, code: str) -> list[Certified]:
        """The keys of the person that can sign: enabled, RSA, opened on the provider's pages."""
        token = self._token(door, code)
        listed = self._ask("/credentials/list", {}, token).get("credentialIDs")
        if not isinstance(listed, list):
            raise UnreadableError(f"Ο πάροχος δεν έδωσε κατάλογο πιστοποιητικών. {AGAIN}")
        found = []
        for name in [str(one) for one in listed][:MOST]:
            facts = self._ask("/credentials/info", {"credentialID": name, **ASKED}, token)
            usable = _usable(name, facts)
            found.extend([usable] if usable else [])
        return found

    def sign(self, door: Doorway, code: str, chosen: Certified, digest: bytes) -> bytes:
        """The signature over ``digest`` that was allowed by ``code``."""
        token = self._token(door, code)
        asked = {
            "credentialID": chosen.credential,
            "SAD": token,
            "hashes": [base64.b64encode(digest).decode()],
            "hashAlgorithmOID": SHA256,
            "signAlgo": chosen.algorithm,
        }
        made = self._ask("/signatures/signHash", asked, token).get("signatures")
        if not isinstance(made, list) or len(made) != 1:
            raise UnreadableError(f"Ο πάροχος δεν επέστρεψε υπογραφή. {AGAIN}")
        return _octets(made[0])

    def _authorize(self, door: Doorway, wanted: Mapping[str, str]) -> str:
        asked = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": door.back,
            "state": door.key,
            "code_challenge": _url64(sha256(door.verifier.encode()).digest()),
            "code_challenge_method": "S256",
            "lang": "el-GR",
        }
        return f"{self._oauth}/oauth2/authorize?{urlencode(asked | dict(wanted))}"

    @property
    def _oauth(self) -> str:
        return str(self.info.get("oauth2") or self.address).rstrip("/")

    def _token(self, door: Doorway, code: str) -> str:
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": door.back,
            "client_id": self.client,
            "client_secret": self.secret,
            "code_verifier": door.verifier,
        }
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        found = self._post(f"{self._oauth}/oauth2/token", urlencode(asked).encode(), kind)
        token = found.get("access_token")
        if not isinstance(token, str) or not token:
            raise UnreadableError(f"Ο πάροχος δεν έδωσε άδεια. {AGAIN}")
        return token

    def _ask(self, path: str, asked: Mapping[str, object], token: str = "") -> dict[str, Any]:
        kind = {"Content-Type": "application/json"}
        if token:
            kind["Authorization"] = f"Bearer {token}"
        return self._post(self.address + path, json.dumps(asked).encode(), kind)

    def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        try:
            answer = self.pool.request(
                "POST", url, body=body, headers=headers, redirect=False, preload_content=False
            )
            content = answer.read(LARGEST + 1)
            answer.release_conn()
        except HTTPError as error:
            raise AwayError(f"Ο πάροχος υπογραφών δεν απαντά. {AGAIN}") from error
        if answer.status != HTTPStatus.OK:
            raise _refusal(answer.status, content)
        return _object(content)


def refused(code: str) -> RefusedError:
    """What an error code of the protocol means for the person."""
    return RefusedError(f"{SAID.get(code, 'Ο πάροχος δεν υπέγραψε.')} {AGAIN}", code=code[:40])


def _refusal(status: int, content: bytes) -> RefusedError | AwayError:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        return AwayError(f"Ο πάροχος υπογραφών δεν μπορεί να απαντήσει τώρα. {AGAIN}")
    try:
        code = str(_object(content).get("error", ""))
    except UnreadableError:
        code = ""
    return refused(code)


def _usable(name: str, facts: Mapping[str, Any]) -> Certified | None:
    """A key that we can use, None for one that is closed, of another kind, or asks for a PIN here.

    The PIN and the one-time code belong to the provider's own pages, never to ours.
    """
    key, certificate, opened = (_part(facts, part) for part in ("key", "cert", "auth"))
    known = {str(one) for one in key.get("algo") or ()}
    algorithm = next((one for one in (RSA_SHA256, RSA) if one in known), "")
    chain = tuple(_octets(one) for one in certificate.get("certificates") or ())
    ready = key.get("status") == "enabled" and opened.get("mode") == "oauth2code"
    if not (ready and algorithm and chain and certificate.get("status", "valid") == "valid"):
        return None
    return Certified(name, chain, algorithm)


def _part(facts: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = facts.get(name)
    return found if isinstance(found, dict) else {}


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UnreadableError(f"Ο πάροχος υπογραφών έδωσε απάντηση που δεν διαβάζεται. {AGAIN}")
    return found


def _octets(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableError(f"Ο πάροχος έδωσε απάντηση που δεν διαβάζεται. {AGAIN}") from error


def _url64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
