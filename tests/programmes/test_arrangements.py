"""An arrangement of a centre or a period: asked for, looked at, applied with a reason, undone.

Shows: R-029, R-031, R-033.
"""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.errors import ReasonMissingError, Refusal
from didaskaleio.kernel.models import Work
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes import operations, queries, tasks
from didaskaleio.programmes.errors import ChangedMeanwhileError
from didaskaleio.programmes.models import Arrangement, Programme
from didaskaleio.programmes.operations import Declared
from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
AT = datetime(2022, 12, 12, 10, tzinfo=ATHENS)
WHY = "Όπως συμφωνήθηκε με τα κέντρα."


@pytest.fixture
def period():
    return make.a_period("proposing")


@pytest.fixture
def centre():
    return structures.a_centre()


@pytest.fixture
def manager(centre):
    return people.a_centre_manager(centre)


@pytest.fixture
def frozen(set_clock):
    """Pages are asked at the moment of the tests."""
    set_clock(AT)


def act(person):
    return actor_of(person, at=AT)


def an_arrangement(period, centre, manager, **asked):
    asked.setdefault("seconds", 6)
    return operations.arrange_centre(period, centre, actor=act(manager), at=AT, **asked)


def places(programme):
    return sorted((slot.date, slot.start) for slot in programme.slots.all())


def test_drafts_get_people_rooms_and_times_that_keep_every_rule(period, centre, manager):
    people.a_trainer()
    rows = [make.a_programme("draft", period=period, centre=centre, slots=False) for _ in range(2)]
    Programme.objects.filter(pk=rows[1].pk).update(trainer=None, room=None)
    made = an_arrangement(period, centre, manager)
    assert made.state == "ready"
    assert made.figures["programmes"] == 2
    assert not rows[0].slots.exists()
    operations.apply(made, actor=act(manager), at=AT, reason=WHY)
    for row in queries.with_relations(Programme.objects.filter(period=period)):
        assert queries.findings_of(row, AT) == []
        assert row.revision == 2
    assert Arrangement.objects.get().state == "applied"


def test_undoing_puts_everything_back(period, centre, manager):
    row = make.a_programme("draft", period=period, centre=centre)
    operations.declare(
        Declared(wishes={(0, 3): "cannot", (2, 3): "cannot"}), actor=act(row.trainer), at=AT
    )
    stood = places(row)
    made = an_arrangement(period, centre, manager)
    operations.apply(made, actor=act(manager), at=AT, reason=WHY)
    assert places(row) != stood
    operations.undo(made, actor=act(manager), at=AT, reason="Λάθος περίοδος.")
    assert places(row) == stood
    assert Programme.objects.get(pk=row.pk).revision == 3


def test_it_is_not_applied_without_a_reason_nor_over_a_draft_that_changed(period, centre, manager):
    row = make.a_programme("draft", period=period, centre=centre)
    made = an_arrangement(period, centre, manager)
    with pytest.raises(ReasonMissingError):
        operations.apply(made, actor=act(manager), at=AT, reason=" ")
    slot = row.slots.first()
    operations.remove_slot(row, slot.pk, actor=act(manager), at=AT)
    with pytest.raises(ChangedMeanwhileError, match=f"Η πρόταση {row.code} άλλαξε στο μεταξύ"):
        operations.apply(made, actor=act(manager), at=AT, reason=WHY)
    assert Arrangement.objects.get().state == "ready"


def test_what_is_pinned_stays_and_the_rest_is_solved_again(period, centre, manager):
    row = make.a_programme("draft", period=period, centre=centre)
    first = an_arrangement(period, centre, manager)
    pin = first.lines.get().after["slots"][0]
    name = f"{pin['date']} {pin['start']}"
    again = an_arrangement(period, centre, manager, pins={row.pk: ["trainer", name]}, seen=first)
    assert again.lines.get().pinned == ["trainer", name]
    assert pin in again.lines.get().after["slots"]
    assert again.lines.get().after["trainer"] == row.trainer_id


