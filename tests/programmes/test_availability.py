"""A trainer declares when they can teach; the rules and the centre read it.

Shows: R-029.
"""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.urls import reverse

from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes import operations, queries
from didaskaleio.programmes.models import Availability
from didaskaleio.programmes.operations import Declared
from didaskaleio.programmes.queries.availability import declared
from didaskaleio.programmes.timetable import Off, Rule, Window, Wish
from tests.factories import people
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
AT = datetime(2022, 12, 12, 10, tzinfo=ATHENS)
DECLARED = Declared(
    wishes={(0, 3): "cannot", (2, 3): "wants", (4, 0): "can"},
    days_off=[(date(2023, 3, 15), date(2023, 3, 16))],
    hours_per_week=9,
    note="Καλύτερα απόγευμα.",
)


@pytest.fixture
def trainer():
    return people.a_trainer()


def act(person):
    return actor_of(person, at=AT)


def test_what_is_declared_replaces_what_was_and_what_is_not_said_is_free(trainer):
    operations.declare(Declared(wishes={(5, 0): "likes"}), actor=act(trainer), at=AT)
    operations.declare(DECLARED, actor=act(trainer), at=AT)
    assert Availability.objects.count() == 1
    (read,) = declared([trainer.pk]).values()
    assert read.windows == (
        Window(0, time(17, 30), time(19, 45), Wish.CANNOT),
        Window(2, time(17, 30), time(19, 45), Wish.WANTS),
    )
    assert read.off == (Off(date(2023, 3, 15), date(2023, 3, 16)),)
    assert read.hours_per_week == 9


def test_days_off_that_end_before_they_begin_are_refused(trainer):
    wrong = Declared(wishes={}, days_off=[(date(2023, 3, 16), date(2023, 3, 15))])
    with pytest.raises(Refusal, match="τελειώνει μετά την αρχή του"):
        operations.declare(wrong, actor=act(trainer), at=AT)


def test_a_timetable_against_the_declaration_is_warned_about_and_still_submitted(trainer):
    programme = make.a_programme("draft", trainer=trainer)
    operations.declare(DECLARED, actor=act(trainer), at=AT)
    warned = [
        found
        for found in queries.findings_of(programme, AT)
        if found.rule is Rule.TRAINER_AVAILABILITY
    ]
    # Mondays 6 and 27 March and 12 June; Wednesday 15 March, in the days off
    assert [found.slots for found in warned] == [
        (str(slot.pk),) for slot in programme.slots.all() if slot.sequence in {1, 3, 5, 18}
    ]
    assert queries.errors_of(programme, AT) == []


def test_the_page_of_the_trainer_keeps_the_declaration_and_shows_it(client, trainer):
    client.force_login(trainer)
    page = reverse("programmes:availability")
    assert "Δεν έχετε δηλώσει κάτι ακόμη" in client.get(page).text
    posted = {f"w{day}_{part}": "can" for day in range(6) for part in range(5)}
    posted |= {"w1_3": "cannot", "hours_per_week": "12", "off-TOTAL_FORMS": "2"}
    posted |= {"off-INITIAL_FORMS": "0", "off-0-first": "2023-03-15", "off-0-last": ""}
    assert client.post(page, posted).status_code == 302
    (read,) = declared([trainer.pk]).values()
    assert read.windows == (Window(1, time(17, 30), time(19, 45), Wish.CANNOT),)
    assert read.off == (Off(date(2023, 3, 15), date(2023, 3, 15)),)
    shown = client.get(page).text
    assert 'value="2023-03-15"' in shown
    assert "Τελευταία δήλωση" in shown


def test_a_last_day_before_the_first_comes_back_with_the_words_beside_it(client, trainer):
    client.force_login(trainer)
    posted = {f"w{day}_{part}": "can" for day in range(6) for part in range(5)}
    posted |= {"off-TOTAL_FORMS": "1", "off-INITIAL_FORMS": "0"}
    posted |= {"off-0-first": "2023-03-15", "off-0-last": "2023-03-14"}
    answer = client.post(reverse("programmes:availability"), posted)
    assert "Δώστε ημέρα ίδια ή μεταγενέστερη από την αρχή." in answer.text
    assert not Availability.objects.exists()


def test_the_centre_reads_it_beside_the_timetable(client, trainer):
    period = make.a_period("proposing")
    programme = make.a_programme("draft", period=period, trainer=trainer)
    client.force_login(people.a_centre_manager(programme.centre))
    page = reverse("programmes:timetable", args=[programme.pk])
    assert "Τι δήλωσε ο επιμορφωτής" not in client.get(page).text
    operations.declare(DECLARED, actor=act(trainer), at=AT)
    shown = client.get(page).text
    assert "Δευτέρα 17:30–19:45: Δεν μπορώ" in shown
    assert "Έως 9 ώρες την εβδομάδα" in shown
    assert "Καλύτερα απόγευμα." in shown
