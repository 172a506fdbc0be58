"""What tests of the directory share: an officer of a region, a structure with its offices."""

from __future__ import annotations

import pytest

from tests.directory.structures import a_structure, head_of, regional


@pytest.fixture
def officer(actor_for):
    """An officer of the region of Kozani, as an actor."""
    return actor_for(regional())


@pytest.fixture
def structure(officer, at):
    return a_structure(officer, at)


@pytest.fixture
def head(structure):
    """The office of the structure's head, vacant."""
    return head_of(structure)
