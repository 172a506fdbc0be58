"""Documents (έγγραφα) of room completion: the attestation and the consolidated attendance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from didaskaleio.completion.models import Attestation, ConsolidatedAttendance
from didaskaleio.completion.queries import consolidated_rows
from didaskaleio.credentials import sheet
from didaskaleio.credentials.claims import Claims
from didaskaleio.credentials.models import Credential
from didaskaleio.credentials.operations import Draft
from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import Programme, ProgrammeCategory
from didaskaleio.structures.models import ImplementingBody
from didaskaleio.structures.queries import project_text

SPECIMEN = "ΔΕΙΓΜΑ"
TITLE = "Βεβαίωση παρακολούθησης"
COLUMNS = (
    ("n", "Α/Α"),
    ("name", "Ονοματεπώνυμο"),
    ("father", "Πατρώνυμο"),
    ("number", "Αρ. αίτησης"),
    ("f2f", "Διά ζώσης"),
    ("sync", "Σύγχρονες"),
    ("async", "Ασύγχρονες"),
    ("support", "Υποστηρικτικές"),
    ("attended", "Σύνολο ωρών"),
    ("absent", "Ώρες απουσίας"),
    ("outcome", "Αποτέλεσμα"),
)
HOURS = frozenset({"f2f", "sync", "async", "support", "attended", "absent"})


@dataclass(frozen=True)
class Common:
    """What the attestations of a programme have in common (κοινά στοιχεία), read once."""

    first: date
    last: date
    authority: tuple[str, ...]
    cofunding: str


def common(programme: Programme, at: datetime) -> Common:
    """Days of the sessions, lines of the head, the funded project's sentence."""
    body = programme.period.action.body
    return Common(*held_between(programme), authority_lines(body), identity_text(programme, at))


def draft_of(
    attestation: Attestation,
    at: datetime,
    *,
    replaces: Credential | None = None,
    shared: Common | None = None,
) -> Draft:
    """What is issued for an attestation: claims and sheet from the programme as it stands."""
    programme = attestation.programme
    shared = shared or common(programme, at)
    person = attestation.application.person
    return Draft(
        kind=ATTESTATION_PDF,
        title=TITLE,
        person=person,
        body=programme.period.action.body,
        claims=_claims(attestation, programme, person, shared, at),
        sheet=_sheet(attestation, programme, shared),
        about=attestation,
        replaces=replaces,
    )


def _claims(
    attestation: Attestation, programme: Programme, person: Person, shared: Common, at: datetime
) -> Claims:
    action = programme.period.action
    return Claims(
        number=SPECIMEN,
        kind="attendance",
        surname=person.surname,
        given_name=person.given_name,
        father_name=person.father_name,
        specialty=specialty_of(person),
        course=f"{action.title}, συστάδα {programme.cluster}",
        programme=programme.code,
        hours=int(attestation.hours),
        starts=shared.first,
        ends=shared.last,
        rules_version=str(attestation.rules_version),
        body=action.body.name,
        issued_at=at,
        code=SPECIMEN,
    )


def specialty_of(person: Person) -> str:
    """The specialty of the post, in words; empty for a person without a teacher's record."""
    teacher = getattr(person, "teacher", None)
    return f"{teacher.specialty_code} {teacher.specialty.label}" if teacher else ""


def held_between(programme: Programme) -> tuple[date, date]:
    """First and last day of the sessions; the days of the period where there is none."""
    held = programme.sessions.exclude(state__in=["not_held", "cancelled"])
    moments = list(held.values_list("starts_at", flat=True))
    if not moments:
        return programme.period.first_day, programme.period.last_day
    return min(moments).astimezone(ATHENS).date(), max(moments).astimezone(ATHENS).date()


def _sheet(attestation: Attestation, programme: Programme, shared: Common) -> sheet.Sheet:
    action = programme.period.action
    return sheet.Sheet(
        authority=shared.authority,
        place=programme.centre.town,
        centre=programme.centre.name,
        address=SPECIMEN,
        signatory_office="Για τον φορέα υλοποίησης",
        project=f"{action.project.title} ({action.project.code})" if action.project else "",
        hours_detail=hours_detail(programme.category),
        rules=tuple((f["title"], f["sentence"]) for f in attestation.findings),
        cofunding=shared.cofunding,
        logos=() if shared.cofunding else None,
    )


