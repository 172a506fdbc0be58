"""What a teacher is asked to do in an open phase A, state by state; dates that follow the acts.

Shows: R-038, R-046.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.operations import ceremony
from didaskaleio.kernel import agenda
from didaskaleio.programmes.models import PeriodAct
from tests.enrolment.stages import a_group, a_holder, a_stage, actor, an_officer
from tests.factories import enrolment as make
from tests.factories import people, programmes

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def due(person, at):
    """(title, due, url) of everything that enrolment asks of the person."""
    found = agenda.todos_of(actor(person, at), at)
    return [(t.title, t.due, t.url) for t in found if t.source.startswith("enrolment.")]


def dates(person, at):
    return [one for one in agenda.dates_of(actor(person, at), at) if one.uid.startswith("period-")]


def to_begin(period):
    url = f"{reverse('enrolment:catalogue')}?period={period.code}"
    return ("Υποβάλετε αίτηση", period.phase_a_closes, url)


def to_continue(period, page):
    url = reverse(f"enrolment:{page}", args=[period.code])
    return ("Συνεχίστε την αίτησή σας", period.phase_a_closes, url)


def test_who_has_begun_nothing_is_asked_to_apply_while_phase_a_is_open(period, teacher, at):
    assert due(teacher, at) == [to_begin(period)]
    assert due(teacher, period.phase_a_opens) == [to_begin(period)]
    assert due(teacher, period.phase_a_opens - SECOND) == []
    assert due(teacher, period.phase_a_closes - SECOND) == [to_begin(period)]
    assert due(teacher, period.phase_a_closes) == []


def test_a_draft_is_to_be_continued_where_it_was_left(period, in_period, teacher, actor_for, at):
    draft = operations.start(period, actor=actor_for(teacher), at=at)
    assert due(teacher, at) == [to_continue(period, "facts")]
    facts = {"actor": actor_for(teacher), "at": at, "preferences": [in_period().code]}
    operations.save_draft(draft, **facts)
    assert due(teacher, at) == [to_continue(period, "check")]


def test_after_the_submission_nothing_is_due_but_the_next_dates(
    period, in_period, teacher, submitted, at
):
    submitted(teacher, [in_period()])
    assert due(teacher, at) == []
    assert [one.starts_at for one in dates(teacher, at)] == [
        period.phase_a_closes,
        period.phase_b_opens,
        period.phase_b_closes,
        period.enrolment_closes,
    ]


def test_after_a_withdrawal_nothing_is_due_and_no_date_is_left(
    period, in_period, teacher, submitted, actor_for, at
):
    application = submitted(teacher, [in_period()])
    operations.withdraw(application, actor=actor_for(teacher), at=at)
    assert due(teacher, at) == []
    assert dates(teacher, at) == []


def test_nothing_is_asked_of_whoever_may_not_take_part_or_is_no_teacher(period, at):
    assert due(people.a_teacher(certificates=()), at) == []
    assert due(people.a_person(), at) == []


def test_nothing_is_asked_of_whoever_holds_a_place_in_the_same_action(period, at):
    other = programmes.a_period("running", action=period.action)
    holder = a_holder(programmes.a_programme("running", period=other), state="enrolled")
    assert due(holder, at) == []


def test_two_open_periods_are_asked_for_apart(period, teacher, at):
    other = programmes.a_period("phase_a", action=period.action)
    assert {url for _, _, url in due(teacher, at)} == {to_begin(period)[2], to_begin(other)[2]}


def test_a_moved_date_is_a_new_revision_of_the_same_appointment(
    period, in_period, teacher, submitted, officers, actor_for, at
):
    submitted(teacher, [in_period()])
    before = dates(teacher, at)
    assert [one.revision for one in before] == [0, 0, 0, 0]
    closes = period.phase_a_closes + timedelta(hours=3)
    operations.extend(
        period,
        actor=actor_for(officers[0]),
        at=at,
        reason="Διακοπή δικτύου",
        closes=closes,
        beacon=ceremony.default_rule(closes, 24),
    )
    after = dates(teacher, at)
    assert [one.uid for one in after] == [one.uid for one in before]
    assert after[0].starts_at == closes
    assert [one.revision for one in after] == [PeriodAct.objects.count()] * 4 == [1] * 4


def test_a_long_list_of_an_officer_is_cut_and_says_how_many_are_left():
    action = None
    for _ in range(agenda.SHOWN + 3):
        period = programmes.a_period("phase_b_closed", **({"action": action} if action else {}))
        action = period.action
        a_group(period, placed=0)
    officer = an_officer(period)
    found = agenda.todos_of(officer, period.enrolment_opens)
    own = [todo for todo in found if todo.source == "enrolment.filling"]
    assert len(own) == agenda.SHOWN + 1
    last = next(todo for todo in own if todo.title.startswith("Και άλλα"))
    assert (last.title, last.url) == (
        "Και άλλα 3: περίοδοι μετά τη Β΄ φάση",
        reverse("enrolment:groups"),
    )


def test_officers_are_told_of_a_computation_that_failed():
    period = a_stage("frozen")
    draw = make.a_draw(period, state="computing")
    officer = an_officer(period)
    titles = lambda: [todo.title for todo in agenda.todos_of(officer, draw.beacon_at)]  # noqa: E731
    assert "Νέα προσπάθεια υπολογισμού της κλήρωσης" not in titles()
    work = make.a_work(officer, state="failed")
    type(draw).objects.filter(pk=draw.pk).update(work=work)
    assert "Νέα προσπάθεια υπολογισμού της κλήρωσης" in titles()