def test_the_impossible_is_told_with_what_would_help(period, centre, manager):
    row = make.a_programme("draft", period=period, centre=centre, slots=False)
    centre.rooms.update(seats=12)
    made = an_arrangement(period, centre, manager)
    assert made.state == "impossible"
    assert made.conflict == [f"{row.code}: αίθουσα με θέσεις για όλη την ομάδα"]
    assert made.repairs == [f"βρείτε ακόμη μία αίθουσα με θέσεις για την ομάδα του {row.code}"]


def test_without_a_draft_or_outside_the_window_it_is_refused(period, centre, manager):
    with pytest.raises(Refusal, match="Δεν υπάρχει πρόχειρη πρόταση"):
        an_arrangement(period, centre, manager)
    make.a_programme("draft", period=period, centre=centre)
    late = period.proposals_close
    with pytest.raises(Refusal, match="Η προθεσμία των προτάσεων έληξε"):
        operations.arrange_centre(period, centre, actor=act(manager), at=late)


def test_a_period_is_arranged_by_a_job_with_a_bar(period):
    officer = people.officer()
    for prefecture in ("KOZ", "THS"):
        place = structures.a_centre(prefecture)
        make.a_programme(
            "draft",
            period=period,
            centre=place,
            trainer=people.a_trainer(prefecture=prefecture),
            slots=False,
        )
    made = operations.arrange_period(period, actor=act(officer), at=AT)
    assert (made.state, made.work.total) == ("computing", 2)
    tasks.arrange(arrangement=made.pk, at=AT.isoformat())
    tasks.arrange(arrangement=made.pk, at=AT.isoformat())
    made.refresh_from_db()
    work = Work.objects.get()
    assert (made.state, work.state, work.done) == ("ready", "done", 2)
    operations.apply(made, actor=act(officer), at=AT, reason=WHY)
    assert [row.slots.count() for row in Programme.objects.all()] == [20, 20]


def test_an_officer_of_another_body_and_another_centre_do_not_see_it(
    client, period, centre, manager
):
    make.a_programme("draft", period=period, centre=centre)
    made = an_arrangement(period, centre, manager)
    page = reverse("programmes:arrangement", args=[made.pk])
    for stranger in (people.a_centre_manager(structures.a_centre()), people.a_trainer()):
        client.force_login(stranger)
        assert client.get(page).status_code == 404
    client.force_login(people.officer())
    assert client.get(page).status_code == 200


def test_the_page_shows_what_changes_with_the_same_queries_for_three_drafts(
    client, period, centre, manager, frozen
):
    client.force_login(manager)

    def asked(made):
        with CaptureQueriesContext(connection) as captured:
            shown = client.get(reverse("programmes:arrangement", args=[made.pk])).text
        return shown, len(captured)

    trainer = people.a_trainer()
    make.a_programme("draft", period=period, centre=centre, trainer=trainer, slots=False)
    _, queries_of_one = asked(an_arrangement(period, centre, manager))
    for start in (time(17, 30), time(19, 45)):
        make.a_programme("draft", period=period, centre=centre, trainer=trainer, start=start)
    shown, queries_of_three = asked(an_arrangement(period, centre, manager))
    assert queries_of_three == queries_of_one
    assert "Νέο σχέδιο με όσα σημειώσατε να μείνουν" in shown
    assert "Εφαρμογή στα πρόχειρα" in shown


def test_the_centre_asks_on_screen_pins_and_asks_again(client, period, centre, manager, frozen):
    row = make.a_programme("draft", period=period, centre=centre, slots=False)
    client.force_login(manager)
    page = reverse("programmes:arrange", args=[period.pk, centre.pk])
    assert row.code in client.get(page).text
    answer = client.post(page, {f"pin-{row.pk}": "trainer"}, follow=True)
    assert "Προς απόφαση" in answer.text
    made = Arrangement.objects.get()
    pin = made.lines.get().after["slots"][0]
    name = f"{pin['date']} {pin['start']}"
    again = reverse("programmes:arrange-again", args=[made.pk])
    assert client.post(again, {f"pin-{row.pk}": name}).status_code == 302
    assert Arrangement.objects.first().lines.get().pinned == [name]


