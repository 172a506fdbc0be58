"""Forms in the database: frozen when published, answers keep their version, each body its own.

Shows: R-016.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.files import FileRefusedError
from didaskaleio.kernel.forms import editing, exchange, operations
from didaskaleio.kernel.forms.definition import Definition, Section
from didaskaleio.kernel.forms.models import AnswerSheet, Form, FormVersion
from didaskaleio.kernel.forms.operations import AnswersRefusedError, FrozenFormError, Owner
from didaskaleio.kernel.models import StoredFile
from didaskaleio.people.enums import Role
from tests.factories import people
from tests.factories.structures import a_body
from tests.kernel.forms.fixtures import (
    DEFINITION,
    NOW,
    a_draft,
    a_published,
    actor,
    an_officer,
    an_owner,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def rename(title):
    return lambda definition: replace(definition, title=title)


def test_an_edit_of_a_draft_is_kept_and_journalled_with_its_words():
    officer = an_officer()
    draft = a_draft(officer)
    operations.edit(draft, rename("Νέος τίτλος"), what="Στοιχεία", actor=actor(officer), at=NOW)
    assert FormVersion.objects.get().parsed().title == "Νέος τίτλος"
    assert Form.objects.get().title == "Νέος τίτλος"
    entry = journal.of(draft).first()
    assert (entry.act, entry.reason, entry.actor_id) == (operations.EDITED, "Στοιχεία", officer.pk)


def test_a_published_version_is_frozen_for_the_platform_and_in_the_database():
    version = a_published()
    with pytest.raises(FrozenFormError):
        operations.edit(version, rename("Άλλος"), what="", actor=actor(an_officer()), at=NOW)
    for change in (
        lambda: FormVersion.objects.update(definition={}),
        lambda: FormVersion.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()
    assert FormVersion.objects.get().parsed() == DEFINITION


def test_only_the_head_of_the_body_publishes_and_only_what_is_sound():
    officer, head = actor(an_officer()), actor(an_officer(Role.BODY_HEAD))
    draft = a_draft(definition=Definition("Άδεια", sections=(Section("s1", "Α"),)))
    with pytest.raises(PermissionDenied):
        operations.publish(draft, actor=officer, at=NOW)
    with pytest.raises(StepRefusedError, match="τουλάχιστον μία ερώτηση"):
        operations.publish(draft, actor=head, at=NOW)
    operations.edit(draft, lambda _: DEFINITION, what="", actor=officer, at=NOW)
    operations.publish(draft, actor=head, at=NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.published_at) == ("published", NOW)


def test_the_next_version_begins_as_the_last_and_retires_it_when_it_is_published():
    first, officer, head = a_published(), actor(an_officer()), actor(an_officer(Role.BODY_HEAD))
    second = operations.new_version(first.form, actor=officer, at=NOW)
    assert second.parsed() == first.parsed()
    with pytest.raises(Refusal, match="ήδη πρόχειρο"):
        operations.new_version(first.form, actor=officer, at=NOW)
    operations.edit(second, lambda d: editing.drop(d, "plan"), what="", actor=officer, at=NOW)
    operations.publish(second, actor=head, at=NOW)
    states = FormVersion.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["retired", "published"]
    assert FormVersion.objects.get(number=1).parsed().question("plan") is not None


def test_another_body_neither_sees_nor_edits_a_form():
    other = a_body("iep")
    stranger = an_officer(body="iep")
    draft = a_draft()
    assert not access.visible(actor(stranger), "form.read", Form.objects.all()).exists()
    with pytest.raises(PermissionDenied):
        operations.edit(draft, rename("Ξένος"), what="", actor=actor(stranger), at=NOW)
    with pytest.raises(PermissionDenied):
        operations.begin(an_owner(), code="x", definition=DEFINITION, actor=actor(stranger), at=NOW)
    centre = Owner("centre", other.pk, "Κέντρο με τον ίδιο αριθμό")
    with pytest.raises(PermissionDenied):
        operations.begin(centre, code="x", definition=DEFINITION, actor=actor(stranger), at=NOW)


def test_one_code_is_one_form_of_a_body():
    a_draft(code="idia")
    with pytest.raises(Refusal, match="idia"):
        a_draft(code="idia")


def test_an_edit_that_could_not_be_read_again_is_refused_and_nothing_changes():
    draft = a_draft()
    bad = replace(DEFINITION.question("name"), key="Όχι κλειδί")
    with pytest.raises(exchange.UnreadableFormError):
        operations.edit(
            draft,
            lambda d: editing.put_question(d, bad, "person"),
            what="",
            actor=actor(an_officer()),
            at=NOW,
        )
    assert FormVersion.objects.get().parsed() == DEFINITION


# Answers -----------------------------------------------------------------------------------------


def a_sheet(person=None):
    version = a_published()
    person = person or people.a_teacher()
    return operations.open_sheet(version, version, person=person.pk, at=NOW), actor(person)


def test_a_sheet_begins_with_what_the_rooms_know_of_the_person():
    teacher = people.a_teacher()
    sheet, _ = a_sheet(teacher)
    assert sheet.values == {"name": str(teacher), "specialty": teacher.teacher.specialty_code}


def test_answers_are_kept_as_they_come_and_those_of_the_wrong_shape_are_left_out():
    sheet, by = a_sheet()
    told = {"certificate": "yes", "hours": "120", "material": "πολλά", "nobody": "1", "proof": "x"}
    wrong = operations.save(sheet, told, actor=by, at=NOW)
    assert [problem.place for problem in wrong] == ["material"]
    kept = AnswerSheet.objects.get().values
    assert (kept["hours"], kept["certificate"]) == ("120", "yes")
    assert set(kept) == {"name", "specialty", "certificate", "hours"}
    operations.save(sheet, {"hours": ""}, actor=by, at=NOW)
    assert "hours" not in AnswerSheet.objects.get().values


def test_a_late_save_of_the_same_answers_is_no_change():
    sheet, by = a_sheet()
    operations.save(sheet, {"hours": "120"}, actor=by, at=NOW)
    operations.save(sheet, {"hours": "120"}, actor=by, at=NOW + timedelta(seconds=1))
    assert AnswerSheet.objects.get().saved_at == sheet.saved_at == NOW
    operations.save(sheet, {"hours": "130"}, actor=by, at=NOW + timedelta(seconds=2))
    assert AnswerSheet.objects.get().saved_at == NOW + timedelta(seconds=2)


def test_a_file_answers_only_a_question_that_asks_for_one_and_only_if_it_is_what_it_says():
    sheet, by = a_sheet()
    paper = io.BytesIO(PDF)
    paper.name = "veveosi.pdf"
    with pytest.raises(Refusal):
        operations.attach(sheet, "hours", paper, actor=by, at=NOW)
    fake = io.BytesIO(b"MZ\x00\x00")
    fake.name = "veveosi.pdf"
    with pytest.raises(FileRefusedError):
        operations.attach(sheet, "proof", fake, actor=by, at=NOW)
    operations.attach(sheet, "proof", paper, until="2024-01-01", actor=by, at=NOW)
    stored = StoredFile.objects.get()
    kept = AnswerSheet.objects.get().values["proof"]
    assert kept == {"file": str(stored.key), "name": "veveosi.pdf", "until": "2024-01-01"}


def completed(sheet, by):
    for key in ("certificate_file", "proof"):
        paper = io.BytesIO(PDF)
        paper.name = f"{key}.pdf"
        operations.attach(sheet, key, paper, until="2024-01-01", actor=by, at=NOW)
    told = {"certificate": "yes", "hours": "120", "hired": "2010-09-01", "truth": True}
    operations.save(sheet, told | {"degrees": ["phd", "master", "degree"]}, actor=by, at=NOW)
    operations.complete(sheet, actor=by, at=NOW)


def test_a_sheet_is_completed_with_its_points_and_is_closed():
    sheet, by = a_sheet()
    with pytest.raises(AnswersRefusedError) as refused:
        operations.complete(sheet, actor=by, at=NOW)
    places = {problem.place for problem in refused.value.problems}
    assert places == {"certificate", "hired", "truth"}
    completed(sheet, by)
    kept = AnswerSheet.objects.get()
    assert Decimal(kept.points["points"]) == Decimal(22) + Decimal(6) + Decimal(12)
    with pytest.raises(Refusal, match="υποβληθεί"):
        operations.save(sheet, {"hours": "5000"}, actor=by, at=NOW)


def test_completed_answers_keep_only_what_applies():
    sheet, by = a_sheet()
    told = {"certificate": "no", "hours": "300", "hired": "2010-09-01", "truth": True}
    operations.save(sheet, told, actor=by, at=NOW)
    operations.complete(sheet, actor=by, at=NOW)
    kept = AnswerSheet.objects.get()
    assert set(kept.values) == {"name", "specialty", "certificate", "hired", "truth"}
    assert kept.points["points"] == "6.0"


def test_answers_keep_their_version_when_the_next_is_published():
    sheet, by = a_sheet()
    completed(sheet, by)
    officer, head = actor(an_officer()), actor(an_officer(Role.BODY_HEAD))
    second = operations.new_version(sheet.version.form, actor=officer, at=NOW)
    operations.edit(second, lambda d: editing.drop(d, "hours"), what="", actor=officer, at=NOW)
    with pytest.raises(StepRefusedError):
        operations.publish(second, actor=head, at=NOW)
    for gap in ("programmes", "proof"):
        operations.edit(second, lambda d, k=gap: editing.drop(d, k), what="", actor=officer, at=NOW)
    operations.edit(second, lambda d: replace(d, ties=()), what="", actor=officer, at=NOW)
    operations.publish(second, actor=head, at=NOW)
    kept = AnswerSheet.objects.get()
    assert (kept.version.number, kept.version.parsed().question("hours").unit) == (1, "ώρες")


def test_nobody_else_writes_on_a_sheet():
    sheet, _ = a_sheet()
    with pytest.raises(PermissionDenied):
        operations.save(sheet, {"name": "Άλλος"}, actor=actor(people.a_teacher()), at=NOW)
