"""Reports over the whole demonstration: who reads them, and how what comes out is read back."""

from __future__ import annotations

import re
import subprocess

from django.utils.html import strip_tags

from didaskaleio.kernel.reports import writers

# who reads a report that an officer of the body does not
READERS = {
    "connectors.changes": "ministry",
    "finance.contracts": "finance",
    "finance.contract_states": "finance",
    "finance.payees": "finance",
}


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


def reader(report):
    return READERS.get(report.name, "officer")


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
