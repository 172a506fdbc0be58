"""Reports that are kept: versions, sharing, copies, the archive, regular sending.

Shows: R-079.
"""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel import access, files
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.observatory import operations, queries
from didaskaleio.observatory.errors import DefinitionError, ShareError
from didaskaleio.observatory.models import AdHocReport, Dispatch, Subscription
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Post
from didaskaleio.structures.models import ImplementingBody
from tests.factories import people
from tests.factories.structures import a_body, a_centre
from tests.sheets import cells_of

CENTRES = {"subject": "registers.centres", "columns": ["code", "name"]}


@pytest.fixture
def owner(db, actor_for):
    return actor_for(people.officer())


@pytest.fixture
def report(owner, at):
    return operations.create(CENTRES, title="Κέντρα", actor=owner, at=at)


def head(actor_for, body="itye"):
    return actor_for(people.officer(body, Role.BODY_HEAD))


def shared(report, owner, at, role=Role.BODY_HEAD):
    body = ImplementingBody.objects.get(code="itye").pk
    operations.share(report, audience=f"{role}:{body}", actor=owner, at=at)
    return report


def test_every_version_stays_and_an_earlier_one_comes_back_as_the_newest(report, owner, at):
    wider = CENTRES | {"columns": ["code", "name", "town"]}
    assert operations.save(report, wider, title="Κέντρα και πόλεις", actor=owner, at=at) == 2
    assert operations.restore(report, 1, actor=owner, at=at) == 3
    kept = [one.definition["columns"] for one in report.versions.order_by("number")]
    assert kept == [["code", "name"], ["code", "name", "town"], ["code", "name"]]
    assert queries.definition_of(report).columns[-1].key == "name"


def test_a_version_of_another_subject_or_a_missing_one_is_refused(report, owner, at):
    other = {"subject": "structures.schools", "columns": ["code"]}
    with pytest.raises(DefinitionError, match="άλλο θέμα"):
        operations.save(report, other, title="Κέντρα", actor=owner, at=at)
    with pytest.raises(DefinitionError, match="τέτοια έκδοση"):
        operations.restore(report, 9, actor=owner, at=at)
    with pytest.raises(DefinitionError, match="τίτλο"):
        operations.create(CENTRES, title=" \0 ", actor=owner, at=at)


def test_only_an_officer_builds_and_only_the_owner_changes(report, actor_for, at):
    with pytest.raises(PermissionDenied):
        operations.create(CENTRES, title="Κ", actor=actor_for(people.a_teacher()), at=at)
    with pytest.raises(PermissionDenied):
        operations.save(report, CENTRES, title="Κ", actor=head(actor_for), at=at)


def test_whoever_reads_a_shared_report_sees_the_rows_of_own_rights(report, owner, actor_for, at):
    mine, theirs = a_centre(body=a_body("itye")), a_centre(body=a_body("iep"))
    reader = head(actor_for)
    assert not access.allowed(reader, "adhoc.read", report)
    shared(report, owner, at)
    assert access.allowed(reader, "adhoc.read", report)
    assert list(access.visible(reader, "adhoc.read", AdHocReport.objects.all())) == [report]
    lines = [line[0] for line in queries.answered(report, reader, at).lines]
    assert mine.code in lines
    assert theirs.code not in lines
    stranger = head(actor_for, "iep")
    assert not access.allowed(stranger, "adhoc.read", report)
    assert not access.visible(stranger, "adhoc.read", AdHocReport.objects.all()).exists()


def test_people_of_the_centres_of_the_body_read_what_is_shared_with_them(
    report, owner, actor_for, at
):
    centre = a_centre(body=a_body("itye"))
    reader = actor_for(people.a_centre_manager(centre))
    shared(report, owner, at, Role.CENTRE_MANAGER)
    assert access.allowed(reader, "adhoc.read", report)
    assert [line[0] for line in queries.answered(report, reader, at).lines] == [centre.code]


@pytest.mark.parametrize("audience", ["body_head:999", "ministry_officer:", "operator", "", "x:y"])
def test_nobody_shares_beyond_the_own_body(report, owner, at, audience):
    with pytest.raises(ShareError, match="Διαλέξτε από τη λίστα"):
        operations.share(report, audience=audience, actor=owner, at=at)