def test_the_officer_asks_for_a_region_on_screen(client, period, centre, frozen):
    make.a_programme("draft", period=period, centre=centre)
    client.force_login(people.officer())
    page = reverse("programmes:period-arrange", args=[period.pk])
    assert "1 πρόχειρη πρόταση" in client.get(page).text
    answer = client.post(page, {"region": str(centre.region_id)})
    assert answer.url == reverse("kernel:work", args=[Work.objects.get().key])
    assert Arrangement.objects.get().region_id == centre.region_id


def test_days_off_are_kept_by_the_plan(period, centre, manager):
    row = make.a_programme("draft", period=period, centre=centre, slots=False)
    off = [(date(2023, 3, 13), date(2023, 3, 15))]
    operations.declare(Declared(wishes={}, days_off=off), actor=act(row.trainer), at=AT)
    made = an_arrangement(period, centre, manager)
    days = {slot["date"] for slot in made.lines.get().after["slots"]}
    assert days & {"2023-03-13", "2023-03-14", "2023-03-15"} == set()


def test_a_week_is_moved_for_all_drafts_shown_first_applied_and_undone(period, centre, manager):
    rows = [
        make.a_programme("draft", period=period, centre=centre, start=start)
        for start in (time(17, 30), time(19, 45))
    ]
    stood = [places(row) for row in rows]
    # the week of 24 April: Wednesday's and Thursday's meetings, into the holidays of Easter
    made = operations.shift_week(
        period, centre, actor=act(manager), at=AT, week=date(2023, 4, 26), by=-1
    )
    assert (made.state, made.figures["programmes"]) == ("ready", 2)
    assert [places(row) for row in rows] == stood
    assert any("σχολικές διακοπές" in words for words in made.conflict)
    assert all(words.startswith(("P0",)) for words in made.conflict)
    operations.apply(made, actor=act(manager), at=AT, reason=WHY)
    moved = {date(2023, 4, 26): date(2023, 4, 19), date(2023, 4, 27): date(2023, 4, 20)}
    assert [places(row) for row in rows] == [
        sorted((moved.get(day, day), start) for day, start in found) for found in stood
    ]
    operations.undo(made, actor=act(manager), at=AT, reason="Πέφτει στο Πάσχα.")
    assert [places(row) for row in rows] == stood


def test_a_week_without_meetings_is_not_moved(period, centre, manager):
    make.a_programme("draft", period=period, centre=centre)
    with pytest.raises(Refusal, match="Καμία συνάντηση πρόχειρης πρότασης την εβδομάδα από 17/4"):
        operations.shift_week(
            period, centre, actor=act(manager), at=AT, week=date(2023, 4, 19), by=1
        )


def test_the_week_is_chosen_on_screen(client, period, centre, manager, frozen):
    make.a_programme("draft", period=period, centre=centre)
    client.force_login(manager)
    page = reverse("programmes:shift", args=[period.pk, centre.pk])
    answer = client.post(page, {"week": "2023-04-24", "by": "1"}, follow=True)
    assert "Μετακίνηση εβδομάδας" in answer.text
    assert "Με τη μετακίνηση δεν θα τηρούνται" in answer.text
    wrong = client.post(page, {"week": "2023-04-25", "by": "1"}, follow=True)
    assert "Επιλέξτε εβδομάδα της περιόδου" in wrong.text


def test_a_slot_dropped_on_another_day_is_tried_and_not_saved(client, period, centre, manager):
    row = make.a_programme("draft", period=period, centre=centre)
    client.force_login(manager)
    slot = row.slots.get(sequence=2)
    page = reverse("programmes:timetable", args=[row.pk])
    shown = client.get(page, {"slot": slot.pk, "day": "2023-03-25"}).text
    assert "Δοκιμή, δεν έχει αποθηκευτεί." in shown
    assert "πέφτει σε αργία" in shown
    assert 'value="2023-03-25"' in shown
    slot.refresh_from_db()
    assert slot.date == date(2023, 3, 8)
    wrong = client.get(page, {"slot": slot.pk, "day": "παραμονή"})
    assert wrong.status_code == 200
