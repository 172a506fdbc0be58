"""The person who acts after the draw (αιτών): one application in the period, locked first."""

from __future__ import annotations

from typing import cast

from didaskaleio.enrolment import rules
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.queries import facts
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.models import Programme, TrainingPeriod


def hold(period: TrainingPeriod, actor: Actor) -> ParticipationApplication:
    """The actor's application, locked before any programme; made and numbered at the first act."""
    person = cast("int", actor.user_id)
    rows = ParticipationApplication.objects.filter(period=period, person_id=person)
    if not rows.exists():
        ParticipationApplication.objects.bulk_create(
            [ParticipationApplication(period=period, person_id=person)],
            ignore_conflicts=True,
        )
    application = rows.select_for_update(of=("self",), no_key=True).get()
    if not application.number:
        numbers = ParticipationApplication.objects.filter(period=period)
        application.number = rules.new_number(lambda one: numbers.filter(number=one).exists())
        application.save(update_fields=["number"])
    return application


def choose_cluster(application: ParticipationApplication, wanted: Programme) -> None:
    """Whoever never submitted takes the cluster of the first programme asked for, if allowed."""
    if application.submission_id or application.cluster_id == wanted.cluster_id:
        return
    person = facts.facts_of(application.person_id, application.period)
    if wanted.cluster.code in {cluster.code for cluster in person.clusters}:
        application.cluster = wanted.cluster
        application.save(update_fields=["cluster"])
