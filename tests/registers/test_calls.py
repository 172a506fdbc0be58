"""A call is prepared, published with its number, and changed by announced acts alone.

Shows: R-008, R-014.
"""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from didaskaleio.kernel import access, journal, lifecycle
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.agenda import dates_of, todos_of
from didaskaleio.kernel.errors import OvertakenError, ReasonMissingError, StepRefusedError
from didaskaleio.kernel.files import FileRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.registers import operations, queries
from didaskaleio.registers.enums import CallState
from didaskaleio.registers.errors import CallRefusedError, FrozenCallError
from didaskaleio.registers.models import Call, CallAct
from tests.factories import people
from tests.factories.structures import a_body
from tests.registers.forms import a_form

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 dokimi"


def upload(content=PDF, name="prosklisi.pdf"):
    made = io.BytesIO(content)
    made.name = name
    return made


def test_publication_gives_the_next_number_of_the_bodys_own_series(a_draft, officer, at):
    rows = [a_draft(), a_draft()]
    for row in rows:
        operations.publish(row, actor=officer, at=at)
    assert [row.number for row in rows] == ["2023/000001", "2023/000002"]
    assert rows[0].state == CallState.PUBLISHED
    assert rows[0].published_at == at
    assert rows[0].acts.get().kind == "publication"


def test_what_is_missing_is_said_before_the_publication_and_refuses_it(a_draft, officer, at):
    row = a_draft(text="", form=None, opens_at=None, closes_at=None)
    with pytest.raises(StepRefusedError) as refused:
        operations.publish(row, actor=officer, at=at)
    assert str(refused.value) == (
        "Συμπληρώστε: Κείμενο. Επιλέξτε τη φόρμα της υποψηφιότητας. "
        "Ορίστε την έναρξη και τη λήξη της υποβολής."
    )
    assert not CallAct.objects.exists()


def test_a_deadline_that_has_passed_is_not_published(a_draft, officer, at):
    row = a_draft(opens_at=at - timedelta(days=3), closes_at=at)
    with pytest.raises(StepRefusedError, match="έχει περάσει"):
        operations.publish(row, actor=officer, at=at)


def test_a_window_that_ends_before_it_begins_is_refused_also_by_the_database(a_draft, at):
    with pytest.raises(CallRefusedError, match="μετά την έναρξη"):
        a_draft(closes_at=at - timedelta(days=1))
    row = a_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=row.pk).update(closes_at=row.opens_at)


def test_the_form_of_another_body_is_refused(a_draft, at):
    with pytest.raises(CallRefusedError, match="άλλου φορέα"):
        a_draft(form=a_form("iep", at))


def test_after_publication_only_announced_acts_change_it(a_call, officer, at):
    row = a_call()
    with pytest.raises(FrozenCallError):
        operations.write(row, actor=officer, at=at, text="Άλλο κείμενο.")
    with pytest.raises(FrozenCallError):
        operations.write_audience(row, [], actor=officer, at=at)
    with pytest.raises(FrozenCallError):
        operations.attach(row, upload(), title="Νέο", actor=officer, at=at)


def test_of_two_officers_who_write_the_second_is_told(a_draft, officer, actor_for, at):
    row = a_draft()
    seen = journal.latest(row, operations.WRITTEN)
    operations.write(row, actor=actor_for(people.officer()), at=at, seen=seen, text="Πρώτο.")
    with pytest.raises(OvertakenError):
        operations.write(row, actor=officer, at=at, seen=seen, text="Δεύτερο.")
    row.refresh_from_db()
    assert row.text == "Πρώτο."


def test_an_extension_is_announced_with_reason_to_those_who_follow(a_call, officer, actor_for, at):
    row, person = a_call(), people.a_teacher()
    before, until = row.closes_at, row.closes_at + timedelta(days=5)
    operations.follow(row, actor=actor_for(person), at=at)
    operations.extend(row, actor=officer, at=at, reason="Αργούν οι βεβαιώσεις.", until=until)
    act = row.acts.first()
    assert (act.number, act.reason) == ("2023/000002", "Αργούν οι βεβαιώσεις.")
    assert act.changes[0]["before"] == "Σάββατο 28 Ιανουαρίου 2023, 10:00"
    assert act.changes[0]["after"] == "Πέμπτη 2 Φεβρουαρίου 2023, 10:00"
    notice = Notice.objects.get(person=person)
    assert notice.title == "Παράταση: Μητρώο δοκιμών"
    assert "Αργούν οι βεβαιώσεις." in notice.text
    assert (row.closes_at, until > before) == (until, True)


def test_whoever_does_not_follow_any_more_is_not_told(a_call, officer, actor_for, at):
    row, person = a_call(), people.a_teacher()
    operations.follow(row, actor=actor_for(person), at=at)
    operations.unfollow(row, actor=actor_for(person), at=at)
    operations.revoke(row, actor=officer, at=at, reason="Λάθος κριτήρια.")
    assert not Notice.objects.exists()


def test_an_extension_needs_a_reason_and_a_later_deadline(a_call, officer, at):
    row = a_call()
    with pytest.raises(ReasonMissingError):
        operations.extend(row, actor=officer, at=at, reason=" ", until=at + timedelta(days=20))
    with pytest.raises(CallRefusedError, match="μετά την προθεσμία"):
        operations.extend(row, actor=officer, at=at, reason="Αργία.", until=row.closes_at)


def test_no_act_but_revocation_after_the_deadline(a_call, officer, at):
    row = a_call()
    late = row.closes_at + timedelta(seconds=1)
    with pytest.raises(StepRefusedError, match="Η προθεσμία έληξε"):
        operations.extend(
            row, actor=officer, at=late, reason="Αργία.", until=late + timedelta(days=1)
        )
    operations.revoke(row, actor=officer, at=late, reason="Λάθος κριτήρια.")
    assert (row.state, row.is_open(late)) == (CallState.REVOKED, False)


