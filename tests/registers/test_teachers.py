"""The lifelong record of trained teachers: what it holds, who reads how much of it, its search.

Shows: R-011.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from didaskaleio.completion import operations as attestations
from didaskaleio.completion.models import Attestation
from didaskaleio.kernel import access
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.registers import teachers
from tests.factories import completion, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(authority, set_clock):
    """5 July 2023: a class is over, its attestations may be issued."""
    moment = datetime(2023, 7, 5, 12, tzinfo=ATHENS)
    set_clock(moment)
    return moment


@pytest.fixture
def head(actor_for):
    return actor_for(people.officer())


@pytest.fixture
def trained(at, head):
    """``trained(n)``: attested by «itye», each with a certificate that another body gave."""

    def make(size=1):
        programme = completion.a_class(size)
        attestations.settle(programme, at=at)
        rows = Attestation.objects.filter(programme=programme).order_by("pk")
        for row in rows:
            attestations.issue(row, actor=head, at=at)
            person = row.application.person
            people.a_certificate(person, "A", source="Ι.Τ.Υ.Ε. 2008")
            people.a_certificate(person, "B_kse", source="ΥΠΑΙΘ 2012")
        return [row.application.person for row in rows]

    return make


def test_the_record_has_what_was_issued_here_and_what_came_from_elsewhere(trained, actor_for):
    (person,) = trained()
    record = teachers.record_of(person, actor_for(person))
    here = next(one for one in record.trainings if one.code)
    attestation = Attestation.objects.get()
    assert (here.number, here.hours) == (attestation.credential.number, int(attestation.hours))
    assert (here.source, here.body, here.stands) == ("Διδασκαλείο", "Ι.Τ.Υ.Ε. «Διόφαντος»", True)
    assert [one.source for one in record.trainings if not one.code] == ["ΥΠΑΙΘ 2012"]
    assert "Ι.Τ.Υ.Ε. 2008" in {one.source for one in record.certificates}
    assert record.hours == here.hours


def test_a_replaced_attestation_stays_on_record_and_counts_once(trained, actor_for, head, at):
    (person,) = trained()
    attestations.reissue(Attestation.objects.get(), actor=head, at=at, reason="Διόρθωση.")
    record = teachers.record_of(person, actor_for(person))
    own = [one for one in record.trainings if one.code]
    assert sorted(one.state_words for one in own) == ["Αντικαταστάθηκε", "Ισχύει"]
    assert record.hours == own[0].hours


@pytest.fixture
def readers(actor_for):
    """``readers(person)``: who asks, as actors, by name."""

    def make(person):
        region = people.a_person()
        school = person.teacher.services.first().school
        people.a_post(region, Role.REGIONAL_OFFICER, Scope.REGION, school.region_id)
        return {
            "own": actor_for(person),
            "ministry": actor_for(people.ministry_officer()),
            "region": actor_for(region),
            "body": actor_for(people.officer()),
            "other body": actor_for(people.officer("iep")),
            "stranger": actor_for(people.a_person()),
        }

    return make


def test_a_body_reads_what_it_issued_and_the_state_reads_all(trained, readers):
    (person,) = trained()
    lines = {}
    for name, actor in readers(person).items():
        if access.allowed(actor, "teacher_record.read", person):
            record = teachers.record_of(person, actor)
            lines[name] = (len(record.trainings), bool(record.certificates), record.partial)
    whole = (2, True, False)
    assert lines == {"own": whole, "ministry": whole, "region": whole, "body": (1, False, True)}


def test_rows_and_objects_say_the_same_of_who_may_read(trained, readers):
    (person,) = trained()
    everybody = Person.objects.filter(pk=person.pk)
    for name, actor in readers(person).items():
        row = access.visible(actor, "teacher_record.read", everybody).exists()
        assert row == access.allowed(actor, "teacher_record.read", person), name


def test_the_search_narrows_by_name_place_and_what_is_held(trained, at):
    (person,) = trained()
    other = people.a_teacher()  # holds nothing: not in this register
    place = person.teacher.services.first().school.prefecture
    rows = Person.objects.all()

    def found(**asked):
        return [row.pk for row in teachers.asked(rows, day=at.date(), **asked)]

    assert person.pk in found()
    assert other.pk not in found(q="", holds="issued")
    assert found(holds="issued", prefecture=place, q=person.surname) == [person.pk]
    assert found(holds="B_kse") == [person.pk]
    assert person.pk not in found(holds="PAKE")


def test_a_body_is_not_told_of_certificates_of_others_in_the_list(
    client, login, trained, readers, at
):
    (person,) = trained()
    login(client, people.officer())
    for kind in ("A", "PAKE"):  # held or not, the answer is the same
        page = client.get("/teachers/", {"holds": kind})
        assert [row.pk for row, _held in page.context["lines"]] == [person.pk]
    (line,) = client.get("/teachers/").context["lines"]
    assert (line[0].pk, line[1], line[0].attested) == (person.pk, "", 1)
    login(client, people.ministry_officer())
    found = {row.pk: held for row, held in client.get("/teachers/").context["lines"]}
    assert "Α΄" in found[person.pk]


def test_the_list_asks_as_much_for_many_as_for_one(client, login, trained):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert client.get("/teachers/").status_code == 200
        return len(told)

    trained(1)
    login(client, people.ministry_officer())
    asked()
    one = asked()
    trained(6)
    assert asked() == one


def test_the_pages_of_a_record_open_to_its_readers_alone(client, login, trained, readers):
    (person,) = trained()
    login(client, person)
    page = client.get("/record/").content.decode()
    assert "Οι επιμορφώσεις μου" in page
    pdf = client.get("/record.pdf")
    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    login(client, people.officer("iep"))
    assert client.get(f"/teachers/{person.pk}/record/").status_code == 404
    assert client.get(f"/teachers/{person.pk}/record.pdf").status_code == 404
    login(client, people.officer())
    assert "Μόνο όσα εξέδωσε ο φορέας σας" in (
        client.get(f"/teachers/{person.pk}/record/").content.decode()
    )
