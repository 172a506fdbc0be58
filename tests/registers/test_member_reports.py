"""Members found by subject, place and free day; reports with the columns of a register's form.

Shows: R-010, R-023.
"""

from __future__ import annotations

import pytest

from didaskaleio.kernel import reports
from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.kernel.reports import Query
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers import operations, queries
from didaskaleio.site.story.questions import CRITERIA
from tests.factories import people
from tests.factories.structures import a_body, a_cluster, a_prefecture, a_school

pytestmark = pytest.mark.django_db
DEFINITION = {
    "schema": exchange.SCHEMA,
    "title": "Επιμορφωτές",
    "sections": [
        {
            "key": "a",
            "title": "Α",
            "questions": [
                {"key": "phone", "kind": "text", "label": "Τηλέφωνο", "most": 30},
                {
                    "key": "free",
                    "kind": "choices",
                    "label": "Διαθέσιμες ημέρες",
                    "options": [
                        {"key": "monday", "label": "Δευτέρα"},
                        {"key": "tuesday", "label": "Τρίτη"},
                    ],
                },
            ],
        }
    ],
}


@pytest.fixture
def register(officer, a_register, at, actor_for):
    body = a_body("itye")
    owner = Owner(Scope.BODY, body.pk, body.short_name)
    head = actor_for(people.officer("itye", Role.BODY_HEAD))
    by = {"actor": head, "at": at}
    version = forms.begin(owner, code="e", definition=exchange.read(DEFINITION), **by)
    forms.publish(version, **by)
    return a_register(form=version)


@pytest.fixture
def enter(register, officer, at):
    """``enter(prefecture, cluster, *days, phone=…)``: a trainer who serves there."""

    def make(prefecture, cluster, *days, phone="2310"):
        person = people.a_trainer((cluster,), a_school(prefecture))
        values = {"phone": phone, "free": list(days)}
        return operations.enter(register, person, actor=officer, at=at, values=values)

    return make


def asked(actor, at, **values):
    texts = {name: str(value) for name, value in values.items()}
    report = reports.known["registers.members"].shaped(actor, at, texts)
    return report, list(report.selected(actor, at, Query(texts)))


def test_trainers_of_a_subject_in_a_place_free_on_a_day(enter, register, officer, at):
    wanted = enter("KOZ", "B2.3", "tuesday")
    enter("KOZ", "B2.3", "monday")
    enter("LAR", "B2.3", "tuesday")
    enter("KOZ", "B2.1", "tuesday")
    enter("KOZ", "B2.3")
    place = {"cluster": a_cluster("B2.3").pk, "prefecture": a_prefecture("KOZ").pk}
    _report, found = asked(officer, at, **place, day="tuesday")
    assert [row.pk for row in found] == [wanted.pk]
    assert len(asked(officer, at, **place)[1]) == 3
    assert len(asked(officer, at, day="sunday")[1]) == 0


def test_the_chosen_register_gives_its_fields_as_columns(enter, register, officer, at):
    member = enter("KOZ", "B2.3", "monday", "tuesday", phone="=1+1")
    report, (row,) = asked(officer, at, register=register.pk)
    titles = [column.title for column in report.columns]
    assert titles[-2:] == ["Τηλέφωνο", "Διαθέσιμες ημέρες"]
    (line,) = report.lines([row])
    assert line[-1] == "Δευτέρα, Τρίτη"
    assert line[:2] == [str(member.person), member.number]
    plain, _rows = asked(officer, at)
    assert len(plain.columns) == len(titles) - 2


def test_a_part_of_a_register_places_its_members(a_register, register, enter, officer, at):
    part = a_register(parent=register, form=register.form, prefecture=a_prefecture("HER"))
    member = enter("KOZ", "B2.3")
    operations.enter(part, member.person, actor=officer, at=at)
    _report, found = asked(officer, at, prefecture=a_prefecture("HER").pk)
    assert {row.register_id for row in found} == {register.pk, part.pk}


def test_a_planner_finds_members_of_the_own_body_alone(enter, actor_for, at):
    enter("KOZ", "B2.3")
    planners = {}
    for body in ("itye", "iep"):
        person = people.a_person()
        people.a_post(person, Role.PLANNER, Scope.BODY, a_body(body).pk)
        planners[body] = len(asked(actor_for(person), at)[1])
    assert planners == {"itye": 1, "iep": 0}


def test_the_tally_adds_up_members_by_register_and_prefecture(enter, register, officer, at):
    for prefecture in ("KOZ", "KOZ", "LAR"):
        enter(prefecture, "B2.3")
    operations.suspend(
        enter("LAR", "B2.3"), actor=officer, at=at, reason="Εκκρεμεί έλεγχος δικαιολογητικών."
    )
    report = reports.known["registers.tally"]
    rows = report.selected(officer, at, Query({}))
    assert [line[1:] for line in report.lines(rows)] == [
        ["Κοζάνη", 2, 0, 0, 0, 2],
        ["Λάρισα", 1, 0, 0, 1, 2],
    ]
    assert report.totals(rows)[2:] == [3, 0, 0, 1, 4]


def test_the_question_of_days_is_known_by_its_options(register):
    assert queries.day_question(register.fields()).key == "free"
    assert queries.day_question(exchange.read(CRITERIA)) is None


def test_the_page_combines_subject_place_day_and_rules(
    client, login, set_clock, enter, register, at
):
    set_clock(at)
    login(client, people.officer())
    wanted = enter("KOZ", "B2.3", "tuesday")
    enter("KOZ", "B2.3", "monday")
    address = f"/registers/{register.pk}/"
    chosen = {"cluster": a_cluster("B2.3").pk, "prefecture": a_prefecture("KOZ").pk}
    page = client.get(address, chosen | {"day": "tuesday"})
    assert [row.pk for row in page.context["page"]] == [wanted.pk]
    page = client.get(address, chosen | {"test": "free|is|tuesday", "value": ""})
    assert [row.pk for row in page.context["page"]] == [wanted.pk]
    text = "".join(
        chunk.decode()
        for chunk in client.get(
            f"/reports/registers.members/export.csv?register={register.pk}"
        ).streaming_content
    )
    assert "Διαθέσιμες ημέρες" in text


def test_a_formula_in_a_field_is_disarmed_in_the_files(
    client, login, set_clock, enter, register, at
):
    set_clock(at)
    login(client, people.officer())
    enter("KOZ", "B2.3", phone="=1+1")
    address = f"/reports/registers.members/export.csv?register={register.pk}"
    text = b"".join(client.get(address).streaming_content).decode()
    assert "'=1+1" in text
