"""Forecasts: parts that add up to the whole, needs beside what happened, versions.

Shows: R-175.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.kernel import journal
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.observatory import dimensioning, operations
from didaskaleio.observatory.dimensioning import Assumptions
from didaskaleio.observatory.errors import ForecastRefusedError
from didaskaleio.observatory.queries import dimensioning as queries
from didaskaleio.programmes.operations import set_target
from didaskaleio.structures.models import Region
from tests.factories import people, structures
from tests.factories.finance import a_contract
from tests.factories.programmes import a_period, a_programme
from tests.markup import markup
from tests.sheets import cells_of

AT = datetime(2023, 1, 18, 10, tzinfo=ATHENS)
MONDAYS = (date(2023, 1, 9), date(2023, 1, 16), date(2023, 1, 23))
FIRST, LAST = date(2023, 1, 9), date(2023, 1, 29)
weights = st.dictionaries(st.integers(0, 60), st.integers(0, 5_000), max_size=40)
assumed = st.builds(
    Assumptions,
    people=st.integers(0, 20_000),
    group=st.integers(1, 30),
    meetings=st.integers(1, 40),
    face=st.integers(0, 40),
    mixed=st.integers(0, 100),
    peak=st.integers(1, 100),
    groups_per_trainer=st.integers(1, 6),
    meetings_per_support=st.integers(1, 30),
    examined=st.integers(0, 100),
    markings=st.integers(1, 5),
    scripts_per_marker=st.integers(1, 300),
)


@given(st.integers(0, 100_000), weights)
def test_the_parts_add_up_to_the_whole(total, shares):
    parts = dimensioning.apportioned(total, shares)
    assert parts.keys() == shares.keys()
    assert sum(parts.values()) == (total if sum(shares.values()) else 0)


@given(st.integers(0, 100_000), weights)
def test_no_part_is_a_whole_one_away_from_its_share(total, shares):
    whole = sum(shares.values())
    for key, part in dimensioning.apportioned(total, shares).items():
        assert abs(part * whole - total * shares[key]) < max(whole, 1)


@given(weights, assumed)
def test_people_and_groups_of_all_places_are_those_planned(teachers, given_):
    found = dimensioning.staff(teachers, given_)
    planned = given_.people if sum(teachers.values()) else 0
    assert sum(need.people for need in found.values()) == planned
    assert sum(need.groups for need in found.values()) == -(-planned // given_.group)
    for need in found.values():
        assert need.trainers * given_.groups_per_trainer >= need.groups


@given(st.integers(0, 2_000), assumed)
def test_the_meetings_of_all_weeks_are_those_of_the_groups(groups, given_):
    found = dimensioning.weeks(groups, MONDAYS, given_)
    assert sum(week.meetings for week in found.values()) == groups * given_.meetings
    for week in found.values():
        assert week.persons == (week.rooms + week.virtual) * given_.group


@given(st.lists(st.integers(0, 300), max_size=13), assumed)
def test_the_country_is_the_sum_of_its_regions(groups, given_):
    parts = [dimensioning.weeks(many, MONDAYS, given_) for many in groups]
    for monday in MONDAYS:
        whole = dimensioning.whole([weeks[monday] for weeks in parts])
        assert whole.meetings == sum(weeks[monday].meetings for weeks in parts)
        assert whole.persons == sum(weeks[monday].persons for weeks in parts)


@given(weights, assumed)
def test_every_script_is_marked_so_often_and_nobody_marks_more_than_they_can(people_, given_):
    found = dimensioning.marking(people_, given_)
    scripts = sum(people_.values()) * given_.examined // 100
    assert sum(need.scripts for need in found.values()) == scripts
    for need in found.values():
        assert need.markers * given_.scripts_per_marker >= need.scripts * given_.markings
        assert need.markers == 0 if need.scripts == 0 else need.markers >= given_.markings
        assert need.scripts <= need.people


def test_a_cluster_of_few_scripts_still_needs_two_who_mark_apart():
    found = dimensioning.marking({"B2.1": 100, "B2.3": 5}, Assumptions())
    assert found["B2.1"] == dimensioning.Marking(people=100, scripts=80, markers=3)
    assert found["B2.3"] == dimensioning.Marking(people=5, scripts=4, markers=2)


def test_a_hundred_people_need_seven_groups_and_four_trainers():
    found = dimensioning.staff({"KOZ": 30, "THS": 70}, Assumptions(people=100))
    assert (found["KOZ"].people, found["KOZ"].groups, found["KOZ"].trainers) == (30, 2, 1)
    assert (found["THS"].people, found["THS"].groups, found["THS"].trainers) == (70, 5, 3)


# With a database --------------------------------------------------------------------------------


@pytest.fixture
def programme(db):
    """A programme that runs at a centre of Kozani."""
    period = a_period("running")
    return a_programme("running", period=period, centre=structures.a_centre("KOZ"), slots=False)


@pytest.fixture
def action(programme):
    return programme.period.action


@pytest.fixture
def officer(db, actor_for):
    return actor_for(people.officer())


def a_meeting(programme, number, starts, kind="sync", there=0, state="planned"):
    session = TrainingSession.objects.create(
        programme=programme, sequence=number, kind=kind, starts_at=starts,
        ends_at=starts + timedelta(hours=3), hours=3, state=state,
    )  # fmt: skip
    for _ in range(there):
        Attendance.objects.create(
            session=session, attendee="trainee", person=people.a_person(), mark="present"
        )
    return session


def made(action, officer, **changes):
    facts = {"first_day": FIRST, "last_day": LAST, "actor": officer, "at": AT}
    return operations.forecast(action, Assumptions(people=100, **changes), **facts)


def test_every_teacher_is_counted_once_where_most_hours_are(action):
    home, other = structures.a_school("KOZ"), structures.a_school("THS")
    people.a_teacher("ΠΕ03", schools=[(other, 6), (home, 14)])
    before = queries.teachers(action, AT.date())
    people.a_teacher("ΠΕ03", schools=[(home, 10), (other, 10)])
    cell = (home.prefecture_id, structures.a_cluster("B2.3").pk)
    assert queries.teachers(action, AT.date())[cell] == before[cell] + 1


def test_the_busiest_hour_of_a_week_is_that_of_meetings_that_overlap(action, programme):
    five = datetime(2023, 1, 9, 17, tzinfo=ATHENS)
    other = a_programme("running", period=programme.period, slots=False,
                        centre=structures.a_centre("KOZ"))  # fmt: skip
    a_meeting(programme, 1, five, "f2f", there=2)
    a_meeting(other, 1, five + timedelta(hours=2), "sync", there=3)
    a_meeting(other, 2, five + timedelta(hours=3), "f2f", there=4)
    a_meeting(other, 3, five, state="not_held", there=1)
    a_meeting(other, 4, five + timedelta(days=20), there=9)
    region = programme.centre.region_id
    rows = queries.held(action, five - timedelta(days=1), five + timedelta(days=19), AT)
    assert [tuple(row) for row in rows] == [
        (region, date(2023, 1, 9), 3, 1, 1, 7),
        (None, date(2023, 1, 9), 3, 1, 1, 7),
    ]


def test_what_has_not_ended_has_not_happened(action, programme):
    a_meeting(programme, 1, AT - timedelta(hours=1))
    first = AT - timedelta(days=2)
    assert queries.held(action, first, AT + timedelta(days=2), AT) == []


def test_a_forecast_keeps_what_it_assumed_in_versions(action, officer):
    people.a_teacher("ΠΕ03")
    first, second = made(action, officer), made(action, officer, group=10)
    assert [first.version, second.version] == [1, 2]
    assert [row.assumptions["group"] for row in (first, second)] == [15, 10]
    assert sum(row.people for row in second.staff.all()) == 100
    country = second.weeks.filter(region=None)
    assert sum(week.meetings for week in country) == 10 * 20
    regional = second.weeks.exclude(region=None)
    assert sum(week.meetings for week in regional) == 10 * 20


def test_needs_stand_beside_the_trainers_who_serve_and_teach(action, programme, officer):
    people.a_teacher("ΠΕ03")
    programme.trainer = people.a_trainer()
    programme.save(update_fields=["trainer"])
    row = made(action, officer)
    cell = {"prefecture__code": "KOZ", "cluster__code": "B2.3"}
    need = row.staff.get(**cell)
    assert need.available >= 1
    engaged = row.staff.get(prefecture__code="KOZ", cluster=programme.cluster).engaged
    assert (engaged, row.engaged) == (1, 1)


def test_markers_are_counted_by_cluster_beside_those_with_a_contract(action, officer):
    for specialty in ("ΠΕ03", "ΠΕ02"):
        people.a_teacher(specialty)
    for state in ("in_force", "ended", "draft"):
        a_contract_to_mark(action, state)
    row = made(action, officer)
    assert row.markers == 2
    assert sum(need.people for need in row.marking.all()) == 100
    assert sum(need.scripts for need in row.marking.all()) == 80
    assert queries.totals(row)["markers"] == sum(need.markers for need in row.marking.all())


def a_contract_to_mark(action, state):
    contract = a_contract(kind="marker")
    type(contract).objects.filter(pk=contract.pk).update(state=state, action=action)


def test_the_people_of_the_targets_are_those_of_the_kind_that_counts_most(action, officer):
    assert queries.targeted(action) == action.target
    by = {"actor": officer, "at": AT}
    regions = list(Region.objects.order_by("pk")[:2])
    for region, many in zip(regions, (40, 25), strict=True):
        set_target(action, people=many, region=region, **by)
    set_target(action, people=30, cluster=structures.a_cluster("B2.3"), **by)
    assert queries.targeted(action) == 65
    row = made(action, officer)
    assert row.targeted == 65
    entry = journal.of(row).get()
    assert (entry.data["targeted"], entry.data["assumed"]["people"]) == (65, 100)


def test_one_press_fills_in_the_people_of_the_targets_and_they_may_be_changed(
    client, login, action, officer, set_clock
):
    set_clock(AT)
    set_target(action, people=72, region=Region.objects.earliest("pk"), actor=officer, at=AT)
    login(client, people.officer())
    new = reverse("observatory:forecast-new")
    form = dimensioning.Assumptions(people=1, group=12).kept() | {
        "action": action.pk, "first_day": "2023-01-09", "last_day": "2023-01-29",
    }  # fmt: skip
    filled = client.post(new, form | {"fill": "targets"})
    shown = filled.context["form"]
    assert (shown["people"].value(), shown["group"].value()) == (72, "12")
    assert "Οι στόχοι της δράσης ζητούν 72 άτομα." in markup(filled)
    assert not queries.Forecast.objects.exists()
    without = client.post(new, form | {"fill": "targets", "action": ""})
    assert without.status_code == 422
    assert "Επιλέξτε πρώτα τη δράση" in markup(without)
    people.a_teacher("ΠΕ03")
    page = markup(client.post(new, form | {"people": "70"}, follow=True))
    assert "Βαθμολόγηση ανά συστάδα" in page
    assert "Άτομα των στόχων της δράσης τότε" in page


@pytest.mark.parametrize(
    ("days", "changes", "field"),
    [
        ((LAST, FIRST), {}, "last_day"),
        ((FIRST, FIRST + timedelta(days=400)), {}, "last_day"),
        ((date(2022, 12, 27), date(2022, 12, 30)), {}, "last_day"),
        ((FIRST, LAST), {"face": 21}, "face"),
    ],
)
def test_what_cannot_be_forecast_is_refused_at_its_field(action, officer, days, changes, field):
    with pytest.raises(ForecastRefusedError) as refused:
        operations.forecast(action, Assumptions(people=10, **changes), first_day=days[0],
                            last_day=days[1], actor=officer, at=AT)  # fmt: skip
    assert refused.value.code == field


def test_another_body_neither_makes_nor_reads_it(action, officer, actor_for):
    stranger = actor_for(people.officer("iep"))
    with pytest.raises(PermissionDenied):
        made(action, stranger)
    row = made(action, officer)
    assert list(queries.forecasts(stranger)) == []
    assert list(queries.forecasts(actor_for(people.ministry_officer()))) == [row]


def test_an_officer_makes_one_on_screen_and_takes_it_as_a_sheet(
    client, login, action, programme, set_clock
):
    set_clock(AT)
    people.a_teacher("ΠΕ03")
    a_meeting(programme, 1, datetime(2023, 1, 9, 17, tzinfo=ATHENS), "f2f", there=12)
    login(client, people.officer())
    form = dimensioning.Assumptions(people=45).kept()
    form |= {"action": action.pk, "first_day": "2023-01-09", "last_day": "2023-01-29"}
    page = markup(client.post(reverse("observatory:forecast-new"), form, follow=True))
    assert "Η πρόβλεψη υπολογίστηκε." in page
    assert "Εκπαιδευτικοί που θα επιμορφωθούν" in page
    assert "20 / 1" in page
    row = queries.Forecast.objects.get()
    address = reverse("kernel:report-export", args=["observatory.week_needs", "xlsx"])
    answer = client.get(address, {"forecast": row.pk, "region": "country"})
    lines = cells_of(BytesIO(b"".join(answer.streaming_content)))
    assert "Ταυτόχρονα άτομα: πρόβλεψη" in [cell for line in lines for cell in line]


def test_the_form_says_what_to_correct(client, login, action):
    login(client, people.officer())
    form = dimensioning.Assumptions(people=45, face=30).kept()
    form |= {"action": action.pk, "first_day": "2023-01-09", "last_day": "2023-01-29"}
    answer = client.post(reverse("observatory:forecast-new"), form)
    assert answer.status_code == 422
    assert "περισσότερες από όλες" in markup(answer)


def test_pages_ask_as_much_for_three_as_for_one(client, login, action, officer):
    people.a_teacher("ΠΕ03")
    row = made(action, officer)
    login(client, people.officer())
    addresses = [reverse("observatory:forecasts"), reverse("observatory:forecast", args=[row.pk])]

    def asked():
        with CaptureQueriesContext(connection) as found:
            for address in addresses:
                assert client.get(address).status_code == 200
        return len(found)

    before = asked()
    for _ in range(2):
        people.a_teacher("ΠΕ02", prefecture="THS")
        made(action, officer)
    assert asked() == before
