"""A trainer proposes changes slot by slot; the centre takes all, some or none.

Shows: R-031.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import JournalEntry, Notice
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.errors import ChangedMeanwhileError, RulesBrokenError
from didaskaleio.programmes.operations import Wanted
from didaskaleio.programmes.timetable import Change, Place, changes
from didaskaleio.programmes.timetable import SlotKind as PureKind
from tests.factories import people
from tests.factories import programmes as make
from tests.markup import markup

NOW = datetime(2022, 12, 12, 10, tzinfo=ATHENS)
places = st.builds(
    Place,
    st.sampled_from(PureKind),
    st.dates(date(2023, 3, 6), date(2023, 7, 2)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)


@given(st.dictionaries(st.integers(1, 30), places, max_size=8), st.lists(places, max_size=3))
def test_the_same_timetable_changes_nothing_and_new_slots_are_additions(present, added):
    wanted = [*present.items(), *((None, place) for place in added)]
    found = changes(present, wanted)
    assert [(c.slot, c.old) for c in found] == [(None, None)] * len(added)
    assert sorted(map(str, added)) == sorted(str(c.new) for c in found)


@given(st.dictionaries(st.integers(1, 30), places, max_size=8), st.data())
def test_changes_lead_from_the_present_timetable_to_the_one_that_is_wanted(present, data):
    wanted = {
        slot: data.draw(places, label=str(slot)) for slot in present if data.draw(st.booleans())
    }
    after = dict(present)
    for change in changes(present, wanted.items()):
        assert change.old == after.pop(change.slot)
        assert Change.read(change.data()) == change
        if change.new:
            after[change.slot] = change.new
    assert after == wanted


@pytest.fixture
def period(db):
    return make.a_period("proposing")


@pytest.fixture
def draft(period):
    return make.a_programme("draft", period=period, agreed_revision=1)


@pytest.fixture
def trainer(draft, actor_for):
    return actor_for(draft.trainer)


@pytest.fixture
def centre(draft, actor_for):
    return actor_for(people.a_centre_manager(draft.centre))


def as_wanted(programme):
    return [Wanted(s.pk, SlotKind(s.kind), s.date, s.start) for s in programme.slots.all()]


def later(wanted, number, days=1):
    slot = wanted[number]
    return slot._replace(day=slot.day + timedelta(days=days), start=time(18))


def suggested(draft, trainer, **numbers):
    wanted = as_wanted(draft)
    for number in (1, 2):
        wanted[number] = later(wanted, number)
    return operations.suggest(draft, actor=trainer, at=NOW, message="Αργότερα", wanted=wanted)


def days(programme):
    return [(str(s.date), f"{s.start:%H:%M}") for s in programme.slots.all()]


def test_a_proposal_keeps_what_was_and_what_is_wanted_and_the_centre_is_told(
    draft, trainer, centre
):
    made = suggested(draft, trainer)
    first, second = draft.slots.all()[1:3]
    assert made.changes == [
        {
            "slot": slot.pk,
            "old": {"kind": "synchronous", "date": str(slot.date), "start": "17:30"},
            "new": {
                "kind": "synchronous",
                "date": str(slot.date + timedelta(days=1)),
                "start": "18:00",
            },
        }
        for slot in (first, second)
    ]
    notice = Notice.objects.get(person_id=centre.user_id)
    assert notice.title == f"Πρόταση αλλαγών για το {draft.code}"
    assert notice.text == "2 αλλαγές στο ωρολόγιο.\nΑργότερα"
    entry = JournalEntry.objects.get(act="Πρόταση αλλαγών από επιμορφωτή/τρια")
    assert (entry.reason, entry.data["changes"]) == ("Αργότερα", made.changes)


def test_all_changes_are_taken_make_a_new_revision_and_the_trainer_is_told(draft, trainer, centre):
    made = suggested(draft, trainer)
    operations.answer(made, actor=centre, at=NOW, take=True, reply="Σύμφωνοι.")
    draft.refresh_from_db()
    assert days(draft)[:4] == [
        ("2023-03-06", "17:30"),
        ("2023-03-09", "18:00"),
        ("2023-03-16", "18:00"),
        ("2023-03-22", "17:30"),
    ]
    assert (draft.revision, draft.agreed) == (2, False)
    notice = Notice.objects.get(person=draft.trainer, dedupe=f"answer:{made.pk}")
    assert notice.text == "Έγινε δεκτή (2 από 2).\nΣύμφωνοι."
    assert JournalEntry.objects.filter(
        act="Πρόταση αλλαγών: έγινε δεκτή, 2 αλλαγές από 2", reason="Σύμφωνοι."
    ).exists()


def test_some_changes_are_taken_and_the_rest_stay_as_they_were(draft, trainer, centre):
    made = suggested(draft, trainer)
    operations.answer(made, actor=centre, at=NOW, take=True, only={1})
    made.refresh_from_db()
    assert (made.answer, made.taken) == ("partly", [1])
    assert days(draft)[1:3] == [("2023-03-08", "17:30"), ("2023-03-16", "18:00")]


def test_none_is_taken_and_nothing_changes_and_an_answer_is_given_once(draft, trainer, centre):
    made = suggested(draft, trainer)
    before = days(draft)
    operations.answer(made, actor=centre, at=NOW, take=False, reply="Η αίθουσα δεν είναι ελεύθερη.")
    draft.refresh_from_db()
    assert (days(draft), draft.revision, draft.agreed) == (before, 1, True)
    with pytest.raises(Refusal, match="ήδη απαντηθεί"):
        operations.answer(made, actor=centre, at=NOW, take=True)


def test_one_slot_is_taken_out_and_another_added_together_but_not_the_one_alone(
    draft, trainer, centre
):
    wanted = as_wanted(draft)
    out = wanted.pop()
    wanted.append(out._replace(slot=None, day=out.day + timedelta(days=1)))
    made = operations.suggest(draft, actor=trainer, at=NOW, message="", wanted=wanted)
    assert [Change.read(c).label for c in made.changes] == ["Αφαίρεση", "Προσθήκη"]
    with pytest.raises(RulesBrokenError) as refused:
        operations.answer(made, actor=centre, at=NOW, take=True, only={0})
    assert refused.value.code == "COMP_SUPPORT"
    assert draft.slots.count() == 20
    operations.answer(made, actor=centre, at=NOW, take=True)
    assert days(draft)[-1] == (str(out.day + timedelta(days=1)), "17:30")
    assert list(draft.slots.values_list("sequence", flat=True)) == list(range(1, 21))


def test_a_change_that_would_break_a_rule_is_refused_with_the_rule(draft, trainer, centre):
    wanted = as_wanted(draft)
    wanted[1] = wanted[1]._replace(day=date(2023, 5, 1))
    made = operations.suggest(draft, actor=trainer, at=NOW, message="Πρωτομαγιά", wanted=wanted)
    with pytest.raises(RulesBrokenError, match="αργία"):
        operations.answer(made, actor=centre, at=NOW, take=True)
    made.refresh_from_db()
    assert made.answer == ""


def test_a_slot_that_changed_since_is_not_changed_blindly(draft, trainer, centre):
    made = suggested(draft, trainer)
    slot = draft.slots.all()[1]
    operations.move_slot(
        draft, slot.pk, actor=centre, at=NOW,
        kind=SlotKind.SYNCHRONOUS, day=date(2023, 3, 10), start=time(19),
    )  # fmt: skip
    with pytest.raises(ChangedMeanwhileError):
        operations.answer(made, actor=centre, at=NOW, take=True)
    operations.answer(made, actor=centre, at=NOW, take=True, only={1})
    assert days(draft)[1:3] == [("2023-03-10", "19:00"), ("2023-03-16", "18:00")]


def test_a_proposal_on_a_revision_that_is_gone_and_one_that_says_nothing_are_refused(
    draft, trainer
):
    with pytest.raises(ChangedMeanwhileError, match="άλλαξε την πρόταση"):
        operations.suggest(draft, actor=trainer, at=NOW, message="Χ", wanted=[], revision=7)
    with pytest.raises(Refusal, match="Αλλάξτε κάποιο τρίωρο"):
        operations.suggest(draft, actor=trainer, at=NOW, message=" ", wanted=as_wanted(draft))


def test_only_the_named_trainer_proposes_and_only_the_centre_answers(
    draft, trainer, centre, actor_for
):
    with pytest.raises(PermissionDenied):
        operations.suggest(draft, actor=centre, at=NOW, message="Χ")
    made = operations.suggest(draft, actor=trainer, at=NOW, message="Χ")
    with pytest.raises(PermissionDenied):
        operations.answer(made, actor=trainer, at=NOW, take=True)


def rows_of(page):
    formset = page.context["rows"]
    found = {b.html_name: b.value() for form in (formset.management_form, *formset) for b in form}
    shown = {k: v for k, v in found.items() if v is not None and v is not False}
    return {k: f"{v:%H:%M}" if isinstance(v, time) else str(v) for k, v in shown.items()}


def test_on_screen_the_trainer_changes_a_slot_the_centre_sees_old_and_new_and_takes_it(
    client, login, set_clock, draft, centre
):
    set_clock(NOW)
    login(client, draft.trainer)
    url = reverse("programmes:suggest", args=[draft.pk])
    page = client.get(url)
    assert "Όλοι οι κανόνες τηρούνται" in markup(page)
    values = rows_of(page) | {"slot-1-day": "2023-05-01", "revision": "1", "message": "Δείτε το"}
    tried = client.post(reverse("programmes:suggest-trial", args=[draft.pk]), values)
    assert "PUBLIC_HOLIDAY" in markup(tried)
    checked = markup(client.post(url, values | {"try": "1"}))
    assert "PUBLIC_HOLIDAY" in checked
    assert 'value="2023-05-01"' in checked
    assert not draft.proposals.exists()
    client.post(url, values | {"slot-1-day": "2023-03-09", "slot-5-DELETE": "on"})
    made = draft.proposals.get()
    assert [Change.read(c).label for c in made.changes] == ["Αλλαγή", "Αφαίρεση"]

    login(client, people.Person.objects.get(pk=centre.user_id))
    page = markup(client.get(reverse("programmes:proposal", args=[draft.pk])))
    assert "<del>Σύγχρονη, Τετάρτη 8 Μαρτίου 2023, 17:30</del>" in page
    assert "<ins>Σύγχρονη, Πέμπτη 9 Μαρτίου 2023, 17:30</ins>" in page
    answer = reverse("programmes:answer", args=[draft.pk, made.pk])
    client.post(answer, {"answer": "take", "change": "0", "reply": "Το πρώτο, ναι."})
    made.refresh_from_db()
    assert (made.answer, made.taken, made.reply) == ("partly", [0], "Το πρώτο, ναι.")
    assert days(draft)[1] == ("2023-03-09", "17:30")
