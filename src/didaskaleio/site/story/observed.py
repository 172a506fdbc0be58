"""Reports and requests in the story: saved, shared, sent; a request in each of its states."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

from didaskaleio.kernel import reports
from didaskaleio.kernel.reports import writers
from didaskaleio.observatory import operations
from didaskaleio.observatory.models import AdHocReport, SpecialRequest
from didaskaleio.people.enums import Role
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import local
from didaskaleio.structures.models import ImplementingBody

AT = local(2023, 1, 9, 9, 30)
HOUR = timedelta(hours=1)


def observed(cast: Cast) -> None:
    """Six reports of four officers, one of them sent, and seven requests."""
    kept(cast)
    requests(cast)


def kept(cast: Cast) -> None:
    """Reports of the body, of the ministry and of a centre."""
    body = ImplementingBody.objects.get(code="itye")
    officer, ministry = cast.actor("officer"), cast.actor("ministry")
    first = _rows("enrolment.applications", "number", "period", "state", "programme.centre")
    fill = _saved(cast, "officer", "Αιτήσεις ανά κατάσταση", first)
    grouped = _groups("enrolment.applications", "period", "state") | {"chart": "bars"}
    operations.save(fill, grouped, title=fill.title, actor=officer, at=AT + HOUR)
    audience = f"{Role.BODY_HEAD}:{body.pk}"
    operations.share(fill, audience=audience, actor=officer, at=AT + 2 * HOUR)
    monday = operations.subscribe(fill, "weekly", actor=officer, at=AT + 3 * HOUR)
    operations.send_now(monday, monday.next_at, at=monday.next_at)
    operations.subscribe(fill, "weekly", actor=officer, at=local(2023, 1, 16, 8))
    hours = _groups("delivery.sessions", "starts_at@month") | {"chart": "line"}
    hours["measures"] = ["sum:hours"]
    _saved(cast, "officer", "Ώρες συναντήσεων ανά μήνα", hours)
    old = _saved(cast, "officer", "Κέντρα 2022", _rows("registers.centres", "code", "name"))
    operations.archive(old, actor=officer, at=AT + 4 * HOUR)
    by_work = _groups("people.teachers", "region", "employment")
    map_of = _saved(cast, "ministry", "Σχέση εργασίας ανά περιφέρεια", by_work)
    operations.share(map_of, audience=f"{Role.REGIONAL_OFFICER}:", actor=ministry, at=AT + 5 * HOUR)
    own = _rows("programmes.programmes", "code", "state", "sessions", "places")
    _saved(cast, "centre", "Τα προγράμματά μας με πλήθη", own)


def _rows(subject: str, *columns: str) -> dict[str, Any]:
    return {"subject": subject, "columns": list(columns)}


def _groups(subject: str, *groups: str) -> dict[str, Any]:
    return {"subject": subject, "groups": list(groups), "share": True}


def _saved(cast: Cast, who: str, title: str, raw: dict[str, Any]) -> AdHocReport:
    return operations.create(raw, title=title, actor=cast.actor(who), at=AT)


def requests(cast: Cast) -> None:
    """One in each state, from the day of its filing on."""
    admin, officer = cast.actor("admin"), cast.actor("officer")
    asked = [
        ("report", "Ώρες ανά επιμορφωτή και Π.Δ.Ε. για το 2022"),
        ("report", "Αιτήσεις ανά σχολείο και ειδικότητα"),
        ("setting", "Διόρθωση του σήματος στα έγγραφα της Πράξης"),
        ("report", "Παρουσίες ανά ημέρα της εβδομάδας"),
        ("report", "Στατιστικά που απαιτούν στοιχεία μισθοδοσίας"),
        ("setting", "Άνοιγμα χώρου δοκιμών για νέα στελέχη"),
        ("report", "Κέντρα με έγκριση που λήγει"),
    ]
    rows = [_asked(cast, kind, title, AT + n * HOUR) for n, (kind, title) in enumerate(asked)]
    at = AT + timedelta(days=1)
    for row in rows[1:6]:
        operations.take(row, actor=admin, at=at)
    question = "Θέλετε και τις αποσυρμένες αιτήσεις;"
    operations.ask(rows[1], actor=admin, at=at + HOUR, reason=question)
    told = "Το σήμα άλλαξε σε όλα τα νέα έγγραφα."
    operations.deliver(rows[2], reply=told, actor=admin, at=at + HOUR)
    operations.accept(rows[2], actor=officer, at=at + 2 * HOUR)
    _delivered(cast, rows[3], at + 3 * HOUR)
    why = "Η πλατφόρμα δεν τηρεί στοιχεία μισθοδοσίας."
    operations.decline(rows[4], actor=admin, at=at + HOUR, reason=why)
    operations.withdraw(rows[6], actor=officer, at=at + HOUR)


def _asked(cast: Cast, kind: str, title: str, at: datetime) -> SpecialRequest:
    text = f"{title}: για τη σύσκεψη προγραμματισμού του φορέα."
    return operations.request_service(
        kind=kind, title=title, text=text, actor=cast.actor("officer"), at=at
    )


def _delivered(cast: Cast, row: SpecialRequest, at: datetime) -> None:
    """A sheet first, given back; then a report that the officer may change."""
    admin, officer = cast.actor("admin"), cast.actor("officer")
    operations.deliver(row, reply="Σε φύλλο.", upload=_sheet(), actor=admin, at=at)
    why = "Χρειάζεται και ανά κέντρο, με στοιχεία που ανανεώνονται."
    operations.give_back(row, actor=officer, at=at + HOUR, reason=why)
    raw = _groups("delivery.attendance", "programme.centre", "mark")
    made = operations.create(raw, title="Παρουσίες ανά κέντρο", actor=admin, at=at + 2 * HOUR)
    reply = "Ως αναφορά που ανανεώνεται."
    operations.deliver(row, reply=reply, report=made, actor=admin, at=at + 3 * HOUR)


def _sheet() -> io.BytesIO:
    report = reports.Report(
        name="observatory.sample",
        title="Παρουσίες",
        permission="adhoc.desk",
        columns=(
            reports.Column("day", "Ημέρα", lambda line: line[0]),
            reports.Column("many", "Παρουσίες", lambda line: line[1], "number"),
        ),
        rows=lambda _actor, _at, _values: SpecialRequest.objects.none(),
    )
    days = [("Δευτέρα", 118), ("Τετάρτη", 96), ("Σάββατο", 41)]
    with writers.xlsx(report, days) as written:
        sheet = io.BytesIO(written.read())
    sheet.name = "paroysies-ana-imera.xlsx"
    return sheet
