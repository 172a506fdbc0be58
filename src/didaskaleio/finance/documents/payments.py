"""Documents of payments (έγγραφα πληρωμών): acceptance minutes and the yearly statement."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from didaskaleio.finance.models import Minutes, MinutesItem, Payee
from didaskaleio.finance.queries import acceptance, statements
from didaskaleio.kernel import files, greek
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.kernel.files import Kind as FileKind
from didaskaleio.kernel.sheets.spooling import SHEETS
from didaskaleio.structures.queries import authority_lines

SPECIMEN = "ΔΕΙΓΜΑ"
TYPST = Path(__file__).parent.parent / "typst"


def minutes_data(minutes: Minutes) -> dict[str, Any]:
    """The minutes with every line and signature; ``issue`` adds number, day and seal."""
    committee = minutes.committee
    sums = acceptance.totals(minutes)
    return {
        "document": _head("Πρακτικό παραλαβής έργου", authority_lines(committee.action.body)),
        "body": committee.action.body.name,
        "sealed_at": "",
        "fields": [
            ["Δράση", committee.action.title],
            ["Επιτροπή", f"{committee.title} ({committee.decision})"],
            ["Απαρτία", committee.get_quorum_display()],
            ["Παραλαμβάνονται", greek.euro(sums["accepted"])],
            ["Δεν παραλαμβάνονται", greek.euro(sums["refused"])],
        ],
        "lines": [_judged(item) for item in acceptance.items_of(minutes)],
        "signatures": [
            [str(each.person), greek.long_moment(each.at)]
            for each in minutes.signatures.select_related("person")
        ],
    }


def _judged(item: MinutesItem) -> list[str]:
    """One line of minutes as it is printed."""
    line = item.line
    return [
        line.payee.name,
        f"{line.get_unit_display()}: {line.source_title}",
        greek.exact(line.counted),
        greek.number(line.price, 2),
        greek.number(line.amount, 2),
        item.refusal or "Παραλαμβάνεται",
    ]


def statement_data(payee: Payee) -> dict[str, Any]:
    """The yearly statement of a payee; who renders it adds the year and its payments."""
    return {
        "document": _head("Βεβαίωση αποδοχών", authority_lines(payee.body)),
        "fields": [
            ["Δικαιούχος", payee.name],
            ["Α.Φ.Μ.", payee.afm or "–"],
        ],
        "year": SPECIMEN,
        "lines": [],
        "totals": [],
    }


def year_data(payee: Payee, year: int) -> dict[str, Any]:
    """The payments of one year as the statement prints them."""
    rows = statements.paid_in(payee, year)
    gross = sum((row.gross for row in rows), Decimal(0))
    net = sum((row.net for row in rows), Decimal(0))
    return {
        "year": str(year),
        "lines": [
            [
                greek.short_date(row.bank_on) if row.bank_on else "",
                row.order.number,
                row.order.action.title,
                greek.number(row.gross, 2),
                greek.number(row.gross - row.net, 2),
                greek.number(row.net, 2),
            ]
            for row in rows
        ],
        "totals": [greek.number(each, 2) for each in (gross, gross - net, net)],
    }


def _head(title: str, authority: tuple[str, ...]) -> dict[str, Any]:
    return {
        "title": title,
        "authority": authority,
        "place": "Αθήνα",
        "date": SPECIMEN,
        "number_label": "Αριθμός:",
        "number": SPECIMEN,
    }


MINUTES_PDF = declare(
    Kind(
        "finance.minutes",
        "Πρακτικό παραλαβής",
        TYPST / "minutes.typ",
        "minutes.read",
        "finance.minutes",
        minutes_data,
    )
)
STATEMENT_PDF = declare(
    Kind(
        "finance.statement",
        "Βεβαίωση αποδοχών",
        TYPST / "statement.typ",
        "payee.own",
        "finance.statement",
        statement_data,
    )
)
WORK_PAPER = files.declare(
    FileKind("finance.work", "Έγγραφο έργου", "work.read", (files.PDF, *files.IMAGES))
)
WORK_SHEET = files.declare(
    FileKind("finance.work_sheet", "Φύλλο έργου", "pay_action.read", SHEETS, files.MEGABYTE)
)
BANK_FILE = files.declare(
    FileKind("finance.bank", "Αρχείο τράπεζας", "order.keep", ("text/plain",))
)
