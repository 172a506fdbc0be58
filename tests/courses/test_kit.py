"""What others take of a course: the public list, its sheet in PDF, the kit to present it.

Shows: R-001, R-177.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from didaskaleio.courses import documents, operations
from didaskaleio.courses.models import Course, CourseVersion, Material
from didaskaleio.courses.operations.writing import KIT_FILE
from didaskaleio.kernel import files
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.models import StoredFile
from tests import hostile_files
from tests.factories import people, structures
from tests.factories.courses import a_course

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def course(set_clock, at):
    set_clock(at)
    return fresh(a_course("offered"))


def fresh(course):
    return Course.objects.select_related("body", "current__course__body").get(pk=course.pk)


def read(answer):
    return b"".join(answer.streaming_content)


def test_everybody_finds_the_approved_courses_and_the_sheet_of_each(course):
    hidden = a_course("design", title="Δεν εγκρίθηκε ακόμη")
    page = Client().get(reverse("courses:offered")).content.decode()
    assert course.title in page
    assert hidden.title not in page
    address = reverse("courses:sheet", args=[course.pk])
    assert address in page
    answer = Client().get(address, follow=True)
    assert answer["Content-Type"] == "application/pdf"
    assert read(answer).startswith(b"%PDF-1.7")
    assert Client().get(reverse("courses:sheet", args=[hidden.pk])).status_code == 404


def test_a_frozen_version_has_one_sheet_and_the_next_one_its_own(course, at):
    first = documents.made(course, "sheet", at=at)
    assert documents.made(course, "sheet", at=at) == first
    new = CourseVersion.objects.get(pk=course.current_id)
    new.pk, new.number = None, 2
    new.save()
    Course.objects.filter(pk=course.pk).update(current=new)
    second = documents.made(fresh(course), "sheet", at=at)
    assert [row.name for row in (first, second)] == [
        f"kartela-{course.code}-1.pdf",
        f"kartela-{course.code}-2.pdf",
    ]
    with pytest.raises(ValueError, match="no approved version"):
        documents.made(a_course("design"), "sheet", at=at)


def test_the_sheet_says_all_nine_components(course):
    data = documents.data_of(course.current)
    empty = [name for name, value in data.items() if not value]
    assert empty == []
    assert data["hours"] == ("60 ώρες: 8 διά ζώσης, 20 σύγχρονες, 14 ασύγχρονες, 18 υποστηρικτικές")
    assert data["units"][0] == ["1. Ψηφιακά περιβάλλοντα και κοινότητα της τάξης", "–", "12"]


def test_a_centre_takes_the_kit_whole_and_a_teacher_does_not(course, client, login):
    login(client, people.a_centre_manager(structures.a_centre()))
    page = client.get(reverse("courses:kit", args=[course.pk])).content.decode()
    assert "Διαφάνειες, από την εγκεκριμένη έκδοση" in page
    answer = client.get(reverse("courses:kit-file", args=[course.pk]))
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 2
        assert all(archive.read(name).startswith(b"%PDF-1.7") for name in archive.namelist())
    login(client, people.a_teacher())
    assert client.get(reverse("courses:kit", args=[course.pk])).status_code == 404


@pytest.mark.parametrize(
    ("content", "ending"), [(hostile_files.pptx(), "pptx"), (hostile_files.odp(), "odp")]
)
def test_a_presentation_is_in_the_kit_as_what_it_is(course, at, client, login, content, ending):
    stored = files.store(KIT_FILE, content, "kako.exe", course, actor=SYSTEM, at=at)
    Material.objects.create(
        version=course.current, kind="presentation", title="Διαφάνειες", state="ready", file=stored
    )
    login(client, people.a_centre_manager(structures.a_centre()))
    answer = client.get(reverse("courses:kit-file", args=[course.pk]))
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist()[2] == f"03-diafaneies.{ending}"
        assert archive.read(archive.namelist()[2]) == content


@pytest.mark.parametrize("kind", ["presentation", "training"])
def test_authors_give_presentations_and_nothing_hostile(actor_for, at, kind):
    course = a_course("development")
    author = people.a_person()
    people.a_post(author, "author", "course", course)
    by = {"actor": actor_for(author), "at": at}
    row = operations.plan_material(course.draft, kind=kind, title="Παρουσίαση", **by)
    for name, content in hostile_files.EVERYWHERE.items():
        with pytest.raises(files.FileRefusedError):
            operations.upload_material(row, ContentFile(content), name, ready=True, **by)
    with pytest.raises(files.FileRefusedError, match="φορτώνει περιεχόμενο από αλλού"):
        upload = ContentFile(hostile_files.with_relation("image", "http://example.org/a.png"))
        operations.upload_material(row, upload, "a.pptx", ready=True, **by)
    for content in (hostile_files.pptx(), hostile_files.odp()):
        operations.upload_material(row, ContentFile(content), "a", ready=True, **by)
        assert StoredFile.objects.get(pk=row.file_id).content_type == files.sniff(content)


def test_notes_of_the_authors_are_in_the_kit_once_approved(actor_for, at, client, login, set_clock):
    set_clock(at)
    course = a_course("development")
    author = people.a_person()
    people.a_post(author, "author", "course", course)
    me = actor_for(author)
    notes = operations.plan_material(
        course.draft, kind="notes", title="Τι λέμε πρώτα", actor=me, at=at
    )
    operations.upload_material(notes, ContentFile(PDF), "n.pdf", actor=me, at=at, ready=True)
    stored = StoredFile.objects.get(pk=notes.file_id)
    assert (stored.kind, files.kinds[stored.kind].permission) == ("courses.kit", "course.kit")
    manager = people.a_centre_manager(structures.a_centre())
    login(client, manager)
    address = reverse("kernel:file", args=[stored.key])
    assert client.get(address).status_code == 404
    CourseVersion.objects.filter(pk=course.draft_id).update(frozen_at=at)
    Course.objects.filter(pk=course.pk).update(current=course.draft, draft=None, state="offered")
    assert read(client.get(address)) == PDF
    page = client.get(reverse("courses:kit", args=[course.pk])).content.decode()
    assert "Τι λέμε πρώτα" in page
