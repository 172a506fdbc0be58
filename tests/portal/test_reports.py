"""Every report over the whole demonstration: who reads it, from where, filtered and ordered.

Shows: R-047, R-055, R-060, R-163, R-166, R-172.
"""

from __future__ import annotations

from itertools import islice, product

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.connectors.models import TeacherImport
from didaskaleio.kernel import access
from didaskaleio.kernel.models import SavedView
from didaskaleio.kernel.reports import Query, known
from didaskaleio.observatory.models import Forecast
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import TrainingAction, TrainingPeriod, WorkCall
from didaskaleio.registers.models import Call, Candidacy, Register
from didaskaleio.site.story.moments import NOW
from tests.portal.reports import (
    CLASS,
    COMPLETION,
    FOLLOWING,
    PLANNING,
    READERS,
    reader,
)

TWELVE = {
    "enrolment.applications",
    "enrolment.participation",
    "enrolment.fill",
    "enrolment.draw_protocol",
    "enrolment.runners_up",
    "enrolment.phase_b",
    "enrolment.people",
    "enrolment.owed",
    "enrolment.owed_places",
    "delivery.attendance",
    "delivery.near_limit",
    "delivery.absences",
    "delivery.sessions",
    "delivery.excuses",
    "delivery.disputes",
    "delivery.class_applications",
    "delivery.visits",
    "delivery.tasks",
    "delivery.progress",
    "programmes.waiting",
    "programmes.timetables",
    "programmes.trainers",
    "programmes.rooms",
    "programmes.centres",
    "programmes.actions",
    "registers.candidacies",
    "completion.attestations",
    "completion.employments",
    "completion.impact",
    "completion.programmes",
    "completion.consolidated",
    "people.rights",
}


def test_the_twelve_are_declared():
    assert set(known) >= TWELVE


def test_every_report_has_something_to_show(officer):
    rows = {name: known[name].selected(officer, NOW, Query()).exists() for name in TWELVE}
    assert rows == dict.fromkeys(TWELVE, True)


# without a choice it shows the newest action, the newest import; «ended» unites two states
OVERLAPPING = {
    ("connectors.changes", "batch"),
    ("delivery.absences", "action"),
    ("delivery.near_limit", "action"),
    ("finance.contract_states", "kind"),
    ("finance.contract_states", "state"),
    ("finance.hours", "action"),
    ("programmes.waiting", "state"),
    ("registers.members", "cluster"),
    ("registers.members", "day"),
    ("registers.tally", "cluster"),
    ("registers.tally", "day"),
    ("programmes.staffing", "period"),
    # the rows are places, whatever is counted of them
    *(
        (f"enrolment.{name}", by)
        for name in ("targets", "allocation")
        for by in ("period", "cluster")
    ),
    # a row of these adds up programmes of several periods, clusters and categories
    *product(
        ("programmes.trainers", "programmes.rooms", "programmes.centres"),
        ("period", "region", "prefecture", "cluster", "category"),
    ),
}


def test_filters_divide_the_rows(reading):
    """What every choice of a filter leaves adds up to no more than all, and something is left."""
    for report in known.values():
        everything = report.selected(reading(report), NOW, Query()).count()
        for each in report.filters:
            choices = each.choices(reading(report), NOW)
            left = [
                report.selected(reading(report), NOW, Query({each.name: value})).count()
                for value, _ in choices
            ]
            own = (report.name, each.name)
            if own not in OVERLAPPING:
                assert sum(left) <= everything, own
            assert max(left, default=0) > 0 or own == ("people.rights", "scope"), own


def test_filters_by_place_lose_nothing(officer):
    for name in ("enrolment.fill", "enrolment.people", "programmes.waiting"):
        report = known[name]
        everything = report.selected(officer, NOW, Query()).count()
        for each in report.filters:
            if each.name in {"region", "prefecture", "cluster", "category", "period"}:
                left = sum(
                    report.selected(officer, NOW, Query({each.name: value})).count()
                    for value, _ in each.choices(officer, NOW)
                )
                assert left == everything, (name, each.name)


