"""Entries of the directory: found by words, type and place, kept by whoever answers for them.

Shows: R-013.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from didaskaleio.directory import operations, queries
from didaskaleio.directory.enums import OfficeKind
from didaskaleio.directory.errors import OfficeRefusedError, StructureRefusedError
from didaskaleio.directory.models import Structure
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import OvertakenError, ReasonMissingError
from didaskaleio.structures.models import Directorate
from tests.directory.structures import a_structure, a_term, content, of_ministry, regional
from tests.factories import people
from tests.factories.structures import a_body, a_prefecture

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(at):
    """``found(**asked)``: the names that a search gives."""

    def ask(**asked):
        rows = queries.search(queries.working(localdate(at)), **asked)
        return [row.name for row in rows]

    return ask


def test_words_find_a_structure_without_accents_capitals_or_dots(actor_for, at, found):
    ministry = actor_for(of_ministry())
    a_structure(ministry, at, name="Ε.Κ.Φ.Ε. Κοζάνης")
    a_structure(ministry, at, code="KESYP", name="Κέντρο Βέροιας", place="IMA", town="Βέροια")
    assert found(q="εκφε ΚΟΖΑΝΗ") == ["Ε.Κ.Φ.Ε. Κοζάνης"]
    assert found(q="κε.συπ βεροια") == ["Κέντρο Βέροιας"]
    assert found(q="κοζανη βεροια") == []
    assert found(prefecture=a_prefecture("IMA")) == ["Κέντρο Βέροιας"]
    assert found(prefecture__region=a_prefecture("KOZ").region) == ["Ε.Κ.Φ.Ε. Κοζάνης"]


def test_a_new_structure_has_the_office_of_its_head_and_is_found_as_vacant(
    structure, officer, at, found
):
    assert [o.words for o in queries.offices_of(structure)] == ["Υπεύθυνος/η"]
    assert found(vacant=True) == [structure.name]
    a_term(structure.offices.get(), officer, at)
    assert found(vacant=True) == []


def test_the_same_structure_is_not_entered_twice(structure, officer, at):
    with pytest.raises(StructureRefusedError, match="Υπάρχει ήδη δομή του ίδιου τύπου"):
        a_structure(officer, at, name=structure.name.upper())
    assert Structure.objects.count() == 1


@pytest.mark.parametrize(
    ("place", "body", "may"),
    [("KOZ", None, True), ("THS", None, False), ("THS", "itye", False)],
)
def test_a_regional_officer_enters_in_the_own_region_alone(officer, at, place, body, may):
    facts = content(place=place, body=a_body(body) if body else None)
    if may:
        assert operations.enter(actor=officer, at=at, **facts).pk
    else:
        with pytest.raises(StructureRefusedError, match="δεν είναι στη δική σας ευθύνη"):
            operations.enter(actor=officer, at=at, **facts)


def test_an_officer_of_a_body_keeps_its_structures_and_no_others(actor_for, structure, at):
    officer = actor_for(people.officer("itye"))
    own = a_structure(officer, at, place="THS", body=a_body("itye"))
    assert list(access.visible(officer, "structure.keep", Structure.objects.all())) == [own]
    with pytest.raises(PermissionDenied):
        operations.revise(structure, actor=officer, at=at, phone="1")


def test_a_structure_is_not_moved_to_a_place_of_somebody_else(structure, officer, at):
    with pytest.raises(StructureRefusedError, match="δεν είναι στη δική σας ευθύνη"):
        operations.revise(structure, actor=officer, at=at, prefecture=a_prefecture("THS"))
    structure.refresh_from_db()
    assert structure.prefecture.code == "KOZ"


def test_a_directorate_of_another_prefecture_is_refused(officer, at):
    other = Directorate.objects.filter(prefecture__code="THS").first()
    with pytest.raises(StructureRefusedError, match="άλλου νομού"):
        a_structure(officer, at, directorate=other)


def test_a_structure_inside_another_that_is_inside_a_third_is_refused(officer, at):
    whole = a_structure(officer, at, code="KYPEK")
    part = a_structure(officer, at, parent=whole)
    with pytest.raises(StructureRefusedError, match="δεν ανήκει η ίδια κάπου"):
        a_structure(officer, at, parent=part)


def test_a_change_is_journalled_with_what_changed(structure, officer, at):
    operations.revise(structure, actor=officer, at=at, phone="2461099999", town="Κοζάνη")
    entry = journal.of(structure).first()
    assert (entry.act, entry.data) == (operations.LISTED, {"phone": "2461099999"})


def test_of_two_officers_the_later_save_is_told(structure, officer, at):
    seen = journal.latest(structure, operations.LISTED)
    operations.revise(structure, actor=officer, at=at, phone="1", seen=seen)
    with pytest.raises(OvertakenError):
        operations.revise(structure, actor=officer, at=at, phone="2", seen=seen)


def test_a_closed_structure_leaves_the_list_once_nobody_holds_an_office(
    structure, head, officer, at, found
):
    held = a_term(head, officer, at)
    with pytest.raises(StructureRefusedError, match="Υπάρχουν θητείες"):
        operations.close(structure, actor=officer, at=at, reason="ν. 1/2023")
    operations.release(held, actor=officer, at=at, reason="Κατάργηση.")
    with pytest.raises(ReasonMissingError):
        operations.close(structure, actor=officer, at=at, reason=" ")
    operations.close(structure, actor=officer, at=at, reason="ν. 1/2023")
    assert found() == []
    with pytest.raises(OfficeRefusedError, match="καταργηθεί"):
        operations.found(structure, kind=OfficeKind.STAFF, actor=officer, at=at)


def test_a_second_head_is_refused_and_more_staff_are_not(structure, officer, at):
    by = {"actor": officer, "at": at}
    with pytest.raises(OfficeRefusedError, match="ήδη τέτοια θέση"):
        operations.found(structure, kind=OfficeKind.HEAD, **by)
    for _ in range(2):
        operations.found(structure, kind=OfficeKind.STAFF, title="Γραμματεία", **by)
    operations.found(structure, kind=OfficeKind.DEPUTY, **by)
    words = [office.words for office in queries.offices_of(structure)]
    assert words == ["Υπεύθυνος/η", "Αναπληρωτής/τρια υπευθύνου", "Γραμματεία", "Γραμματεία"]


def test_an_office_is_abolished_when_it_is_vacant_and_may_be_made_anew(
    structure, head, officer, at
):
    held = a_term(head, officer, at)
    by = {"actor": officer, "at": at, "reason": "Απόφαση 5/2023"}
    with pytest.raises(OfficeRefusedError, match="έχει θητεία"):
        operations.abolish(head, **by)
    operations.release(held, **by)
    operations.abolish(head, **by)
    assert list(queries.vacancies()) == []
    assert operations.found(structure, kind=OfficeKind.HEAD, actor=officer, at=at).pk != head.pk


def test_a_stranger_region_changes_no_office(head, actor_for, at):
    stranger = actor_for(regional("THS"))
    with pytest.raises(PermissionDenied):
        operations.amend(head, actor=stranger, at=at, title="Ξ", remind_days=1)
