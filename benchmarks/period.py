"""A period of any size in a nation: programmes by cluster, applications, signed-in people."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Exists, OuterRef
from django.utils import timezone
from tests.factories import programmes as factory

from didaskaleio.enrolment.models import ParticipationApplication, WaitingList
from didaskaleio.people.models import HeldCertificate, Person, SchoolService, Session, Teacher
from didaskaleio.people.web.session_store import SessionStore
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.structures.models import Cluster, TrainingCentre

EXCLUDING = ("B_kse", "PAKE", "B2_training")
CSRF = "b" * 32


def a_period(state: str, code: str = "bench") -> TrainingPeriod:
    """A period in ``state`` whose phases stand around the present moment."""
    now = timezone.now()
    spans = {"phase_a": (-2, 5, 9, 12), "phase_b": (-12, -5, -1, 2)}[state]
    opens, closes, b_opens, b_closes = (now + timedelta(days=days) for days in spans)
    first = (now + timedelta(days=40)).date()
    return factory.a_period(
        state,
        code=code,
        announced_at=opens - timedelta(days=40),
        proposals_open=opens - timedelta(days=30),
        proposals_close=opens - timedelta(days=8),
        phase_a_opens=opens,
        phase_a_closes=closes,
        phase_b_opens=b_opens,
        phase_b_closes=b_closes,
        enrolment_opens=b_closes + timedelta(days=2),
        enrolment_closes=b_closes + timedelta(days=9),
        starts_at=now + timedelta(days=40),
        first_day=first,
        last_day=first + timedelta(days=110),
    )


def programmes(
    period: TrainingPeriod, count: int, state: str, *, category: str = "IIb", capacity: int = 15
) -> list[Programme]:
    """``count`` programmes over the centres of the nation and the clusters, in turn."""
    centres = list(TrainingCentre.objects.order_by("pk")[: max(1, count)])
    clusters = list(Cluster.objects.filter(scheme_id=period.action.scheme_id).order_by("order"))
    kind = period.action.categories.get(code=category)
    rows = Programme.objects.bulk_create(
        Programme(
            period=period,
            code=f"P{number:05}",
            centre=centres[number % len(centres)],
            category=kind,
            cluster=clusters[number % len(clusters)],
            capacity=capacity,
            state=state,
            state_since=timezone.now(),
        )
        for number in range(count)
    )
    if state == "filling":
        WaitingList.objects.bulk_create(
            WaitingList(programme=row, places=0, open_in_phase_b=True) for row in rows
        )
    return rows


def eligible(count: int) -> dict[int, str]:
    """Person → code of cluster of ``count`` teachers whom the general rules let in."""
    serving = SchoolService.objects.filter(
        teacher=OuterRef("pk"), hours__gt=0, school__prefecture__isnull=False, school__evening=False
    )
    held = HeldCertificate.objects.filter(person=OuterRef("person"))
    rows = (
        Teacher.objects.filter(Exists(serving), special_post=False, seconded_abroad=False)
        .filter(Exists(held.filter(kind="B1")), ~Exists(held.filter(kind__in=EXCLUDING)))
        .exclude(leaves__isnull=False)
        .filter(specialty__pk__in=_clusters())
        .order_by("pk")
    )
    found = dict(rows.values_list("person_id", "specialty_id")[:count])
    if len(found) < count:
        raise RuntimeError(f"only {len(found)} eligible teachers for {count}")
    return {person: _clusters()[specialty] for person, specialty in found.items()}


def _clusters() -> dict[int, str]:
    rows = Cluster.objects.filter(scheme__level="B2", scheme__valid_until=None)
    return dict(rows.values_list("specialties__specialty_id", "code"))


def applications(
    period: TrainingPeriod, people: dict[int, str], state: str = "runner_up"
) -> list[ParticipationApplication]:
    """One application in ``state`` for each person, with number and cluster."""
    clusters = {c.code: c for c in Cluster.objects.filter(scheme_id=period.action.scheme_id)}
    chance = random.Random(7)
    numbers = chance.sample(range(10_000_000, 100_000_000), len(people))
    return ParticipationApplication.objects.bulk_create(
        [
            ParticipationApplication(
                period=period,
                person_id=person,
                number=str(number),
                cluster=clusters[code],
                state=state,
                rank=rank,
            )
            for rank, (number, (person, code)) in enumerate(
                zip(numbers, people.items(), strict=True), start=1
            )
        ],
        batch_size=5_000,
    )


def sign_in(people: list[int]) -> dict[int, str]:
    """Person → key of a session that is signed in."""
    store = SessionStore()
    ends = timezone.now() + timedelta(days=1)
    rows, keys = [], {}
    for person in Person.objects.filter(pk__in=people).iterator():
        key = f"bench{person.pk:027}"
        data: dict[str, Any] = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        rows.append(
            Session(
                session_key=key, session_data=store.encode(data), expire_date=ends, person=person
            )
        )
        keys[person.pk] = key
    Session.objects.bulk_create(rows, batch_size=5_000)
    return keys