def test_an_amendment_keeps_what_stood_before(a_call, officer, at):
    row = a_call(places=None)
    operations.amend(row, actor=officer, at=at, reason="Νέες θέσεις.", text=row.text, places=12)
    assert row.acts.first().changes == [{"label": "Πλήθος θέσεων", "before": "", "after": "12"}]
    row.refresh_from_db()
    assert row.places == 12
    with pytest.raises(CallRefusedError, match="Δεν αλλάξατε κάτι"):
        operations.amend(row, actor=officer, at=at, reason="Πάλι.", places=12)


def test_an_amendment_does_not_empty_the_call(a_call, officer, at):
    row = a_call()
    with pytest.raises(CallRefusedError, match="Συμπληρώστε: Κείμενο"):
        operations.amend(row, actor=officer, at=at, reason="Σβήσιμο.", text="  ")


def test_announced_acts_cannot_be_rewritten(a_call):
    act = a_call().acts.get()
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE registers_callact SET reason = 'άλλη' WHERE id = %s", [act.pk])


def test_the_deadline_passes_by_the_clock(a_call):
    row = a_call()
    lifecycle.fire_due(row.closes_at - timedelta(seconds=1))
    row.refresh_from_db()
    assert row.state == CallState.PUBLISHED
    lifecycle.fire_due(row.closes_at)
    row.refresh_from_db()
    assert row.state == CallState.EXPIRED


def test_the_very_moment_of_the_deadline_is_in_time_whatever_the_clock_did_first(a_call):
    row = a_call()
    operations.expire(row, actor=SYSTEM, at=row.closes_at)
    assert row.is_open(row.closes_at)
    assert not row.is_open(row.closes_at + timedelta(microseconds=1))
    assert not row.is_open(row.opens_at - timedelta(microseconds=1))


def test_a_body_sees_neither_drafts_nor_the_desk_of_another(a_draft, officer, actor_for, at):
    row = a_draft()
    stranger = actor_for(people.officer("iep"))
    assert list(access.visible(stranger, "call.manage", Call.objects.all())) == []
    assert list(access.visible(officer, "call.manage", Call.objects.all())) == [row]
    with pytest.raises(PermissionDenied):
        operations.write(row, actor=stranger, at=at, text="Ξένο.")
    with pytest.raises(PermissionDenied):
        operations.prepare(a_body("itye"), actor=stranger, at=at, title="Ξ", fills_name="Ξ")
    with pytest.raises(PermissionDenied):
        operations.publish(row, actor=stranger, at=at)


def test_two_bodies_number_their_calls_apart(a_call, content, actor_for, at):
    mine, stranger = a_call(), actor_for(people.officer("iep"))
    other = operations.prepare(
        a_body("iep"), actor=stranger, at=at, **(content | {"form": a_form("iep", at)})
    )
    operations.publish(other, actor=stranger, at=at)
    assert (mine.number, other.number) == ("2023/000001", "2023/000001")


def test_documents_are_pdf_and_may_be_taken_out_of_a_draft(a_draft, officer, at):
    row = a_draft()
    with pytest.raises(FileRefusedError):
        operations.attach(row, upload(b"hello"), title="Κείμενο", actor=officer, at=at)
    made = operations.attach(row, upload(), title="Διακήρυξη", actor=officer, at=at)
    operations.detach(made, actor=officer, at=at)
    assert not row.documents.exists()


def test_each_rule_of_the_audience_is_checked_on_a_person(a_draft, officer, at):
    row = a_draft()
    rules = [{"kind": "certificate_any_of", "any": ["B1"]}, {"kind": "service_years", "least": 9}]
    row = operations.write_audience(row, rules, actor=officer, at=at)
    found = queries.audience_findings(row, people.a_teacher(certificates=("B1",)), at)
    assert [each.fulfilled for each in found] == [True, False]
    assert queries.audience_words(row) == [
        "Κατοχή πιστοποιητικού: Πιστοποίηση Τ.Π.Ε. Β1 επιπέδου",
        "Υπηρέτηση τουλάχιστον 9 συμπληρωμένα έτη",
    ]


def test_calls_stand_in_their_windows(a_call, officer, at):
    now = a_call()
    soon = a_call(opens_at=at + timedelta(days=1))
    gone = a_call()
    operations.revoke(gone, actor=officer, at=at, reason="Λάθος.")
    assert list(queries.announced("open", at)) == [now]
    assert list(queries.announced("soon", at)) == [soon]
    assert list(queries.announced("past", at)) == [gone]
    assert list(queries.announced("past", now.closes_at + timedelta(days=1))) == [gone, soon, now]


def test_the_agenda_names_drafts_and_the_deadlines_one_follows(
    a_draft, a_call, officer, actor_for, at
):
    draft, row, person = a_draft(), a_call(), actor_for(people.a_teacher())
    assert f"/calls/desk/{draft.pk}/" in [todo.url for todo in todos_of(officer, at)]
    assert not [one for one in dates_of(person, at) if one.uid == f"call-{row.pk}"]
    operations.follow(row, actor=person, at=at)
    [found] = [one for one in dates_of(person, at) if one.uid == f"call-{row.pk}"]
    assert (found.title, found.ends_at) == ("Λήξη υποβολής: Μητρώο δοκιμών", row.closes_at)


def test_a_discarded_draft_is_never_public(a_draft, officer, actor_for, at):
    row = a_draft()
    operations.discard(row, actor=officer, at=at)
    assert not access.allowed(actor_for(people.a_teacher()), "call.page", row)