def test_an_unknown_choice_changes_nothing(officer):
    report = known["enrolment.fill"]
    strange = Query({"region": "' OR 1=1", "period": "x"}, "-nothing")
    assert report.selected(officer, NOW, strange).count() == (
        report.selected(officer, NOW, Query()).count()
    )


def test_every_order_is_stable_and_turns_round(reading):
    for report in known.values():
        for column in report.columns:
            if not column.order:
                continue
            up = report.selected(reading(report), NOW, Query({}, column.name))
            down = report.selected(reading(report), NOW, Query({}, f"-{column.name}"))
            assert up.count() == down.count(), (report.name, column.name)
            assert list(up[:5]) == list(up[:5])


def test_a_page_costs_the_same_queries_for_one_row_and_for_fifty(reading):
    for report in known.values():
        costs = []
        for many in (50, 1, 50):
            with CaptureQueriesContext(connection) as queries:
                list(report.lines(islice(report.selected(reading(report), NOW, Query()), many)))
            costs.append(len(queries))
        assert costs[1] == costs[2], report.name


ROLES = ("teacher", "trainer", "centre", "officer", "inspector", "region", "ministry", "admin")


def test_each_role_finds_its_own_reports(counted, demo, account, client):
    found = {}
    for username in ROLES:
        client.force_login(Person.objects.get(username=username))
        page = client.get(reverse("kernel:reports")).content.decode()
        found[username] = {name for name in known if reverse("kernel:report", args=[name]) in page}
        opened = {n for n, r in known.items() if access.allowed(account(username), r.permission)}
        assert found[username] == opened, username
    assert found["teacher"] == set()
    assert found["trainer"] == PLANNING | CLASS | COMPLETION | {"completion.employments"}
    assert found["centre"] >= PLANNING | CLASS | COMPLETION | FOLLOWING
    assert found["inspector"] >= {"delivery.visits", "delivery.progress"}
    assert found["ministry"] >= PLANNING | {"programmes.actions", "delivery.progress"}
    assert found["region"] == PLANNING | {
        *("programmes.waiting", "programmes.staffing"),
        *("delivery.visits", "delivery.tasks", "delivery.progress"),
        *("directory.vacancies", "directory.ending"),
        *("small_actions.actions", "small_actions.seats"),
        *("registers.centres", "registers.teachers"),
        *("enrolment.owed", "enrolment.owed_places"),
    }
    assert found["officer"] == set(known) - set(READERS)


def test_nobody_opens_what_is_not_theirs(browse):
    client = browse("teacher")
    for name in known:
        assert client.get(reverse("kernel:report", args=[name])).status_code == 403, name
        for form in ("csv", "xlsx", "pdf"):
            address = reverse("kernel:report-export", args=[name, form])
            assert client.get(address).status_code == 403, (name, form)


def test_a_centre_sees_only_its_own_programmes(counted, demo, account):
    actor = account("centre")
    own = actor.scopes("centre_manager", "centre")
    rows = known["enrolment.fill"].selected(actor, NOW, Query())
    assert {row.centre_id for row in rows} == own
    people = known["enrolment.people"].selected(actor, NOW, Query())
    assert {row.programme.centre_id for row in people} == own


def test_views_are_kept_found_again_and_deleted_by_their_owner(browse):
    client = browse()
    name = "enrolment.fill"
    save = reverse("kernel:report-save", args=[name])
    client.post(save, {"name": "Αττική", "query": "region=ATT&order=-share"})
    page = client.get(reverse("kernel:report", args=[name])).content.decode()
    assert f"{reverse('kernel:report', args=[name])}?region=ATT&amp;order=-share" in page
    view = SavedView.objects.get(name="Αττική")
    forget = reverse("kernel:report-forget", args=[name, view.pk])
    assert browse("ministry").post(forget).status_code == 404
    assert browse().post(forget).status_code == 302
    assert not SavedView.objects.filter(pk=view.pk).exists()


