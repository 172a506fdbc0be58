"""Absences in the database: the same figures as the pure rules; warnings told once.

Shows: R-054.
"""

from __future__ import annotations

import itertools

import pytest

from didaskaleio.delivery import hours, operations, queries
from didaskaleio.delivery.models import Attendance
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.models import Notice
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import ParameterSet
from tests.factories import delivery, people

pytestmark = pytest.mark.django_db
MARKS = ("unknown", "present", "late", "absent", "excused")


@pytest.mark.parametrize("final", [False, True])
@pytest.mark.parametrize(
    "rules", [hours.Rules(), hours.Rules(late_minutes=0, excused_counts=False)]
)
def test_the_database_counts_every_kind_of_row_as_the_pure_rules_do(programme, rules, final):
    sessions = delivery.sessions_of(programme)
    two, three = sessions[0], sessions[5]
    row, other = delivery.trainees_of(two)[0], delivery.trainees_of(three)[0]
    application = ParticipationApplication.objects.filter(pk=row.application_id)
    for session in (two, three):
        session.state = "signed"
        session.save(update_fields=["state"])
    for mark, minutes, done in itertools.product(
        MARKS, (0, 14, 29, 30, 60, 74, 75, 89, 90), (None, True, False)
    ):
        facts = {"mark": mark, "minutes": minutes, "async_done": done}
        Attendance.objects.filter(pk__in=[row.pk, other.pk]).update(**facts)
        entries = [
            hours.Entry(mark, minutes, 2, 1, done),
            hours.Entry(mark, minutes, 3, 0, done),
        ]
        counted = queries.with_absences(application, rules, final=final).get()
        expected = sum(hours.absence_hours(entry, rules, final=final) for entry in entries)
        assert counted.absent == expected, facts


def test_hours_still_to_come_are_those_of_unsigned_sessions_and_open_own_work(programme):
    application = programme.places.first()
    at = programme.period.starts_at
    assert queries.absence_of(application, at) == hours.Standing(
        0, 60, hours.Rules(), hours.Ahead(3, 0, 4, meets=True)
    )
    first, second, *_ = delivery.sessions_of(programme)
    delivery.a_signed_session(first)
    delivery.a_signed_session(second, asynchronous=False)
    assert queries.absence_of(application, at).to_come == 60 - 3 - 2


def test_only_signed_sheets_count(programme, first):
    delivery.a_marked_session(first, absent=(0,))
    row = delivery.trainees_of(first)[0]
    assert queries.absence_of(row.application, first.ends_at).absent == 0


def test_the_limit_of_the_action_is_in_force_from_its_moment_on(programme, first):
    ParameterSet.objects.create(
        action=programme.period.action,
        version=1,
        values={"absence_share": 0.05, "total_hours": 60},
        valid_from=first.ends_at,
        reason="Νέο πλαίσιο",
    )
    assert queries.rules_for(programme.period.action, first.starts_at).limit == 6
    assert queries.rules_for(programme.period.action, first.ends_at).limit == 3


def test_the_warning_comes_at_four_hours_and_the_limit_news_at_seven_each_once(programme):
    told = Notice.objects.filter(kind="delivery.absence")
    counts = []
    for session in delivery.sessions_of(programme)[:5]:
        delivery.a_signed_session(session, absent=(0,))
        counts.append(told.count())
    # 2, 4 (one absence before: trainee, trainer), 6, 8 (trainee, trainer, centre), 10 hours
    assert counts == [0, 2, 2, 5, 5]
    person = delivery.trainees_of(session)[0].person
    titles = [n.title for n in told.filter(person=person).order_by("pk")]
    assert titles == ["Μία απουσία πριν από το όριο", "Ξεπεράσατε το όριο απουσιών"]
    name = str(person)
    heard = [n.title for n in told.filter(person=programme.trainer).order_by("pk")]
    assert heard == [
        f"{name}: μία απουσία πριν από το όριο",
        f"{name}: δεν τηρεί πια το όριο απουσιών",
    ]


def test_whoever_missed_the_face_to_face_sessions_is_told_before_and_after(programme):
    sessions = [s for s in delivery.sessions_of(programme) if s.kind == "f2f"]
    told = Notice.objects.filter(kind="delivery.absence", title__startswith="Δεν συμπληρώνονται")
    for session in sessions[:3]:
        delivery.a_signed_session(session)
        session.roll.filter(attendee="trainee").update(mark="absent", minutes=0)
    at = sessions[2].ends_at
    operations.warn(programme, at=at)
    application = programme.places.first()
    standing = queries.absence_of(application, at)
    assert (standing.absent, standing.edge, standing.apart) == (6, True, False)
    assert standing.outlook().startswith("Μένει μία διά ζώσης")
    assert not told.exists()
    delivery.a_signed_session(sessions[3], absent=(0,), at=sessions[3].ends_at)
    row = delivery.trainees_of(sessions[3])[0]
    gone = queries.absence_of(row.application, sessions[3].ends_at)
    assert (gone.apart, gone.lost, gone.edge) == (True, True, False)


def test_a_correction_can_lift_somebody_out_of_the_exceptions(programme):
    for session in delivery.sessions_of(programme)[:4]:
        delivery.a_signed_session(session, absent=(0,))
    row = delivery.trainees_of(session)[0]
    officer = actor_of(people.officer(), at=session.ends_at)

    def near():
        return [a.standing.absent for a in queries.near_or_over(_all(programme), session.ends_at)]

    assert near() == [8]
    right = {row.pk: delivery.Marking("present")}
    operations.correct_sheet(session, right, actor=officer, at=session.ends_at, reason="Λάθος")
    assert near() == [6]


def test_where_excused_absences_do_not_count_nobody_is_warned_for_them(programme):
    action = programme.period.action
    sessions = delivery.sessions_of(programme)[:2]
    ParameterSet.objects.create(
        action=action,
        version=1,
        values={"excused_counts_as_absence": False},
        valid_from=sessions[0].starts_at,
        reason="Νέο πλαίσιο",
    )
    one, two = sessions
    delivery.a_signed_session(one, absent=(0,))
    Attendance.objects.filter(session=one, mark="absent").update(mark="excused")
    delivery.a_signed_session(two, absent=(0,))
    row = delivery.trainees_of(two)[0]
    assert queries.absence_of(row.application, two.ends_at).absent == 2
    assert not Notice.objects.filter(kind="delivery.absence").exists()
    action.parameter_sets.all().delete()
    assert queries.absence_of(row.application, two.ends_at).absent == 4


def test_face_to_face_sessions_attended_are_counted_by_signed_sheets(programme):
    sessions = delivery.sessions_of(programme)
    delivery.a_signed_session(sessions[0], absent=(0,))
    delivery.a_signed_session(sessions[4], late={0: 80})
    absent, *_ = [row.application for row in delivery.trainees_of(sessions[0])]
    other = delivery.trainees_of(sessions[0])[1].application
    assert queries.face_to_face_attended(absent) == 1
    assert queries.face_to_face_attended(other) == 2


def _all(programme):
    return type(programme).objects.filter(pk=programme.pk)
