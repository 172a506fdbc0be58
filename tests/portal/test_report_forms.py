"""Every report in each of its forms: screen, CSV, XLSX, PDF, map, printed forms.

Shows: R-047, R-055, R-060, R-163, R-172.
"""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from didaskaleio.enrolment.reports.participation import ParticipationFigure
from didaskaleio.kernel import access, printouts
from didaskaleio.kernel.reports import Query, known, writers
from didaskaleio.kernel.web import reports as pages
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.site.story.moments import NOW
from tests.portal.reports import (
    COMPLETION,
    FOLLOWING,
    PLANNING,
    lines_of,
    pdf_words,
    reader,
    shown,
    table_on,
)
from tests.sheets import cells_of


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


def test_participation_counts_each_teacher_once(counted, demo):
    period = TrainingPeriod.objects.get(state="phase_b")
    rows = list(ParticipationFigure.objects.filter(period=period))
    assert sum(r.teachers for r in rows) == Person.objects.filter(teacher__isnull=False).count()
    applied = period.applications.exclude(state__in=("draft", "withdrawn")).count()
    assert sum(r.applied for r in rows) == applied
    held = period.applications.filter(state__in=("placed", "enrolled", "attended")).count()
    assert sum(r.placed for r in rows) == held
    assert all(r.placed <= r.applied <= r.teachers and r.eligible <= r.teachers for r in rows)


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


def test_each_role_finds_its_printed_forms_and_they_are_tagged_greek_pdf(
    counted, demo, account, client
):
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
