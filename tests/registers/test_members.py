"""Registers with fields of a form: members enter, change fields by procedure, renew, leave.

Shows: R-010, R-022.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from didaskaleio.kernel import access, journal, lifecycle
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.agenda import todos_of
from didaskaleio.kernel.errors import OvertakenError, Refusal, StepRefusedError
from didaskaleio.kernel.files import FileRefusedError
from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms.definition import Condition, Op, Test
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role
from didaskaleio.registers import operations, queries
from didaskaleio.registers.enums import MemberState, ProposalState
from didaskaleio.registers.errors import MembershipRefusedError, RegisterRefusedError
from didaskaleio.registers.lifecycle import MEMBERSHIP
from didaskaleio.registers.models import FieldChange, Membership, Register
from didaskaleio.registers.rules import after_months
from tests.factories import people
from tests.factories.structures import a_body
from tests.registers.forms import DEFINITION as WITH_FILES
from tests.registers.registers import DEFINITION, VALUES, a_fields_form

pytestmark = pytest.mark.django_db


def paper():
    made = io.BytesIO(b"%PDF-1.7 dokimi")
    made.name = "vevaiosi.pdf"
    return made


@pytest.fixture
def own(actor_for):
    """``own(member)``: the member as an actor."""
    return lambda member: actor_for(member.person)


# The register -----------------------------------------------------------------------------------


def test_a_code_is_used_once_in_a_body(a_register):
    a_register(code="b2")
    with pytest.raises(RegisterRefusedError, match="Υπάρχει ήδη μητρώο με κωδικό «b2»"):
        a_register(code="b2")


def test_another_bodys_form_and_one_that_asks_files_are_refused(a_register, at):
    with pytest.raises(RegisterRefusedError, match="άλλου φορέα"):
        a_register(form=a_fields_form("iep", at))
    with pytest.raises(RegisterRefusedError, match="δεν είναι αρχεία"):
        a_register(form=a_fields_form("itye", at, WITH_FILES))


def test_an_officer_of_another_body_defines_and_sees_nothing(a_register, actor_for, at):
    row, stranger = a_register(), actor_for(people.officer("iep"))
    with pytest.raises(PermissionDenied):
        operations.define(a_body("itye"), actor=stranger, at=at, title="Ξ", code="x", form=row.form)
    with pytest.raises(PermissionDenied):
        operations.set_procedures(row, {}, actor=stranger, at=at)
    assert list(access.visible(stranger, "register.manage", Register.objects.all())) == []


def test_a_part_of_a_part_is_refused(a_register):
    part = a_register(parent=a_register())
    with pytest.raises(RegisterRefusedError, match="Υπομητρώο ανοίγει μόνο"):
        a_register(parent=part)


def test_a_register_is_no_part_of_itself_nor_of_another_while_it_has_parts(a_register, officer, at):
    above, other = a_register(), a_register()
    for row, parent in ((other, other), (above, other)):
        a_register(parent=above)
        with pytest.raises(RegisterRefusedError, match="δεν γίνεται υπομητρώο"):
            operations.revise(row, actor=officer, at=at, parent=parent)


def test_the_later_of_two_descriptions_is_refused(a_register, officer, at):
    row = a_register()
    seen = journal.latest(row, operations.DESCRIBED)
    by = {"actor": officer, "at": at, "seen": seen}
    operations.revise(row, **by, title="Πρώτος")
    with pytest.raises(OvertakenError):
        operations.revise(row, **by, title="Δεύτερος")
    row.refresh_from_db()
    assert row.title == "Πρώτος"


# Entry ------------------------------------------------------------------------------------------


def test_a_member_gets_the_next_number_and_a_validity_and_is_told(a_register, a_member, at):
    row = a_register(months=12, remind_days=30)
    first, second = a_member(row), a_member(row)
    assert [first.number, second.number] == ["2023/000001", "2023/000002"]
    assert first.valid_until == datetime(2024, 1, 18, 21, 59, 59, tzinfo=UTC)
    assert first.remind_at == first.valid_until - timedelta(days=30)
    told = Notice.objects.get(person=first.person)
    assert (told.title, "2023/000001" in told.text) == ("Ενταχθήκατε σε μητρώο", True)


def test_known_facts_fill_the_fields_and_wrong_ones_are_refused(a_register, officer, at):
    data = exchange.write(DEFINITION)
    data["sections"][0]["questions"][0]["prefill"] = "person.name"
    form = a_fields_form("itye", at, exchange.read(data))
    row, person = a_register(form=form), people.a_person()
    with pytest.raises(AnswersRefusedError):
        operations.enter(row, person, actor=officer, at=at, values={"hours": "πολλές"})
    made = operations.enter(row, person, actor=officer, at=at)
    assert made.values == {"phone": str(person)}


def test_nobody_is_a_member_twice_but_who_left_may_enter_anew(a_member, own, at):
    first = a_member()
    with pytest.raises(MembershipRefusedError, match="ήδη μέλος"):
        a_member(first.register, first.person)
    operations.resign(first, actor=own(first), at=at)
    again = a_member(first.register, first.person)
    assert again.number == "2023/000002"


def test_a_part_takes_only_those_who_stand_in_the_register_above(a_register, a_member):
    above = a_register(title="Επιμορφωτές")
    part, person = a_register(parent=above), people.a_person()
    with pytest.raises(MembershipRefusedError, match="μέλη του «Επιμορφωτές»"):
        a_member(part, person)
    a_member(above, person)
    assert a_member(part, person).state == MemberState.ACTIVE


def test_the_same_person_belongs_to_registers_of_two_bodies(a_member, actor_for, at):
    ours = a_member()
    other = actor_for(people.officer("iep"))
    form = a_fields_form("iep", at)
    content = {"title": "Άλλο", "code": "allo", "form": form}
    theirs = operations.define(a_body("iep"), actor=other, at=at, **content)
    member = operations.enter(theirs, ours.person, actor=other, at=at)
    seen = access.visible(other, "membership.page", Membership.objects.all())
    assert list(seen) == [member]
    mine = access.visible(actor_for(ours.person), "membership.page", Membership.objects.all())
    assert set(mine) == {ours, member}


# Changes ----------------------------------------------------------------------------------------


def test_a_free_field_changes_at_once_and_what_stood_is_kept(a_member, own, at):
    row = a_member()
    made = operations.update(row, {"phone": "2610"}, actor=own(row), at=at)
    assert (made.changed, made.proposal) == (("phone",), None)
    row.refresh_from_db()
    assert row.values == VALUES | {"phone": "2610"}
    change = row.changes.get()
    assert (change.before, change.after, change.procedure) == ("2310", "2610", "free")
    assert change.actor == row.person


def test_a_field_with_proof_changes_with_its_document(a_member, own, at):
    row = a_member()
    with pytest.raises(MembershipRefusedError, match="«Ώρες»: επισυνάψτε το δικαιολογητικό"):
        operations.update(row, {"hours": "150"}, actor=own(row), at=at)
    operations.update(row, {"hours": "150"}, actor=own(row), at=at, proof=paper())
    assert row.changes.get().proof.name == "vevaiosi.pdf"


def test_a_program_is_no_proof(a_member, own, at):
    row, upload = a_member(), io.BytesIO(b"MZ\x90\x00")
    upload.name = "virus.pdf"
    with pytest.raises(FileRefusedError):
        operations.update(row, {"hours": "150"}, actor=own(row), at=at, proof=upload)
    assert not FieldChange.objects.exists()


def test_a_field_with_approval_waits_and_the_decision_applies_it(a_member, own, officer, at):
    row = a_member()
    wanted = {"days": ["friday"], "phone": "1"}
    made = operations.update(row, wanted, actor=own(row), at=at, note="Νέο ωράριο.")
    row.refresh_from_db()
    assert (made.changed, row.values["days"], row.values["phone"]) == (
        ("phone",),
        ["tuesday"],
        "1",
    )
    assert [todo.detail for todo in todos_of(officer, at)] == [str(row)]
    operations.approve(made.proposal, actor=officer, at=at)
    row.refresh_from_db()
    assert row.values["days"] == ["friday"]
    kept = row.changes.get(key="days")
    assert (kept.before, kept.procedure, kept.reason) == (["tuesday"], "approval", "Νέο ωράριο.")
    assert Notice.objects.filter(person=row.person, title__contains="έγινε δεκτή").exists()


def test_a_declined_change_changes_nothing_and_says_why(a_member, own, officer, at):
    row = a_member()
    made = operations.update(row, {"days": ["friday"]}, actor=own(row), at=at).proposal
    operations.decline(made, actor=officer, at=at, reason="Λείπει το πρόγραμμα.")
    row.refresh_from_db()
    assert (made.state, row.values) == (ProposalState.DECLINED, VALUES)
    assert "Λείπει το πρόγραμμα." in Notice.objects.get(title__contains="δεν έγινε").text


def test_one_proposal_waits_at_a_time_and_may_be_withdrawn(a_member, own, at):
    row = a_member()
    first = operations.update(row, {"level": "b1"}, actor=own(row), at=at).proposal
    with pytest.raises(MembershipRefusedError, match="περιμένει έγκριση"):
        operations.update(row, {"days": []}, actor=own(row), at=at)
    operations.recall(first, actor=own(row), at=at)
    assert operations.update(row, {"days": []}, actor=own(row), at=at).proposal


def test_nobody_decides_on_oneself(a_register, officer, at, actor_for):
    person = people.officer("itye", Role.BODY_HEAD)
    by = {"actor": officer, "at": at}
    row = operations.enter(a_register(), person, **by, values=VALUES)
    made = operations.update(row, {"level": "b1"}, actor=actor_for(person), at=at).proposal
    with pytest.raises(MembershipRefusedError, match="άλλο πρόσωπο"):
        operations.approve(made, actor=actor_for(person), at=at)
    assert not [todo for todo in todos_of(actor_for(person), at) if "Απόφαση" in todo.title]
    operations.approve(made, **by)


def test_a_field_of_the_body_is_changed_by_its_officers_with_a_reason(a_member, own, officer, at):
    row = a_member()
    with pytest.raises(MembershipRefusedError, match="«Κωδικός έργου»: το αλλάζει μόνο ο φορέας"):
        operations.update(row, {"code": "X1"}, actor=own(row), at=at)
    with pytest.raises(MembershipRefusedError, match="Γράψτε από πού προκύπτει"):
        operations.update(row, {"code": "X1"}, actor=officer, at=at)
    operations.update(row, {"code": "X1", "level": "b1"}, actor=officer, at=at, note="Απόφαση 3.")
    row.refresh_from_db()
    assert row.values == VALUES | {"code": "X1", "level": "b1"}


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({"hours": "πολλές"}, AnswersRefusedError),
        ({"level": ""}, AnswersRefusedError),
        ({"days": ["sunday"]}, AnswersRefusedError),
        ({"phone": "2310"}, MembershipRefusedError),
        ({"unknown": "1"}, MembershipRefusedError),
    ],
)
def test_wrong_or_equal_answers_change_nothing(a_member, own, at, wanted, refusal):
    row = a_member()
    with pytest.raises(refusal):
        operations.update(row, wanted, actor=own(row), at=at, proof=paper())
    row.refresh_from_db()
    assert (row.values, row.changes.count(), row.proposals.count()) == (VALUES, 0, 0)


def test_the_later_of_two_updates_is_refused(a_member, own, at):
    row = a_member()
    by = {"actor": own(row), "at": at, "seen": journal.latest(row, operations.UPDATED)}
    operations.update(row, {"phone": "1"}, **by)
    with pytest.raises(OvertakenError):
        operations.update(row, {"phone": "2"}, **by)


def test_a_stranger_changes_nothing(a_member, actor_for, at):
    row = a_member()
    for person in (people.a_person(), people.officer("iep")):
        with pytest.raises(PermissionDenied):
            operations.update(row, {"phone": "1"}, actor=actor_for(person), at=at, note="Ν")


def test_the_database_keeps_the_history_as_it_was(a_member, own, at):
    row = a_member()
    operations.update(row, {"phone": "1"}, actor=own(row), at=at)
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        row.changes.update(after="2")
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        row.changes.all().delete()


# The life cycle -----------------------------------------------------------------------------------


def test_the_clock_reminds_and_ends_a_membership_and_it_is_renewed(a_member, officer, at):
    row = a_member()
    last = row.valid_until
    operations.remind(row, actor=SYSTEM, at=row.remind_at)
    assert row.state == MemberState.EXPIRING
    operations.renew(row, actor=officer, at=row.remind_at, reason="Απόφαση 1.")
    assert (row.state, row.valid_until) == (MemberState.ACTIVE, after_months(last, 36))
    operations.remind(row, actor=SYSTEM, at=row.remind_at)
    operations.lapse(row, actor=SYSTEM, at=row.valid_until)
    late = row.valid_until + timedelta(days=9)
    operations.renew(row, actor=officer, at=late, reason="Απόφαση 2.")
    assert (row.state, row.valid_until > late + timedelta(days=1000)) == (MemberState.ACTIVE, True)


def test_the_timed_steps_are_found_by_their_moments():
    assert {step.name: step.due for step in MEMBERSHIP.timed()} == {
        "remind": "remind_at",
        "lapse": "valid_until",
    }
    assert "membership" in lifecycle.known


def test_suspension_lifting_and_removal_say_why(a_member, officer, own, at):
    row = a_member()
    operations.suspend(row, actor=officer, at=at, reason="Έλεγχος δικαιολογητικών.")
    with pytest.raises(StepRefusedError):
        operations.resign(row, actor=own(row), at=at)
    operations.lift(row, actor=officer, at=at, reason="Ολοκληρώθηκε.")
    operations.suspend(row, actor=officer, at=at, reason="Ψευδή στοιχεία.")
    operations.remove(row, actor=officer, at=at, reason="Απόφαση Δ.Σ.")
    assert row.state == MemberState.REMOVED
    assert [entry.reason for entry in journal.of(row)][:2] == ["Απόφαση Δ.Σ.", "Ψευδή στοιχεία."]
    with pytest.raises(MembershipRefusedError, match="διαγράφηκε"):
        operations.update(row, {"phone": "1"}, actor=own(row), at=at)


def test_a_proposal_of_who_was_removed_is_not_accepted(a_member, own, officer, at):
    row = a_member()
    made = operations.update(row, {"level": "b1"}, actor=own(row), at=at).proposal
    operations.resign(row, actor=own(row), at=at)
    with pytest.raises(Refusal, match="διαγράφηκε"):
        operations.approve(made, actor=officer, at=at)


# Search -------------------------------------------------------------------------------------------


def test_members_are_found_by_rules_on_their_fields(a_register, a_member):
    row = a_register()
    few, many = a_member(row, hours="60"), a_member(row, hours="150", days=["friday"])
    found = queries.members(row)

    def who(*tests):
        return set(queries.matching(found, Condition(tests)))

    assert who() == {few, many}
    assert who(Test("hours", Op.AT_LEAST, "100")) == {many}
    assert who(Test("days", Op.IS, "tuesday")) == {few}
    assert who(Test("days", Op.IS, "tuesday"), Test("hours", Op.AT_LEAST, "100")) == set()
    assert who(Test("code", Op.ANSWERED)) == set()


def test_registers_are_listed_each_below_the_one_it_is_part_of(a_register, a_member):
    last = a_register(title="Ωμέγα")
    above = a_register(title="Άλφα")
    part = a_register(title="Ψι", parent=above)
    a_member(above)
    assert [(row, row.standing) for row in queries.registers()] == [
        (above, 1),
        (part, 0),
        (last, 0),
    ]


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2023-01-18", 36, "2026-01-18"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day, months, last):
    at = datetime.fromisoformat(f"{day}T10:00:00+02:00")
    assert after_months(at, months).isoformat() == f"{last}T23:59:59+02:00"