SCREENS = {
    "enrolment.applications": "programmes:period",
    "enrolment.participation": "programmes:period",
    "enrolment.targets": "programmes:period",
    "enrolment.allocation": "programmes:period",
    "enrolment.demand": "programmes:period",
    "enrolment.fill": "programmes:period",
    "enrolment.draw_protocol": "enrolment:ceremony",
    "enrolment.runners_up": "programmes:period",
    "enrolment.phase_b": "programmes:period",
    "enrolment.people": "enrolment:places",
    "enrolment.owed": "programmes:action",
    "enrolment.owed_places": "programmes:action",
    **dict.fromkeys(sorted(PLANNING | {"programmes.actions"}), "programmes:desk"),
    **dict.fromkeys(sorted(FOLLOWING | CLASS), "delivery:exceptions"),
    **dict.fromkeys(sorted(COMPLETION), "completion:attestations"),
    "programmes.waiting": "programmes:desk",
    "completion.employments": "completion:employments",
    "completion.impact": "courses:course",
    "finance.contract_states": "finance:payees",
    "completion.dossiers": "completion:dossiers",
    "finance.work_reports": "finance:work-reports",
    "finance.contracts": "finance:contracts",
    "finance.order_lines": "finance:pay-desk",
    "finance.payees": "finance:payees",
    "finance.work": "finance:pay-desk",
    "finance.amounts": "finance:pay-desk",
    "finance.hours": "finance:pay-desk",
    "finance.outside": "finance:pay-desk",
    "finance.payments": "finance:pay-desk",
    "people.rights": "people:rights",
    "connectors.changes": "connectors:import",
    "registers.candidacies": "registers:received",
    "directory.vacancies": "directory:structures",
    "directory.ending": "directory:structures",
    "programmes.staffing": "programmes:desk",
    "programmes.work": "programmes:work-calls",
    "programmes.work_ranking": "programmes:work-ranking",
    "registers.assessments": "registers:assessment-board",
    "registers.centres": "registers:centres",
    "registers.members": "registers:members",
    "registers.objections": "registers:objections",
    "registers.tally": "registers:registers",
    "registers.teachers": "registers:teachers",
    "observatory.staff_needs": "observatory:forecast",
    "observatory.marker_needs": "observatory:forecast",
    "observatory.week_needs": "observatory:forecast",
    "small_actions.actions": "small_actions:desk",
    "small_actions.seats": "small_actions:desk",
}


def test_every_report_is_reached_from_the_screen_that_it_is_about(browse):
    period = TrainingPeriod.objects.get(state="phase_b")
    programme = period.programmes.filter(state="filling").first()
    arguments = {
        "programmes:period": [period.pk],
        "enrolment:ceremony": [period.code],
        "enrolment:places": [programme.pk],
        "programmes:action": [TrainingAction.objects.get(compulsory=True).pk],
        "programmes:work-calls": [period.action_id],
        "programmes:work-ranking": [WorkCall.objects.get(state="closed").pk],
        "courses:course": [period.action.course_version.course_id],
        "connectors:import": [TeacherImport.objects.earliest("pk").pk],
        "registers:assessment-board": [Call.objects.get(state="assessing").pk],
        "registers:members": [Register.objects.get(code="epimorfotes-b").pk],
        "observatory:forecast": [Forecast.objects.earliest("pk").pk],
        "registers:received": [Candidacy.objects.exclude(submission=None).earliest("pk").call_id],
    }
    assert set(SCREENS) == set(known)
    for report, screen in SCREENS.items():
        client = browse(reader(known[report]))
        page = client.get(reverse(screen, args=arguments.get(screen, []))).content.decode()
        assert reverse("kernel:report", args=[report]) in page, (report, screen)
