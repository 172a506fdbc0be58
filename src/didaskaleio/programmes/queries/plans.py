"""A programme as the rules of the timetable see it: plan, surroundings, findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from didaskaleio.courses.hours import Ratio, mismatch
from didaskaleio.courses.models import CourseVersion
from didaskaleio.courses.queries import ratio_of
from didaskaleio.kernel.calendar import SchoolYear, easter, public_holidays
from didaskaleio.people.models import Person, SchoolService
from didaskaleio.programmes import parameters as action_parameters
from didaskaleio.programmes import timetable
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.models import Programme, ProgrammeCategory, Slot
from didaskaleio.programmes.queries import availability, registers
from didaskaleio.programmes.queries.programmes import keys_of, quota_uses
from didaskaleio.structures.models import LocalHoliday, TrainingCentre

KINDS = {
    SlotKind.FACE_TO_FACE: timetable.SlotKind.FACE_TO_FACE,
    SlotKind.SYNCHRONOUS: timetable.SlotKind.SYNCHRONOUS,
    SlotKind.SUPPORT: timetable.SlotKind.SUPPORT,
}
STORED_KINDS = {pure: stored for stored, pure in KINDS.items()}
NEEDS_ROOM = SlotKind.FACE_TO_FACE


def composition_of(category: ProgrammeCategory) -> timetable.Composition:
    """The composition that a category demands (σύνθεση)."""
    return timetable.Composition(
        code=category.code,
        label=category.label,
        face_to_face=category.face_to_face,
        synchronous=category.synchronous,
        support=category.support,
        locality=category.locality,
        session_hours=category.session_hours,
        async_hours_per_session=category.async_hours_per_session,
        support_hours=category.support_hours,
    )


def course_gaps(category: ProgrammeCategory, version: CourseVersion) -> list[str]:
    """Where a category departs from the hours of its course: what programmes inherit (R-004)."""
    parts = composition_of(category).hours()
    ratio = Ratio(
        int(parts.face_to_face), int(parts.synchronous), int(parts.asynchronous), int(parts.support)
    )
    return mismatch(ratio_of(version), ratio, remote_instead=not category.face_to_face)


def pure_slot(slot: Slot, programme: Programme) -> timetable.Slot:
    """A stored slot as the rules read it; face-to-face ones stand in the programme's room."""
    room = (slot.room_id or programme.room_id) if slot.kind == NEEDS_ROOM else None
    begins = datetime.combine(slot.date, slot.start)
    return timetable.Slot(
        id=str(slot.pk),
        kind=KINDS[SlotKind(slot.kind)],
        date=slot.date,
        start=slot.start,
        minutes=int((datetime.combine(slot.date, slot.end) - begins).total_seconds() // 60),
        room_id=str(room) if room else None,
    )


def plan_of(programme: Programme, slots: Sequence[timetable.Slot] | None = None) -> timetable.Plan:
    """The plan of a programme (σχέδιο); ``slots`` stand in for those stored, as a trial."""
    cluster = programme.cluster
    if slots is None:
        slots = [pure_slot(slot, programme) for slot in programme.slots.all()]
    return timetable.Plan(
        composition=composition_of(programme.category),
        cluster=timetable.Named(cluster.code, str(cluster)),
        slots=tuple(slots),
        trainer=trainer_of(programme.trainer, programme.period.first_day),
        staff=tuple(str(row.person_id) for row in programme.staff.all()),
        capacity=programme.capacity,
        minimum=programme.minimum,
        registers=registers.titles(programme.period.action_id),
        outsiders=registers.outsiders(programme),
    )


def trainer_of(person: Person | None, on: date) -> timetable.Trainer | None:
    """A trainer as the rules read one: clusters, prefectures of the schools served on a day."""
    if person is None:
        return None
    profile = getattr(person, "trainer_profile", None)
    clusters = profile.clusters.all() if profile else ()
    return timetable.Trainer(
        id=str(person.pk),
        name=person.full_name,
        clusters=tuple(timetable.Named(row.code, str(row)) for row in clusters),
        prefectures=tuple(_prefectures(person, on)),
    )


def _prefectures(person: Person, on: date) -> list[timetable.Named]:
    served = SchoolService.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        teacher__person=person,
        valid_from__lte=on,
        hours__gt=0,
        school__prefecture__isnull=False,
    )
    rows = served.values_list("school__prefecture__code", "school__prefecture__name").distinct()
    return [timetable.Named(code, name) for code, name in rows.order_by("school__prefecture__code")]


