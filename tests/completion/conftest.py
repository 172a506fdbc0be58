from __future__ import annotations

from datetime import datetime

import pytest

from didaskaleio.kernel.clock import ATHENS
from tests.factories import completion

END = datetime(2023, 7, 5, 12, 0, tzinfo=ATHENS)


@pytest.fixture
def at():
    """5 July 2023, after the last session of the 2nd period."""
    return END


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("authority") / "keys"


@pytest.fixture
def authority(settings, authority_folder, request):
    """Keys for every body; made once, because RSA keys are slow to make."""
    request.getfixturevalue("db" if "committed_db" not in request.fixturenames else "committed_db")
    settings.AUTHORITY_DIR = authority_folder
    return completion.an_authority(authority_folder)
