"""The team of the course under test: whoever writes it and whoever approves it."""

from __future__ import annotations

import pytest

from tests.factories import people


@pytest.fixture
def author(course, actor_for):
    return actor_for(people.of_course("author", course))


@pytest.fixture
def approver(course, actor_for):
    return actor_for(people.of_course("approver", course))