def authority_lines(body: ImplementingBody) -> tuple[str, ...]:
    """The left block of a public document: the state, the ministry, the body."""
    ministry = ImplementingBody.objects.filter(is_ministry=True).values_list("name", flat=True)
    return tuple(dict.fromkeys(("ΕΛΛΗΝΙΚΗ ΔΗΜΟΚΡΑΤΙΑ", *ministry[:1], body.name)))


def identity_text(programme: Programme, at: datetime) -> str:
    """The funded project's sentence in force at ``at``; empty for an action without EU money."""
    return project_text(programme.period.action.project_id, at)


def hours_detail(category: ProgrammeCategory) -> str:
    """The mix of hours: «(8 διά ζώσης, 20 σύγχρονες, 14 ασύγχρονες, 18 υποστηρικτικές)»."""
    lessons = category.face_to_face + category.synchronous
    parts = (
        (category.face_to_face * category.session_hours, "διά ζώσης"),
        (category.synchronous * category.session_hours, "σύγχρονες"),
        (lessons * category.async_hours_per_session, "ασύγχρονες"),
        (category.support * category.support_hours, "υποστηρικτικές"),
    )
    return f"({', '.join(f'{hours} {name}' for hours, name in parts if hours)})"


def specimen_data(attestation: Attestation) -> dict[str, Any]:
    """The attestation as a specimen (δείγμα): everything but number, code and seal."""
    draft = draft_of(attestation, attestation.at)
    return sheet.data(draft.claims, SPECIMEN, draft.sheet)


def consolidated_data(programme: Programme) -> dict[str, Any]:
    """The consolidated attendance of a programme; ``issue`` adds number, rows and version."""
    action = programme.period.action
    first, last = held_between(programme)
    trainer = programme.trainer
    return {
        "document": {
            "title": "Συγκεντρωτικό παρουσιολόγιο",
            "authority": authority_lines(action.body),
            "place": programme.centre.town,
            "date": greek.long_date(last, weekday=False),
            "number_label": "Αριθμός:",
            "number": SPECIMEN,
        },
        "number": SPECIMEN,
        "body": action.body.name,
        "fields": [
            ["Δράση", f"{action.title}, {programme.period.title}"],
            ["Πρόγραμμα", f"{programme.code}, κατηγορία {programme.category.label}"],
            ["Συστάδα", str(programme.cluster)],
            ["Κέντρο", programme.centre.name],
            ["Επιμορφωτής/τρια", str(trainer) if trainer else "–"],
            ["Διάρκεια", greek.date_span(first, last)],
        ],
        "columns": [title for _, title in COLUMNS],
        "right": [key in HOURS for key, _ in COLUMNS],
        "cofunding": None,
    }


def printed(rows: list[dict[str, Any]]) -> list[list[str]]:
    """The cells of the consolidated attendance as a person reads them."""
    return [
        [greek.number(row[k], 1) if k in HOURS else str(row[k]) for k, _ in COLUMNS] for row in rows
    ]


def _consolidated_specimen(programme: Programme) -> dict[str, Any]:
    rows = consolidated_rows(programme, programme.period.starts_at)
    return consolidated_data(programme) | {"lines": printed(rows), "sealed_at": "", "version": 0}


def sheet_of(consolidation: ConsolidatedAttendance) -> bytes:
    """The consolidated attendance as XLSX: the stored rows, hours as numbers."""
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("Συγκεντρωτικό")
        bold, tenth = book.add_format({"bold": True}), book.add_format({"num_format": "0.0"})
        page.freeze_panes(1, 2)
        for place, (key, title) in enumerate(COLUMNS):
            page.set_column(place, place, 28 if key == "name" else max(12, len(title) + 2))
            page.write_string(0, place, title, bold)
            for line, row in enumerate(consolidation.rows, start=1):
                if key in HOURS:
                    page.write_number(line, place, float(row[key]), tenth)
                else:
                    page.write_string(line, place, str(row[key]))
    return out.getvalue()


ATTESTATION_PDF = declare(
    Kind(
        name="completion.attestation",
        title=TITLE,
        template=sheet.TEMPLATE,
        permission="attestation.read",
        series="completion.attestation",
        data=specimen_data,
    )
)
CONSOLIDATED_PDF = declare(
    Kind(
        name="completion.consolidated",
        title="Συγκεντρωτικό παρουσιολόγιο",
        template=Path(__file__).parents[1] / "typst" / "consolidated.typ",
        permission="completion.read",
        series="completion.consolidated",
        data=_consolidated_specimen,
    )
)
