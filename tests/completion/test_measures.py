"""What a funded project does beside the training, and what an audit pack says of the project.

Shows: R-078.
"""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from didaskaleio.completion import operations, tasks
from didaskaleio.completion.enums import MeasureKind
from didaskaleio.completion.errors import MeasureError
from didaskaleio.completion.models import ProjectMeasure
from didaskaleio.kernel import files
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from didaskaleio.structures.models import FundedProject
from tests.factories import completion, people
from tests.factories.finance import upload
from tests.markup import markup

pytestmark = pytest.mark.django_db
FACTS = operations.MeasureFacts(MeasureKind.EQUIPMENT, "Φορητοί υπολογιστές", date(2023, 6, 1), 40)


@pytest.fixture
def project(db):
    return FundedProject.objects.select_related("body").get(code="5084974")


@pytest.fixture
def officer(project, at):
    person = people.a_person()
    people.a_post(person, Role.BODY_OFFICER, Scope.BODY, project.body)
    return actor_of(person, at=at)


@pytest.fixture
def planned(project, officer, at):
    return operations.plan_measure(project, FACTS, actor=officer, at=at)


def done(measure, officer, at, **changes):
    given = {"result": "Παραδόθηκαν όλοι.", "done_on": date(2023, 6, 20), **changes}
    paper = given.pop("paper", None)
    operations.complete_measure(measure, paper, **given, actor=officer, at=at)


def test_a_measure_is_planned_and_done_with_its_evidence(planned, officer, at):
    done(planned, officer, at, paper=upload("paralavi.pdf"))
    found = ProjectMeasure.objects.get()
    assert (found.state, found.quantity, found.done_on) == ("done", 40, date(2023, 6, 20))
    assert found.file.name == "paralavi.pdf"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"result": " "}, "Γράψτε το αποτέλεσμα"),
        ({"done_on": date(2023, 7, 6)}, "δεν έχει έρθει ακόμη"),
    ],
)
def test_what_has_not_happened_is_not_done(planned, officer, at, changes, said):
    with pytest.raises(MeasureError, match=said):
        done(planned, officer, at, **changes)
    planned.refresh_from_db()
    assert planned.state == "planned"


def test_only_the_body_of_the_project_plans_and_closes(project, planned, at):
    stranger = actor_of(people.a_person(), at=at)
    with pytest.raises(PermissionDenied):
        operations.plan_measure(project, FACTS, actor=stranger, at=at)
    with pytest.raises(PermissionDenied):
        done(planned, stranger, at)


def test_an_audit_pack_begins_with_the_project_itself(project, planned, officer, at, authority):
    programme = completion.a_class(1)
    type(programme.period.action).objects.filter(pk=programme.period.action_id).update(
        project=project, body=project.body
    )
    done(planned, officer, at, paper=upload("paralavi.pdf"))
    pack = operations.pack_project(
        project,
        operations.Sample(1, "α"),
        ["completion.acceptance"],
        reason="Έλεγχος",
        actor=officer,
        at=at,
    )
    tasks.pack(pack.pk)
    pack.refresh_from_db()
    told = json.loads(files.read(pack.manifest))
    assert [one["title"] for one in told["files"]] == [
        "Πράξη: ταυτότητα και δείκτες",
        "Πράξη: κείμενα δημοσιότητας ανά ημερομηνία",
        "Πράξη: ενέργειες και εξοπλισμός",
        "Πράξη: δαπάνες εκτός περιόδου επιλεξιμότητας",
        "Τεκμήριο: Φορητοί υπολογιστές",
    ]
    assert told["files"][0]["path"] == "operation/001.pdf"


def test_the_pages_plan_a_measure_and_take_its_evidence(client, project, officer, at, set_clock):
    set_clock(at)
    client.force_login(people.Person.objects.get(pk=officer.user_id))
    said = {"kind": "quality", "title": "Έλεγχος υλικού", "due_on": "2023-07-01", "quantity": ""}
    empty = client.post(reverse("completion:measure-new", args=[project.pk]), {"title": ""})
    assert empty.status_code == 422
    page = client.post(reverse("completion:measure-new", args=[project.pk]), said).url
    listed = markup(client.get(reverse("completion:measures", args=[project.pk])))
    assert "Έλεγχος υλικού" in listed
    assert "Καθυστερεί" in listed
    wrong = {"done_on": "2023-07-01", "result": "Έγινε.", "file": upload("a.pdf", b"no pdf")}
    assert "Δεκτά είναι μόνο" in markup(client.post(page, wrong))
    client.post(page, {"done_on": "2023-07-01", "result": "Έγινε."})
    assert ProjectMeasure.objects.get().state == "done"


def test_the_page_of_the_project_shows_eligibility_and_leads_here(client, project, officer):
    client.force_login(people.Person.objects.get(pk=officer.user_id))
    shown = markup(client.get(reverse("structures:project", args=[project.code])))
    assert "Επιλεξιμότητα δαπανών" in shown
    assert reverse("completion:measures", args=[project.pk]) in shown
    assert reverse("completion:pack-audit", args=[project.pk]) in shown


def test_the_list_asks_as_much_for_one_measure_as_for_three(
    client, project, planned, officer, at, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(people.Person.objects.get(pk=officer.user_id))
    page = reverse("completion:measures", args=[project.pk])
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _ in range(2):
        operations.plan_measure(project, FACTS, actor=officer, at=at + timedelta(hours=1))
    with django_assert_num_queries(len(few)):
        client.get(page)
