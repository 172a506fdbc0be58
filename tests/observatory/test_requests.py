"""Requests to the operating service: each step, who is told, what waits for whom.

Shows: R-176.
"""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.kernel import access, agenda
from didaskaleio.kernel.errors import ReasonMissingError, StepRefusedError
from didaskaleio.kernel.files import FileRefusedError
from didaskaleio.kernel.models import Notice, StoredFile
from didaskaleio.observatory import operations, queries
from didaskaleio.observatory.errors import DeliveryMissingError
from didaskaleio.observatory.models import AdHocReport
from tests.factories import people

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def officer(db, actor_for):
    return actor_for(people.officer())


@pytest.fixture
def admin(db, actor_for):
    return actor_for(people.an_operator())


@pytest.fixture
def row(officer, admin, at):
    return asked(officer, at)


def asked(officer, at, kind="report"):
    return operations.request_service(
        kind=kind, title="Ώρες ανά Κ.Σ.Ε.", text="Για το 2022.", actor=officer, at=at
    )


def upload(content=PDF, name="ores.pdf"):
    file = io.BytesIO(content)
    file.name = name
    return file


def told(actor):
    rows = Notice.objects.filter(person_id=actor.user_id, kind__startswith="observatory.request")
    return list(rows.order_by("pk").values_list("title", flat=True))


def waiting(actor, at):
    return [
        todo.title
        for todo in agenda.todos_of(actor, at)
        if "ίτημα" in todo.title or "αιτήμα" in todo.title
    ]


def test_it_is_asked_cleared_up_delivered_given_back_and_accepted(row, officer, admin, at):
    assert told(admin) == ["Νέο αίτημα: Ώρες ανά Κ.Σ.Ε."]
    operations.take(row, actor=admin, at=at)
    operations.ask(row, actor=admin, at=at, reason="Και τις ασύγχρονες;")
    operations.answer(row, actor=officer, at=at, reason="Ναι.")
    operations.deliver(row, reply="Το φύλλο.", upload=upload(), actor=admin, at=at)
    operations.give_back(row, actor=officer, at=at, reason="Λείπει η Κρήτη.")
    operations.deliver(row, reply="Με την Κρήτη.", upload=upload(), actor=admin, at=at)
    operations.accept(row, actor=officer, at=at)
    assert row.state == "accepted"
    assert StoredFile.objects.filter(kind="observatory.answer").count() == 2
    assert told(officer)[:3] == [
        "Το αίτημά σας αναλήφθηκε",
        "Χρειάζεται διευκρίνιση για το αίτημά σας",
        "Το αίτημά σας παραδόθηκε",
    ]
    assert told(admin)[1:] == [
        "Δόθηκε διευκρίνιση σε αίτημα",
        "Το αίτημα επιστράφηκε",
        "Το αίτημα έγινε αποδεκτό",
    ]


def test_a_report_is_delivered_as_one_of_whoever_asked(row, officer, admin, at):
    raw = {"subject": "registers.centres", "columns": ["code"]}
    made = operations.create(raw, title="Κέντρα", actor=admin, at=at)
    operations.take(row, actor=admin, at=at)
    operations.deliver(row, reply="Ως αναφορά.", report=made, actor=admin, at=at)
    mine = AdHocReport.objects.get(owner_id=officer.user_id)
    assert (row.report, mine.title) == (mine, "Ώρες ανά Κ.Σ.Ε.")
    assert access.allowed(officer, "adhoc.keep", mine)
    assert queries.answered(mine, officer, at).count == 0


def test_a_report_needs_a_file_or_a_report_and_a_setting_only_words(row, officer, admin, at):
    operations.take(row, actor=admin, at=at)
    with pytest.raises(DeliveryMissingError, match="με αρχείο ή ως αποθηκευμένη"):
        operations.deliver(row, reply="Έγινε.", actor=admin, at=at)
    setting = asked(officer, at, "setting")
    operations.take(setting, actor=admin, at=at)
    operations.deliver(setting, reply="Άλλαξε το σήμα.", actor=admin, at=at)
    assert setting.state == "delivered"


def test_a_program_is_not_delivered_and_nothing_is_stored(row, admin, at):
    operations.take(row, actor=admin, at=at)
    with pytest.raises(FileRefusedError):
        operations.deliver(
            row, reply="Εδώ.", upload=upload(b"MZ\x90\x00", "a.exe"), actor=admin, at=at
        )
    row.refresh_from_db()
    assert (row.state, StoredFile.objects.count()) == ("taken", 0)


def test_nobody_delivers_another_s_private_report(row, officer, admin, at):
    raw = {"subject": "registers.centres", "columns": ["code"]}
    private = operations.create(raw, title="Δική μου", actor=officer, at=at)
    operations.take(row, actor=admin, at=at)
    with pytest.raises(PermissionDenied):
        operations.deliver(row, reply="Εδώ.", report=private, actor=admin, at=at)


def test_it_is_declined_with_a_reason_or_withdrawn(row, officer, admin, at):
    with pytest.raises(ReasonMissingError):
        operations.decline(row, actor=admin, at=at, reason="")
    operations.decline(row, actor=admin, at=at, reason="Δεν τηρείται.")
    with pytest.raises(StepRefusedError):
        operations.withdraw(row, actor=officer, at=at)
    other = asked(officer, at)
    operations.take(other, actor=admin, at=at)
    operations.withdraw(other, actor=officer, at=at)
    assert (row.state, other.state) == ("declined", "withdrawn")
    assert told(admin)[-1] == "Το αίτημα αποσύρθηκε"


def test_only_officers_ask_and_only_the_service_serves(row, officer, actor_for, at):
    for stranger in (people.a_teacher(), people.an_operator()):
        with pytest.raises(PermissionDenied):
            asked(actor_for(stranger), at)
    with pytest.raises(PermissionDenied):
        operations.take(row, actor=officer, at=at)
    assert not access.allowed(actor_for(people.officer()), "request.read", row)


def test_the_agenda_of_each_names_what_waits_for_it(row, officer, admin, actor_for, at):
    assert (waiting(admin, at), waiting(officer, at)) == (["Ανάληψη αιτήματος"], [])
    operations.take(row, actor=admin, at=at)
    assert waiting(admin, at) == ["Παράδοση αιτήματος"]
    operations.ask(row, actor=admin, at=at, reason="Ποιο έτος;")
    assert (waiting(admin, at), waiting(officer, at)) == ([], ["Διευκρίνιση για αίτημα"])
    operations.answer(row, actor=officer, at=at, reason="2022.")
    operations.deliver(row, reply="Εδώ.", upload=upload(), actor=admin, at=at)
    assert waiting(officer, at) == ["Έλεγχος παράδοσης αιτήματος"]
    assert waiting(actor_for(people.officer()), at) == []
