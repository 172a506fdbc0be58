"""How programmes are shown: facts, hours, weeks, the panel of rules."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from didaskaleio.kernel.greek import date_span, long_date, show_cluster
from didaskaleio.kernel.greek.moments import MONTHS, WEEKDAYS
from didaskaleio.programmes import locality, parameters, queries, timetable
from didaskaleio.programmes.enums import StaffRole
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.queries.plans import STORED_KINDS
from didaskaleio.programmes.timetable import SlotKind

BARS = ("f2f", "sync", "async", "support")
HYPHENATED = "Υποστη\u00adρικτική"  # the longest word of the week's cells may break
NAMES = ("διά ζώσης", "σύγχρονες", "ασύγχρονες", "υποστηρικτικές")


def rules_panel(
    programme: Programme,
    at: datetime,
    *,
    slots: tuple[timetable.Slot, ...] | None = None,
    repairs: bool = False,
) -> dict[str, Any]:
    """The live check of rules: what is broken with its repair, what holds, the hours."""
    plan, context = queries.plan_of(programme, slots), queries.context_of(programme)
    numbers = parameters.of(programme.period.action, at).timetable()
    look = timetable.check if repairs else timetable.find
    findings = look(plan, context, numbers)
    best = timetable.repairs(plan, context, numbers, limit=1) if repairs and findings else []
    return {
        "plan": plan,
        "findings": findings,
        "errors": [finding for finding in findings if finding.is_error],
        "held": timetable.held(plan, context, numbers, findings),
        "best": best[0] if best and len(best[0].fixes) > 1 else None,
        "hours": hours_of(plan, numbers),
        "weeks": weeks_of(plan, context, findings),
        "trial": slots is not None,
        "course_gaps": queries.course_gaps(
            programme.category, programme.period.action.course_version
        ),
    }


def hours_of(plan: timetable.Plan, numbers: timetable.Parameters) -> dict[str, Any]:
    """Hours by mode with the widths of the bar, out of the total that the action demands."""
    found = timetable.hours(plan, numbers)
    whole = max(found.total, numbers.total_hours, 1)
    parts, x = [], 0.0
    for bar, name, hours in zip(BARS, NAMES, found.parts, strict=True):
        width = round(100 * hours / whole, 2)
        parts.append({"bar": bar, "name": name, "hours": hours, "x": round(x, 2), "width": width})
        x += width
    return {
        "total": found.total,
        "wanted": numbers.total_hours,
        "parts": parts,
        "slots": len(plan.slots),
    }


def weeks_of(
    plan: timetable.Plan, context: timetable.Context, findings: list[timetable.Finding]
) -> list[dict[str, Any]]:
    """The weeks as the table draws them, Monday to Saturday, troubled slots marked."""
    bad = {slot for finding in findings if finding.is_error for slot in finding.slots}
    rows: list[dict[str, Any]] = []
    for week in timetable.weeks(plan, context):
        if not week.is_gap:
            rows.append(_row(week, bad))
        elif rows and rows[-1]["gap"]:
            rows[-1]["gap"] = _gap(rows[-1]["first"], week)
        else:
            rows.append({"gap": _gap(week.monday, week), "first": week.monday})
    return rows


def _row(week: timetable.Week, bad: set[str]) -> dict[str, Any]:
    """One week; a Sunday is a column only where something is held on it."""
    days = [_day(day, bad) for day in week.days[:6]]
    if week.days[6].slots:
        days.append(_day(week.days[6], bad))
    troubled = any(slot["bad"] for day in days for slot in day["slots"])
    return {"gap": "", "number": week.number, "span": _span(week), "days": days, "bad": troubled}


def _gap(first: date, week: timetable.Week) -> str:
    """Empty weeks of holidays on one line: «10–22 Απριλίου 2023: Διακοπές Πάσχα»."""
    why = "; ".join(week.school_breaks or week.holidays)
    return f"{date_span(first, week.saturday)}: {why}"


def _span(week: timetable.Week) -> str:
    first, last = week.monday, week.saturday
    if first.month == last.month:
        return f"{first.day}–{last.day} {MONTHS[last.month - 1][:3]}"
    return f"{first.day} {MONTHS[first.month - 1][:3]} – {last.day} {MONTHS[last.month - 1][:3]}"


def _day(day: timetable.Day, bad: set[str]) -> dict[str, Any]:
    return {
        "date": day.date,
        "name": WEEKDAYS[day.date.weekday()],
        "off": day.holiday or day.school_break or "",
        "slots": [
            {
                "id": slot.id,
                "kind": STORED_KINDS[slot.kind],
                "label": slot.kind.label.replace("Υποστηρικτική", HYPHENATED),
                "span": f"{slot.start:%H:%M}–{slot.end:%H:%M}",
                "bad": slot.id in bad,
                "where": f"{WEEKDAYS[slot.date.weekday()]} {slot.date.day}/{slot.date.month}",
            }
            for slot in day.slots
        ],
    }


def facts_of(programme: Programme) -> list[tuple[str, object]]:
    """The facts of a programme as pairs of label and value."""
    staff = list(programme.staff.all())
    names = {
        role: ", ".join(row.person.full_name for row in staff if row.role == role)
        for role in StaffRole
    }
    return [
        ("Συστάδα", f"{show_cluster(programme.cluster.code)} {programme.cluster.title}"),
        ("Κατηγορία", f"{programme.category.label}: {programme.category.title}"),
        ("Κέντρο", f"{programme.centre.name}, {programme.centre.town}"),
        ("Νομός", programme.centre.prefecture.name),
        ("Επιμορφωτής/τρια", programme.trainer.full_name if programme.trainer else ""),
        ("Αίθουσα", programme.room.name if programme.room else ""),
        ("Ομάδα", f"{programme.minimum}–{programme.capacity} άτομα"),
        ("Τεχνική υποστήριξη", names[StaffRole.TECHNICAL]),
        ("Διοικητική υποστήριξη", names[StaffRole.ADMINISTRATIVE]),
        ("Τοπικός περιορισμός", locality.in_words(locality.parse(programme.locality_rules))),
        ("Αριθμός πρωτοκόλλου", programme.protocol),
        ("Περίοδος", programme.period.title),
    ]


def consent(programme: Programme, at: datetime) -> list[dict[str, object]]:
    """What must be given before submission: regulation of both, agreement to this revision."""
    regulation = queries.current_regulation(programme.period.action, at)
    centre = queries.accepted(regulation, None, "centre", centre_id=programme.centre_id)
    trainer = queries.accepted(regulation, programme.trainer_id, "trainer")
    return [
        {"words": "Αποδοχή του Κανονιστικού Πλαισίου από το κέντρο", "done": centre,
         "regulation": regulation},
        {"words": "Αποδοχή του Κανονιστικού Πλαισίου από τον/την επιμορφωτή/τρια", "done": trainer,
         "regulation": None},
        {"words": f"Συμφωνία επιμορφωτή/τριας με τη μορφή {programme.revision} της πρότασης",
         "done": programme.agreed, "regulation": None},
    ]  # fmt: skip


def meetings_of(programme: Programme) -> list[dict[str, object]]:
    """The meetings in order, for the public sheet."""
    return [
        {
            "number": slot.sequence,
            "kind": STORED_KIND_LABELS[slot.kind],
            "day": long_date(slot.date),
            "span": f"{slot.start:%H:%M}–{slot.end:%H:%M}",
        }
        for slot in programme.slots.all()
    ]


STORED_KIND_LABELS = {str(STORED_KINDS[kind]): kind.label for kind in SlotKind}
