"""The end of a programme settles who completed it, and a correction settles again.

Shows: R-063
"""

from __future__ import annotations

import pytest

from didaskaleio.completion import operations, queries
from didaskaleio.completion.models import Attestation
from didaskaleio.delivery.models import Attendance
from didaskaleio.delivery.operations import ending as delivery
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access, events, journal
from didaskaleio.kernel.models import Notice
from didaskaleio.programmes.models import ParameterSet
from tests.factories import completion

pytestmark = pytest.mark.django_db


def last_session_held(programme, at):
    events.publish(
        events.StepsTaken("programme", "last_session_held", "completed", (programme.pk,), None, at)
    )


def states(programme):
    rows = ParticipationApplication.objects.filter(programme=programme)
    return dict(rows.values_list("person__surname", "state"))


def test_whoever_fulfils_every_rule_completes_and_is_owed_an_attestation(at):
    programme = completion.a_class(2)
    last_session_held(programme, at)
    assert set(states(programme).values()) == {"attended"}
    owed = Attestation.objects.filter(programme=programme)
    assert [(a.state, a.hours, a.rules_version) for a in owed] == [("owed", 60, 0)] * 2
    assert [f["code"] for f in owed[0].findings] == ["SHEETS_SIGNED", "ABSENCES", "FACE_TO_FACE"]
    assert all(f["fulfilled"] for f in owed[0].findings)
    entry = journal.of(owed[0].application).get(step="complete")
    assert (entry.actor_name, entry.at) == ("Σύστημα", at)


def test_seven_absent_hours_of_sixty_are_too_many_and_the_person_is_told_why(at):
    programme = completion.a_class(1, names=["Απουσιάδου"])
    application = completion.a_trainee(programme, surname="Παρουσιάδου")
    missing = ParticipationApplication.objects.get(person__surname="Απουσιάδου")
    completion.absent(missing, 1, 2, 4)  # three of two hours, each with an hour of own work
    last_session_held(programme, at)
    assert states(programme) == {"Απουσιάδου": "enrolled", "Παρουσιάδου": "attended"}
    assert list(Attestation.objects.values_list("application_id", flat=True)) == [application.pk]
    notice = Notice.objects.get(kind="completion.not_fulfilled")
    assert notice.person_id == missing.person_id
    assert "Απουσίες 9,0 ώρες· επιτρέπονται έως 6,0 (10% των 60 ωρών)." in notice.text


def test_asynchronous_and_support_hours_count_among_the_absences(at):
    programme = completion.a_class(1)
    application = ParticipationApplication.objects.get(programme=programme)
    completion.absent(application, 6)  # a support meeting: three hours
    Attendance.objects.filter(application=application, session__sequence=3).update(async_done=False)
    found = queries.findings_of(application, at)
    assert found.tally.absent == {"f2f": 0, "sync": 0, "support": 3, "async": 1}
    assert found.tally.facts.absent_hours == 4
    assert sum(found.tally.attended.values()) == 56


def test_nobody_is_decided_before_the_last_sheet_is_signed(at):
    programme = completion.a_class(2)
    programme.sessions.filter(sequence=20).update(state="held")
    assert operations.settle(programme, at=at) == 0
    assert set(states(programme).values()) == {"enrolled"}
    assert not Notice.objects.exists()
    programme.sessions.filter(sequence=20).update(state="signed")
    session = programme.sessions.get(sequence=20)
    events.publish(events.StepsTaken("session", "sign_sheet", "signed", (session.pk,), None, at))
    assert set(states(programme).values()) == {"attended"}


def test_a_programme_that_runs_settles_nothing(at):
    programme = completion.a_class(1, state="running")
    assert operations.settle(programme, at=at) == 0
    assert set(states(programme).values()) == {"enrolled"}


