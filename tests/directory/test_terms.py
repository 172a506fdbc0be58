"""Terms of office: appointment, successor, reminders by the clock, resignation, handover.

Shows: R-157.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.directory import operations, queries
from didaskaleio.directory.enums import OfficeKind
from didaskaleio.directory.errors import TermRefusedError
from didaskaleio.directory.models import Term
from didaskaleio.kernel import lifecycle, reports
from didaskaleio.kernel.agenda import dates_of, todos_of
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.kernel.reports import Query
from didaskaleio.people.enums import Role
from didaskaleio.registers.enums import CallState, Fills
from didaskaleio.registers.models import Call
from tests.directory.structures import DAYS, a_structure, a_term, head_of, of_ministry, regional
from tests.factories import people
from tests.factories.structures import a_body

pytestmark = pytest.mark.django_db
LATER = {"begins_on": date(2024, 1, 1), "ends_on": date(2025, 12, 31)}


def told(person):
    return list(Notice.objects.filter(person_id=person.pk).order_by("pk").values_list("title"))


def todos(actor, at):
    return [(todo.title, todo.detail) for todo in todos_of(actor, at)]


def lines(name, actor, at):
    report = reports.known[name]
    return [list(line) for line in report.lines(report.selected(actor, at, Query({}, "", "")))]


def test_an_appointment_holds_from_its_first_day_to_the_end_of_its_last(head, officer, at):
    made = a_term(head, officer, at)
    assert made.state == "serving"
    assert (made.first_day, made.last_day) == (date(2023, 1, 1), date(2023, 12, 31))
    assert told(made.person) == [(f"Οριστήκατε σε θέση με θητεία: {head}",)]
    lifecycle.fire_due(made.ends_at - timedelta(seconds=1))
    made.refresh_from_db()
    assert made.state == "ending"
    lifecycle.fire_due(made.ends_at)
    made.refresh_from_db()
    assert (made.state, made.ended_by) == ("ended", "time")


def test_two_people_do_not_hold_an_office_in_the_same_days(head, officer, at):
    a_term(head, officer, at)
    with pytest.raises(TermRefusedError, match="έχει οριστεί ήδη πρόσωπο"):
        a_term(head, officer, at, begins_on=date(2023, 12, 31), ends_on=date(2024, 6, 30))
    assert Term.objects.count() == 1


def test_a_successor_follows_at_midnight_without_a_vacancy(head, officer, at):
    first = a_term(head, officer, at)
    heir = a_term(head, officer, at, **LATER)
    assert heir.state == "named"
    lifecycle.fire_due(first.ends_at)
    states = {row.pk: row.state for row in Term.objects.all()}
    assert states == {first.pk: "ended", heir.pk: "serving"}
    assert list(queries.vacancies()) == []
    titles = Notice.objects.values_list("title", flat=True)
    assert not [title for title in titles if title.startswith("Κενή θέση")]


def test_before_the_end_the_holder_is_reminded_and_the_officers_name_a_successor(head, officer, at):
    operations.amend(head, actor=officer, at=at, title="", remind_days=30)
    made = a_term(head, officer, at)
    assert made.remind_at.astimezone(at.tzinfo).date() == date(2023, 12, 1)
    assert todos(officer, at) == []
    lifecycle.fire_due(made.remind_at)
    assert (f"Η θητεία σας λήγει: {head}",) in told(made.person)
    when = made.remind_at
    assert todos(officer, when) == [("Ορισμός διαδόχου", str(head))]
    keeper = Notice.objects.exclude(person_id=made.person_id).get()
    assert keeper.person_id == officer.user_id
    a_term(head, officer, when, **LATER)
    assert todos(officer, when) == []


def test_nobody_is_asked_for_a_successor_who_was_named(head, officer, at):
    made = a_term(head, officer, at)
    a_term(head, officer, at, **LATER)
    lifecycle.fire_due(made.remind_at)
    assert not Notice.objects.filter(person_id=officer.user_id).exists()


def test_who_resigns_leaves_a_vacancy_that_may_be_filled_the_same_day(head, officer, actor_for, at):
    made = a_term(head, officer, at)
    own = actor_for(made.person)
    operations.resign(made, actor=own, at=at, reason="Μετάθεση.")
    assert (made.state, made.ended_by, made.ends_at) == ("ended", "resignation", at)
    assert [office.pk for office in queries.vacancies()] == [head.pk]
    assert todos(officer, at) == [("Ορισμός σε κενές θέσεις", "1 θέση δομής")]
    assert todos(own, at) == [("Βεβαίωση παράδοσης θέσης", str(head))]
    later = at + timedelta(hours=1)
    other = a_term(head, officer, later, begins_on=at.date(), ends_on=date(2024, 1, 31))
    assert (other.state, other.begins_at) == ("serving", at)


def test_only_the_holder_resigns_and_only_a_keeper_releases(head, officer, actor_for, at):
    made = a_term(head, officer, at)
    own, stranger = actor_for(made.person), actor_for(regional("THS"))
    with pytest.raises(PermissionDenied):
        operations.resign(made, actor=officer, at=at, reason="Όχι.")
    for who in (own, stranger):
        with pytest.raises(PermissionDenied):
            operations.release(made, actor=who, at=at, reason="Όχι.")
    operations.release(made, actor=officer, at=at, reason="Απόφαση 7/2023.")
    assert made.ended_by == "decision"
    assert (f"Η θητεία σας έληξε με απόφαση: {head}",) in told(made.person)


def test_the_handover_closes_a_term_that_ended(head, officer, actor_for, at):
    made = a_term(head, officer, at)
    own = actor_for(made.person)
    with pytest.raises(StepRefusedError):
        operations.hand_over(made, actor=own, at=at, reason="Κλειδιά.")
    operations.release(made, actor=officer, at=at, reason="Απόφαση.")
    operations.hand_over(made, actor=own, at=at, reason="Κλειδιά και αρχείο.")
    assert made.state == "handed_over"
    assert todos(own, at) == []


def test_a_successor_who_was_cancelled_leaves_the_days_free(head, officer, at):
    a_term(head, officer, at)
    heir = a_term(head, officer, at, **LATER)
    operations.cancel(heir, actor=officer, at=at, reason="Νέα απόφαση.")
    assert a_term(head, officer, at, **LATER).state == "named"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ends_on": date(2022, 12, 31)}, "πριν από την έναρξη"),
        ({"begins_on": date(2022, 1, 1), "ends_on": date(2023, 1, 17)}, "ήδη λήξει"),
        ({"decision": "  "}, "αριθμό πρωτοκόλλου"),
    ],
)
def test_an_appointment_that_does_not_stand_is_refused(head, officer, at, changes, says):
    with pytest.raises(TermRefusedError, match=says):
        a_term(head, officer, at, **changes)


def test_nobody_appoints_oneself_nor_a_closed_account(head, actor_for, at):
    person = regional()
    with pytest.raises(TermRefusedError, match="άλλο εξουσιοδοτημένο πρόσωπο"):
        a_term(head, actor_for(person), at, person=person)
    gone = people.a_person(is_active=False)
    with pytest.raises(TermRefusedError, match="κλειστός"):
        a_term(head, actor_for(person), at, person=gone)


def test_a_stranger_appoints_nobody(head, actor_for, at):
    with pytest.raises(PermissionDenied):
        a_term(head, actor_for(regional("THS")), at)


@pytest.mark.parametrize(
    ("body", "fills", "state", "says"),
    [
        ("itye", Fills.POSTS, CallState.FINAL, ""),
        ("itye", Fills.REGISTER, CallState.FINAL, "δεν πληρώνει θέσεις"),
        ("itye", Fills.POSTS, CallState.PUBLISHED, "δεν έχει λήξει"),
        ("iep", Fills.POSTS, CallState.FINAL, "άλλου φορέα"),
    ],
)
def test_a_term_comes_from_a_call_of_the_body_that_filled_posts(
    actor_for, at, body, fills, state, says
):
    officer = actor_for(people.officer("itye"))
    office = head_of(a_structure(officer, at, body=a_body("itye")))
    call = Call.objects.create(
        body=a_body(body), title="Θέσεις", fills=fills, fills_name="Θέσεις", state=state
    )
    if says:
        with pytest.raises(TermRefusedError, match=says):
            a_term(office, officer, at, call=call)
    else:
        assert a_term(office, officer, at, call=call).call == call


def test_the_news_of_a_structure_goes_to_its_body_else_its_region_else_the_ministry(
    structure, actor_for, officer, at
):
    ministry = of_ministry()
    assert queries.keepers(structure, at) == {officer.user_id}
    far = a_structure(actor_for(ministry), at, place="THS")
    assert queries.keepers(far, at) == {ministry.pk}
    head = people.officer("itye", Role.BODY_HEAD)
    far.body = a_body("itye")
    assert queries.keepers(far, at) == {head.pk}


def test_reports_list_the_vacant_and_the_terms_that_end_within_three_months(
    structure, head, officer, actor_for, at
):
    operations.found(structure, kind=OfficeKind.STAFF, title="Γραμματεία", actor=officer, at=at)
    soon = DAYS | {"ends_on": date(2023, 4, 18)}
    made = a_term(head, officer, at, **soon)
    heir = a_term(head, officer, at, begins_on=date(2023, 4, 19), ends_on=date(2024, 1, 1))
    assert [line[4] for line in lines("directory.vacancies", officer, at)] == ["Γραμματεία"]
    (line,) = lines("directory.ending", officer, at)
    assert (line[4], line[8]) == (str(made.person), str(heir.person))
    assert lines("directory.ending", officer, at - timedelta(days=2)) == []
    assert lines("directory.vacancies", actor_for(regional("THS")), at) == []


def test_the_end_of_ones_own_term_is_in_the_calendar(head, officer, actor_for, at):
    made = a_term(head, officer, at)
    (date_,) = dates_of(actor_for(made.person), at)
    assert (date_.title, date_.starts_at) == (f"Λήγει η θητεία: {head}", made.ends_at)
