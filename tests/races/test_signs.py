"""Races of attendance on PostgreSQL: one device for two people, marks against the signature.

Shows: R-052.
"""

from __future__ import annotations

import pytest

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.errors import CodeRefusedError, SheetChangedError
from didaskaleio.delivery.models import AttendanceSheet, Sign, TrainingSession
from didaskaleio.delivery.operations import DeviceMark
from didaskaleio.delivery.rules import Marking
from didaskaleio.people.queries import actor_of
from tests.factories import delivery
from tests.races.together import at_once, refusals

pytestmark = pytest.mark.race
PHONE = "a" * 32


def arriving(session, row, device):
    at = session.starts_at
    code, actor = queries.code_of(session, at), actor_of(row.person, at=at)
    return lambda: operations.check_in(code, device=device, actor=actor, at=at)


@pytest.mark.usefixtures("committed_db")
def test_of_four_people_with_one_device_one_declares():
    first = delivery.sessions_of(delivery.a_running_programme(4))[0]
    rows = delivery.trainees_of(first)
    results = at_once([arriving(first, row, PHONE) for row in rows])
    assert [type(one) for one in refusals(results)] == [CodeRefusedError] * 3
    assert Sign.objects.filter(source="code").count() == 1
    assert sorted(row.mark for row in delivery.trainees_of(first)) == ["present", *["unknown"] * 3]


@pytest.mark.usefixtures("committed_db")
def test_a_person_who_declares_from_four_devices_at_once_is_one():
    first = delivery.sessions_of(delivery.a_running_programme(2))[0]
    row = delivery.trainees_of(first)[0]
    results = at_once([arriving(first, row, letter * 32) for letter in "abcd"])
    assert len({sign.pk for sign in results}) == 1


@pytest.mark.usefixtures("committed_db")
def test_the_same_marks_sent_four_times_at_once_count_once():
    programme = delivery.a_running_programme(2)
    first = delivery.sessions_of(programme)[0]
    row, at = delivery.trainees_of(first)[0], first.starts_at
    trainer = actor_of(programme.trainer, at=at)
    marks = [DeviceMark(PHONE, n, row.pk, Marking("absent"), at) for n in (1, 2, 3)]

    def send():
        found = TrainingSession.objects.get(pk=first.pk)
        return operations.merge(found, marks, topic=None, actor=trainer, at=at)

    assert at_once([send] * 4) == [0] * 4
    assert Sign.objects.count() == 3


@pytest.mark.usefixtures("committed_db")
def test_marks_that_race_the_signature_are_signed_or_kept_aside_and_never_lost():
    programme = delivery.a_running_programme(2)
    first = delivery.a_marked_session(delivery.sessions_of(programme)[0])
    at, row = first.ends_at, delivery.trainees_of(first)[0]
    trainer, seen = actor_of(programme.trainer, at=at), queries.next_digest(first)
    marks = [DeviceMark(PHONE, 1, row.pk, Marking("absent"), at)]

    def sign():
        found = TrainingSession.objects.get(pk=first.pk)
        return operations.sign(found, actor=trainer, at=at, seen=seen)

    def send():
        found = TrainingSession.objects.get(pk=first.pk)
        return operations.merge(found, marks, topic=None, actor=trainer, at=at)

    signed, overtaken = at_once([sign, send])
    row.refresh_from_db()
    kept = Sign.objects.get(client=PHONE)
    if isinstance(signed, SheetChangedError):
        assert (overtaken, row.mark, kept.overtaken) == (0, "absent", False)
        assert not AttendanceSheet.objects.exists()
    else:
        assert (overtaken, row.mark, kept.overtaken) == (1, "present", True)
        assert signed.digest == seen