def test_a_correction_in_favour_completes_the_person_later(at):
    programme = completion.a_class(1)
    application = ParticipationApplication.objects.get(programme=programme)
    completion.absent(application, 1, 2, 4)
    last_session_held(programme, at)
    assert not Attestation.objects.exists()
    Attendance.objects.filter(application=application, session__sequence=4).update(
        mark="present", minutes=90, async_done=True
    )
    session = programme.sessions.get(sequence=4)
    programme.sessions.filter(pk=session.pk).update(state="corrected")
    events.publish(events.StepsTaken("session", "correct", "corrected", (session.pk,), None, at))
    assert Attestation.objects.get().application_id == application.pk


def test_a_correction_against_the_person_renews_what_is_owed_and_stops_the_issue(
    at, actor_for, authority
):
    from tests.factories import people

    programme = completion.a_class(1)
    last_session_held(programme, at)
    application = ParticipationApplication.objects.get(programme=programme)
    completion.absent(application, 1, 2, 4)
    operations.settle(programme, at=at)
    attestation = Attestation.objects.get()
    assert [f["code"] for f in attestation.findings if not f["fulfilled"]] == ["ABSENCES"]
    with pytest.raises(operations.issuing.NotFulfilledError, match="Όριο απουσιών"):
        operations.issue(attestation, actor=actor_for(people.officer()), at=at)
    assert queries.standings(programme, at)[0].contradicted


def test_settling_twice_owes_and_tells_once(at):
    programme = completion.a_class(2)
    first = ParticipationApplication.objects.filter(programme=programme).first()
    completion.absent(first, 1, 2, 4)
    assert operations.settle(programme, at=at) == 1
    assert operations.settle(programme, at=at) == 0
    assert Attestation.objects.count() == 1
    assert Notice.objects.count() == 1


def test_the_parameters_in_force_decide_and_their_version_is_cited(at):
    programme = completion.a_class(1)
    application = ParticipationApplication.objects.get(programme=programme)
    completion.absent(application, 1, 2, 4)
    ParameterSet.objects.create(
        action=programme.period.action,
        version=3,
        values={"absence_share": 0.2},
        valid_from=at,
        reason="Απόφαση",
    )
    operations.settle(programme, at=at)
    attestation = Attestation.objects.get()
    assert attestation.rules_version == 3
    assert "επιτρέπονται έως 12,0 (20% των 60 ωρών)" in attestation.findings[1]["sentence"]


@pytest.mark.parametrize(("counts", "owed"), [(True, 0), (False, 1)])
def test_excused_absences_decide_by_the_parameter_of_the_action(at, counts, owed):
    programme = completion.a_class(1)
    application = ParticipationApplication.objects.get(programme=programme)
    completion.absent(application, 1, 2, 4)
    Attendance.objects.filter(application=application, mark="absent").update(
        mark="excused", async_done=True
    )
    completion.absent(application, 5)
    ParameterSet.objects.create(
        action=programme.period.action,
        version=1,
        values={"excused_counts_as_absence": counts},
        valid_from=at,
        reason="Απόφαση",
    )
    assert operations.settle(programme, at=at) == owed
    found = queries.findings_of(application, at)
    assert found.tally.facts.absent_hours == (9 if counts else 3)
    assert found.tally.facts.excused_hours == 6


def test_only_the_platform_completes_an_application(at, actor_for):
    from django.core.exceptions import PermissionDenied

    from tests.factories import people

    programme = completion.a_class(1)
    application = ParticipationApplication.objects.get(programme=programme)
    with pytest.raises(PermissionDenied):
        operations.complete(application, actor=actor_for(people.officer()), at=at)
    operations.complete(application, actor=access.SYSTEM, at=at)
    assert application.state == "attended"


def test_one_trainee_and_three_cost_the_same_number_of_queries(at, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one, three = completion.a_class(1), completion.a_class(3)
    with CaptureQueriesContext(connection) as counted:
        queries.standings(one, at)
    with django_assert_num_queries(len(counted)):
        assert len(queries.standings(three, at)) == 3


def test_the_real_last_step_of_delivery_settles_in_the_same_breath(at):
    programme = completion.a_class(2, state="running")
    assert delivery.settle(programme, at=at)
    assert programme.state == "completed"
    assert set(states(programme).values()) == {"attended"}
    assert Attestation.objects.filter(programme=programme, state="owed").count() == 2