def test_the_end_of_sharing_and_the_archive_shut_the_door(report, owner, actor_for, at):
    reader = head(actor_for)
    operations.unshare(shared(report, owner, at), actor=owner, at=at)
    assert not access.allowed(reader, "adhoc.read", report)
    operations.subscribe(report, "weekly", actor=owner, at=at)
    operations.archive(report, actor=owner, at=at)
    assert not Subscription.objects.exists()
    with pytest.raises(StepRefusedError):
        shared(report, owner, at)
    with pytest.raises(DefinitionError, match="αρχείο"):
        operations.save(report, CENTRES, title="Κ", actor=owner, at=at)
    operations.reopen(report, actor=owner, at=at)
    assert operations.save(report, CENTRES, title="Κ", actor=owner, at=at) == 2


def test_a_reader_takes_a_copy_and_changes_it(report, owner, actor_for, at):
    reader = head(actor_for)
    mine = operations.copy(shared(report, owner, at), actor=reader, at=at)
    assert (mine.owner_id, mine.title) == (reader.user_id, "Κέντρα (αντίγραφο)")
    assert operations.save(mine, CENTRES, title="Δικά μου", actor=reader, at=at) == 2
    report.refresh_from_db()
    assert report.number == 1


FIRST = datetime(2023, 1, 1, tzinfo=ATHENS)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


@given(MOMENTS, st.sampled_from(["weekly", "monthly"]))
def test_the_next_morning_is_the_first_after_the_moment(moment, rhythm):
    due = operations.next_due(rhythm, moment)
    assert moment < due <= moment + timedelta(days=32)
    assert due.hour == 7
    assert due.weekday() == 0 if rhythm == "weekly" else due.day == 1


def test_what_is_due_is_made_once_with_the_rights_of_its_reader(
    report, owner, actor_for, at, drain_jobs, set_clock
):
    mine, theirs = a_centre(body=a_body("itye")), a_centre(body=a_body("iep"))
    reader = head(actor_for)
    row = operations.subscribe(shared(report, owner, at), "weekly", actor=reader, at=at)
    monday = row.next_at
    assert operations.send_due(monday - timedelta(seconds=1)) == 0
    late = monday + timedelta(days=15)
    set_clock(late)
    assert (operations.send_due(late), operations.send_due(late)) == (1, 0)
    drain_jobs()
    row.refresh_from_db()
    again = operations.send_now(row, monday, at=late)
    made = Dispatch.objects.get()
    assert (again, made.due_at, row.next_at > late) == (made, monday, True)
    book = cells_of(io.BytesIO(files.read(made.file)))
    codes = [line[0] for line in book[1:]]
    assert mine.code in codes
    assert theirs.code not in codes
    letter = Notice.objects.get(person_id=reader.user_id, kind="observatory.report_sent")
    assert letter.url == f"/observatory/reports/{report.pk}/"
    assert access.allowed(reader, "dispatch.open", made)
    assert not access.allowed(owner, "dispatch.open", made)


def test_a_reader_whose_post_has_ended_receives_nothing_more_and_is_told(
    report, owner, actor_for, at
):
    reader = head(actor_for)
    row = operations.subscribe(shared(report, owner, at), "monthly", actor=reader, at=at)
    Post.objects.filter(person=reader.user_id, scope=Scope.BODY).update(valid_until=at)
    assert operations.send_now(row, row.next_at, at=row.next_at) is None
    assert not Subscription.objects.exists()
    assert not Dispatch.objects.exists()
    told = Notice.objects.get(kind="observatory.report_stopped")
    assert "δεν θα σας στέλνεται πια" in told.text


def test_a_report_whose_column_is_gone_stops_and_says_why(report, owner, at):
    row = operations.subscribe(report, "weekly", actor=owner, at=at)
    report.versions.update(definition=CENTRES | {"columns": ["bygone"]})
    assert operations.send_now(row, row.next_at, at=row.next_at) is None
    assert (
        "Δεν υπάρχει στήλη «bygone»" in Notice.objects.get(kind="observatory.report_stopped").text
    )


def test_the_rhythm_changes_and_the_reader_ends_it(report, owner, actor_for, at):
    operations.subscribe(report, "weekly", actor=owner, at=at)
    row = operations.subscribe(report, "monthly", actor=owner, at=at)
    assert (Subscription.objects.count(), row.rhythm) == (1, "monthly")
    with pytest.raises(DefinitionError, match="κάθε πότε"):
        operations.subscribe(report, "hourly", actor=owner, at=at)
    with pytest.raises(PermissionDenied):
        operations.unsubscribe(row, actor=head(actor_for), at=at)
    operations.unsubscribe(row, actor=owner, at=at)
    assert not Subscription.objects.exists()
