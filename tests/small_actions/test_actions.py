"""Writing, approving, publishing and calling off small actions.

Shows: R-049.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.small_actions import operations
from didaskaleio.small_actions.errors import SmallActionRefusedError
from didaskaleio.small_actions.models import SmallAction
from tests.directory.structures import a_structure, a_term, head_of, regional
from tests.factories import people, structures
from tests.factories.courses import a_course
from tests.small_actions.world import (
    ENDS,
    STARTS,
    WRITTEN,
    actor,
    content,
    filled,
    published,
    register,
    states,
    written,
)

pytestmark = pytest.mark.django_db


def titles(person):
    return list(Notice.objects.filter(person_id=person).values_list("title", flat=True))


def test_a_workshop_of_a_centre_is_written_and_published_at_once(centre, manager):
    row = published(centre, manager)
    assert (row.state, row.code, row.host) == ("open", "ΜΔ-2023-0001", centre)
    assert (row.prefecture, row.body) == (centre.prefecture, centre.body)


def test_the_numbers_of_a_year_follow(centre, manager):
    assert [written(centre, manager).code[-4:] for _ in range(3)] == ["0001", "0002", "0003"]


@pytest.mark.parametrize("facts", [{"kind": "day"}, {"counts": True, "attested": True}])
def test_what_needs_approval_is_not_published_without(centre, manager, officer, facts):
    row = written(centre, manager, **facts)
    with pytest.raises(StepRefusedError, match="θέλει πρώτα έγκριση"):
        operations.publish(row, actor=manager, at=WRITTEN)
    operations.submit(row, actor=manager, at=WRITTEN)
    assert titles(officer.person_id) == ["Προς έγκριση: Μικροελεγκτές στην τάξη"]
    with pytest.raises(PermissionDenied):
        operations.approve(row, actor=manager, at=WRITTEN)
    operations.approve(row, actor=officer, at=WRITTEN)
    assert row.state == "open"
    assert titles(manager.person_id) == ["Εγκρίθηκε: Μικροελεγκτές στην τάξη"]


def test_what_needs_none_is_not_sent_for_approval(centre, manager):
    with pytest.raises(StepRefusedError, match="Δημοσιεύστε"):
        operations.submit(written(centre, manager), actor=manager, at=WRITTEN)


def test_a_returned_action_is_corrected_and_submitted_again(centre, manager, officer):
    row = written(centre, manager, kind="day")
    operations.submit(row, actor=manager, at=WRITTEN)
    operations.give_back(row, actor=officer, at=WRITTEN, reason="Γράψτε τους εισηγητές.")
    changed = content(centre, kind="day", speakers="Σύμβουλος Εκπαίδευσης")
    row = operations.revise(row, changed, actor=manager, at=WRITTEN)
    operations.submit(row, actor=manager, at=WRITTEN)
    assert (row.state, row.speakers) == ("submitted", "Σύμβουλος Εκπαίδευσης")


def test_an_action_whose_hour_has_passed_is_not_published(centre, manager):
    row = written(centre, manager)
    with pytest.raises(StepRefusedError, match="έχει περάσει"):
        operations.publish(row, actor=manager, at=STARTS)


def test_whoever_serves_a_term_in_a_structure_organises_there(at):
    keeper = actor(regional())
    structure = a_structure(keeper, at)
    head = people.a_person()
    with pytest.raises(PermissionDenied):
        written(structure, actor(head))
    a_term(head_of(structure), keeper, at, head)
    row = published(structure, actor(head))
    assert (row.host, row.body) == (structure, None)


def test_a_day_of_a_structure_without_body_is_approved_by_the_region(at):
    keeper = actor(regional())
    row = written(a_structure(keeper, at), keeper, kind="day")
    operations.submit(row, actor=keeper, at=WRITTEN)
    assert titles(keeper.person_id) == ["Προς έγκριση: Μικροελεγκτές στην τάξη"]
    operations.approve(row, actor=keeper, at=WRITTEN)
    assert row.state == "open"


def test_the_body_of_the_reused_course_seals_for_a_structure_without_body(at):
    keeper = actor(regional())
    structure = a_structure(keeper, at)
    with pytest.raises(SmallActionRefusedError, match="δεν ανήκει σε φορέα"):
        written(structure, keeper, counts=True, attested=True)
    unit = a_course().current.units.first()
    row = written(structure, keeper, counts=True, attested=True, unit=unit)
    assert row.body == structures.a_body()


def test_unit_and_material_are_of_one_course(centre, manager):
    unit = a_course().current.units.first()
    with pytest.raises(SmallActionRefusedError, match="άλλο αντικείμενο"):
        written(centre, manager, unit=unit, material=a_course().current.materials.first())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"venue": ""}, "venue"),
        ({"attested": True}, "counts"),
        ({"hours": 9}, "hours"),
        ({"starts_at": WRITTEN}, "starts_at"),
        ({"ends_at": STARTS}, "ends_at"),
    ],
)
def test_content_that_does_not_hold_is_refused_at_its_field(centre, manager, changes, field):
    with pytest.raises(SmallActionRefusedError) as refused:
        written(centre, manager, **changes)
    assert refused.value.code == field


def test_a_manager_of_another_centre_writes_nothing_here(centre):
    other = actor(people.a_centre_manager(structures.a_centre()))
    with pytest.raises(PermissionDenied):
        written(centre, other)


def test_everybody_with_a_seat_hears_of_another_hour(centre, manager):
    row = published(centre, manager)
    seated, waiting = filled(row, 2)[0], register(row, people.a_teacher())
    later = {"starts_at": STARTS + timedelta(days=1), "ends_at": ENDS + timedelta(days=1)}
    row = operations.revise(row, content(centre, **later), actor=manager, at=WRITTEN)
    assert row.revision == 1
    for seat in (seated, waiting):
        assert "Αλλαγή: Μικροελεγκτές στην τάξη" in titles(seat.person_id)


def test_a_description_changes_without_news(centre, manager):
    row = published(centre, manager)
    (seat, *_) = filled(row, 1)
    row = operations.revise(row, content(centre, about="Φέρτε φορητό."), actor=manager, at=WRITTEN)
    assert (row.revision, titles(seat.person_id)) == (0, ["Έχετε θέση: Μικροελεγκτές στην τάξη"])


def test_more_places_go_to_whoever_waits(centre, manager):
    row = published(centre, manager)
    filled(row, 4)
    operations.revise(row, content(centre, places=3), actor=manager, at=WRITTEN)
    assert states(row) == ["registered", "registered", "registered", "waiting"]


def test_places_are_not_taken_from_whoever_has_them(centre, manager):
    row = published(centre, manager)
    filled(row, 2)
    with pytest.raises(SmallActionRefusedError, match="Έχουν ήδη θέση 2"):
        operations.revise(row, content(centre, places=1), actor=manager, at=WRITTEN)


@pytest.mark.parametrize("changes", [{"title": "Άλλο"}, {"hours": 2}, {"kind": "sample"}])
def test_what_people_were_promised_stays(centre, manager, changes):
    row = published(centre, manager)
    with pytest.raises(SmallActionRefusedError, match="ματαιώστε"):
        operations.revise(row, content(centre, **changes), actor=manager, at=WRITTEN)


def test_what_waits_for_approval_does_not_change(centre, manager):
    row = written(centre, manager, kind="day")
    operations.submit(row, actor=manager, at=WRITTEN)
    with pytest.raises(SmallActionRefusedError, match="Προς έγκριση"):
        operations.revise(row, content(centre, kind="day"), actor=manager, at=WRITTEN)


def test_a_cancelled_action_tells_everybody_why(centre, manager):
    row = published(centre, manager)
    seats = filled(row, 3)
    operations.cancel(row, actor=manager, at=WRITTEN, reason="Ασθένεια του εισηγητή.")
    assert states(row) == ["called_off"] * 3
    for seat in seats:
        said = Notice.objects.get(person_id=seat.person_id, title__startswith="Ματαιώθηκε")
        assert "Ασθένεια του εισηγητή." in said.text


def test_it_is_recalled_once_a_day_before(centre, manager):
    row = published(centre, manager)
    seats = filled(row, 3)
    assert operations.remind_of_tomorrow(STARTS - timedelta(hours=25)) == 0
    assert operations.remind_of_tomorrow(STARTS - timedelta(hours=23)) == 1
    assert operations.remind_of_tomorrow(STARTS - timedelta(hours=22)) == 0
    reminded = Notice.objects.filter(kind="small_actions.reminder")
    assert sorted(reminded.values_list("person_id", flat=True)) == sorted(
        seat.person_id for seat in seats[:2]
    )
    assert SmallAction.objects.get().reminded_at == STARTS - timedelta(hours=23)
