"""The front page and the personal home.

Shows: R-134.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.kernel import agenda
from didaskaleio.kernel.agenda import SHOWN, Appointment
from didaskaleio.portal import queries
from tests.factories import people, structures
from tests.factories.courses import a_course
from tests.factories.enrolment import a_draft, an_application
from tests.factories.programmes import DATES, a_period, a_programme, an_action
from tests.markup import markup

pytestmark = pytest.mark.django_db
MOST = 40  # queries of a home, whatever it holds
FEW = 34  # of those who are most


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_front_page_begins_with_the_open_phase_and_its_deadline(client, set_clock, at):
    set_clock(at)
    later = a_period("proposing", title="Η επόμενη", phase_a_opens=at + timedelta(days=90),
                     phase_a_closes=at + timedelta(days=99), phase_b_opens=at + timedelta(days=101),
                     phase_b_closes=at + timedelta(days=103))  # fmt: skip
    open_now = a_period("phase_a", title="Η ανοιχτή")
    found = queries.public_periods(at)
    assert [period for period, _phases in found["periods"]] == [open_now, later]
    assert (found["first"].what, found["first"].at) == (
        "Λήγει η υποβολή αιτήσεων",
        open_now.phase_a_closes,
    )
    page = markup(client.get("/"))
    assert page.index("Η ανοιχτή") < page.index("Η επόμενη")
    assert "Παρασκευή 20 Ιανουαρίου 2023, 15:00" in page


def test_periods_beyond_the_second_are_folded(client, set_clock, at):
    set_clock(at)
    for number in range(4):
        a_period("running", title=f"Περίοδος {number}", announced_at=at - timedelta(days=number))
    page = markup(client.get("/"))
    assert page.count('<h2 id="period-') == 2
    assert page.count('<details class="fold fold--line"><summary>Περίοδος') == 2
    assert page.count("Άλλες περίοδοι") == 1
    assert page.count("<section") == page.count("</section>")


def test_drafts_and_cancelled_periods_are_not_public(client, set_clock, at):
    set_clock(at)
    a_period("draft", title="Το πρόχειρο")
    a_period("cancelled", title="Η ματαιωμένη")
    page = markup(client.get("/"))
    assert "Το πρόχειρο" not in page
    assert "Η ματαιωμένη" not in page
    assert "Καμία περίοδος σε εξέλιξη" in page


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (people.a_teacher, "Η επιμόρφωσή μου"),
        (people.a_trainer, "Οι εργασίες μου"),
        (people.officer, "Οι εργασίες μου"),
        (people.ministry_officer, "Οι εργασίες μου"),
        (people.an_operator, "Οι εργασίες μου"),
    ],
)
def test_each_role_has_its_home(client, login, make, title):
    page = markup(login(client, make()).get(reverse("portal:home")))
    assert f"<h1>{title}</h1>" in page


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(reverse("portal:home"))["Location"] == "/login/?next=%2Fhome%2F"


def test_the_period_of_the_own_application_is_shown(actor_for, at):
    a_period("phase_a")
    own = a_period("running", starts_at=at - timedelta(days=3))
    teacher = an_application(period=own, preferences=[a_programme(period=own).code]).person
    assert queries.home(actor_for(teacher), at)["period"] == own


@pytest.mark.parametrize("make", [people.an_operator, people.a_person])
def test_whom_no_period_concerns_sees_none(actor_for, at, make):
    a_period("phase_a")
    found = queries.home(actor_for(make()), at)
    assert (found["period"], found["phases"], found["funding"]) == (None, [], "")


def test_a_figure_of_one_is_said_in_the_singular(actor_for, at):
    centre = structures.a_centre()
    a_programme("draft", period=a_period("proposing"), centre=centre, slots=False)
    (section,) = queries.home(actor_for(people.a_centre_manager(centre)), at)["sections"]
    labels = [(figure.value, figure.label) for figure in section.blocks[0].figures]
    assert (labels[0], labels[-1]) == ((1, "πρόταση"), (0, "ολοκληρωμένα"))


def test_without_application_the_open_phase_is_shown(actor_for, at):
    first = a_period("phase_a")
    a_period("phase_b")
    a_period("announced", announced_at=at)
    assert queries.home(actor_for(people.a_teacher()), at)["period"] == first


def test_a_learner_with_nothing_to_do_finds_the_next_date_in_its_place(
    client, login, set_clock, at
):
    set_clock(at)
    opens = at + timedelta(days=90)
    a_period("proposing", title="Η επόμενη", phase_a_opens=opens,
             phase_a_closes=at + timedelta(days=99), phase_b_opens=at + timedelta(days=101),
             phase_b_closes=at + timedelta(days=103))  # fmt: skip
    page = login(client, people.a_teacher()).get(reverse("portal:home"))
    first = page.context["first"]
    assert (first.title, first.detail, first.due) == (
        "Άνοιγμα αιτήσεων",
        "Η επόμενη",
        opens,
    )
    text = markup(page)
    assert "Τίποτα δεν εκκρεμεί" in text
    assert '<p class="eyebrow">Επόμενη ημερομηνία</p>' in text
    assert "<strong>Τρίτη 18 Απριλίου 2023, 10:00</strong>" in text


def test_whoever_works_here_finds_dates_beside_the_tasks_only(actor_for, at):
    a_period("phase_a")
    found = queries.home(actor_for(people.officer()), at)
    assert (found["first"], found["todos"]) == (None, [])
    assert [(line.title, line.date.starts_at) for line in found["dates"]][:1] == [
        ("Λήξη υποβολής αιτήσεων", DATES["phase_a_closes"])
    ]


@pytest.mark.parametrize(("starts", "shown"), [(59, True), (-30, True), (61, False), (-91, False)])
def test_a_meeting_within_the_hour_stands_above_the_deadline(
    client, login, set_clock, at, monkeypatch, starts, shown
):
    set_clock(at)
    begin = at + timedelta(minutes=starts)
    meeting = Appointment("m", "Η συνάντηση", begin, begin + timedelta(minutes=90), "/m/")
    monkeypatch.setitem(agenda._dates, "test", lambda _actor, _at: [meeting])
    page = markup(login(client, people.a_teacher()).get(reverse("portal:home")))
    assert ('class="soon card"' in page) is shown


def test_a_cancelled_meeting_is_not_about_to_begin(actor_for, at, monkeypatch):
    meeting = Appointment("m", "Η συνάντηση", at, at + timedelta(hours=1), cancelled=True)
    monkeypatch.setitem(agenda._dates, "test", lambda _actor, _at: [meeting])
    assert queries.home(actor_for(people.a_teacher()), at)["soon"] is None


def test_the_officer_sees_the_figures_of_the_own_body_only(actor_for, at):
    period = a_period("phase_b")
    for state in ("viable", "viable", "filling"):
        a_programme(state, period=period, slots=False)
    an_application(period=period, preferences=["X"])
    a_period("phase_a", action=an_action(body=structures.a_body("iep")))
    sections = queries.home(actor_for(people.officer("itye")), at)["sections"]
    figures = [(f.label, f.value) for block in sections[0].blocks for f in block.figures]
    assert figures == [("προγράμματα", 3), ("αίτηση", 1), ("βιώσιμα", 2), ("συμπληρώνεται", 1)]


def test_the_ministry_counts_programmes_by_regional_unit(actor_for, at):
    period = a_period("phase_a")
    centre = structures.a_centre("KOZ")
    a_programme("open", period=period, centre=centre, slots=False)
    a_programme("cancelled", period=period, centre=centre, slots=False)
    a_programme("draft", period=period, centre=centre, slots=False)
    found = queries.home(actor_for(people.ministry_officer()), at)["units_map"]
    assert found == {centre.regional_unit.code: 1}


def test_the_foot_names_the_project_of_a_funded_action_only(client, login, set_clock, at):
    set_clock(at)
    project = structures.the_project()
    a_period("phase_a", action=an_action(project=project))
    page = login(client, people.a_teacher()).get(reverse("portal:home"))
    assert page.context["funding"].startswith(f"Η Πράξη {project.code}")
    assert "d-funding" in markup(page)
    assert "d-funding" not in markup(client.get(reverse("portal:help")))


def test_a_long_list_of_tasks_is_cut_with_a_line_for_the_rest(actor_for, at):
    centre = structures.a_centre()
    period = a_period("proposing", proposals_close=at + timedelta(days=1))
    trainer = people.a_trainer()
    for _ in range(SHOWN + 3):
        a_programme("draft", period=period, centre=centre, trainer=trainer, slots=False)
    todos = agenda.todos_of(actor_for(people.a_centre_manager(centre)), at)
    assert len(todos) == SHOWN + 1
    assert (todos[-1].title, todos[-1].url) == (
        "Και άλλα 3: προτάσεις προς υποβολή",
        reverse("programmes:centre"),
    )


def test_the_home_asks_as_many_queries_for_three_as_for_one(client, login, set_clock, at):
    set_clock(at)
    officer = login(client, people.officer())
    centre = structures.a_centre()

    def add():
        period = a_period("phase_b")
        for state in ("viable", "filling", "checked"):
            a_programme(state, period=period, centre=centre, slots=False)
        a_course("approved")

    add()
    once = queries_of(officer, reverse("portal:home"))
    add()
    add()
    assert queries_of(officer, reverse("portal:home")) == once <= MOST


def test_the_home_of_a_centre_asks_as_many_queries_for_three_as_for_one(
    client, login, set_clock, at
):
    set_clock(at)
    centre = structures.a_centre()
    period = a_period("proposing", proposals_close=at + timedelta(days=1))
    manager = login(client, people.a_centre_manager(centre))
    a_programme("draft", period=period, centre=centre, slots=False)
    once = queries_of(manager, reverse("portal:home"))
    a_programme("returned", period=period, centre=centre, slots=False)
    a_programme("draft", period=period, centre=centre, slots=False)
    assert queries_of(manager, reverse("portal:home")) == once <= MOST


@pytest.mark.parametrize("make", [people.a_teacher, people.a_trainer])
def test_the_home_of_who_teaches_asks_few_queries(client, login, set_clock, at, make):
    set_clock(at)
    period = a_period("phase_a")
    person = make()
    a_programme("open", period=period, trainer=person, slots=False)
    a_draft(period=period, person=person)
    assert queries_of(login(client, person), reverse("portal:home")) <= FEW
