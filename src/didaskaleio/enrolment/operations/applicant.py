"""The person who acts after the draw (αιτών): one act at a time, locks in the order of ``places``.

The programme held may change until it is locked; then the locks are given back and taken anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.db import connection, transaction

from didaskaleio.enrolment import places, rules
from didaskaleio.enrolment.errors import NotOpenError
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.queries import facts
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.models import Programme, TrainingPeriod

ATTEMPTS = 5


class _MovedMeanwhileError(Exception):
    """The application holds another programme than the one that was locked."""


def alone(period_id: int, person_id: int) -> None:
    """Make the acts of one person in one period wait for each other; before any other lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"enrolment.person {period_id} {person_id}"],
        )


def of(period: TrainingPeriod, actor: Actor) -> ParticipationApplication:
    """The actor's application in the period, made at the first act; not locked yet."""
    person = cast("int", actor.user_id)
    found, _ = ParticipationApplication.objects.get_or_create(period=period, person_id=person)
    return found


def choose_cluster(application: ParticipationApplication, wanted: Programme) -> None:
    """Whoever never submitted takes the cluster of the first programme asked for, if allowed.

    Assigned only; ``lock`` keeps it.
    """
    if application.submission_id or application.cluster_id == wanted.cluster_id:
        return
    person = facts.facts_of(application.person_id, application.period)
    if wanted.cluster.code in {cluster.code for cluster in person.clusters}:
        application.cluster = wanted.cluster


def lock(application: ParticipationApplication, wanted: Iterable[int]) -> dict[int, Programme]:
    """Lock the programmes ``wanted`` and the one held, by id, then the application; read it again.

    Gives a number to whoever has none. Returns the programmes by id.
    """
    ids = list(wanted)
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _locked(application, ids)
        except _MovedMeanwhileError:
            application.refresh_from_db(fields=["programme"])
    raise NotOpenError("Η αίτηση αλλάζει αυτή τη στιγμή από άλλη πράξη. Δοκιμάστε ξανά.")


def _locked(application: ParticipationApplication, ids: list[int]) -> dict[int, Programme]:
    held, cluster = application.programme_id, application.cluster
    locked = places.lock([*ids, *([held] if held else [])])
    application.refresh_from_db(from_queryset=places.applications())
    if application.programme_id not in {None, *locked}:
        raise _MovedMeanwhileError
    if application.cluster_id is None or not application.submission_id:
        application.cluster = cluster
    if not application.number:
        numbers = ParticipationApplication.objects.filter(period_id=application.period_id)
        application.number = rules.new_number(lambda one: numbers.filter(number=one).exists())
    application.save(update_fields=["number", "cluster"])
    return locked
