"""What a course or an action needs opened: owed, opened or not available, by whom and when.

Shows: R-006.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from didaskaleio.kernel import journal, lifecycle
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.models import Space
from didaskaleio.kernel.spaces import declared, operations, queries
from didaskaleio.kernel.spaces.agenda import of_operator
from didaskaleio.programmes import operations as programmes
from tests.factories import people
from tests.factories import programmes as make
from tests.factories.courses import a_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(actor_for):
    made = people.a_person()
    people.a_post(made, "operator")
    return actor_for(made)


@pytest.fixture
def action():
    return make.an_action(ready=False)


def states(thing):
    return {line.need.name: line.space and line.space.state for line in queries.of(thing).lines}


def test_what_an_action_needs_is_owed_until_somebody_decides(action, operator, at):
    assert set(states(action).values()) == {None}
    operations.open_space(action, "action.class_spaces", place=" Τάξη 5 ", actor=operator, at=at)
    operations.decline_space(
        action, "action.register", reason="Το τηρεί ο φορέας.", actor=operator, at=at
    )
    assert states(action) == {
        "action.seal": None,
        "action.class_spaces": "opened",
        "action.live_rooms": None,
        "action.register": "unavailable",
        "action.help_line": None,
    }
    assert queries.owed(action) == ["Ψηφιακή σφραγίδα του φορέα", "Αίθουσες τηλεδιάσκεψης"]
    row = Space.objects.get(need="action.class_spaces")
    assert (row.place, row.by_id, row.at) == ("Τάξη 5", operator.user_id, at)
    assert [entry.act for entry in journal.of(action)] == [
        "Χώρος: Μητρώο επιμορφωτών, δεν διατίθεται εδώ",
        "Χώρος: Ψηφιακές τάξεις, άνοιξε",
    ]


def test_opening_twice_changes_nothing_and_a_decision_is_taken_back_with_a_reason(
    action, operator, at
):
    first = operations.open_space(action, "action.live_rooms", place="Α", actor=operator, at=at)
    again = operations.open_space(action, "action.live_rooms", place="Β", actor=operator, at=at)
    assert (again.pk, again.place) == (first.pk, "Α")
    with pytest.raises(Refusal, match="έχει ήδη ανοίξει"):
        operations.decline_space(action, "action.live_rooms", reason="Όχι", actor=operator, at=at)
    with pytest.raises(Refusal, match="γιατί αναιρείται"):
        operations.reset_space(action, "action.live_rooms", reason=" ", actor=operator, at=at)
    operations.reset_space(action, "action.live_rooms", reason="Λάθος.", actor=operator, at=at)
    assert states(action)["action.live_rooms"] is None


def test_what_no_room_opens_wants_its_place_and_no_stranger_decides(
    action, operator, actor_for, at
):
    with pytest.raises(Refusal, match="πού άνοιξε"):
        operations.open_space(action, "action.live_rooms", actor=operator, at=at)
    with pytest.raises(PermissionDenied):
        operations.open_space(
            action, "action.live_rooms", place="Α", actor=actor_for(people.officer()), at=at
        )


def test_a_room_that_exists_opens_its_space_itself(operator, at):
    course = a_course("offered")
    made = operations.open_space(course, "course.sheet", actor=operator, at=at)
    assert made.place == reverse("courses:about", args=[course.pk])
    with pytest.raises(ValueError, match="two rooms"):
        declared.provides("course.sheet")(lambda *_: "")
    draft = a_course("design")
    assert course.pk in [board.thing.pk for board in queries.boards()]
    assert draft.pk not in [board.thing.pk for board in queries.boards()]


def test_applications_wait_by_hand_and_by_the_clock_until_the_action_is_ready(action, operator, at):
    period = make.a_period("proposing", action=action)
    make.a_programme("approved", period=period)
    with pytest.raises(StepRefusedError, match=r"Η δράση δεν είναι έτοιμη\. .*Ψηφιακές τάξεις"):
        programmes.open_applications_of_action(action, actor=SYSTEM, at=at)
    assert lifecycle.fire_due(period.phase_a_opens) == 0
    make.the_spaces(action)
    assert lifecycle.fire_due(period.phase_a_opens) == 1
    action.refresh_from_db()
    assert action.state == "applications_open"


def test_the_board_shows_what_is_owed_and_takes_the_decision(
    action, client, login, set_clock, at, actor_for
):
    set_clock(at)
    person = people.a_person()
    people.a_post(person, "operator")
    login(client, person)
    assert action.title in " ".join(todo.title for todo in of_operator(actor_for(person), at))
    page = client.get(reverse("kernel:spaces")).content.decode()
    assert "Αίθουσες τηλεδιάσκεψης" in page
    label = journal.label(action)
    url = reverse("kernel:space", args=[label, action.pk, "action.live_rooms"])
    assert client.post(url, {"act": "open", "text": "Λογαριασμός 4"}).status_code == 302
    assert states(action)["action.live_rooms"] == "opened"
    page = client.get(reverse("kernel:spaces")).content.decode()
    assert "Λογαριασμός 4" in page
    assert reverse("programmes:action", args=[action.pk]) not in page  # it would not open
    page = client.post(url, {"act": "άλλο"}, follow=True).content.decode()
    assert "Διαλέξτε αν ο χώρος άνοιξε" in page
    login(client, people.a_person())
    assert client.post(url, {"act": "reset", "text": "Λάθος"}).status_code == 403


@pytest.mark.parametrize(
    ("place", "address"),
    [("/courses/1/about/", "/courses/1/about/"), ("Τάξη 4", ""), ("//x.gr", "")],
)
def test_a_place_is_a_link_only_when_it_is_a_page_of_the_platform(place, address):
    assert Space(place=place).address == address
