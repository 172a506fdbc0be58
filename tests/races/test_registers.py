"""Races on PostgreSQL: the deadline against an edit, two tabs, two beginnings, a revocation.

Shows: R-015.
"""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations
from didaskaleio.registers.errors import SeenElsewhereError
from didaskaleio.registers.models import Call, Candidacy, Submission
from tests.factories import people
from tests.races.together import NOW, at_once, refusals

pytestmark = pytest.mark.race
CLOSES = NOW + timedelta(days=1)


@pytest.fixture
def me():
    return actor_of(people.a_teacher(), at=NOW)


@pytest.fixture
def row(call, me):
    made = operations.start(call, actor=me, at=NOW)
    operations.save_answers(made, {"hours": "50"}, actor=me, at=NOW)
    paper = io.BytesIO(b"%PDF-1.7 dokimi")
    paper.name = "p.pdf"
    operations.give_new(made, "paper", paper, until=date(2024, 1, 1), actor=me, at=NOW)
    return made


def fresh(row):
    return Candidacy.objects.select_related("call", "sheet").get(pk=row.pk)


def sending(row, me, at, version):
    copy = fresh(row)
    reviewed = copy.sheet.saved_at.isoformat()
    return lambda: operations.send(
        copy, actor=me, at=at, version=version, reviewed=reviewed, accepts=True
    )


def test_an_edit_that_came_in_time_counts_whether_the_clock_ran_before_it_or_after(row, call, me):
    sending(row, me, NOW, 0)()
    operations.save_answers(fresh(row), {"hours": "90"}, actor=me, at=NOW)
    held = Call.objects.get(pk=call.pk)
    acts = [
        sending(row, me, CLOSES, 1),
        lambda: operations.expire(held, actor=SYSTEM, at=CLOSES),
    ]
    assert refusals(at_once(acts)) == []
    now = fresh(row)
    assert (now.state, now.call.state) == ("submitted", "expired")
    assert (now.submission.version, now.submission.values["hours"]) == (2, "90")


def test_an_edit_that_came_late_is_refused_and_the_last_version_stands(row, call, me):
    sending(row, me, NOW, 0)()
    held = Call.objects.get(pk=call.pk)
    acts = [
        sending(row, me, CLOSES + timedelta(microseconds=1), 1),
        lambda: operations.expire(held, actor=SYSTEM, at=CLOSES),
    ]
    assert len(refusals(at_once(acts))) == 1
    assert fresh(row).submission.version == 1


def test_an_extension_and_a_late_edit_either_way_lose_nothing(row, call, me, officer):
    sending(row, me, NOW, 0)()
    held, late = Call.objects.get(pk=call.pk), CLOSES + timedelta(hours=1)
    extension = {"reason": "Αργία.", "until": CLOSES + timedelta(days=2)}
    outcomes = at_once(
        [
            sending(row, me, late, 1),
            lambda: operations.extend(held, actor=officer, at=CLOSES, **extension),
        ]
    )
    refused = len(refusals(outcomes))
    assert fresh(row).submission.version == 2 - refused
    assert fresh(row).call.closes_at == extension["until"]


def test_of_two_tabs_that_submit_at_once_one_gets_a_receipt(row, me):
    outcomes = at_once([sending(row, me, NOW, 0) for _ in range(4)])
    refused = refusals(outcomes)
    assert len(refused) == 3
    assert Submission.objects.filter(candidacy=row).count() == 1
    numbers = Submission.objects.values_list("receipt_number", flat=True)
    assert list(numbers) == ["2023/000001"]


def test_of_two_new_versions_at_once_the_second_is_told(row, me):
    sending(row, me, NOW, 0)()
    refused = refusals(at_once([sending(row, me, NOW, 1) for _ in range(2)]))
    assert [type(each) for each in refused] == [SeenElsewhereError]
    assert fresh(row).submission.version == 2


def test_beginning_twice_at_once_begins_one_candidacy(call, me):
    rows = at_once([lambda: operations.start(call, actor=me, at=NOW) for _ in range(4)])
    assert len({one.pk for one in rows}) == 1
    assert Candidacy.objects.count() == 1


def test_a_revocation_and_a_submission_leave_no_half_state(row, call, me, officer):
    held = Call.objects.get(pk=call.pk)
    outcomes = at_once(
        [
            sending(row, me, NOW, 0),
            lambda: operations.revoke(held, actor=officer, at=NOW, reason="Λάθος."),
        ]
    )
    now = fresh(row)
    assert now.call.state == "revoked"
    assert (now.state == "submitted") == (not refusals(outcomes))
    assert (now.submission_id is None) == (now.state == "draft")


def test_of_two_officers_who_decide_at_once_one_is_told(row, call, me, officer):
    sending(row, me, NOW, 0)()
    operations.expire(Call.objects.get(pk=call.pk), actor=SYSTEM, at=CLOSES)
    other = actor_of(people.officer(), at=NOW)
    first, second = fresh(row), fresh(row)
    refused = refusals(
        at_once(
            [
                lambda: operations.accept(first, actor=officer, at=CLOSES),
                lambda: operations.reject(second, actor=other, at=CLOSES, reason="Λείπει."),
            ]
        )
    )
    assert len(refused) == 1
    assert fresh(row).state in {"complete", "rejected"}
