"""For journeys that only look: one platform for all of them, because nobody changes it."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import standing


@pytest.fixture(scope="module")
def platform(story, django_db_blocker, tmp_path_factory):
    """The address of the copy of the story that all tests of a module look at."""
    with standing(story, django_db_blocker, tmp_path_factory.mktemp("looked") / "at") as address:
        yield address


@pytest.fixture(autouse=True)
def private_places():
    """The files of the story stand where the copy was put."""
