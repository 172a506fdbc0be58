"""Every report over the whole demonstration: the same rows and totals in every form.

Shows: R-047, R-055, R-060, R-163, R-166, R-172.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
from itertools import islice, product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from didaskaleio.connectors.models import TeacherImport
from didaskaleio.enrolment.operations import counting
from didaskaleio.enrolment.reports.participation import ParticipationFigure
from didaskaleio.kernel import access, printouts
from didaskaleio.kernel.models import SavedView
from didaskaleio.kernel.reports import Query, known, writers
from didaskaleio.kernel.web import reports as pages
from didaskaleio.observatory.models import Forecast
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import TrainingAction, TrainingPeriod, WorkCall
from didaskaleio.registers.models import Call, Candidacy, Register
from didaskaleio.site.story.moments import NOW
from tests.sheets import cells_of

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


# who reads a report that an officer of the body does not
READERS = {
    "connectors.changes": "ministry",
    "finance.contracts": "finance",
    "finance.contract_states": "finance",
    "finance.payees": "finance",
}


@pytest.fixture
def counted(demo):
    """The demonstration with its participation counted."""
    for period in TrainingPeriod.objects.exclude(state__in=("draft", "proposing")):
        counting.count_participation(period, at=NOW)


@pytest.fixture
def officer(counted, account):
    return account("officer")


def reader(report):
    return READERS.get(report.name, "officer")


@pytest.fixture
def reading(counted, account):
    """The actor who reads a report."""
    return lambda report: account(reader(report))


@pytest.fixture
def browse(counted, client):
    def enter(username="officer"):
        client.force_login(Person.objects.get(username=username))
        return client

    return enter


def lines_of(report, rows):
    return list(report.lines(rows))


def shown(report, line):
    return [writers.shown(c, v) for c, v in zip(report.columns, line, strict=True)]


def cells(fragment):
    return [
        re.sub(r"\s+", " ", strip_tags(cell)).strip()
        for cell in re.findall(r"<td[^>]*>(.*?)</td>", fragment, re.DOTALL)
    ]


def table_on(page):
    """The rows of the body and the cells of the foot, as a person reads them."""
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    foot = re.search(r"<tfoot>(.*?)</tfoot>", page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL) if body else []
    return [cells(row) for row in rows], cells(foot[1]) if foot else []


def pdf_words(content, folder):
    path = folder / "report.pdf"
    path.write_bytes(content)
    ran = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return ran.stdout.decode()


def test_the_twelve_are_declared():
    assert set(known) >= TWELVE


def test_every_report_has_something_to_show(officer):
    rows = {name: known[name].selected(officer, NOW, Query()).exists() for name in TWELVE}
    assert rows == dict.fromkeys(TWELVE, True)


def test_totals_of_the_database_are_the_sums_of_the_rows(reading):
    for report in known.values():
        rows = report.selected(reading(report), NOW, Query())
        lines = lines_of(report, rows)
        totals = report.totals(rows) or [None] * len(report.columns)
        for i, column in enumerate(report.columns):
            wanted = sum(line[i] or 0 for line in lines) if column.total else None
            assert totals[i] == wanted, (report.name, column.name)


def test_screen_csv_and_xlsx_carry_the_same_rows_and_totals(browse, reading):
    for report in known.values():
        client = browse(reader(report))
        rows = report.selected(reading(report), NOW, Query())
        lines = lines_of(report, rows)
        words = [shown(report, line) for line in lines]
        totals = report.totals(rows)
        foot = writers.total_cells(report, totals) if totals else []

        page = client.get(reverse("kernel:report", args=[report.name])).content.decode()
        body, seen_foot = table_on(page.replace("&#x27;", "'").replace("&quot;", '"'))
        assert body == [[cell or "–" for cell in line] for line in words[:50]], report.name
        assert seen_foot == foot, report.name

        address = reverse("kernel:report-export", args=[report.name, "csv"])
        text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
        read = list(csv.reader(io.StringIO(text), delimiter=";"))
        assert read[0] == [column.title for column in report.columns]
        assert [[c.removeprefix("'") for c in row] for row in read[1 : len(words) + 1]] == [
            [writers.disarmed(c).removeprefix("'") for c in row] for row in words
        ], report.name
        assert read[len(words) + 1 :] == ([foot] if foot else []), report.name

        address = reverse("kernel:report-export", args=[report.name, "xlsx"])
        book = cells_of(io.BytesIO(b"".join(client.get(address).streaming_content)))
        assert len(book) == 1 + len(lines) + (1 if foot else 0), report.name
        for i, column in enumerate(report.columns):
            if column.total and totals:
                assert book[-1][i] == pytest.approx(float(totals[i])), (report.name, column.name)
                figures = sum(row[i] or 0 for row in book[1:-1] if i < len(row))
                assert figures == pytest.approx(float(totals[i])), (report.name, column.name)


def test_the_pdf_has_every_row_and_the_totals(browse, officer, tmp_path):
    client = browse()
    for name in ("enrolment.fill", "enrolment.participation", "programmes.waiting"):
        report = known[name]
        rows = report.selected(officer, NOW, Query())
        address = reverse("kernel:report-export", args=[name, "pdf"])
        words = pdf_words(client.get(address).content, tmp_path)
        assert "Σύνολο" in words
        for column, total in zip(report.columns, report.totals(rows), strict=True):
            if column.total:
                assert writers.shown(column, total) in words
        if name != "enrolment.participation":
            assert {code for code in rows.values_list("code", flat=True) if code not in words} == (
                set()
            )


def test_the_pdf_of_planning_delivery_and_completion_has_the_rows_of_the_screen(
    browse, reading, tmp_path
):
    for name in sorted(PLANNING | FOLLOWING | COMPLETION):
        report = known[name]
        rows = report.selected(reading(report), NOW, Query())
        address = reverse("kernel:report-export", args=[name, "pdf"])
        told = pdf_words(browse().get(address).content, tmp_path)
        words = re.sub(r"\s+", "", told)
        for line in lines_of(report, rows):
            first = shown(report, line)[0]
            assert re.sub(r"\s+", "", first.split(" ")[0]) in words, (name, first)


PRINTED = {
    "teacher": {"programmes.card", "delivery.timetable"},
    "teacher2": {"programmes.card", "delivery.timetable", "delivery.card"},
    "trainer": {
        *("programmes.card", "delivery.timetable", "delivery.card", "delivery.people"),
        *("delivery.blank_sheet", "delivery.signed_sheet"),
        *("completion.outcomes", "completion.handover"),
    },
    "inspector": {"programmes.card", "delivery.timetable", "delivery.checklist"},
    "region": {"programmes.card", "delivery.timetable"},
    "ministry": {"programmes.card", "programmes.period", "delivery.timetable"},
}


def test_each_role_finds_its_printed_forms_and_they_are_tagged_greek_pdf(counted, account, client):
    for username, wanted in PRINTED.items():
        client.force_login(Person.objects.get(username=username))
        page = client.get(reverse("kernel:reports")).content.decode()
        actor = account(username)
        assert {one.name for one in printouts.opened(actor)} == wanted, username
        assert [name for name in wanted if printouts.known[name].title not in page] == []
        for name in sorted(wanted):
            one = printouts.known[name]
            thing = access.visible(actor, one.permission, one.some()).order_by("pk").first()
            answer = client.get(reverse("kernel:printout", args=[name, thing.pk]))
            assert answer["Content-Type"] == "application/pdf", name
            assert b"/MarkInfo" in answer.content, name
            assert b"/Lang" in answer.content, name
    assert {one.name for one in printouts.opened(account("officer"))} == set(printouts.known)


def test_a_pdf_of_too_many_rows_is_refused_with_what_to_do(browse, monkeypatch):
    monkeypatch.setattr(pages, "LONGEST_PDF", 3)
    client = browse()
    address = reverse("kernel:report-export", args=["enrolment.people", "pdf"])
    page = client.get(address, headers={"referer": "http://testserver/home/"}, follow=True)
    assert "Στενέψτε τα φίλτρα" in page.content.decode()


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


def test_maps_add_up_to_the_rows(reading):
    for report in known.values():
        if report.map is None:
            continue
        rows = report.selected(reading(report), NOW, Query())
        on_map = sum(report.map.values(rows.order_by()).values())
        if report.name == "enrolment.fill":
            wanted = sum(line.held for line in rows)
        elif report.name == "enrolment.participation":
            wanted = sum(line.applied for line in rows if line.regional_unit_id)
        elif report.name == "enrolment.demand":
            wanted = sum(line.wished for line in rows)
        elif report.name == "enrolment.applications":
            wanted = rows.filter(unit__isnull=False).count()
        else:
            wanted = rows.count()
        assert on_map == wanted > 0, report.name


def test_the_map_is_on_screen_with_its_figures(browse):
    page = browse().get(reverse("kernel:report", args=["enrolment.fill"]), {"view": "map"})
    assert "Θέσεις που καλύφθηκαν ανά περιφερειακή ενότητα" in page.content.decode()


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
        for many in (1, 50):
            with CaptureQueriesContext(connection) as queries:
                list(report.lines(islice(report.selected(reading(report), NOW, Query()), many)))
            costs.append(len(queries))
        assert costs[0] == costs[1], report.name


ROLES = ("teacher", "trainer", "centre", "officer", "inspector", "region", "ministry", "admin")
PLANNING = {f"programmes.{name}" for name in ("timetables", "trainers", "rooms", "centres")}
CLASS = {
    f"delivery.{name}"
    for name in (
        *("attendance", "absences", "sessions", "staff_hours", "class_applications"),
        "evidence",
    )
}
FOLLOWING = {
    f"delivery.{name}"
    for name in ("near_limit", "excuses", "disputes", "visits", "tasks", "progress")
}
COMPLETION = {f"completion.{name}" for name in ("programmes", "consolidated", "attestations")}


def test_each_role_finds_its_own_reports(counted, account, client):
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


def test_a_centre_sees_only_its_own_programmes(counted, account):
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


def test_participation_counts_each_teacher_once(counted):
    period = TrainingPeriod.objects.get(state="phase_b")
    rows = list(ParticipationFigure.objects.filter(period=period))
    assert sum(r.teachers for r in rows) == Person.objects.filter(teacher__isnull=False).count()
    applied = period.applications.exclude(state__in=("draft", "withdrawn")).count()
    assert sum(r.applied for r in rows) == applied
    held = period.applications.filter(state__in=("placed", "enrolled", "attended")).count()
    assert sum(r.placed for r in rows) == held
    assert all(r.placed <= r.applied <= r.teachers and r.eligible <= r.teachers for r in rows)


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
