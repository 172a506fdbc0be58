"""MySchool itself in the story (υπηρεσία): everybody it knows, pulls, what it was told.

The stand-in really answers over HTTP, from the folder that the demonstration serves later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings

from didaskaleio.connectors import connection as myschool
from didaskaleio.connectors import operations
from didaskaleio.connectors.models import Pull, Push
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.identifiers import synthetic_afm
from didaskaleio.people.models import Person, Teacher
from didaskaleio.site.myschool_stand_in import TEACHERS, TOKEN, Fault, StandIn
from didaskaleio.site.story import moments
from didaskaleio.site.story.cast import Cast

FOLDER = "myschool"
NEWCOMER = synthetic_afm(9_980_003)
MOST = 20_000  # a pull of a whole nation is left to whoever asks for it
LOCKED = '{"title": "x", "detail": "Η καρτέλα είναι κλειδωμένη ως το τέλος του μήνα."}'
EVERYBODY = """
COPY (
    SELECT %(day)s::date::text, afm.value, json_build_object(
        'afm', afm.value, 'am', coalesce(am.value, ''), 'surname', p.surname,
        'given_name', p.given_name, 'father_name', p.father_name,
        'specialty', s.code || CASE WHEN t.special_post THEN '.50' ELSE '' END,
        'employment', CASE t.employment WHEN 'permanent' THEN 'Μόνιμος'
            WHEN 'substitute' THEN 'Αναπληρωτής' WHEN 'hourly' THEN 'Ωρομίσθιος'
            ELSE 'Ιδιωτικός' END,
        'abroad', t.seconded_abroad, 'appointed_on', t.appointed_on,
        'schools', coalesce((SELECT json_agg(json_build_object('school', school.code,
                'hours', v.hours, 'organic', v.organic, 'from', v.valid_from,
                'until', v.valid_until) ORDER BY v.id)
            FROM people_schoolservice v JOIN structures_school school ON school.id = v.school_id
            WHERE v.teacher_id = t.id AND coalesce(v.valid_until, %(day)s) >= %(day)s), '[]'))
    FROM people_teacher t JOIN people_person p ON p.id = t.person_id
    JOIN structures_specialty s ON s.id = t.specialty_id
    JOIN people_identifier afm ON afm.person_id = p.id AND afm.kind = 'afm'
    LEFT JOIN people_identifier am ON am.person_id = p.id AND am.kind = 'am' ORDER BY t.id
) TO STDOUT
"""


def pulls(cast: Cast) -> None:
    """Everybody was pulled on the 16th, what changed since waits; attestations were told."""
    folder = Path(settings.VAR_DIR) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    _write_everybody(folder / TEACHERS, date(2023, 1, 16))
    officer = cast.actor("ministry")
    operations.set_timetable(3, actor=officer, at=moments.local(2023, 1, 16, 9))
    if Teacher.objects.count() > MOST:
        return
    with (
        StandIn(folder) as server,
        override_settings(MYSCHOOL=server.address, MYSCHOOL_TOKEN=TOKEN),
    ):
        _pulled(officer, applied=True)
        _told(server)
        server.change(*_changes(cast), as_of=date(2023, 1, 17))
        _pulled(SYSTEM, applied=False)


def _write_everybody(path: Path, day: date) -> None:
    """All teachers as they are, a line each, straight from the database."""
    path.unlink(missing_ok=True)
    with (
        path.open("wb") as out,
        connection.cursor() as cursor,
        cursor.copy(EVERYBODY, {"day": day}) as rows,
    ):
        for part in rows:
            out.write(part)


def _pulled(actor: Actor, *, applied: bool) -> None:
    """Done at once, as the worker would."""
    service = myschool.service()
    assert service is not None  # noqa: S101 - set above
    at = moments.local(2023, 1, 16, 9, 20) if applied else moments.local(2023, 1, 18, 3)
    row = operations.pull(service, whole=False, actor=actor, at=at)
    operations.fetch(row, service, actor=SYSTEM, at=at + timedelta(minutes=2))
    batch = Pull.objects.select_related("batch__file").get(pk=row.pk).batch
    assert batch is not None  # noqa: S101 - there are changes
    operations.compare(batch, actor=SYSTEM, at=at + timedelta(minutes=4))
    if applied:
        operations.apply(batch, actor=actor, at=at + timedelta(minutes=30))
        operations.carry_out(batch, actor=SYSTEM, at=at + timedelta(minutes=31))


def _told(server: StandIn) -> None:
    """All that was owed, but one that was refused."""
    service, at = myschool.service(), moments.local(2023, 1, 16, 10)
    assert service is not None  # noqa: S101 - set above
    for place, pk in enumerate(Push.objects.order_by("pk").values_list("pk", flat=True)):
        if place == 1:
            server.faults.append(Fault(422, LOCKED.encode()))
        operations.push(pk, service, actor=SYSTEM, at=at + timedelta(seconds=place))


def _changes(cast: Cast) -> list[Mapping[str, Any]]:
    """Other hours, a teacher who has left, a newcomer."""
    first, second = cast.crowd["LAR", "ΠΕ70"][:2]
    moved, left = _teacher(first), _teacher(second)
    moved["schools"] = [one | {"hours": 12} for one in moved["schools"]]
    new = moved | {"afm": NEWCOMER, "am": "", "surname": "ΚΑΙΝΟΥΡΓΙΔΗΣ", "given_name": "ΠΑΥΛΟΣ"}
    return [moved, left | {"schools": []}, new | {"employment": "Αναπληρωτής"}]


def _teacher(person: Person) -> dict[str, Any]:
    """A teacher as the service tells."""
    held = dict(person.identifiers.values_list("kind", "value"))
    return {
        "afm": held["afm"],
        "am": held.get("am", ""),
        "surname": person.surname,
        "given_name": person.given_name,
        "father_name": person.father_name,
        "specialty": person.teacher.specialty_code,
        "employment": "Μόνιμος",
        "schools": [
            {
                "school": row.school.code,
                "hours": row.hours,
                "organic": row.organic,
                "from": row.valid_from.isoformat(),
            }
            for row in person.teacher.services.select_related("school")
        ],
    }
