"""What tests of questionnaires share: the head of a body, a published questionnaire."""

from __future__ import annotations

import pytest

from didaskaleio.people.enums import Role
from didaskaleio.surveys.enums import Audience
from tests.factories import people
from tests.surveys.asking import a_questionnaire


@pytest.fixture
def head():
    """The head of the body: composes, publishes and sends."""
    return people.officer(role=Role.BODY_HEAD)


@pytest.fixture
def officer(head, actor_for):
    return actor_for(head)


@pytest.fixture
def questionnaire(officer, at):
    """The shipped questionnaire of trainees, published."""
    return a_questionnaire(officer, at, Audience.TRAINEE)
