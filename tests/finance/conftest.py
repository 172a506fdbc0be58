"""What the tests of finance share: the keys of the bodies, an officer of accounts."""

from __future__ import annotations

import pytest

from didaskaleio.people import queries
from tests.factories import completion, finance


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("authority") / "keys"


@pytest.fixture
def authority(settings, authority_folder, request):
    """Keys for every body; made once, because RSA keys are slow to make."""
    request.getfixturevalue("db" if "committed_db" not in request.fixturenames else "committed_db")
    settings.AUTHORITY_DIR = authority_folder
    return completion.an_authority(authority_folder)


@pytest.fixture
def desk(at):
    """An officer of accounts of the body of the fixtures, as an actor."""
    return queries.actor_of(finance.a_desk(), at=at)
