"""What MySchool owns nobody overwrites: a correction is asked for, and answered.

Shows: R-020.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from tests.factories import people

from didaskaleio.connectors import operations
from didaskaleio.connectors.enums import CorrectionState
from didaskaleio.connectors.errors import CorrectionError
from didaskaleio.connectors.models import Correction
from didaskaleio.kernel.agenda import todos_of
from didaskaleio.kernel.errors import ReasonMissingError, StepRefusedError
from didaskaleio.kernel.identifiers import synthetic_am
from didaskaleio.kernel.models import Notice
from didaskaleio.people import operations as accounts
from didaskaleio.people.errors import OwnedElsewhereError
from didaskaleio.people.models import Teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    person = people.a_teacher()
    Teacher.objects.filter(person=person).update(checked_on=date(2023, 1, 12))
    return person


@pytest.fixture
def file(teacher, actor_for, at):
    """``file()``: the teacher asks for another father's name."""

    def run(fact="father_name"):
        return operations.request_correction(
            teacher, fact=fact, wanted="Θωμάς", why="", actor=actor_for(teacher), at=at
        )

    return run


def test_an_answer_reaches_the_person_and_changes_nothing_here(file, teacher, officer, at):
    row = file()
    [todo] = [one for one in todos_of(officer, at) if "διόρθωσης" in one.title]
    assert todo.url == f"/corrections/{row.pk}/"
    operations.accept(row, actor=officer, at=at, reason="Διαβιβάστηκε στη Διεύθυνση.")
    assert row.state == CorrectionState.ACCEPTED
    notice = Notice.objects.get(person=teacher)
    assert "Διαβιβάστηκε στη Διεύθυνση." in notice.text
    teacher.refresh_from_db()
    assert teacher.father_name == "Υποδειγματικός"
    assert not [one for one in todos_of(officer, at) if "διόρθωσης" in one.title]


def test_an_answer_has_a_reason_and_comes_once(file, officer, at):
    row = file()
    with pytest.raises(ReasonMissingError):
        operations.decline(row, actor=officer, at=at, reason=" ")
    operations.decline(row, actor=officer, at=at, reason="Έτσι είναι στη ληξιαρχική πράξη.")
    with pytest.raises(StepRefusedError):
        operations.accept(row, actor=officer, at=at, reason="Τελικά ναι.")


def test_one_request_about_a_fact_stands_open(file, teacher, actor_for, at):
    row = file()
    with pytest.raises(CorrectionError, match="ήδη αίτημα"):
        file()
    assert file("specialty").state == CorrectionState.OPEN
    operations.withdraw(row, actor=actor_for(teacher), at=at)
    again = file()
    with pytest.raises(IntegrityError):
        Correction.objects.create(person=teacher, fact=again.fact, wanted="άλλο", at=at)


def test_requests_are_ones_own_and_answers_the_ministrys(file, teacher, actor_for, at):
    row = file()
    stranger = people.a_teacher()
    with pytest.raises(PermissionDenied):
        operations.request_correction(
            teacher, fact="am", wanted="1", why="", actor=actor_for(stranger), at=at
        )
    for someone in (teacher, stranger, people.officer()):
        with pytest.raises(PermissionDenied):
            operations.accept(row, actor=actor_for(someone), at=at, reason="Ναι.")


def test_the_pages_from_the_profile_to_the_answer(client, login, teacher, set_clock, at):
    set_clock(at)
    login(client, teacher)
    assert f"/people/{teacher.pk}/correction/" in client.get("/profile/").content.decode()
    url = f"/people/{teacher.pk}/correction/"
    answer = client.post(url, {"fact": "am", "wanted": "800123", "why": ""}, follow=True)
    assert "Το αίτημα υποβλήθηκε." in answer.content.decode()
    row = Correction.objects.get()
    assert "800123" in client.get("/corrections/mine/").content.decode()
    assert client.post(url, {"fact": "am", "wanted": "1"}).status_code == 422
    assert client.get("/corrections/").status_code == 403
    stranger = people.a_teacher()
    login(client, stranger)
    assert client.get(f"/corrections/{row.pk}/").status_code == 404
    assert client.get(url).status_code == 404
    login(client, people.ministry_officer())
    assert str(teacher) in client.get("/corrections/").content.decode()
    client.post(f"/steps/correction/{row.pk}/accept/", {"reason": "Διαβιβάστηκε."})
    assert "800123" in client.get("/corrections/?state=accepted").content.decode()
    login(client, teacher)
    assert "Διαβιβάστηκε." in client.get(f"/corrections/{row.pk}/").content.decode()


def amended(person, **changes):
    facts = ("surname", "given_name", "father_name", "email")
    return {name: getattr(person, name) for name in facts} | changes


def test_the_operator_writes_no_name_that_myschool_owns(teacher, actor_for, at):
    operator = actor_for(people.an_operator())
    with pytest.raises(OwnedElsewhereError, match="έρχονται από το MySchool"):
        accounts.amend_account(teacher, **amended(teacher, surname="Άλλη"), actor=operator, at=at)
    changed = amended(teacher, email="new@sch.example")
    assert (
        accounts.amend_account(teacher, **changed, actor=operator, at=at).email == changed["email"]
    )


def test_the_operator_writes_no_number_that_myschool_owns(teacher, actor_for, at):
    operator = actor_for(people.an_operator())
    with pytest.raises(OwnedElsewhereError, match="αλλάζει μόνο εκεί"):
        accounts.set_identifier(teacher, kind="am", value=synthetic_am(7), actor=operator, at=at)


def test_names_of_who_is_not_from_myschool_are_the_operators(actor_for, at):
    person = people.a_teacher()
    operator = actor_for(people.an_operator())
    accounts.amend_account(person, **amended(person, surname="Άλλη"), actor=operator, at=at)
    person.refresh_from_db()
    assert person.surname == "Άλλη"