def context_of(programme: Programme) -> timetable.Context:
    """What the rest of the country imposes on a programme (περιβάλλον)."""
    period, centre = programme.period, programme.centre
    hours = centre_hours(centre)
    used, keys = quota_uses(period, leaving_out=programme.pk), keys_of(programme)
    limits = {(row.kind, row.key): row.limit for row in period.quotas.all()}
    quota: dict[str, Any] = {
        f"quota_{kind}": timetable.Quota(used.get((kind, key), 0), limits.get((kind, key)))
        for kind, key in keys.items()
    }
    return timetable.Context(
        first_day=period.first_day,
        last_day=period.last_day,
        centre_prefecture=timetable.Named(centre.prefecture.code, centre.prefecture.name),
        centre_hours=hours,
        trainee_hours=() if hours else (timetable.SECONDARY_DAY,),
        public_holidays=holidays_of(centre, period.first_day, period.last_day),
        school_breaks=_breaks(period.first_day, period.last_day),
        rooms={
            str(room.pk): timetable.Room(str(room.pk), room.name, room.seats)
            for room in centre.rooms.all()
        },
        room_busy=_busy(programme, Q(room__centre_id=programme.centre_id)),
        **_of_trainer(programme),
        **quota,
    )


def _of_trainer(programme: Programme) -> dict[str, Any]:
    """What holds the programme's trainer elsewhere, what they declared, how much they teach."""
    who, period = programme.trainer_id, programme.period
    if who is None:
        return {}
    load = availability.loads([who], period, leaving_out=[programme.pk]).get(who)
    return {
        "trainer_busy": _busy(programme, Q(trainer_id=who)),
        "availability": availability.declared([who]).get(who) or timetable.Availability(),
        "trainer_load": load or timetable.Load(),
    }


def centre_hours(centre: TrainingCentre) -> timetable.SchoolHours | None:
    """The hours at which the school that is the centre teaches."""
    school = centre.school
    if school is None:
        return None
    kind = school.type
    return timetable.every_weekday(school.name, kind.opens, kind.closes, evening=school.evening)


def holidays_of(centre: TrainingCentre, first: date, last: date) -> dict[date, str]:
    """Public holidays and those of the centre's own place, between two days."""
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= public_holidays(year)
        for row in LocalHoliday.objects.filter(prefecture_id=centre.prefecture_id):
            if (day := _local_day(row, year)) is not None:
                found.setdefault(day, row.name)
    return {day: name for day, name in found.items() if first <= day <= last}


def _local_day(row: LocalHoliday, year: int) -> date | None:
    if row.easter_offset is not None:
        return easter(year) + timedelta(days=row.easter_offset)
    if row.month is None or row.day is None:
        return None
    return date(year, row.month, row.day)


def _breaks(first: date, last: date) -> tuple[Any, ...]:
    years = range(SchoolYear.of(first).start, SchoolYear.of(last).start + 1)
    return tuple(found for year in years for found in SchoolYear(year).breaks)


def _busy(programme: Programme, condition: Q) -> tuple[timetable.Busy, ...]:
    rows = Slot.objects.filter(
        condition,
        live=True,
        date__range=(programme.period.first_day, programme.period.last_day),
    ).exclude(programme_id=programme.pk)
    return tuple(
        held(slot) for slot in rows.select_related("programme__cluster", "programme__centre")
    )


def held(slot: Slot) -> timetable.Busy:
    """A live slot of another programme as a commitment (δέσμευση)."""
    other = slot.programme
    return timetable.Busy(
        programme_code=other.code,
        programme_title=f"{other.cluster.title}, {other.centre.name}",
        session_label=f"{slot.sequence}η συνάντηση",
        date=slot.date,
        start=slot.start,
        end=slot.end,
        room_id=str(slot.room_id) if slot.room_id else None,
    )


def findings_of(programme: Programme, at: datetime) -> list[timetable.Finding]:
    """Every rule that the stored programme breaks, without repairs."""
    numbers = action_parameters.of(programme.period.action, at).timetable()
    return timetable.find(plan_of(programme), context_of(programme), numbers)


def errors_of(programme: Programme, at: datetime) -> list[timetable.Finding]:
    """The findings that forbid submission (not the warnings)."""
    return [finding for finding in findings_of(programme, at) if finding.is_error]
