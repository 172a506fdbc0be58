"""Races of substitutions: one person in two places, two proposals for one session.

Shows: R-030.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.delivery import operations
from didaskaleio.delivery.models import Substitution, TrainingSession
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people
from tests.races.together import at_once, refusals

pytestmark = pytest.mark.race


@pytest.mark.usefixtures("committed_db")
def test_one_trainer_takes_over_one_of_two_sessions_at_the_same_hour():
    programmes = [delivery.a_running_programme(1) for _ in range(2)]
    firsts = [delivery.sessions_of(programme)[0] for programme in programmes]
    who, at = people.a_trainer(), firsts[0].starts_at - timedelta(days=2)
    asked = [
        operations.propose_substitute(
            first, who, rest=False, reason="Ασθένεια",
            actor=actor_of(people.a_centre_manager(first.programme.centre), at=at), at=at,
        )
        for first in firsts
    ]  # fmt: skip

    def accept(pk):
        row = Substitution.objects.get(pk=pk)
        operations.accept_substitution(row, actor=actor_of(who, at=at), at=at)

    assert len(refusals(at_once([lambda pk=one.pk: accept(pk) for one in asked]))) == 1
    assert Substitution.objects.filter(state="accepted").count() == 1
    assert TrainingSession.objects.filter(trainer=who).count() == 1


@pytest.mark.usefixtures("committed_db")
def test_two_proposals_at_once_leave_one_that_waits():
    first = delivery.sessions_of(delivery.a_running_programme(1))[0]
    at = first.starts_at - timedelta(days=2)
    manager = actor_of(people.a_centre_manager(first.programme.centre), at=at)
    candidates = [people.a_trainer() for _ in range(3)]

    def ask(who):
        return operations.propose_substitute(
            first, who, rest=True, reason="Ασθένεια", actor=manager, at=at
        )

    assert len(refusals(at_once([lambda one=one: ask(one) for one in candidates]))) == 2
    assert Substitution.objects.filter(state="proposed").count() == 1
