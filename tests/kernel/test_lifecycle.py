"""Life cycles: one way to take a step, locked, permitted, journalled, announced."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from didaskaleio.kernel import access, events, journal, lifecycle
from didaskaleio.kernel.access import Actor, HeldPost
from didaskaleio.kernel.errors import ReasonMissingError, Refusal, StepRefusedError
from didaskaleio.kernel.models import JournalEntry

AT = datetime(2023, 1, 18, 8, 0, tzinfo=UTC)
KEEPER = Actor(None, "Φύλακας Δοκιμής", frozenset({HeldPost("keeper", "room", 7)}))
STRANGER = Actor(None, "Άλλος", frozenset({HeldPost("keeper", "room", 8)}))


@pytest.fixture
def toys(db):
    from tests.kernel import toys as module

    lifecycle.known["box"] = module.BOX
    access.register.rules.setdefault(
        "box.shut", access.Holds("keeper", "room", within="shelf__room") | access.Own("owner_id")
    )
    access.register.rules.setdefault("box.rot", access.BySystem())
    with connection.schema_editor() as editor:
        editor.create_model(module.Shelf)
        editor.create_model(module.Box)
    yield module
    module.forget()


@pytest.fixture
def box(toys):
    return toys.Box.objects.create(shelf=toys.Shelf.objects.create(room=7), owner_id=41)


def test_a_step_changes_the_state_and_writes_who_when_and_from_where(toys, box):
    toys.shut(box, actor=KEEPER, at=AT)
    box.refresh_from_db()
    assert box.state == "shut"
    entry = journal.of(box).get()
    assert (entry.act, entry.step, entry.source, entry.target) == (
        "Κλείσιμο",
        "shut",
        "open",
        "shut",
    )
    assert (entry.actor_name, entry.at) == ("Φύλακας Δοκιμής", AT)


def test_a_step_is_announced_in_the_same_transaction(toys, box):
    heard = []
    events.subscribe(events.StepsTaken)(heard.append)
    try:
        toys.shut(box, actor=KEEPER, at=AT)
    finally:
        events._subscribers[events.StepsTaken].remove(heard.append)
    assert [(e.lifecycle, e.step, e.ids) for e in heard] == [("box", "shut", (box.pk,))]


def test_a_step_from_another_state_is_refused_and_leaves_no_trace(toys, box):
    toys.shut(box, actor=KEEPER, at=AT)
    with pytest.raises(
        StepRefusedError, match="«Κλείσιμο» δεν γίνεται τώρα: η κατάσταση είναι «Κλειστό»"
    ):
        toys.shut(box, actor=KEEPER, at=AT)
    assert journal.of(box).count() == 1


def test_a_stranger_is_refused(toys, box):
    with pytest.raises(PermissionDenied):
        toys.shut(box, actor=STRANGER, at=AT)


def test_a_refusal_of_the_body_changes_nothing(toys, box):
    for _ in range(3):
        toys.Box.objects.create(shelf=box.shelf, owner_id=1, state="shut")
    with pytest.raises(Refusal, match="Το ράφι γέμισε"):
        toys.shut(box, actor=KEEPER, at=AT)
    box.refresh_from_db()
    assert (box.state, journal.of(box).count()) == ("open", 0)


def test_a_step_that_wants_a_reason_is_refused_without(toys, box):
    toys.shut(box, actor=KEEPER, at=AT)
    with pytest.raises(ReasonMissingError, match="γράψτε την αιτιολογία"):
        toys.discard(box, actor=KEEPER, at=AT, reason="  ")
    toys.discard(box, actor=KEEPER, at=AT, reason="Χάλασε")
    assert journal.of(box).first().reason == "Χάλασε"


def test_a_guard_says_why_and_hides_the_button(toys, box):
    toys.Box.objects.filter(pk=box.pk).update(state="shut", weight=9)
    box.refresh_from_db()
    assert toys.BOX.open_steps(box, KEEPER, AT) == []
    with pytest.raises(StepRefusedError, match="Το κουτί είναι βαρύ"):
        toys.discard(box, actor=KEEPER, at=AT, reason="x")


def test_open_steps_are_those_of_the_state_and_of_the_person(toys, box):
    assert [s.name for s in toys.BOX.open_steps(box, KEEPER, AT)] == ["shut"]
    assert toys.BOX.open_steps(box, STRANGER, AT) == []


def test_perform_all_moves_what_may_move_and_leaves_the_rest(toys, box):
    other = toys.Box.objects.create(shelf=toys.Shelf.objects.create(room=8), owner_id=1)
    done = toys.Box.objects.create(shelf=box.shelf, owner_id=1, state="gone")
    moved = toys.BOX.perform_all("shut", toys.Box.objects.all(), actor=KEEPER, at=AT, weight=3)
    assert moved == (box.pk,)
    assert dict(toys.Box.objects.values_list("pk", "state")) == {
        box.pk: "shut",
        other.pk: "open",
        done.pk: "gone",
    }
    assert toys.Box.objects.get(pk=box.pk).weight == 3
    assert journal.of(box).get().source == "open"


def test_perform_all_sets_a_value_of_its_own_in_each_row(toys, box):
    other = toys.Box.objects.create(shelf=box.shelf, owner_id=1)
    heard = []
    events.subscribe(events.StepsTaken)(heard.append)
    try:
        moved = toys.BOX.perform_all(
            "shut",
            toys.Box.objects.order_by("-pk"),
            actor=KEEPER,
            at=AT,
            data={"why": "«δοκιμή»"},
            each={"weight": {box.pk: 5, other.pk: 7}, "due": {box.pk: AT, other.pk: None}},
        )
    finally:
        events._subscribers[events.StepsTaken].remove(heard.append)
    assert moved == (box.pk, other.pk)
    assert list(toys.Box.objects.order_by("pk").values_list("pk", "state", "weight", "due")) == [
        (box.pk, "shut", 5, AT),
        (other.pk, "shut", 7, None),
    ]
    columns = (
        "subject_id",
        "act",
        "step",
        "source",
        "target",
        "actor_name",
        "at",
        "reason",
        "data",
    )
    assert list(JournalEntry.objects.order_by("pk").values_list(*columns)) == [
        (pk, "Κλείσιμο", "shut", "open", "shut", "Φύλακας Δοκιμής", AT, "", {"why": "«δοκιμή»"})
        for pk in moved
    ]
    assert [(e.step, e.target, e.ids, e.at) for e in heard] == [("shut", "shut", moved, AT)]


def test_perform_all_of_nothing_writes_nothing(toys, box):
    nothing = toys.Box.objects.none()
    assert toys.BOX.perform_all("shut", nothing, actor=KEEPER, at=AT, each={"weight": {}}) == ()
    assert JournalEntry.objects.count() == 0


def test_timed_steps_fire_in_order_of_their_moments(toys, box):
    moments = [AT + timedelta(hours=h) for h in (3, 1, 2)]
    rows = [toys.Box.objects.create(shelf=box.shelf, owner_id=1, due=m) for m in moments]
    later = toys.Box.objects.create(shelf=box.shelf, owner_id=1, due=AT + timedelta(days=9))
    assert lifecycle.fire_due(AT + timedelta(hours=5)) == 3
    fired = list(JournalEntry.objects.order_by("pk").values_list("subject_id", "at", "actor_name"))
    assert fired == [(rows[i].pk, moments[i], "Σύστημα") for i in (1, 2, 0)]
    later.refresh_from_db()
    assert later.state == "open"
    assert lifecycle.fire_due(AT + timedelta(hours=5)) == 0


def test_a_repeated_step_name_is_refused(toys):
    once = lifecycle.step("shut", "open", "shut", needs="box.shut", label="Κλείσιμο")
    with pytest.raises(ValueError, match="declared twice"):
        lifecycle.lifecycle("crate", "Κιβώτιο", toys.BoxState, once, once)
    assert "crate" not in lifecycle.known


@pytest.mark.race
def test_the_lock_of_the_parent_never_lets_a_fourth_box_shut(committed_db):
    from tests.kernel import toys as module

    access.register.rules.setdefault(
        "box.shut", access.Holds("keeper", "room", within="shelf__room")
    )
    with connection.schema_editor() as editor:
        editor.create_model(module.Shelf)
        editor.create_model(module.Box)
    shelf = module.Shelf.objects.create(room=7)
    boxes = [module.Box.objects.create(shelf=shelf, owner_id=1) for _ in range(8)]
    barrier, outcomes = threading.Barrier(8), []

    def attempt(box):
        barrier.wait()
        try:
            module.shut(box, actor=KEEPER, at=AT)
            outcomes.append("shut")
        except Refusal:
            outcomes.append("full")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=(b,)) for b in boxes]
    [t.start() for t in threads]
    [t.join() for t in threads]
    module.forget()
    assert sorted(outcomes) == ["full"] * 5 + ["shut"] * 3
    assert module.Box.objects.filter(state="shut").count() == 3
