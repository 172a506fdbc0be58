"""Members from sheets (εισαγωγή μελών; 000 §4 I.b): received, checked by line, applied, undone.

Nothing is written before the batch is applied; what it wrote is taken back as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count, ProtectedError, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from didaskaleio.kernel import access, files, greek, journal, notices, numbering, sheets
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.models import JournalEntry
from didaskaleio.kernel.notices import Message
from didaskaleio.kernel.sheets import Heading, SheetError
from didaskaleio.kernel.sheets.spooling import SHEETS, spooled
from didaskaleio.people.models import Identifier, Person
from didaskaleio.registers import notices as kinds
from didaskaleio.registers.batches import MEMBER_IMPORT, facts_of, read_line
from didaskaleio.registers.enums import LineKind, MemberState
from didaskaleio.registers.errors import MemberSheetError
from didaskaleio.registers.models import MemberImport, MemberLine, Membership, Register
from didaskaleio.registers.operations.membering import STANDING, hold_until
from didaskaleio.registers.rules import LAST_MOMENT

MEMBER_IMPORT.model = MemberImport
SHEET = files.Kind(
    "registers.member_sheet",
    "Φύλλο μελών",
    "member_import.keep",
    SHEETS,
    limit=4 * files.MEGABYTE,
)
MOST_LINES, TOP, FEWEST = 2_000, 25, 2
ENTERED = "Εντάχθηκε με εισαγωγή από αρχείο"
BY_CLOCK = ("remind", "lapse")


def receive_members(
    register: Register, upload: Any, name: str, *, actor: Actor, at: datetime
) -> MemberImport:
    """Παραλαβή: the lines of a sheet, with the columns that its headings tell.

    Refuses what is no plain sheet (:class:`SheetError`), is too long or has no headings.
    """
    access.require(actor, "member_import.keep", MemberImport(register=register))
    with spooled(upload, SHEET) as path:
        lines = list(islice(sheets.rows(path), MOST_LINES + TOP + 1))
    heading = _heading(register, lines)
    cells = [(n, row) for n, row in enumerate(lines, 1) if n > heading.last and any(row)]
    if not cells or len(cells) > MOST_LINES:
        raise SheetError(
            f"Το φύλλο έχει πάνω από {greek.number(MOST_LINES)} γραμμές. Χωρίστε το σε μικρότερα."
            if cells
            else "Κάτω από τις επικεφαλίδες δεν υπάρχει γραμμή. Επιλέξτε άλλο αρχείο."
        )
    row = MemberImport(register=register, name=_plain(name), at=at, heading_line=heading.last)
    row.heading, row.fingerprint = list(heading.cells), sheets.fingerprint(heading.cells)
    row.columns = _mapped_before(row) or heading.columns
    with transaction.atomic():
        row.save()
        MemberLine.objects.bulk_create(
            MemberLine(batch=row, line=n, cells=[greek.clean(cell)[:500] for cell in told])
            for n, told in cells
        )
        journal.write(row, "Παραλήφθηκε το αρχείο", actor=actor, at=at, name=row.name)
    return row


def _plain(name: str) -> str:
    return greek.clean(Path(name.replace("\\", "/")).name)[:200] or "αρχείο"


def _heading(register: Register, lines: list[list[str]]) -> Heading:
    facts, top = facts_of(register.fields()), lines[:TOP]
    if found := sheets.find_heading(top, facts, fewest=FEWEST):
        return found
    for number, row in enumerate(top, 1):
        if sum(bool(cell.strip()) for cell in row) >= FEWEST:
            return sheets.heading_of(row, number, facts)
    raise SheetError("Δεν βρέθηκαν επικεφαλίδες στις πρώτες γραμμές. Χρειάζεται τουλάχιστον Α.Φ.Μ.")


def _mapped_before(row: MemberImport) -> dict[str, int]:
    """The columns as they were mapped when the same headings came to this register."""
    rows = MemberImport.objects.filter(register=row.register_id, fingerprint=row.fingerprint)
    last = rows.exclude(columns={}).order_by("-pk").first()
    if last is None:
        return {}
    places = {sheets.key(cell): place for place, cell in enumerate(row.heading) if cell}
    named = {name: sheets.key(last.heading[place]) for name, place in last.columns.items()}
    return {name: places[cell] for name, cell in named.items() if cell in places}


@MEMBER_IMPORT.performs("map")
def map_members(
    row: MemberImport, *, columns: Mapping[str, int], actor: Actor, at: datetime
) -> None:
    """Αντιστοίχιση στηλών and dry run: every line is read and judged, and no member is written."""
    known = {one.name for one in facts_of(row.register.fields())}
    if "afm" not in columns:
        raise MemberSheetError("Διαλέξτε τη στήλη με τον Α.Φ.Μ.")
    if len(set(columns.values())) < len(columns):
        raise MemberSheetError("Η ίδια στήλη διαλέχτηκε δύο φορές. Διορθώστε τη μία.")
    row.columns = {name: place for name, place in columns.items() if name in known}
    lines = list(row.lines.all())
    _judge(row, lines)
    _rewrite(row, lines)


def _rewrite(row: MemberImport, lines: list[MemberLine]) -> None:
    """All lines anew: one insert is many times faster than an update of each."""
    row.lines.all().delete()
    MemberLine.objects.bulk_create(lines, batch_size=500)


def _judge(row: MemberImport, lines: list[MemberLine]) -> None:
    """Read every line and say what becomes of it, by what stands now."""
    definition = row.register.fields()
    told = [(line, read_line(line.cells, row.columns, definition)) for line in lines]
    people = _people(said.afm for _line, said in told)
    present, above = _standing(row.register, people.values())
    taken = set(row.register.members.values_list("number", flat=True))
    seen: dict[str, int] = {}
    for line, said in told:
        line.number, line.since, line.until = said.number, said.since, said.until
        line.values, line.person = said.values, people.get(said.afm)
        line.reason = said.reason or _fault(line, said.afm, seen, taken, above)
        line.kind = LineKind.REFUSED if line.reason else LineKind.NEW
        if line.person and line.person.pk in present:
            line.kind, line.reason = LineKind.PRESENT, "Τα στοιχεία του μένουν όπως είναι."
        seen.setdefault(said.afm, line.line)
        taken |= {said.number} - {""}


def _people(afms: Iterable[str]) -> dict[str, Person]:
    rows = Identifier.objects.filter(kind="afm", value__in={afm for afm in afms if afm})
    return {row.value: row.person for row in rows.select_related("person")}


def _standing(register: Register, people: Iterable[Person]) -> tuple[set[int], set[int] | None]:
    """Who is a member already; of a part, who is one of the register above it."""
    ids = [person.pk for person in people]
    rows = Membership.objects.filter(person__in=ids).exclude(state=MemberState.REMOVED)
    present = set(rows.filter(register=register).values_list("person", flat=True))
    if register.parent_id is None:
        return present, None
    above = rows.filter(register=register.parent_id, state__in=STANDING)
    return present, set(above.values_list("person", flat=True))


def _fault(
    line: MemberLine, afm: str, seen: Mapping[str, int], taken: set[str], above: set[int] | None
) -> str:
    if line.person is None:
        return "Δεν υπάρχει πρόσωπο με αυτόν τον Α.Φ.Μ. στην πλατφόρμα. Εισαγάγετέ το πρώτα."
    if afm in seen:
        return f"Ο ίδιος Α.Φ.Μ. υπάρχει και στη γραμμή {seen[afm]}."
    if line.number and line.number in taken:
        return f"Ο αριθμός {line.number} έχει ήδη δοθεί στο μητρώο."
    if above is not None and line.person.pk not in above:
        return "Δεν είναι μέλος του μητρώου στο οποίο ανήκει το υπομητρώο."
    return ""


@MEMBER_IMPORT.performs("apply", locks=("register",))
def apply_members(row: MemberImport, *, actor: Actor, at: datetime) -> None:
    """Εφαρμογή: the lines without fault become members; each is judged anew by what stands now."""
    lines = list(row.lines.select_related("person"))
    _judge(row, lines)
    new = [line for line in lines if line.kind == LineKind.NEW]
    if not new:
        raise MemberSheetError("Καμία γραμμή δεν δίνει νέο μέλος. Διορθώστε το αρχείο.")
    made = [_member(row.register, line, at) for line in new]
    unnumbered = [one for one in made if not one.number]
    numbers = numbering.protocols(f"register.{row.register_id}", at=at, count=len(unnumbered) or 1)
    for one, number in zip(unnumbered, numbers, strict=False):
        one.number = number
    Membership.objects.bulk_create(made)
    for line, one in zip(new, made, strict=True):
        line.membership = one
    _rewrite(row, lines)
    ids = [one.pk for one in made]
    journal.write_many(Membership, ids, ENTERED, actor=actor, at=at, reason=row.name)
    _tell_entered(row, made, at)


def _member(register: Register, line: MemberLine, at: datetime) -> Membership:
    """The membership of a line; one that ended long ago is entered as ended."""
    since = _moment(line.since, time()) if line.since else at
    one = Membership(register=register, person=line.person, since=since, values=line.values)
    one.number = line.number
    hold_until(one, localtime(since))
    if line.until:
        one.valid_until = _moment(line.until, LAST_MOMENT)
        one.remind_at = min(one.remind_at, one.valid_until)
    if one.valid_until <= at:
        one.state = MemberState.EXPIRED
    elif one.remind_at <= at:
        one.state = MemberState.EXPIRING
    return one


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=ATHENS)


def _tell_entered(row: MemberImport, made: list[Membership], at: datetime) -> None:
    """Those who stand are told once; of what ended long ago nobody is."""
    title = f"Ενταχθήκατε σε μητρώο: {row.register}"
    messages = [
        Message(
            one.person_id,
            title,
            f"Αριθμός {one.number}, ισχύει έως {greek.long_date(one.valid_until)}.",
            f"member-import-{row.pk}-{one.pk}",
            reverse("registers:member", args=[one.pk]),
        )
        for one in made
        if one.state in STANDING
    ]
    notices.send(kinds.MEMBERSHIP, messages, at=at)


@MEMBER_IMPORT.performs("undo", locks=("register",))
def undo_members(row: MemberImport, *, actor: Actor, at: datetime, reason: str) -> None:
    """Αναίρεση: the members that the batch made go again, but for those that have lived since."""
    lines = list(row.lines.filter(membership__isnull=False))
    kept = _lived(row, lines)
    kept |= _removed([pk for line in lines if (pk := line.membership_id) and pk not in kept])
    for line in lines:
        line.kept = kept.get(line.membership_id or 0, "")
    gone = [line for line in lines if not line.kept]
    held = [line for line in lines if line.kept]
    MemberLine.objects.bulk_update(held, ["kept"], batch_size=500)
    title = f"Αναιρέθηκε η ένταξή σας: {row.register}"
    people = {line.person_id for line in gone if line.person_id}
    key = f"member-import-undone-{row.pk}"
    told = [
        Message(pk, title, reason, key, reverse("registers:registers")) for pk in sorted(people)
    ]
    notices.send(kinds.MEMBERSHIP, told, at=at)


def _lived(row: MemberImport, lines: list[MemberLine]) -> dict[int, str]:
    """Why a membership may not be taken back, by its id."""
    made = Membership.objects.filter(pk__in=[line.membership_id for line in lines])
    entries = JournalEntry.objects.filter(
        subject=journal.label(Membership), subject_id__in=made.values("pk")
    ).exclude(step__in=BY_CLOCK)
    often = entries.order_by().values("subject_id").annotate(n=Count("pk")).filter(n__gt=1)
    found = dict.fromkeys(often.values_list("subject_id", flat=True), "Άλλαξε μετά την εισαγωγή.")
    for pk in _in_use(row.register, made).values_list("pk", flat=True):
        found.setdefault(pk, "Περιμένει μεταβολή ή είναι μέλος και υπομητρώου.")
    return found


def _in_use(register: Register, made: QuerySet[Membership]) -> QuerySet[Membership]:
    parts = Membership.objects.filter(register__parent=register)
    parts = parts.exclude(state=MemberState.REMOVED)
    return (
        made.filter(person__in=parts.values("person")) | made.filter(proposals__isnull=False)
    ).distinct()


def _removed(ids: list[int]) -> dict[int, str]:
    """Take memberships out; those that something refers to stay, each with the reason."""
    if not ids:
        return {}
    try:
        with transaction.atomic():
            Membership.objects.filter(pk__in=ids).delete()
    except ProtectedError:
        if len(ids) == 1:
            return {ids[0]: "Η εγγραφή χρησιμοποιείται αλλού στην πλατφόρμα."}
        half = len(ids) // 2
        return _removed(ids[:half]) | _removed(ids[half:])
    return {}


@MEMBER_IMPORT.performs("discard")
def discard_members(row: MemberImport, *, actor: Actor, at: datetime) -> None:
    """Απόρριψη: nothing was written."""
