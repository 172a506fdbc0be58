"""Excuses decided by the centre, disputes by the body.

Shows: R-054.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.errors import NotApplicableError, TooLateError
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel import files
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
DAYS = timedelta(days=5)


@pytest.fixture
def absent(programme, first):
    """The row of a trainee absent from the first, signed session."""
    people.officer()
    delivery.a_signed_session(first, absent=(0,))
    return delivery.trainees_of(first)[0]


@pytest.fixture
def trainee(absent, first):
    return actor_of(absent.person, at=first.ends_at)


@pytest.fixture
def manager(programme, first):
    return actor_of(people.a_centre_manager(programme.centre), at=first.ends_at)


@pytest.fixture
def officer(first):
    return actor_of(people.officer(), at=first.ends_at)


def excuse(row, actor, at, content=PDF):
    return operations.excuse(
        row, text="Ασθένεια", upload=BytesIO(content), name="βεβαίωση.pdf", actor=actor, at=at
    )


@pytest.mark.parametrize("content", [PDF, PNG, b"\xff\xd8\xff\xe0" + b"\0" * 32])
def test_an_absence_is_excused_with_a_pdf_or_a_picture(absent, trainee, first, content):
    made = excuse(absent, trainee, first.ends_at, content)
    assert (made.state, made.file.size) == ("submitted", len(content))
    assert Notice.objects.filter(kind="delivery.excuse").count() == 1


def test_other_files_are_refused(absent, trainee, first):
    with pytest.raises(files.FileRefusedError):
        excuse(absent, trainee, first.ends_at, "απλό κείμενο".encode())
    with pytest.raises(NotApplicableError, match="δικαιολογητικό"):
        operations.excuse(
            absent, text="Ασθένεια", upload=None, name="", actor=trainee, at=first.ends_at
        )
    assert not absent.excuses.exists()


def test_an_accepted_excuse_marks_the_row_and_leaves_the_sheet(absent, trainee, manager, first):
    made = excuse(absent, trainee, first.ends_at)
    decided = operations.decide_excuse(
        made, accepted=True, reason="Ιατρική βεβαίωση", actor=manager, at=first.ends_at
    )
    absent.refresh_from_db()
    assert (decided.state, absent.mark) == ("accepted", "excused")
    assert queries.latest_sheet(first).rows[0]["mark"] == "absent"
    assert queries.absence_of(absent.application, first.ends_at).absent == 2
    with pytest.raises(NotApplicableError, match="ήδη"):
        operations.decide_excuse(
            made, accepted=False, reason="Όχι", actor=manager, at=first.ends_at
        )


def test_a_refused_excuse_needs_its_reason_and_changes_nothing(absent, trainee, manager, first):
    made = excuse(absent, trainee, first.ends_at)
    with pytest.raises(ReasonMissingError):
        operations.decide_excuse(made, accepted=False, reason=" ", actor=manager, at=first.ends_at)
    operations.decide_excuse(made, accepted=False, reason="Αλλού", actor=manager, at=first.ends_at)
    absent.refresh_from_db()
    assert absent.mark == "absent"


def test_only_the_centre_decides_an_excuse(absent, trainee, officer, trainer, first):
    made = excuse(absent, trainee, first.ends_at)
    for actor in (trainee, officer, trainer):
        with pytest.raises(PermissionDenied):
            operations.decide_excuse(
                made, accepted=True, reason="Ναι", actor=actor, at=first.ends_at
            )


def test_one_excuse_at_a_time_only_of_an_own_absence_and_in_time(absent, trainee, first):
    present = delivery.trainees_of(first)[1]
    with pytest.raises(PermissionDenied):
        excuse(present, trainee, first.ends_at)
    with pytest.raises(NotApplicableError, match="μόνο μια απουσία"):
        excuse(present, actor_of(present.person, at=first.ends_at), first.ends_at)
    with pytest.raises(TooLateError):
        excuse(absent, trainee, first.ends_at + DAYS + timedelta(seconds=1))
    excuse(absent, trainee, first.ends_at + DAYS)
    with pytest.raises(NotApplicableError, match="ήδη"):
        excuse(absent, trainee, first.ends_at)


def test_an_unsigned_mark_is_neither_excused_nor_disputed(programme, trainee):
    second = delivery.a_marked_session(delivery.sessions_of(programme)[1], absent=(0,))
    row = delivery.trainees_of(second)[0]
    with pytest.raises(NotApplicableError, match="υπογραφεί"):
        excuse(row, trainee, second.ends_at)
    with pytest.raises(NotApplicableError, match="υπογραφεί"):
        operations.dispute(row, text="Ήμουν εκεί", actor=trainee, at=second.ends_at)


def test_an_upheld_dispute_corrects_the_sheet_in_the_same_act(absent, trainee, officer, first):
    made = operations.dispute(absent, text="Ήμουν εκεί", actor=trainee, at=first.ends_at)
    operations.decide_dispute(
        made,
        upheld=True,
        reason="Το επιβεβαίωσε το κέντρο",
        marking=Marking("present"),
        actor=officer,
        at=first.ends_at,
    )
    made.refresh_from_db()
    absent.refresh_from_db()
    first.refresh_from_db()
    sheet = queries.latest_sheet(first)
    assert (made.state, absent.mark, first.state) == ("upheld", "present", "corrected")
    assert (sheet.version, sheet.rows[0]["mark"]) == (2, "present")
    assert sheet.reason == "Αντίρρηση: Το επιβεβαίωσε το κέντρο"


def test_an_upheld_dispute_that_changes_nothing_is_refused_whole(absent, trainee, officer, first):
    made = operations.dispute(absent, text="Ήμουν εκεί", actor=trainee, at=first.ends_at)
    facts = {"reason": "Ναι", "actor": officer, "at": first.ends_at}
    with pytest.raises(NotApplicableError, match="σωστή σημείωση"):
        operations.decide_dispute(made, upheld=True, **facts)
    with pytest.raises(NotApplicableError, match="Δεν άλλαξε"):
        operations.decide_dispute(made, upheld=True, marking=Marking("absent"), **facts)
    made.refresh_from_db()
    assert made.state == "open"


def test_a_dismissed_dispute_keeps_the_sheet(absent, trainee, officer, manager, first):
    made = operations.dispute(absent, text="Ήμουν εκεί", actor=trainee, at=first.ends_at)
    facts = {"upheld": False, "reason": "Δεν επιβεβαιώθηκε", "at": first.ends_at}
    for actor in (manager, trainee, actor_of(people.officer("minedu"), at=first.ends_at)):
        with pytest.raises(PermissionDenied):
            operations.decide_dispute(made, actor=actor, **facts)
    operations.decide_dispute(made, actor=officer, **facts)
    made.refresh_from_db()
    assert (made.state, first.sheets.count()) == ("dismissed", 1)
    assert Notice.objects.filter(kind="delivery.dispute", person=absent.person).count() == 1


def test_the_days_of_a_dispute_run_from_the_sheet_in_force(absent, trainee, first):
    with pytest.raises(TooLateError):
        operations.dispute(
            absent, text="Ήμουν", actor=trainee, at=first.ends_at + DAYS + timedelta(seconds=1)
        )
    operations.dispute(absent, text="Ήμουν", actor=trainee, at=first.ends_at + DAYS)
    with pytest.raises(NotApplicableError, match="εκκρεμεί"):
        operations.dispute(absent, text="Ξανά", actor=trainee, at=first.ends_at)
