"""Work from a sheet (έργο από φύλλο): read without writing, then written once, whatever is resent.

The code of a line is its identity in the action: a sheet that is sent again writes nothing.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import transaction

from didaskaleio.finance import amounts, queries
from didaskaleio.finance.batches import FIELDS, Said, read_line
from didaskaleio.finance.documents import WORK_SHEET
from didaskaleio.finance.enums import Source
from didaskaleio.finance.errors import WorkRefusedError
from didaskaleio.finance.models import Payee, PayTerm, WorkLine
from didaskaleio.finance.notices import payments as notices
from didaskaleio.finance.queries.rates import Terms
from didaskaleio.finance.queries.work import contract_of
from didaskaleio.kernel import access, files, greek, journal, sheets
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import StoredFile
from didaskaleio.kernel.sealed import blind_index
from didaskaleio.kernel.sheets import SheetError
from didaskaleio.kernel.sheets.spooling import spooled
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.programmes.models import TrainingAction

MOST, FEWEST = 1_000, 4
IMPORTED = 1 << 62  # above every number that work entered by hand is given
TAKEN = WorkRefusedError("Κάποιες γραμμές γράφτηκαν στο μεταξύ. Στείλτε ξανά το φύλλο.")


@dataclass(frozen=True)
class Line:
    """One line of a sheet beside what stands: for whom, at which rate, or why it is left out."""

    said: Said
    payee: Payee | None = None
    rate: PayTerm | None = None
    problem: str = ""
    written: bool = False

    @property
    def new(self) -> bool:
        return not (self.problem or self.written)

    @property
    def amount(self) -> Decimal:
        if self.rate is None:
            return amounts.ZERO
        return amounts.line_amount(self.said.quantity, self.rate.value)


def read_sheet(action: TrainingAction, upload: Any, *, actor: Actor) -> list[Line]:
    """Dry run (δοκιμαστική ανάγνωση): what each line would write; nothing is written."""
    access.require(actor, "pay_action.keep", action)
    with spooled(upload, WORK_SHEET) as path:
        rows = list(islice(sheets.rows(path), MOST + 2))
    heading = sheets.find_heading(rows, FIELDS, fewest=FEWEST)
    if heading is None or len(rows) > MOST + 1:
        raise SheetError(
            "Το φύλλο χρειάζεται επικεφαλίδες «Α.Φ.Μ.», «Κωδικός», «Μονάδα», «Ποσότητα», «Ημέρα» "
            f"και έως {greek.number(MOST)} γραμμές. Διορθώστε το και στείλτε το ξανά."
        )
    told = [(n, cells) for n, cells in enumerate(rows, 1) if n > heading.last and any(cells)]
    return judged(action, [read_line(n, cells, heading.columns) for n, cells in told])


def judged(action: TrainingAction, told: Sequence[Said]) -> list[Line]:
    """Each line beside the payees, the terms and the lines that stand now."""
    judge = _Judge(action, told)
    return [judge.line(said) for said in told]


class _Judge:
    """Everything that lines are compared with, read by a fixed number of queries."""

    def __init__(self, action: TrainingAction, told: Sequence[Said]) -> None:
        self.action, self.terms = action, Terms(action)
        self.seen: set[str] = set()
        indexes = {blind_index(said.afm, queries.AFM): said.afm for said in told if said.afm}
        held = queries.payees().filter(body=action.body_id, afm_index__in=indexes)
        self.payees = {row.afm: row for row in held}
        keys = [source_key(action, said.code) for said in told]
        rows = WorkLine.objects.filter(source=Source.DOCUMENT, source_id__in=keys, action=action)
        self.standing = {row.source_id: row for row in rows}

    def line(self, said: Said) -> Line:
        if said.problem:
            return Line(said, problem=said.problem)
        if said.code in self.seen:
            return Line(said, problem=f"Ο κωδικός «{said.code}» υπάρχει και πιο πάνω στο φύλλο.")
        self.seen.add(said.code)
        payee = self.payees.get(said.afm)
        if payee is None:
            problem = "Δεν υπάρχουν στοιχεία δικαιούχου με αυτόν τον Α.Φ.Μ.: ετοιμάστε σύμβαση."
            return Line(said, problem=problem)
        if (old := self.standing.get(source_key(self.action, said.code))) is not None:
            return self._again(said, payee, old)
        rate = self._rate(said)
        problem = "" if rate else "Δεν έχει οριστεί μία αποζημίωση για τη μονάδα: γράψτε τον ρόλο."
        return Line(said, payee, rate, problem)

    def _again(self, said: Said, payee: Payee, old: WorkLine) -> Line:
        same = (old.payee_id, old.unit, old.quantity) == (payee.pk, said.unit, said.quantity)
        problem = (
            ""
            if same
            else (
                f"Ο κωδικός έχει ήδη γραφτεί με ποσότητα {greek.exact(old.quantity)}. "
                "Γράψτε νέο κωδικό για νέο έργο."
            )
        )
        return Line(said, payee, problem=problem, written=same)

    def _rate(self, said: Said) -> PayTerm | None:
        """The rate of the role that the line names, else the only one that the unit has."""
        day = said.day or date.min
        if said.role:
            return self.terms.rate(said.unit, said.role, day)
        found = self.terms.rates(said.unit, day)
        return found[0] if len(found) == 1 else None


def source_key(action: TrainingAction, code: str) -> int:
    """The number of a line by its code (ταυτότητα γραμμής): the same whenever it is sent."""
    told = f"{action.pk}|{greek.search_key(code)}".encode()
    return IMPORTED + int.from_bytes(hashlib.sha256(told).digest()[:7])


def write(action: TrainingAction, told: Sequence[Said], *, actor: Actor, at: datetime) -> int:
    """Write the lines that do not stand yet (εγγραφή); returns how many. The sheet is kept."""
    access.require(actor, "pay_action.keep", action)
    with unless_taken(TAKEN), transaction.atomic():
        lines = [line for line in judged(action, told) if line.new]
        if not lines:
            raise WorkRefusedError("Το φύλλο δεν έχει νέα γραμμή: όλες γράφτηκαν ή έχουν λάθος.")
        kept = _kept(action, lines, actor, at)
        made = WorkLine.objects.bulk_create(_line(action, line, kept, at) for line in lines)
        ids = [row.pk for row in made]
        journal.write_many(WorkLine, ids, "Εισήχθη από φύλλο", actor=actor, at=at)
        journal.write(action, "Εισαγωγή έργου από φύλλο", actor=actor, at=at, lines=len(made))
        notices.work_written(made, at=at)
    return len(made)


def _line(action: TrainingAction, line: Line, kept: StoredFile, at: datetime) -> WorkLine:
    said, rate = line.said, line.rate
    assert line.payee is not None and rate is not None and said.day  # noqa: S101, PT018 - it is new
    return WorkLine(
        payee=line.payee,
        action=action,
        contract=contract_of(action, line.payee, rate.role),
        role=rate.role,
        unit=said.unit,
        quantity=said.quantity,
        counted=said.quantity,
        rate=rate,
        price=rate.value,
        amount=line.amount,
        source=Source.DOCUMENT,
        source_id=source_key(action, said.code),
        source_version=1,
        source_title=f"{said.title or 'Γραμμή'} ({said.code})"[:200],
        worked_on=said.day,
        file=kept,
        at=at,
    )


def _kept(action: TrainingAction, lines: Iterable[Line], actor: Actor, at: datetime) -> StoredFile:
    """The lines as they were read, kept as the document of the work."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([field.label for field in FIELDS])
    for line in lines:
        said = line.said
        day = said.day.isoformat() if said.day else ""
        writer.writerow([said.afm, said.code, said.unit, said.role, said.quantity, day, said.title])
    content = ("\ufeff" + text.getvalue()).encode()
    return files.store(WORK_SHEET, content, "fyllo-ergou.csv", action, actor=actor, at=at)
