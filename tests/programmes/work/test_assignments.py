"""A programme is offered to whoever was selected; who declines or is late makes way for the next.

Shows: R-029, R-030.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from didaskaleio.kernel import agenda, journal, lifecycle
from didaskaleio.kernel.errors import ReasonMissingError, Refusal, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import ActionRole
from didaskaleio.programmes.models import ParameterSet, Programme, WorkAssignment
from didaskaleio.programmes.queries import assignments as queries
from tests.factories import people, structures
from tests.factories import programmes as make
from tests.markup import markup
from tests.programmes.work.stage import AT, CLOSES, a_call, act, applied, line, settled

pytestmark = pytest.mark.django_db
LATER = CLOSES + timedelta(hours=3)


def by(person):
    return {"actor": actor_of(person, at=LATER), "at": LATER}


def a_draft(period, centre, **facts):
    """A proposal without a trainer and without a timetable."""
    found = make.a_programme("draft", period=period, centre=centre, slots=False, **facts)
    Programme.objects.filter(pk=found.pk).update(trainer=None)
    return Programme.objects.get(pk=found.pk)


@pytest.fixture
def ranked():
    """One place in Kozani: the near trainer is selected, the far one is the reserve."""
    near, far = people.a_trainer(), people.a_trainer(prefecture="LAR")
    call = a_call(line("B2.3", "KOZ", 1))
    applied(call, near, wanted=60)
    applied(call, far, wanted=120)
    settled(call)
    return call.period, near, far


@pytest.fixture
def centre():
    return structures.a_centre("KOZ")


@pytest.fixture
def manager(centre):
    return people.a_centre_manager(centre)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_the_selected_trainer_is_asked_told_and_enters_the_programme_by_accepting(
    ranked, centre, manager
):
    period, near, _far = ranked
    draft = a_draft(period, centre)
    asked = operations.ask_next(draft, message="Απόγευμα Τρίτης.", **by(manager))
    assert (asked.person, asked.hours, asked.answer_by) == (
        near,
        60,
        LATER + timedelta(hours=72),
    )
    told = Notice.objects.get(person=near, kind="programmes.assignment")
    assert "Απόγευμα Τρίτης." in told.text
    todos = [(one.title, one.due) for one in agenda.todos_of(act(near), LATER)]
    assert (f"Απάντηση σε ανάθεση έργου: {draft.code}", asked.answer_by) in todos
    operations.accept_assignment(asked, **by(near))
    after = fresh(draft)
    assert (after.trainer, after.revision) == (near, draft.revision + 1)
    answered = Notice.objects.get(person=manager, kind="programmes.assignment")
    assert answered.title == f"Ανάθεση έργου στο {draft.code}: Έγινε αποδεκτή"
    with pytest.raises(StepRefusedError):
        operations.decline_assignment(asked, reason="Άργησα.", **by(near))


def test_who_declines_says_why_and_the_next_of_the_ranking_is_asked(
    ranked, centre, manager, drain_jobs
):
    period, near, far = ranked
    draft = a_draft(period, centre)
    first = operations.ask_next(draft, message="Έναρξη 6 Μαρτίου.", **by(manager))
    with pytest.raises(ReasonMissingError):
        operations.decline_assignment(first, reason=" ", **by(near))
    operations.decline_assignment(first, reason="Μετακόμισα.", **by(near))
    drain_jobs()
    second = WorkAssignment.objects.get(state="asked")
    assert (second.person, second.message, second.asked_by) == (
        far,
        "Έναρξη 6 Μαρτίου.",
        manager,
    )
    operations.decline_assignment(second, reason="Απόσταση.", **by(far))
    drain_jobs()
    assert not WorkAssignment.objects.filter(state="asked").exists()
    last = Notice.objects.filter(person=manager).latest("pk")
    assert last.title == f"Δεν έμεινε επόμενος για το {draft.code}"
    assert operations.ask_next(draft, **by(manager)) is None


def test_no_answer_in_time_counts_as_no_and_comes_too_late_afterwards(
    ranked, centre, manager, drain_jobs
):
    period, near, far = ranked
    asked = operations.ask_next(a_draft(period, centre), **by(manager))
    ends = asked.answer_by
    with pytest.raises(StepRefusedError, match="Η προθεσμία της απάντησης έληξε"):
        operations.accept_assignment(asked, actor=act(near), at=ends)
    lifecycle.fire_due(ends)
    drain_jobs()
    assert fresh(asked).state == "expired"
    assert WorkAssignment.objects.get(state="asked").person == far


def test_limits_of_load_pass_over_whoever_has_reached_them(ranked, centre, manager):
    period, near, far = ranked
    ParameterSet.objects.create(
        action=period.action, version=1, valid_from=AT, reason="Όριο.",
        values={"trainer_hours_per_period": 100},
    )  # fmt: skip
    one, two, three = (a_draft(period, centre) for _ in range(3))
    assert operations.ask_next(one, **by(manager)).person == near
    # the hours that are promised in a draft count before anything is submitted
    assert operations.ask_next(two, **by(manager)).person == far
    line_up = queries.line_up(three, LATER)
    found = [(row.standing.application.person, row.why_not) for row in line_up]
    assert found == [
        (near, "Θα είχε 120 ώρες, πάνω από το όριο που ζήτησε (60)."),
        (far, "Θα είχε 120 ώρες, πάνω από το όριο της περιόδου (100)."),
    ]
    assert operations.ask_next(three, **by(manager)) is None


def test_a_timetable_that_stands_passes_over_whoever_teaches_at_that_hour(centre, manager):
    busy, free = people.a_trainer(), people.a_trainer()
    call = a_call(line("B2.3", "KOZ", 2))
    for someone in (busy, free):
        applied(call, someone, wanted=240)
    settled(call)
    draft = make.a_programme("draft", period=call.period, centre=centre)
    Programme.objects.filter(pk=draft.pk).update(trainer=None)
    make.a_programme("checked", period=call.period, trainer=busy)
    assert operations.ask_next(fresh(draft), **by(manager)).person == free


def test_a_programme_with_a_trainer_or_past_its_draft_asks_nobody(ranked, centre, manager):
    period, _near, _far = ranked
    taken = make.a_programme("draft", period=period, centre=centre, slots=False)
    with pytest.raises(Refusal, match="έχει ήδη επιμορφωτή/τρια"):
        operations.ask_next(taken, **by(manager))
    sent = make.a_programme("checked", period=period, centre=centre, slots=False)
    with pytest.raises(StepRefusedError, match="όσο συντάσσεται η πρόταση"):
        operations.ask_next(sent, **by(manager))
    draft = a_draft(period, centre)
    operations.ask_next(draft, **by(manager))
    with pytest.raises(Refusal, match="Υπάρχει ήδη ανάθεση"):
        operations.ask_next(draft, **by(manager))
    with pytest.raises(PermissionDenied):
        operations.ask_next(draft, **by(people.a_centre_manager(structures.a_centre())))


def test_a_draft_that_names_somebody_else_holds_no_hours_of_whoever_accepted(
    ranked, centre, manager
):
    period, near, _far = ranked
    one, two = a_draft(period, centre), a_draft(period, centre)
    asked = operations.ask_next(one, **by(manager))
    operations.accept_assignment(asked, **by(near))
    assert queries.promised(near.pk, two) == (60, 60)
    Programme.objects.filter(pk=one.pk).update(trainer=people.a_trainer())
    assert queries.promised(near.pk, two) == (0, 0)


def test_an_accepted_assignment_is_recalled_while_the_proposal_is_written(ranked, centre, manager):
    period, near, _far = ranked
    draft = a_draft(period, centre)
    asked = operations.ask_next(draft, **by(manager))
    operations.accept_assignment(asked, **by(near))
    operations.recall_assignment(asked, reason="Άδεια ανατροφής.", **by(manager))
    assert (fresh(draft).trainer, fresh(asked).state) == (None, "recalled")
    told = Notice.objects.filter(person=near).latest("pk")
    assert told.text == "Αιτιολογία: Άδεια ανατροφής."
    with pytest.raises(PermissionDenied):
        operations.recall_assignment(asked, reason="Όχι.", **by(near))


def test_staff_of_the_centre_is_assigned_with_hours_and_enters_by_accepting(centre, manager):
    helper = people.a_person()
    people.a_post(helper, Role.CENTRE_STAFF, Scope.CENTRE, centre)
    programme = make.a_programme("approved", centre=centre, slots=False)
    ask = {"hours": 20, **by(manager)}
    asked = operations.ask_staff(programme, helper, ActionRole.ADMINISTRATIVE, **ask)
    with pytest.raises(Refusal, match="ήδη ανατεθεί"):
        operations.ask_staff(programme, helper, ActionRole.ADMINISTRATIVE, **ask)
    with pytest.raises(Refusal, match="δεν υπηρετεί στο"):
        operations.ask_staff(programme, people.a_trainer(), ActionRole.TECHNICAL, **ask)
    with pytest.raises(Refusal, match="τεχνική ή διοικητική"):
        operations.ask_staff(programme, helper, ActionRole.TRAINER, **ask)
    operations.accept_assignment(asked, **by(helper))
    assert programme.staff.filter(person=helper, role="administrative").count() == 1
    with pytest.raises(StepRefusedError, match="η στελέχωσή της δεν ανακαλείται"):
        operations.recall_assignment(asked, reason="Λάθος.", **by(manager))


def test_the_pages_ask_answer_and_show_what_was_answered(
    client, login, set_clock, ranked, centre, manager
):
    period, near, _far = ranked
    draft = a_draft(period, centre)
    set_clock(LATER)
    login(client, manager)
    page = reverse("programmes:programme-work", args=[draft.pk])
    shown = markup(client.get(page))
    assert "Σειρά της κατάταξης" in shown
    assert shown.count("Επιλαχούσα") == 1
    client.post(page, {"next": "1", "message": "Θα χαρούμε."})
    asked = WorkAssignment.objects.get()
    assert "ρωτάται αυτόματα ο επόμενος" in markup(client.get(page))
    wrong = client.post(page, {"person": manager.pk, "role": "technical", "hours": "0"})
    assert wrong.status_code == 422
    client.post(page, {"person": manager.pk, "role": "technical", "hours": "12"})
    assert WorkAssignment.objects.filter(person=manager, hours=12).exists()
    login(client, near)
    assert draft.code in markup(client.get(reverse("programmes:work")))
    own = reverse("programmes:assignment", args=[asked.pk])
    text = markup(client.get(own))
    assert "Θα χαρούμε." in text
    assert "Δεν αποδέχομαι" in text
    client.post(reverse("kernel:step", args=["work_assignment", asked.pk, "accept"]))
    assert fresh(draft).trainer == near
    login(client, manager)
    proposal = markup(client.get(reverse("programmes:proposal", args=[draft.pk])))
    assert "Έγινε αποδεκτή" in proposal
    login(client, people.a_trainer())
    assert client.get(own).status_code == 404
    assert client.get(page).status_code == 404


def waits_of(officer):
    found = agenda.todos_of(act(officer), LATER)
    return [(one.title, one.url) for one in found if one.source == "programmes.nobody_left"]


def test_the_officer_is_told_while_nobody_is_left_to_ask(ranked, centre, manager, drain_jobs):
    period, near, far = ranked
    officer = people.officer()
    draft = a_draft(period, centre)
    line_ = (
        f"Δεν έμεινε κανείς να ερωτηθεί για το {draft.code}",
        reverse("programmes:programme-work", args=[draft.pk]),
    )
    assert waits_of(officer) == []
    first = operations.ask_next(draft, **by(manager))
    operations.decline_assignment(first, reason="Μετακόμισα.", **by(near))
    drain_jobs()
    assert waits_of(officer) == []
    second = WorkAssignment.objects.get(state="asked")
    operations.decline_assignment(second, reason="Απόσταση.", **by(far))
    drain_jobs()
    assert waits_of(officer) == [line_]
    assert waits_of(manager) == []
    third = operations.ask_by_hand(draft, near, reason="Επανήλθε.", **by(officer))
    assert waits_of(officer) == []
    operations.recall_assignment(third, reason="Λάθος πρόσωπο.", **by(officer))
    assert waits_of(officer) == [line_]
    Programme.objects.filter(pk=draft.pk).update(trainer=near)
    assert waits_of(officer) == []


def test_a_settled_call_in_which_nobody_applied_leaves_nobody_to_ask(centre):
    officer = people.officer()
    call = settled(a_call(line("B2.3", "KOZ", 1), officer=officer), officer)
    assert waits_of(officer) == []
    draft = a_draft(call.period, centre)
    assert [title for title, _ in waits_of(officer)] == [
        f"Δεν έμεινε κανείς να ερωτηθεί για το {draft.code}"
    ]
    assert waits_of(people.officer("iep")) == []


def test_somebody_out_of_order_is_asked_by_decision_with_its_reason(ranked, centre, manager):
    period, _near, far = ranked
    other = people.a_trainer()
    draft = a_draft(period, centre)
    with pytest.raises(ReasonMissingError):
        operations.ask_by_hand(draft, other, reason=" ", **by(manager))
    with pytest.raises(Refusal, match="δεν μπορεί να διδάξει αυτό το πρόγραμμα"):
        operations.ask_by_hand(draft, far, reason="Απόφαση 9.", **by(manager))
    asked = operations.ask_by_hand(draft, other, reason="Απόφαση 9.", **by(manager))
    assert (asked.person, asked.application, asked.role, asked.hours, asked.state) == (
        other, None, "trainer", 60, "asked",
    )  # fmt: skip
    assert asked.answer_by == LATER + timedelta(hours=72)
    told = journal.of(draft).filter(act__startswith="Ανάθεση με απόφαση").get()
    assert (told.reason, told.actor_id) == ("Απόφαση 9.", manager.pk)
    with pytest.raises(Refusal, match="Υπάρχει ήδη ανάθεση"):
        operations.ask_by_hand(draft, other, reason="Πάλι.", **by(manager))
    operations.accept_assignment(asked, **by(other))
    assert fresh(draft).trainer == other


def test_whoever_reached_the_limits_is_not_asked_by_decision_either(ranked, centre, manager):
    period, _near, _far = ranked
    ParameterSet.objects.create(
        action=period.action, version=1, valid_from=AT, reason="Όριο.",
        values={"trainer_hours_per_period": 60},
    )  # fmt: skip
    other = people.a_trainer()
    operations.ask_by_hand(a_draft(period, centre), other, reason="Απόφαση 9.", **by(manager))
    with pytest.raises(Refusal, match="πάνω από το όριο της περιόδου"):
        operations.ask_by_hand(a_draft(period, centre), other, reason="Κι εδώ.", **by(manager))


def test_a_page_whose_whole_ranking_is_passed_over_offers_no_next(
    client, login, set_clock, ranked, centre, manager
):
    period, _near, _far = ranked
    ParameterSet.objects.create(
        action=period.action, version=1, valid_from=AT, reason="Όριο.",
        values={"trainer_hours_per_period": 30},
    )  # fmt: skip
    set_clock(LATER)
    login(client, manager)
    draft = a_draft(period, centre)
    page = markup(client.get(reverse("programmes:programme-work", args=[draft.pk])))
    assert "Όσοι μένουν στην κατάταξη θα περνούσαν τα όριά τους" in page
    assert "Ανάθεση στον επόμενο" not in page
    assert "Ανάθεση με απόφαση" in page


def test_the_page_leads_to_a_decision_and_to_a_new_call_for_the_place(
    client, login, set_clock, ranked, centre, drain_jobs
):
    period, near, far = ranked
    officer, draft = people.officer(), a_draft(period, centre)
    set_clock(LATER)
    login(client, officer)
    page = reverse("programmes:programme-work", args=[draft.pk])
    hand = reverse("programmes:work-by-hand", args=[draft.pk])
    assert hand in markup(client.get(page))
    form = client.get(hand)
    offered = set(form.context["form"].fields["person"].queryset)
    assert (near in offered, far in offered) == (True, False)
    assert client.post(hand, {"person": near.pk}).status_code == 422
    client.post(hand, {"person": near.pk, "reason": "Απόφαση 9.", "message": "Καλό έργο."})
    asked = WorkAssignment.objects.get()
    assert (asked.person, asked.message) == (near, "Καλό έργο.")
    operations.decline_assignment(asked, reason="Όχι.", **by(near))
    drain_jobs()
    for row in WorkAssignment.objects.filter(state="asked"):
        operations.decline_assignment(row, reason="Όχι.", **by(row.person))
    drain_jobs()
    shown = client.get(page)
    assert "Δεν έμεινε κανείς να ερωτηθεί" in markup(shown)
    new = client.get(reverse("programmes:work-new", args=[period.action_id]), {
        "period": period.pk, "cluster": draft.cluster_id, "prefecture": centre.prefecture_id,
    })  # fmt: skip
    assert new.context["form"]["period"].value() == period.pk
    row = new.context["rows"].forms[0]
    assert (row["cluster"].value(), row["prefecture"].value(), row["places"].value()) == (
        draft.cluster_id, centre.prefecture_id, 1,
    )  # fmt: skip


def test_the_report_counts_who_was_asked_and_who_accepted(
    client, login, set_clock, ranked, centre, manager
):
    period, near, _far = ranked
    asked = operations.ask_next(a_draft(period, centre), **by(manager))
    operations.accept_assignment(asked, **by(near))
    set_clock(LATER)
    login(client, people.officer())
    address = reverse("kernel:report-export", args=["programmes.work", "csv"])
    lines = b"".join(client.get(address).streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].split(";")[-5:] == ["1", "2", "1", "1", "1"]
