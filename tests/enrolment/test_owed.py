"""A compulsory training: who owes it, where each stands, what the person and the officer read.

Shows: R-192.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from didaskaleio.enrolment.enums import ApplicationState as A
from didaskaleio.enrolment.enums import OwedState
from didaskaleio.enrolment.queries import owed
from didaskaleio.enrolment.tasks.asking import tell_owed
from didaskaleio.kernel import agenda, greek
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Notice
from didaskaleio.kernel.reports import Query, known
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import ActionState, PeriodState
from tests.factories import enrolment as make
from tests.factories import people, programmes, structures

pytestmark = pytest.mark.django_db
NEW = date(2021, 8, 27)
PROFILE = [{"kind": "appointed_between", "since": "2021-08-01", "until": "2022-08-31"}]


def ask(action, profile=PROFILE):
    """The course of the action asks this of its trainees, and everybody asked owes it."""
    version = action.course_version
    type(version).objects.filter(pk=version.pk).update(trainee_profile=profile)
    action.compulsory = True
    action.save()
    action.course_version.refresh_from_db()


@pytest.fixture
def action(period):
    ask(period.action)
    return period.action


def new(**facts):
    return people.a_teacher(appointed_on=NEW, **facts)


def states(action, at):
    return dict(owed.owed_by(action, at).values_list("pk", "owed_state"))


def applied(period, person, state):
    """An application in ``state``, with a programme where one is held."""
    held = state in (*owed.PLACED, *owed.DONE)
    programme = programmes.a_programme(period=period) if held else None
    return make.an_application(period=period, person=person, state=state, programme=programme)


def due(person, at):
    found = agenda.todos_of(actor_of(person, at=at), at)
    return [(one.title, one.due) for one in found if one.source == "enrolment.own"]


def test_only_those_whom_the_profile_concerns_owe_it(action, at):
    first = new()
    people.a_teacher(appointed_on=date(2022, 9, 1))
    people.a_teacher()
    people.a_person()
    assert states(action, at) == {first.pk: OwedState.NOTHING}


@pytest.mark.parametrize(
    ("state", "stands"),
    [
        (A.DRAFT, OwedState.NOTHING),
        (A.SUBMITTED, OwedState.APPLIED),
        (A.RUNNER_UP, OwedState.APPLIED),
        (A.PLACED, OwedState.PLACED),
        (A.ENROLLED, OwedState.PLACED),
        (A.ATTENDED, OwedState.DONE),
        (A.CERTIFIED, OwedState.DONE),
        (A.WITHDRAWN, OwedState.NOTHING),
        (A.REMOVED, OwedState.NOTHING),
    ],
)
def test_the_application_says_where_the_person_stands(action, period, at, state, stands):
    person = new()
    applied(period, person, state)
    assert states(action, at) == {person.pk: stands}
    still = [action] if stands == OwedState.NOTHING else []
    assert owed.still_owed(person.pk, at) == still


def test_a_runner_up_of_a_period_that_began_without_them_owes_it_again(action, period, at):
    person = new()
    applied(period, person, A.RUNNER_UP)
    period.state = PeriodState.RUNNING
    period.save()
    assert states(action, at) == {person.pk: OwedState.NOTHING}
    assert owed.still_owed(person.pk, at) == [action]


def test_who_completed_the_course_in_another_action_owes_nothing_more(action, at):
    other = programmes.an_action(course=action.course_version.course)
    person = new()
    applied(programmes.a_period(action=other, code="other-1"), person, A.ATTENDED)
    assert states(action, at) == {person.pk: OwedState.DONE}
    assert owed.still_owed(person.pk, at) == []


def test_who_completed_it_stays_in_the_list_though_the_profile_lets_them_go(action, period, at):
    person = new()
    applied(period, person, A.CERTIFIED)
    people.a_certificate(person, "PAKE")
    ask(action, [*PROFILE, {"kind": "certificate_none_of", "any": ["PAKE"]}])
    assert states(action, at) == {person.pk: OwedState.DONE}


def test_directorates_count_each_person_once_at_the_school_of_most_hours(action, period, at):
    kozani, larisa = structures.a_school("KOZ"), structures.a_school("LAR")
    new(schools=[(kozani, 14), (larisa, 6)])
    applied(period, new(school=kozani), A.PLACED)
    new(school=larisa)
    new(school=structures.a_school(country="DE"))
    found = owed.counted(action, at)
    assert {pk: dict(each) for pk, each in found.items()} == {
        kozani.directorate_id: {OwedState.NOTHING: 1, OwedState.PLACED: 1},
        larisa.directorate_id: {OwedState.NOTHING: 1},
    }


def test_while_applications_are_open_the_person_is_asked_to_apply(action, period, at):
    person = new()
    assert due(person, at) == [("Οφείλετε επιμόρφωση: υποβάλετε αίτηση", period.phase_a_closes)]


def test_before_that_the_person_reads_when_they_open(action, period, at):
    person, before = new(), period.phase_a_opens - timedelta(days=3)
    type(period).objects.filter(pk=period.pk).update(state=PeriodState.PROPOSING)
    found = agenda.todos_of(actor_of(person, at=at), before)
    (told,) = [one for one in found if one.source == "enrolment.own"]
    assert told.title == "Οφείλετε επιμόρφωση"
    assert told.detail.startswith(f"{action.title}. Οι αιτήσεις ανοίγουν ")


def test_without_a_period_the_person_reads_that_none_is_announced(action, period, at):
    person = new()
    period.state = PeriodState.CANCELLED
    period.save()
    (told,) = [
        one for one in agenda.todos_of(actor_of(person, at=at), at) if one.source == "enrolment.own"
    ]
    assert told.detail.endswith("Δεν έχει ανακοινωθεί ακόμη περίοδος. Θα τη δείτε εδώ.")


def test_a_compulsory_training_of_another_audience_asks_nothing(action, at):
    assert due(people.a_teacher(appointed_on=date(2010, 9, 1)), at) == []


def test_an_action_that_is_over_asks_nothing(action, period, at):
    person = new()
    action.state = ActionState.CLOSED
    action.save()
    assert owed.still_owed(person.pk, at) == []


def test_the_officer_reads_counts_on_the_page_and_names_in_the_report(
    action, period, at, client, login, set_clock
):
    set_clock(at)
    new(surname="Υποδειγματίδου")
    applied(period, new(), A.ATTENDED)
    officer = people.officer()
    actor = actor_of(officer, at=at)
    query = Query({"action": str(action.pk)})
    rows = known["enrolment.owed_places"].selected(actor, at, query)
    assert known["enrolment.owed_places"].totals(rows)[2:7] == [2, 1, 0, 0, 1]
    left = known["enrolment.owed"].selected(actor, at, Query(query.values | {"state": "nothing"}))
    assert [row.surname for row in left] == ["Υποδειγματίδου"]
    login(client, officer)
    page = client.get(reverse("programmes:action", args=[action.pk])).content.decode()
    assert "Υπόχρεοι ανά διεύθυνση" in page
    for name in ("enrolment.owed", "enrolment.owed_places"):
        address = f"{reverse('kernel:report', args=[name])}?action={action.pk}"
        assert address in page
        assert client.get(address).status_code == 200


def test_an_action_that_nobody_owes_shows_no_such_part(period, client, login, set_clock, at):
    set_clock(at)
    login(client, people.officer())
    page = client.get(reverse("programmes:action", args=[period.action_id])).content.decode()
    assert "Υπόχρεοι" not in page


def test_a_regional_officer_reads_of_the_own_region_or_directorate(action, period, at):
    kozani, larisa = structures.a_school("KOZ"), structures.a_school("LAR")
    theirs, other = new(school=kozani), new(school=larisa)
    new(school=structures.a_school(country="DE"))

    def read(name, scope, thing):
        person = people.a_person()
        people.a_post(person, Role.REGIONAL_OFFICER, scope, thing)
        rows = known[name].selected(actor_of(person, at=at), at, Query())
        return list(rows.values_list("pk", flat=True))

    assert read("enrolment.owed", Scope.REGION, kozani.region_id) == [theirs.pk]
    assert read("enrolment.owed", Scope.DIRECTORATE, larisa.directorate_id) == [other.pk]
    places = "enrolment.owed_places"
    assert read(places, Scope.REGION, kozani.region_id) == [kozani.directorate_id]
    assert read(places, Scope.DIRECTORATE, larisa.directorate_id) == [larisa.directorate_id]
    type(action).objects.filter(pk=action.pk).update(state=ActionState.DRAFT)
    assert read("enrolment.owed", Scope.REGION, kozani.region_id) == []


def test_when_applications_open_whoever_owes_it_is_asked_once_to_apply(
    action, period, at, drain_jobs
):
    owing, done = new(), new()
    applied(period, done, A.ATTENDED)
    people.a_teacher()
    type(period).objects.filter(pk=period.pk).update(state=PeriodState.PROPOSING)
    period.refresh_from_db()
    programmes.a_programme(period=period, state="approved")
    operations.open_phase_a(period, actor=SYSTEM, at=period.phase_a_opens)
    drain_jobs()
    tell_owed(period.pk)
    (told,) = Notice.objects.filter(kind="enrolment.owed")
    assert (told.person_id, told.title) == (owing.pk, f"Οφείλετε επιμόρφωση: {action.title}")
    assert greek.long_moment(period.phase_a_closes) in told.text


def test_the_opening_of_an_action_that_nobody_owes_asks_nobody(period, at, drain_jobs):
    new()
    type(period).objects.filter(pk=period.pk).update(state=PeriodState.PROPOSING)
    period.refresh_from_db()
    programmes.a_programme(period=period, state="approved")
    operations.open_phase_a(period, actor=SYSTEM, at=period.phase_a_opens)
    drain_jobs()
    assert not Notice.objects.filter(kind="enrolment.owed").exists()


def test_an_officer_of_another_body_reads_nothing_of_it(action, at):
    new()
    stranger = actor_of(people.officer("iep"), at=at)
    for name in ("enrolment.owed", "enrolment.owed_places"):
        assert not known[name].selected(stranger, at, Query()).exists()


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ([{"kind": "locality"}], "δεν ορίζει ποιοι οφείλουν"),
        ([{"kind": "cluster_any_of", "any": ["B2.3"]}], "ζητά συστάδες"),
    ],
)
def test_a_profile_that_does_not_tell_who_owes_makes_no_compulsory_action(
    period, at, profile, words
):
    ask(period.action, profile)
    row = period.action
    facts = operations.ActionFacts(
        code="compulsory",
        title="Υποχρεωτική",
        course_version=row.course_version,
        scheme=row.scheme,
        target=10,
        compulsory=True,
    )
    with pytest.raises(Refusal, match=words) as refused:
        operations.begin_action(row.body, facts, actor=actor_of(people.officer(), at=at), at=at)
    assert refused.value.code == "compulsory"
