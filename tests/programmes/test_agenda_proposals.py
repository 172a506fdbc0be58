"""What centres and trainers have to do about proposals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from didaskaleio.kernel.agenda import told
from didaskaleio.programmes import agenda, operations
from tests.factories import people, structures
from tests.factories.programmes import a_period, a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(at):
    period = a_period("proposing", proposals_close=at + timedelta(days=1))
    return a_programme("draft", period=period, centre=structures.a_centre())


def titles(found):
    return [todo.title for todo in told(found)]


def test_a_draft_waits_for_its_trainer_then_for_the_answer_of_the_centre(draft, actor_for, at):
    trainer = actor_for(draft.trainer)
    centre = actor_for(people.a_centre_manager(draft.centre))
    assert titles(agenda.of_trainer(trainer, at)) == [f"Συμφωνία με το ωρολόγιο του {draft.code}"]
    assert titles(agenda.answers(centre, at)) == []
    made = operations.suggest(draft, actor=trainer, at=at, message="Καλύτερα Τρίτη.")
    assert titles(agenda.of_trainer(trainer, at)) == []
    (todo,) = told(agenda.answers(centre, at))
    assert (todo.title, todo.detail, todo.url) == (
        f"Απάντηση στην πρόταση αλλαγών για το {draft.code}",
        "Καλύτερα Τρίτη.",
        reverse("programmes:proposal", args=[draft.pk]),
    )
    operations.answer(made, actor=centre, at=at, take=False)
    assert titles(agenda.answers(centre, at)) == []
    assert titles(agenda.of_trainer(trainer, at)) == [f"Συμφωνία με το ωρολόγιο του {draft.code}"]


def test_a_draft_is_asked_for_only_while_the_window_is_open(draft, actor_for, at):
    centre = actor_for(people.a_centre_manager(draft.centre))
    assert titles(agenda.of_centre(centre, at)) == [
        f"Ολοκλήρωση και υποβολή της πρότασης {draft.code}"
    ]
    assert titles(agenda.of_centre(centre, draft.period.proposals_close)) == []


def test_what_came_back_may_be_corrected_until_phase_a(draft, actor_for, at):
    type(draft).objects.filter(pk=draft.pk).update(state="returned", remarks="Λείπει η αίθουσα.")
    centre = actor_for(people.a_centre_manager(draft.centre))
    (todo,) = told(agenda.of_centre(centre, draft.period.proposals_close + timedelta(hours=1)))
    assert todo.title == f"Διόρθωση της πρότασης {draft.code}"
    assert todo.detail == "Παρατηρήσεις: Λείπει η αίθουσα."
    assert todo.due == draft.period.phase_a_opens


def test_another_centre_is_not_asked(draft, actor_for, at):
    other = actor_for(people.a_centre_manager(structures.a_centre("LAR")))
    assert titles(agenda.of_centre(other, at)) == []


def test_a_period_whose_programmes_ended_is_to_be_closed(actor_for, at):
    officer = actor_for(people.officer())
    period = a_period("running", last_day=at.date() - timedelta(days=1))
    a_programme("documented", period=period, slots=False)
    assert titles(agenda.of_periods(officer, at)) == ["Κλείσιμο της περιόδου"]
    a_programme("completed", period=period, slots=False)
    assert titles(agenda.of_periods(officer, at)) == []
