"""Pulls from the service: the same as a file, only what changed, and nothing half-written.

Shows: R-020.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.connectors.conftest import FIRST, HEADING, SECOND, THIRD, line, sheet
from tests.connectors.service import DAY, teacher
from tests.connectors.stored import facts, held, kinds, served
from tests.factories import people, structures

from didaskaleio.connectors import operations
from didaskaleio.connectors.connection import service as connected
from didaskaleio.connectors.enums import ImportState, PullState
from didaskaleio.connectors.errors import NotConnectedError, PullOpenError
from didaskaleio.connectors.models import Change, Pull, TeacherImport
from didaskaleio.kernel import journal, lifecycle
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.identifiers import synthetic_afm
from didaskaleio.site.myschool_stand_in import Fault

pytestmark = pytest.mark.django_db
LATER = date(2023, 1, 15)


@pytest.fixture
def now(at, set_clock):
    set_clock(at)
    return at


@pytest.fixture
def pull(service, officer, now, drain_jobs):
    """``pull()``: begun by the officer, the jobs done."""

    def run(*, whole=False):
        row = operations.pull(connected(), whole=whole, actor=officer, at=now)
        drain_jobs()
        return Pull.objects.select_related("batch", "work").get(pk=row.pk)

    return run


@pytest.fixture
def take(pull, officer, now, drain_jobs):
    """``take()``: pulled and applied."""

    def run(**rest):
        row = pull(**rest)
        operations.apply(row.batch, actor=officer, at=now)
        drain_jobs()
        return Pull.objects.select_related("batch", "work").get(pk=row.pk)

    return run


def test_the_first_pull_brings_everybody_and_waits_to_be_looked_at(pull, service, school):
    service.change(teacher(FIRST, school, am="800001"), teacher(SECOND, school), as_of=DAY)
    row = pull()
    assert (row.state, row.whole, row.teachers) == (PullState.RECEIVED, True, 2)
    assert (row.batch.state, kinds(row.batch)) == (ImportState.COMPARED, {"new": 2})
    assert str(row.batch) == "MySchool, 12-1-2023"
    assert row.work.message == "2 καρτέλες με αλλαγές."


def test_an_applied_pull_is_held_as_a_file_would_be(take, service, school):
    service.change(teacher(FIRST, (school, 7), am="800001"), as_of=DAY)
    take()
    record = held(FIRST)
    assert served(FIRST) == [(school.code, 7, True, date(2022, 9, 1), None)]
    assert (record.source, record.checked_on) == ("MySchool", DAY)
    assert record.person.identifiers.get(kind="am").value == "800001"


def test_later_pulls_bring_only_what_changed(take, service, school):
    service.change(teacher(FIRST, school), teacher(SECOND, school), as_of=DAY)
    first = take()
    service.change(teacher(FIRST, (school, 3)), as_of=LATER)
    second = take()
    assert (second.whole, second.after, second.teachers) == (False, first, 1)
    assert kinds(second.batch) == {"changed": 1}
    assert service.asked[-1].startswith("GET /v1/teachers?since=")
    assert (held(FIRST).services.get().hours, held(SECOND).services.get().hours) == (3, 20)


def test_a_teacher_without_schools_has_left(take, service, school):
    service.change(teacher(FIRST, school), as_of=DAY)
    take()
    service.change(teacher(FIRST), as_of=LATER)
    take()
    assert served(FIRST)[0][-1] == date(2023, 1, 14)


def test_a_pull_without_changes_makes_no_import_and_goes_on_from_there(take, pull, service, school):
    service.change(teacher(FIRST, school), as_of=DAY)
    first = take()
    row = pull()
    assert (row.state, row.batch, row.work.state) == (PullState.NOTHING, None, "done")
    assert operations.standing() == first


def test_what_was_discarded_or_undone_is_pulled_again(take, pull, service, school, officer, now):
    service.change(teacher(FIRST, school), as_of=DAY)
    first = take()
    service.change(teacher(FIRST, (school, 3)), as_of=LATER)
    operations.discard(pull().batch, actor=officer, at=now)
    assert operations.standing() == first
    again = take()
    assert (again.after, again.teachers) == (first, 1)
    operations.undo(again.batch, actor=officer, at=now, reason="Λάθος.")
    operations.take_back(again.batch, actor=SYSTEM, at=now)
    third = take()
    assert (third.after, third.teachers) == (first, 1)
    assert operations.standing() == third
    assert held(FIRST).services.get().hours == 3


def test_pages_that_come_twice_and_changes_on_the_way_count_once(take, service, school):
    many = [teacher(synthetic_afm(400 + n), school) for n in range(3)]
    service.change(*many, as_of=DAY)
    page = service.page

    def stuttering(since, limit):
        status, answer = page(since, 2)
        if not since:  # the first page brings the second's people too, as they were before
            answer["teachers"] += [many[2] | {"surname": "ΠΑΛΙΟ"}, answer["teachers"][0]]
        return status, answer

    service.page = stuttering
    row = take()
    assert (row.teachers, row.batch.lines, row.batch.new) == (3, 3, 3)
    assert held(synthetic_afm(402)).person.surname == "ΔΕΙΓΜΑΤΙΔΟΥ"


def test_a_page_replayed_changes_nothing(take, service, school):
    service.change(teacher(FIRST, school), as_of=DAY)
    take()
    before = facts()
    service.change(teacher(FIRST, school), as_of=DAY)
    row = take()
    assert (kinds(row.batch), facts()) == ({"same": 1}, before)


def test_a_second_pull_waits_for_the_first(pull, service, school, officer, now):
    service.change(teacher(FIRST, school), as_of=DAY)
    pull()
    with pytest.raises(PullOpenError, match=r"MySchool, 12-1-2023.*Εφαρμόστε την ή απορρίψτε"):
        operations.pull(connected(), whole=False, actor=officer, at=now)


def test_two_pulls_never_run_at_once(service, officer, now):
    operations.pull(connected(), whole=False, actor=officer, at=now)
    with pytest.raises(PullOpenError, match="ήδη σε εξέλιξη"):
        operations.pull(connected(), whole=False, actor=officer, at=now)


def test_without_a_service_it_is_told_who_can_help(officer, now, settings):
    settings.MYSCHOOL = ""
    with pytest.raises(NotConnectedError, match="υπηρεσία λειτουργίας"):
        operations.pull(connected(), whole=False, actor=officer, at=now)


@pytest.mark.parametrize(
    ("faults", "sentence", "again"),
    [
        ([Fault(500)] * 9, "δεν μπορεί να απαντήσει τώρα", True),
        ([Fault(503, headers={"Retry-After": "0"})] * 9, "δεν μπορεί να απαντήσει τώρα", True),
        ([Fault(hangs=0.5)] * 9, "δεν απαντά", True),
        ([Fault(401)], "δεν δέχεται το κλειδί μας", True),
        ([Fault(content=b"nothing")], "δεν είναι JSON", False),
        ([Fault(content=b'{"teachers": []}')], "στο «next»", False),
        ([Fault(410)], "Ζητήστε πλήρη λήψη", False),
    ],
)
def test_a_failure_of_the_other_side_writes_nothing_and_says_what_to_do(
    take, pull, service, school, faults, sentence, again
):
    service.change(teacher(FIRST, school), as_of=DAY)
    first = take()
    before, imports, files = facts(), TeacherImport.objects.count(), Change.objects.count()
    service.change(teacher(SECOND, school), as_of=LATER)
    service.faults += faults
    row = pull()
    assert (row.state, row.batch, row.work.state) == (PullState.FAILED, None, "failed")
    assert sentence in row.error
    assert bool(row.again_at) is again
    assert (facts(), TeacherImport.objects.count(), Change.objects.count()) == (
        before,
        imports,
        files,
    )
    assert operations.standing() == first
    assert next(entry.act for entry in journal.of(row)) == (
        "Η λήψη δεν έγινε και δεν άλλαξε τίποτε"
    )
    service.faults.clear()
    assert kinds(pull().batch) == {"new": 1}


def test_a_failure_on_the_second_page_writes_nothing(pull, service, school):
    service.change(*(teacher(synthetic_afm(500 + n), school) for n in range(4)), as_of=DAY)
    page = service.page
    service.page = lambda since, _limit: (500, {"title": "x"}) if since else page("", 2)
    row = pull()
    assert (row.state, TeacherImport.objects.count()) == (PullState.FAILED, 0)


def test_a_service_that_turns_in_a_circle_is_stopped(pull, service, school):
    service.change(teacher(FIRST, school), teacher(SECOND, school), as_of=DAY)
    page = service.page
    service.page = lambda _since, _limit: page("", 1)
    row = pull()
    assert row.state == PullState.FAILED
    assert "ξανά και ξανά την ίδια σελίδα" in row.error
    assert len(service.asked) == 2


def test_a_forgotten_cursor_needs_a_whole_pull_which_tells_who_is_gone(take, pull, service, school):
    service.change(teacher(FIRST, school), teacher(SECOND, school), as_of=DAY)
    take()
    service.first_kept = 9
    assert "Ζητήστε πλήρη λήψη" in pull().error
    service.forget()
    service.change(teacher(FIRST, school), as_of=LATER)
    row = take(whole=True)
    assert kinds(row.batch) == {"same": 1, "gone": 1}
    assert served(SECOND)[0][-1] == date(2023, 1, 14)


def test_facts_of_a_day_to_come_are_not_taken(pull, service, school, now):
    service.change(teacher(FIRST, school), as_of=now.date() + timedelta(days=2))
    assert "ημέρας που δεν έφτασε" in pull().error


def test_values_that_make_no_sense_refuse_their_line_as_in_a_file(pull, service, school):
    service.change(
        teacher("123456789", school),
        teacher(FIRST, school, surname="=HYPERLINK(1)"),
        teacher(SECOND, school, surname="1ο ΓΥΜΝΑΣΙΟ"),
        teacher(THIRD, "0000000"),
        as_of=DAY,
    )
    row = pull()
    assert kinds(row.batch) == {"refused": 4}
    reasons = [change.reason[:24] for change in row.batch.changes.order_by("line")]
    assert reasons == [
        "Ο Α.Φ.Μ. δεν είναι έγκυρ",
        "Στο όνομα υπάρχει τύπος ",
        "Λογαριασμός σχολείου, όχ",
        "Άγνωστος κωδικός σχολείο",
    ]


def test_the_timetable_pulls_once_a_day_and_again_after_an_outage(
    service, officer, at, school, drain_jobs, set_clock
):
    service.change(teacher(FIRST, school), as_of=DAY)
    operations.set_timetable(3, actor=officer, at=at)
    due = (at + timedelta(days=1)).replace(hour=3, minute=30)

    def chore(moment):
        set_clock(moment)
        begun = lifecycle.chores["connectors.pull"](moment)
        drain_jobs()
        return begun

    assert chore(at) == 0
    service.faults += [Fault(500)] * 4
    assert chore(due) == 1
    assert Pull.objects.get().state == PullState.FAILED
    assert chore(due + timedelta(minutes=10)) == 0
    assert chore(due + timedelta(minutes=31)) == 1
    assert Pull.objects.latest("pk").state == PullState.RECEIVED
    assert chore(due + timedelta(days=2)) == 0  # the import waits for somebody
    operations.discard(TeacherImport.objects.get(), actor=officer, at=at)
    assert chore(due + timedelta(days=2)) == 1
    operations.set_timetable(None, actor=officer, at=at)
    assert chore(due + timedelta(days=9)) == 0


def test_only_ministry_and_operator_pull(service, at, actor_for):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        operations.pull(connected(), whole=False, actor=actor_for(people.officer()), at=at)


TOLD = st.dictionaries(
    st.integers(0, 4),
    st.tuples(
        st.sampled_from(["ΠΕ70", "ΠΕ86.00", "PE03.50", "ΧΧ99"]),
        st.sampled_from(["Μόνιμος", "ΑΝΑΠΛΗΡΩΤΗΣ", "κάτι"]),
        st.sampled_from(["ΔΕΙΓΜΑΤΙΔΟΥ", "=1", "1ο ΓΕΛ", ' α;"β ']),
        st.dictionaries(st.integers(0, 2), st.integers(0, 24), max_size=2),
    ),
    min_size=1,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=TOLD)
def test_a_pull_changes_what_the_same_file_would_change(
    compare, service, officer, now, drain_jobs, told
):
    schools = [structures.a_school() for _ in range(3)]
    serial = 60_000 + TeacherImport.objects.count() * 10
    heading = (*HEADING, "Έως", "E-mail", "Εξωτερικό")
    records, lines = [], []
    for n, (specialty, employment, surname, places) in told.items():
        own = {"Ειδικότητα": specialty, "Σχέση εργασίας": employment}
        posts = [(schools[place], hours) for place, hours in places.items()]
        more = {"specialty": specialty, "employment": employment, "surname": surname}
        records.append(teacher(synthetic_afm(serial + n), *posts, **more))
        quoted = '"' + surname.replace('"', '""') + '"'
        lines += [
            [*line(synthetic_afm(serial + n), s, quoted, **own, Ώρες=hours), "", "", "όχι"]
            for s, hours in posts or [("", "")]
        ]
        if not posts:
            lines[-1][9] = lines[-1][10] = ""
    by_file = compare(sheet(*lines, heading=heading), whole=True)
    service.forget()
    service.change(*records, as_of=DAY)
    row = operations.pull(connected(), whole=True, actor=officer, at=now)
    drain_jobs()
    row.refresh_from_db()
    assert _changes(row.batch) == _changes(by_file)
    operations.discard(row.batch, actor=officer, at=now)


def _changes(row):
    columns = ("line", "afm", "kind", "before", "after", "reason")
    return list(row.changes.order_by("line", "afm").values_list(*columns))
