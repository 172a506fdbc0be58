from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from didaskaleio.credentials.demo_authority import create_demo_authority
from didaskaleio.credentials.seal import seal
from didaskaleio.credentials.sheet import compose
from didaskaleio.credentials.signed_content import issue

from .samples import BODY, CLAIMS, ISSUED, OTHER_BODY, SHEET

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from didaskaleio.credentials.authority import Authority


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("authority") / "keys"


@pytest.fixture(scope="session")
def authority(folder: Path) -> Authority:
    return create_demo_authority(folder, {"A": BODY, "B": OTHER_BODY})


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A forger's own authority, under the same name."""
    return create_demo_authority(tmp_path_factory.mktemp("stranger"), {"A": BODY})


@pytest.fixture(scope="session")
def content(authority: Authority) -> str:
    return issue(CLAIMS, authority.bodies["A"].content_key)


@pytest.fixture(scope="session")
def unsealed(content: str) -> bytes:
    return compose(CLAIMS, content, SHEET)


@pytest.fixture(scope="session")
def sealed_by() -> Callable[[bytes, Authority, str], bytes]:
    def _seal(pdf: bytes, authority: Authority, code: str) -> bytes:
        sealer = authority.bodies[code].sealer
        return seal(pdf, sealer, reason="Έκδοση βεβαίωσης", location="Πάτρα", at=ISSUED)

    return _seal


@pytest.fixture(scope="session")
def sealed(unsealed: bytes, authority: Authority, sealed_by: Callable[..., bytes]) -> bytes:
    return sealed_by(unsealed, authority, "A")
