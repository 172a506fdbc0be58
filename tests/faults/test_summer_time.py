"""The clocks change on 26 March and 29 October 2023, and what «έως 23:59» promises.

The rule: «έως 15:00» closes as the clock shows 15:00; «έως 23:59» lasts to the end of the day.

Shows: R-163.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from didaskaleio.enrolment import operations, places, tasks
from didaskaleio.enrolment.errors import BeaconRuleError, NotOpenError
from didaskaleio.enrolment.models import PublishedHead, WaitingEntry
from didaskaleio.enrolment.operations import lists
from didaskaleio.kernel import greek, lifecycle
from didaskaleio.kernel.agenda import Appointment
from didaskaleio.kernel.calendar import ATHENS, local
from didaskaleio.kernel.web.deadlines import DeadlineField
from didaskaleio.portal import calendar_feed
from didaskaleio.programmes import timetable
from didaskaleio.programmes.models import Slot
from didaskaleio.programmes.operations import slots
from tests.enrolment.stages import a_group, a_holder, a_stage, actor, owed, runners_up
from tests.factories import enrolment as make
from tests.factories import people, programmes

SPRING, AUTUMN = date(2023, 3, 26), date(2023, 10, 29)
DAY = timedelta(days=1)


def typed(text):
    return DeadlineField().clean(text)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_deadline_at_2359_lasts_to_the_end_of_the_day_and_reads_2359(day):
    moment = typed(f"{day}T23:59")
    assert moment == local(day, time(23, 59, 59, 999_999))
    assert local(day + DAY, time(0)) - moment.astimezone(UTC) == timedelta(microseconds=1)
    assert greek.short_moment(moment) == f"{greek.short_date(day)}, 23:59"
    assert typed(f"{moment.astimezone(ATHENS):%Y-%m-%dT%H:%M}") == moment


@pytest.mark.parametrize("text", ["2023-03-26T15:00", "2023-03-26T23:58", "2023-03-26T00:00"])
def test_every_other_deadline_closes_as_the_clock_shows_it(text):
    assert typed(text) == datetime.fromisoformat(text).replace(tzinfo=ATHENS)


@pytest.mark.parametrize("text", ["2023-03-26T03:30", "2023-10-29T03:30"])
def test_an_hour_that_does_not_exist_or_comes_twice_is_refused_in_greek(text):
    with translation.override("el"), pytest.raises(ValidationError, match="ζώνη ώρας"):
        typed(text)


def phase_a_until(closes):
    facts = {"phase_a_closes": closes, "phase_b_opens": closes + 6 * DAY}
    later = {"phase_b_closes": closes + 8 * DAY, "enrolment_opens": closes + 10 * DAY}
    last = {"enrolment_closes": closes + 20 * DAY, "starts_at": closes + 30 * DAY}
    return programmes.a_period("phase_a", **facts, **later, **last)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2023, 1, 19), SPRING, AUTUMN])
def test_an_application_begun_at_half_a_minute_before_midnight_is_in_time(day):
    period = phase_a_until(typed(f"{day}T23:59"))
    make.a_draw(period)
    person = people.a_teacher()
    for second in (0, 30, 59):
        moment = local(day, time(23, 59, second))
        assert operations.start(period, actor=actor(person, moment), at=moment).person == person
    assert lifecycle.fire_due(local(day, time(23, 59, 59))) == 0
    midnight = local(day + DAY, time(0))
    late = people.a_teacher()
    with pytest.raises(NotOpenError, match="23:59"):
        operations.start(period, actor=actor(late, midnight), at=midnight)
    lifecycle.fire_due(midnight)
    period.refresh_from_db()
    assert period.state == "frozen"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made", "ends"),
    [
        (datetime(2023, 3, 25, 10, 0, tzinfo=ATHENS), datetime(2023, 3, 27, 11, 0, tzinfo=ATHENS)),
        (datetime(2023, 10, 28, 10, 0, tzinfo=ATHENS), datetime(2023, 10, 30, 9, 0, tzinfo=ATHENS)),
    ],
)
def test_an_offer_of_48_hours_lasts_48_hours_across_the_change(made, ends):
    first = made.date() + 20 * DAY
    period = programmes.a_period("enrolling", first_day=first, last_day=first + 100 * DAY)
    programme = a_group(period, "viable", placed=1, capacity=2)
    runners_up(programme, 1)
    owed(programme)
    assert lists.offer_places(programme.pk, at=made) == 1
    offer = WaitingEntry.objects.get(programme=programme, state="offered")
    assert offer.expires_at == ends
    assert offer.expires_at - made.astimezone(UTC) == timedelta(hours=48)
    assert offer.remind_at == places.hours_later(made, 24)


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_every_hour_that_passes_has_one_head_though_the_day_has_another_length(day, hours):
    period = phase_a_until(local(day + DAY, time(12)))
    make.a_draw(period)
    midnight = local(day, time(0)).astimezone(UTC)
    tasks.publish_heads(local(day + DAY, time(12)))
    tomorrow = local(day + DAY, time(0))
    found = PublishedHead.objects.filter(period=period, at__gte=midnight, at__lt=tomorrow)
    moments = list(found.order_by("at").values_list("at", flat=True))
    assert moments == [midnight + timedelta(hours=n) for n in range(hours)]


@pytest.mark.django_db
def test_the_hours_between_deadline_and_beacon_are_elapsed_hours():
    period = phase_a_until(local(SPRING - DAY, time(15)))
    make.a_draw(period)
    officer = actor(people.officer(), period.phase_a_opens)
    closes = typed(f"{SPRING - DAY}T23:59")

    def extend(beacon_at):
        rule = operations.BeaconRule("Δημόσια κλήρωση", beacon_at, "[0-9a-f]{64}", "9f" * 32)
        operations.extend(
            period,
            actor=officer,
            at=period.phase_a_opens,
            reason="Βλάβη",
            closes=closes,
            beacon=rule,
        )

    # by the clock on the wall a day has passed, but only 23 hours
    with pytest.raises(BeaconRuleError, match="27 Μαρτίου 2023, 00:59"):
        extend(local(SPRING, time(23, 59)))
    extend(local(SPRING + DAY, time(0, 59)))
    assert period.phase_a_closes == closes


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "hour"), [(date(2023, 3, 25), 15), (date(2023, 3, 27), 14)])
def test_sessions_stand_at_their_hour_on_the_wall_and_in_utc_in_the_calendar(day, hour):
    programme = programmes.a_programme("draft", slots=False)
    meeting = timetable.Slot("1", timetable.SlotKind.SYNCHRONOUS, day, time(17, 30), 180)
    slots.write(programme, meeting, Slot(sequence=1)).save()
    found = Slot.objects.get(programme=programme)
    assert found.span.lower == local(day, time(17, 30))
    date_of = Appointment("slot-1", "Συνάντηση", found.span.lower, found.span.upper)
    feed = calendar_feed.render([date_of], base="https://x.example", at=found.span.lower)
    (event,) = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    assert event["DTSTART"].to_ical().decode() == f"{day:%Y%m%d}T{hour}3000Z"
    assert b"VTIMEZONE" not in feed


@pytest.mark.django_db
def test_a_place_may_be_confirmed_in_the_last_minute_of_the_deadline():
    period = a_stage("enrolling")
    programme = a_group(period, "enrolling")
    holder = a_holder(programme, confirm_by=typed("2023-02-08T23:59"))
    moment = datetime(2023, 2, 8, 23, 59, 30, tzinfo=ATHENS)
    assert lifecycle.fire_due(moment) >= 0
    holder.refresh_from_db()
    assert holder.state == "placed"
    operations.confirm(
        holder,
        actor=actor(holder, moment),
        at=moment,
        will_teach_declared=True,
        regulation_accepted=True,
    )
    holder.refresh_from_db()
    assert holder.state == "enrolled"
