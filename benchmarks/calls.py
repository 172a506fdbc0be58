"""A call of any size: a form of 30 criteria, candidacies with their submitted answers."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from tests.factories import people as someone
from tests.factories.structures import a_body

from benchmarks.points import CRITERIA, form, sheets
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.kernel.forms.points import as_data, score
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.registers.models import Call, Candidacy, ListTerms, Submission

BODY, BATCH, REDUCED, PLACES = "itye", 2_000, CRITERIA // 10, 300
RULING = {"allowed": "2", "reason": "Δεν αποδεικνύεται όλο από το έγγραφο."}
SEED = bytes(range(32))
RECEIVE = """
UPDATE registers_candidacy AS row SET submission_id = sent.id, state = %s
FROM registers_submission AS sent WHERE sent.candidacy_id = row.id AND row.call_id = %s
"""


def officer() -> Actor:
    """An officer of the body, whose post has begun."""
    person = someone.officer(BODY)
    return actor_of(person, at=timezone.now() + timedelta(seconds=1))


def a_call(many: int, state: str, *, candidacies: str) -> Call:
    """A call in ``state`` past its deadline with ``many`` candidacies in theirs."""
    now, body = timezone.now(), a_body(BODY)
    head = actor_of(someone.officer(BODY, Role.BODY_HEAD), at=now + timedelta(seconds=1))
    owner = Owner(Scope.BODY, body.pk, body.short_name)
    code = f"bench-{Call.objects.count()}"
    version = forms.begin(owner, code=code, definition=form(), actor=head, at=now)
    forms.publish(version, actor=head, at=now)
    call = Call.objects.create(
        body=body,
        state=state,
        title="Μητρώο μετρήσεων",
        fills_name="Μητρώο",
        form=version,
        places=PLACES,
        number=f"{code}/2026",
        opens_at=now - timedelta(days=30),
        closes_at=now - timedelta(days=10),
        published_at=now - timedelta(days=30),
    )
    ListTerms.objects.create(call=call, seed=SEED, thresholds=[{"of": "", "least": "30"}])
    _candidacies(call, many, candidacies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registers_candidacy, registers_submission")
    return call


def _candidacies(call: Call, many: int, state: str) -> None:
    chance, read = random.Random(2023), form()
    keys = [one.key for one in read.questions() if one.rule]
    people = Person.objects.filter(teacher__isnull=False).order_by("pk")
    rows = Candidacy.objects.bulk_create(
        (
            Candidacy(
                call=call,
                person_id=person,
                code=str(code),
                begun_at=timezone.now(),
                rulings=dict.fromkeys(chance.sample(keys, REDUCED), RULING),
            )
            for person, code in zip(
                people.values_list("pk", flat=True)[:many],
                chance.sample(range(10_000_000, 100_000_000), many),
                strict=True,
            )
        ),
        batch_size=BATCH,
    )
    answers: list[dict[str, Any]] = sheets(many, read)
    Submission.objects.bulk_create(
        (
            Submission(
                candidacy=row,
                version=1,
                values=values,
                points=as_data(score(read, values)),
                declaration="Δηλώνω ότι τα στοιχεία είναι αληθή.",
                receipt_number=f"{row.pk}/2026",
                at=timezone.now(),
            )
            for row, values in zip(rows, answers, strict=True)
        ),
        batch_size=BATCH,
    )
    with connection.cursor() as cursor:
        cursor.execute(RECEIVE, [state, call.pk])
