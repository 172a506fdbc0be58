"""Attendance from a file, dry run first, and the scanned sheet (αρχείο και σαρωμένο φύλλο)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from didaskaleio.delivery import queries
from didaskaleio.delivery.enums import Mark, Source
from didaskaleio.delivery.errors import NotApplicableError, SheetSignedError
from didaskaleio.delivery.lifecycle import UNMARKED
from didaskaleio.delivery.models import Attendance, ScannedSheet, Sign, TrainingSession
from didaskaleio.delivery.operations.marks import hold
from didaskaleio.delivery.operations.signs import record
from didaskaleio.delivery.rules import signs
from didaskaleio.kernel import access, files, greek, journal, sheets
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.sheets import Field, Heading, SheetError
from didaskaleio.kernel.sheets.spooling import SHEETS, spooled
from didaskaleio.programmes import parameters

SHEET = files.declare(
    files.Kind("delivery.roll_file", "Παρουσίες σε αρχείο", "session.teach", SHEETS, files.MEGABYTE)
)
SCAN = files.declare(
    files.Kind(
        "delivery.scan", "Σαρωμένο παρουσιολόγιο", "session.read", (files.PDF, *files.IMAGES)
    )
)
FIELDS = (
    Field("email", "Ηλεκτρονική διεύθυνση", ("email", "e-mail", "Ηλεκτρονική διεύθυνση")),
    Field("name", "Ονοματεπώνυμο", ("Ονοματεπώνυμο", "Πρόσωπο", "Επιμορφούμενος/η", "Name")),
    Field("surname", "Επώνυμο", ("Επώνυμο", "Surname", "Last name")),
    Field("given", "Όνομα", ("Όνομα", "First name")),
    Field("mark", "Σημείωση", ("Σημείωση", "Παρουσία", "Κατάσταση", "Status")),
    Field("late", "Λεπτά καθυστέρησης", ("Λεπτά καθυστέρησης", "Καθυστέρηση")),
    Field(
        "minutes", "Λεπτά παρακολούθησης", ("Λεπτά παρακολούθησης", "Λεπτά", "Διάρκεια", "Minutes")
    ),
)
FEWEST, MOST, LONGEST_NOTE = 2, 200, 200
WORDS = {
    Mark.PRESENT: ("παρουσια", "παρων", "παρουσα", "π", "ναι", "present", "1"),
    Mark.ABSENT: ("απουσια", "απων", "απουσα", "α", "οχι", "absent", "0"),
    Mark.LATE: ("καθυστερηση", "κ", "late"),
}


@dataclass(frozen=True)
class Line:
    """One line of the file (γραμμή): of whom it speaks, what it says, or what is wrong with it."""

    number: int
    text: str
    row: Attendance | None = None
    mark: str = ""
    late: int = 0
    minutes: int | None = None
    problem: str = ""

    @property
    def label(self) -> str:
        return str(Mark(self.mark).label) if self.mark else ""


def read_file(session: TrainingSession, upload: Any, *, actor: Actor, at: datetime) -> list[Line]:
    """Dry run (δοκιμαστική ανάγνωση): what each line says; nothing is written."""
    access.require(actor, "session.teach", session)
    with spooled(upload, SHEET) as path:
        lines = list(islice(sheets.rows(path), MOST + 1))
    heading = sheets.find_heading(lines, FIELDS, fewest=FEWEST)
    if heading is None or len(lines) > MOST:
        raise SheetError(
            "Το αρχείο χρειάζεται στις πρώτες γραμμές επικεφαλίδες «Ονοματεπώνυμο» (ή e-mail) και "
            f"«Σημείωση» (ή «Λεπτά παρακολούθησης»), και έως {MOST} γραμμές."
        )
    reader = _Reader(session, heading, at)
    told = [(n, cells) for n, cells in enumerate(lines, 1) if n > heading.last and any(cells)]
    return reader.once([reader.line(number, cells) for number, cells in told])


class _Reader:
    """Reads the lines of one file against the roll of one session."""

    def __init__(self, session: TrainingSession, heading: Heading, at: datetime) -> None:
        self.columns = heading.columns
        self.full = queries.full_minutes(session, at)
        self.numbers = parameters.of(session.programme.period.action, at)
        self.people: dict[str, list[Attendance]] = {}
        for row in queries.roll(session):
            for key in _keys(row):
                self.people.setdefault(key, []).append(row)

    def line(self, number: int, cells: Sequence[str]) -> Line:
        said = {name: self._cell(cells, place) for name, place in self.columns.items()}
        text = said.get("name") or f"{said.get('surname', '')} {said.get('given', '')}".strip()
        text = text or said.get("email", "")
        found = self.people.get(_key(said.get("email", ""))) or self.people.get(_key(text), [])
        if len(found) != 1:
            problem = "Πολλά πρόσωπα με αυτό το όνομα" if found else "Δεν είναι στην ομάδα"
            return Line(number, text, problem=problem)
        mark, late, minutes = self._mark(said)
        problem = "" if mark else "Δεν διαβάζεται η σημείωση"
        return Line(number, text, found[0], mark, late, minutes, problem)

    def _mark(self, said: dict[str, str]) -> tuple[str, int, int | None]:
        word, late = _key(said.get("mark", "")), _whole(said.get("late", ""))
        minutes = _whole(said.get("minutes", ""))
        known = next((str(mark) for mark, words in WORDS.items() if word in words), "")
        if known == Mark.LATE:
            return (known, late, None) if late and late < self.full else ("", 0, None)
        if known or word or minutes is None:
            return known, 0, None
        least, tolerance = self.numbers.present_from_minutes, self.numbers.late_from_minutes
        return *signs.by_minutes(minutes, self.full, least=least, tolerance=tolerance), minutes

    @staticmethod
    def _cell(cells: Sequence[str], place: int) -> str:
        return greek.clean(cells[place]).strip()[:200] if place < len(cells) else ""

    @staticmethod
    def once(lines: list[Line]) -> list[Line]:
        """A person named twice is read the first time only."""
        seen: set[int] = set()
        found = []
        for line in lines:
            again = line.row is not None and line.row.pk in seen
            found.append(
                Line(line.number, line.text, problem="Το ίδιο πρόσωπο δεύτερη φορά")
                if again
                else line
            )
            seen |= {line.row.pk} if line.row else set()
        return found


def _keys(row: Attendance) -> set[str]:
    person = row.person
    names = (str(person), person.full_name, person.email)
    return {_key(name) for name in names if name.strip()}


def _key(text: str) -> str:
    return " ".join(greek.search_key(text).split())


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else None  # noqa: PLR2004


def apply_file(
    session: TrainingSession, lines: Sequence[Line], *, actor: Actor, at: datetime
) -> int:
    """Keep what the file says (εισαγωγή): who has no mark gets one, the rest is compared."""
    with transaction.atomic():
        held = hold(session)
        access.require(actor, "session.teach", held)
        if held.state in UNMARKED:
            raise SheetSignedError("Το παρουσιολόγιο υπογράφηκε στο μεταξύ και δεν αλλάζει.")
        if not queries.may_mark(held, at):
            raise NotApplicableError(
                "Οι παρουσίες σημειώνονται από μισή ώρα πριν από την έναρξη και μετά."
            )
        made = [_sign(line, at) for line in lines if line.row is not None and line.mark]
        if not made:
            raise NotApplicableError("Καμία γραμμή δεν διαβάστηκε. Διορθώστε το αρχείο.")
        record(held, made, actor=actor, at=at)
        act = "Εισαγωγή παρουσιών από αρχείο"
        journal.write(held, act, actor=actor, at=at, lines=len(made))
    return len(made)


def _sign(line: Line, at: datetime) -> Sign:
    return Sign(
        row=line.row,
        source=Source.FILE,
        mark=line.mark,
        late=line.late,
        minutes=line.minutes,
        seen_at=at,
    )


def keep_scan(
    session: TrainingSession, *, upload: Any, name: str, note: str, actor: Actor, at: datetime
) -> ScannedSheet:
    """Keep the sheet that was signed on paper (σαρωμένο παρουσιολόγιο), beside its version."""
    with transaction.atomic():
        held = hold(session)
        access.require(actor, "session.scan", held)
        sheet = queries.latest_sheet(held)
        made = ScannedSheet(session=held, version=sheet.version if sheet else 0, at=at)
        made.note, made.by_id = greek.clean(note).strip()[:LONGEST_NOTE], actor.user_id or 0
        made.file = files.accept(SCAN, upload, name, held, actor=actor, at=at)
        made.save()
        act = "Φυλάχθηκε σαρωμένο παρουσιολόγιο"
        journal.write(held, act, actor=actor, at=at, file=made.file.sha256)
    return made
