"""Pages of small actions: catalogue, one action, desk, form, roll, code of the room.

Shows: R-049.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.credentials.models import Credential
from didaskaleio.kernel.reports import Query, known
from didaskaleio.people.models import Person
from didaskaleio.small_actions import operations, queries
from didaskaleio.small_actions.models import SmallAction
from tests.factories import people, structures
from tests.factories.courses import a_course
from tests.markup import markup
from tests.small_actions.world import (
    OVER,
    STARTS,
    WRITTEN,
    actor,
    begun,
    filled,
    letters,
    published,
    register,
    states,
    written,
)

pytestmark = pytest.mark.django_db
DURING = STARTS + timedelta(minutes=20)
FORM = {
    "kind": "workshop",
    "title": "Νέο εργαστήριο",
    "day": "2023-02-10",
    "start": "17:00",
    "end": "20:00",
    "venue": "Αίθουσα 3",
    "places": "15",
    "hours": "3",
}


@pytest.fixture(autouse=True)
def now(set_clock):
    set_clock(WRITTEN)


@pytest.fixture
def teacher(db):
    return people.a_teacher()


def page_of(row, name="action"):
    return reverse(f"small_actions:{name}", args=[row.pk])


def asked(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_a_teacher_registers_from_the_catalogue(client, login, centre, manager, teacher):
    row = published(centre, manager)
    login(client, teacher)
    assert f'href="{page_of(row)}"' in markup(client.get(reverse("small_actions:catalogue")))
    assert "Εγγραφή" in markup(client.get(page_of(row)))
    page = markup(client.post(page_of(row, "register"), follow=True))
    assert "Έχετε θέση. Η δράση μπήκε στο ημερολόγιό σας." in page
    assert "Απόσυρση" in page
    assert "Οι εγγραφές μου" in markup(client.get(reverse("small_actions:catalogue")))


def test_whoever_comes_when_it_is_full_sees_the_place_in_the_queue(
    client, login, centre, manager, teacher
):
    row = published(centre, manager)
    filled(row, 3)
    page = markup(login(client, teacher).post(page_of(row, "register"), follow=True))
    assert "Μπήκατε στην αναμονή" in page
    assert "2η σειρά στην αναμονή" in page


def test_a_seat_is_given_back_by_its_button(client, login, centre, manager, teacher):
    row = published(centre, manager)
    seat = register(row, teacher)
    login(client, teacher).post(
        reverse("kernel:step", args=["small_action_seat", seat.pk, "withdraw"])
    )
    assert states(row) == ["withdrawn"]


def test_the_catalogue_shows_what_is_for_oneself_and_all_on_request(
    client, login, centre, manager, teacher
):
    mine = published(centre, manager, title="Για τον νομό", for_prefecture=centre.prefecture)
    other = published(
        centre, manager, title="Για άλλους", for_prefecture=structures.a_prefecture("HER")
    )
    login(client, teacher)
    shown = client.get(reverse("small_actions:catalogue"))
    assert list(shown.context["page"]) == [mine]
    every = client.get(reverse("small_actions:catalogue"), {"everybody": "on"})
    assert list(every.context["page"]) == [mine, other]
    words = client.get(reverse("small_actions:catalogue"), {"q": "νομο", "kind": "workshop"})
    assert list(words.context["page"]) == [mine]


def test_whoever_organises_finds_the_kit_of_the_course_that_is_reused(
    client, login, centre, manager, teacher
):
    course = a_course()
    row = published(centre, manager, unit=course.current.units.first())
    assert f"/courses/{course.pk}/kit/" in markup(
        organiser(client, login, manager).get(page_of(row))
    )
    page = markup(login(client, teacher).get(page_of(row)))
    assert f"/courses/{course.pk}/about/" in page
    assert "Ενότητα: Ψηφιακά περιβάλλοντα και κοινότητα της τάξης" in page


def test_drafts_are_seen_by_organisers_alone(client, login, centre, manager, teacher):
    row = written(centre, manager)
    assert login(client, teacher).get(page_of(row)).status_code == 404
    assert (
        login(client, Person.objects.get(pk=manager.person_id)).get(page_of(row)).status_code == 200
    )


def test_the_link_of_the_meeting_is_for_whoever_has_a_place(
    client, login, centre, manager, teacher
):
    link = "https://tilediaskepsi.example/1"
    row = published(centre, manager, venue="", meeting_url=link, places=1)
    login(client, teacher)
    assert link not in markup(client.get(page_of(row)))
    register(row, teacher)
    assert link in markup(client.get(page_of(row)))


def organiser(client, login, manager):
    return login(client, Person.objects.get(pk=manager.person_id))


def test_one_short_form_makes_an_action(client, login, centre, manager):
    organiser(client, login, manager)
    answer = client.post(reverse("small_actions:new"), FORM | {"host": f"centre:{centre.pk}"})
    row = SmallAction.objects.get()
    assert answer["Location"] == page_of(row)
    assert (row.title, row.host, row.places, row.state) == ("Νέο εργαστήριο", centre, 15, "draft")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"venue": ""}, "Γράψτε τον χώρο"),
        ({"end": "16:00"}, "μετά την έναρξη"),
        ({"hours": "9"}, "χωρούν 4 διδακτικές ώρες"),
        ({"schools": "1234567"}, "Δεν υπάρχει σχολείο με κωδικό: 1234567"),
        ({"day": "2023-03-26", "start": "03:30"}, "δεν υπάρχει"),
    ],
)
def test_the_form_says_what_to_correct(client, login, centre, manager, changes, words):
    organiser(client, login, manager)
    given = FORM | {"host": f"centre:{centre.pk}"} | changes
    answer = client.post(reverse("small_actions:new"), given)
    assert answer.status_code == 422
    assert words in markup(answer)


def test_no_host_of_others_is_taken(client, login, centre, manager):
    other = structures.a_centre()
    organiser(client, login, manager)
    answer = client.post(reverse("small_actions:new"), FORM | {"host": f"centre:{other.pk}"})
    assert (answer.status_code, SmallAction.objects.count()) == (422, 0)


def test_the_form_of_an_action_comes_back_as_it_stands(client, login, centre, manager):
    row = written(centre, manager, schools=[structures.a_school()], speakers="Ομάδα Κ.Σ.Ε.")
    organiser(client, login, manager)
    form = client.get(page_of(row, "edit")).context["form"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in given.items() if value not in (None, False)}
    given |= {"day": "2023-01-26", "start": "17:00", "end": "20:00", "clusters": []}
    assert client.post(page_of(row, "edit"), given)["Location"] == page_of(row)
    again = SmallAction.objects.get()
    assert (again.starts_at - row.starts_at, again.speakers) == (timedelta(days=1), "Ομάδα Κ.Σ.Ε.")
    assert again.schools.count() == 1


def test_whoever_organises_nothing_is_told_where_to_ask(client, login, teacher):
    assert login(client, teacher).get(reverse("small_actions:new")).status_code == 404
    assert "Δεν οργανώνετε δράσεις" in markup(client.get(reverse("small_actions:desk")))


def test_the_roll_is_closed_by_ticking_who_was_there(client, login, centre, manager, set_clock):
    row = published(centre, manager)
    seats = filled(row, 2)
    begun(row)
    set_clock(OVER)
    organiser(client, login, manager)
    page = markup(client.post(page_of(row, "roll"), {"present": [seats[1].pk]}, follow=True))
    assert states(row) == ["absent", "attended"]
    assert "1 παρουσία, 1 απουσία" in page


def test_the_code_on_the_screen_is_what_the_phone_declares(
    client, login, centre, manager, teacher, set_clock
):
    row = published(centre, manager)
    register(row, teacher)
    begun(row)
    set_clock(DURING)
    page = markup(organiser(client, login, manager).get(page_of(row, "code")))
    code = letters(row, DURING)
    assert f"{code[:3]} {code[3:]}" in page
    assert "<strong>0</strong> από 1 δήλωσαν παρουσία." in page
    login(client, teacher)
    form = client.get(page_of(row, "check-in"), {"code": code})
    assert f'value="{code}"' in markup(form)
    client.post(page_of(row, "check-in"), {"code": code})
    assert states(row) == ["attended"]
    assert "Η παρουσία σας δηλώθηκε" in markup(client.get(page_of(row, "check-in")))
    part = organiser(client, login, manager).get(
        page_of(row, "code"), headers={"HX-Request": "true"}
    )
    assert "<strong>1</strong> από 1 δήλωσαν παρουσία." in markup(part)


def test_the_attestation_is_found_from_the_roll_and_verified_by_anybody(
    client, login, centre, manager, officer, teacher, authority, drain_jobs, set_clock
):
    row = written(centre, manager, counts=True, attested=True)
    operations.submit(row, actor=manager, at=WRITTEN)
    operations.approve(row, actor=officer, at=WRITTEN)
    seat = register(row, teacher)
    row = begun(row)
    set_clock(OVER)
    operations.complete(row, [seat.pk], actor=manager, at=OVER)
    drain_jobs()
    credential = Credential.objects.get()
    page = markup(organiser(client, login, manager).get(page_of(row, "roll")))
    assert credential.number in page
    client.logout()
    check = markup(client.get(reverse("credentials:check", args=[credential.code])))
    assert "Βεβαίωση συμμετοχής" in check
    assert row.title in check
    login(client, teacher)
    assert client.get(reverse("credentials:mine")).status_code == 200


def test_lists_ask_as_much_for_three_as_for_one(client, login, centre, manager, teacher):
    def one_more():
        row = published(centre, manager)
        register(row, teacher)
        filled(row, 1)
        return row

    row = one_more()
    own = [reverse("small_actions:catalogue"), page_of(row)]
    kept = [reverse("small_actions:desk"), page_of(row)]
    reports = ("small_actions.actions", "small_actions.seats")
    kept += [reverse("kernel:report", args=[name]) for name in reports]
    before = [asked(login(client, teacher), each) for each in own]
    before += [asked(organiser(client, login, manager), each) for each in kept]
    for _ in range(2):
        one_more()
    after = [asked(login(client, teacher), each) for each in own]
    after += [asked(organiser(client, login, manager), each) for each in kept]
    assert after == before


def test_the_roll_asks_as_much_for_three_as_for_one(client, login, centre, manager, set_clock):
    row = published(centre, manager, places=5)
    filled(row, 1)
    begun(row)
    set_clock(OVER)
    organiser(client, login, manager)
    before = asked(client, page_of(row, "roll"))
    other = published(centre, manager, places=5)
    filled(other, 3)
    begun(other)
    assert asked(client, page_of(other, "roll")) == before


def test_the_reports_add_up_places_people_and_hours(centre, manager):
    row = published(centre, manager)
    seats = filled(row, 3)
    row = begun(row)
    operations.complete(row, [seats[0].pk], actor=manager, at=OVER)
    report = known["small_actions.actions"]
    (found,) = report.selected(manager, OVER, Query({}, "", ""))
    assert (found.places, found.taken, found.queue, found.attended, found.given) == (2, 2, 0, 1, 3)
    named = known["small_actions.seats"].selected(manager, OVER, Query({}, "", ""))
    assert [seat.state for seat in named] == ["attended", "absent", "unplaced"]
    stranger = people.a_centre_manager(structures.a_centre())
    assert not queries.hosts_for(manager, OVER)[1:]
    assert not report.selected(actor(stranger), OVER, Query({}, "", ""))
