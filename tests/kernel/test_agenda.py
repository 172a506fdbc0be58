"""Sources of the agenda ask together whether anything waits.

Shows: R-134.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.kernel import agenda
from didaskaleio.kernel.agenda import SHOWN, Todo, present, shortened
from didaskaleio.people.models import Person
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def sources(monkeypatch):
    """``sources(one, two, …)``: the only sources of the agenda."""
    return lambda *found: monkeypatch.setattr(
        agenda, "_todos", {f"source{n}": one for n, one in enumerate(found)}
    )


@pytest.fixture
def actor(actor_for):
    return actor_for(people.a_person())


def of_those_called(name):
    rows = Person.objects.filter(surname=name).order_by("pk")
    return lambda _actor, _at: shortened(
        rows, lambda one: Todo(one.surname, f"/{one.pk}/"), rest="πρόσωπα", url="/all/"
    )


def queries_for(actor, at):
    with CaptureQueriesContext(connection) as asked:
        found = agenda.todos_of(actor, at)
    return len(asked), [(todo.title, todo.source) for todo in found]


def test_many_sources_with_nothing_to_say_cost_one_query(sources, actor, at):
    sources(*(of_those_called(f"Κανείς{n}") for n in range(9)))
    assert queries_for(actor, at) == (1, [])


def test_only_the_sources_that_have_rows_ask_again(sources, actor, at):
    people.a_person(surname="Γραμμένη")
    sources(of_those_called("Κανείς"), of_those_called("Γραμμένη"), of_those_called("Ούτε"))
    assert queries_for(actor, at) == (2, [("Γραμμένη", "source1")])


def test_a_source_that_asks_alone_only_looks(sources, actor, at):
    people.a_person(surname="Γραμμένη")
    sources(of_those_called("Γραμμένη"))
    assert queries_for(actor, at) == (1, [("Γραμμένη", "source0")])


def test_a_source_of_several_lists_says_all_of_them_in_their_order(sources, actor, at):
    for name in ("Πρώτη", "Τρίτη"):
        people.a_person(surname=name)

    def several(actor, at):
        for name in ("Πρώτη", "Δεύτερη", "Τρίτη"):
            yield from of_those_called(name)(actor, at)

    sources(several, of_those_called("Τρίτη"))
    assert queries_for(actor, at)[1] == [
        ("Πρώτη", "source0"),
        ("Τρίτη", "source0"),
        ("Τρίτη", "source1"),
    ]


def test_what_cannot_have_rows_is_nothing(sources, actor, at):
    def never(_actor, _at):
        if (yield from present(Person.objects.none())):
            yield Todo("Ποτέ", "/never/")

    sources(never, of_those_called("Κανείς"))
    assert queries_for(actor, at)[1] == []


def test_who_is_nobody_is_told_the_same(sources, at):
    from didaskaleio.kernel.access import NOBODY

    people.a_person(surname="Γραμμένη")
    sources(of_those_called("Γραμμένη"), of_those_called("Κανείς"))
    assert [todo.title for todo in agenda.todos_of(NOBODY, at)] == ["Γραμμένη"]


def test_a_long_list_ends_with_a_line_for_the_rest(sources, actor, at):
    for _ in range(SHOWN + 2):
        people.a_person(surname="Πολλή")
    sources(of_those_called("Πολλή"), of_those_called("Κανείς"))
    asked, found = queries_for(actor, at)
    assert (asked, len(found), found[-1][0]) == (3, SHOWN + 1, "Πολλή")
    assert ("Και άλλα 2: πρόσωπα", "source0") in found
