"""Evidence of meetings in the story: reports that are corrected, recordings in every state."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db.models import QuerySet

from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.minutes import Playback, Recorded
from didaskaleio.delivery.models import SessionRecording, SessionReport, TrainingSession
from didaskaleio.delivery.operations import Told
from didaskaleio.delivery.rules.recordings import PATIENCE
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.site.story.cast import Cast, actor

HOST = "https://aithousa.example.org"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def evidenced(cast: Cast, period: TrainingPeriod) -> None:
    """Reports and recordings of the programme of Κοζάνη, from October to now."""
    programme = Programme.objects.get(period=period, centre=cast.centres["KOZ"])
    _reports(cast, programme)
    _recordings(cast, programme)


def _reports(cast: Cast, programme: Programme) -> None:
    """Of three reports one is corrected, one stays as it is, of one the answer is awaited."""
    rows = SessionReport.objects.filter(session__programme=programme).order_by("-at")
    awaited, kept, mended = rows.select_related("session__trainer", "sheet")[:3]
    officer, manager = cast.actor("officer"), actor(cast.managers["KOZ"])
    for report, asker, text in (
        (mended, officer, "Γράψτε και πόσα πρόσωπα εργάστηκαν σε ομάδες."),
        (kept, manager, "Το διάλειμμα να γραφτεί ως συμβάν."),
        (awaited, officer, "Να γραφτεί και η 2η ενότητα, που άρχισε."),
    ):
        delivery.ask_correction(report.session, text=text, actor=asker, at=report.at + DAY)
    trainer = actor(programme.trainer) if programme.trainer else SYSTEM
    why = "Το διάλειμμα ήταν το προβλεπόμενο."
    delivery.keep_report(kept.session, reason=why, actor=trainer, at=kept.at + DAY + HOUR)
    better = mended.sheet.values | {"taught": f"{mended.sheet.values['taught']} Τέσσερις ομάδες."}
    told = Told(better, {unit.pk for unit in mended.units.all()})
    why = "Συμπληρώθηκαν οι ομάδες."
    delivery.correct_report(
        mended.session, told, reason=why, actor=trainer, at=mended.at + DAY + HOUR
    )


def _recordings(cast: Cast, programme: Programme) -> None:
    """One deleted after its days, one that waits for its deletion, one missing, two there."""
    deleted, ending, missing, *there, expected = _remote(programme)[:6]
    for session in (deleted, ending, *there):
        _found(session)
    delivery.expect(expected, at=expected.starts_at)
    lost = delivery.expect(missing, at=missing.starts_at)
    delivery.take_recordings(lost, (), actor=SYSTEM, at=missing.ends_at + PATIENCE)
    over = SessionRecording.objects.get(session=deleted)
    delivery.expire_recording(over, actor=SYSTEM, at=over.keep_until)
    delivery.purge(over, actor=SYSTEM, at=over.keep_until + HOUR)
    early = SessionRecording.objects.get(session=ending)
    why = "Δεκτή αντίρρηση προσώπου που συμμετείχε."
    at = ending.ends_at + 5 * DAY
    delivery.withdraw_recording(early, actor=cast.actor("officer"), at=at, reason=why)
    _watched(SessionRecording.objects.filter(session__in=there))


def _remote(programme: Programme) -> list[TrainingSession]:
    """Its settled meetings at a distance: the first three, then the last three."""
    rows = TrainingSession.objects.filter(programme=programme, state__in=SETTLED)
    found = list(rows.exclude(kind=SlotKind.FACE_TO_FACE).order_by("starts_at"))
    return [*found[:3], *found[-3:]]


def _found(session: TrainingSession) -> None:
    row = delivery.expect(session, at=session.starts_at)
    name = hashlib.sha1(str(session.pk).encode(), usedforsecurity=False).hexdigest()
    record = f"{name}-{int(session.starts_at.timestamp() * 1000)}"
    length = round((session.ends_at - session.starts_at).total_seconds() / 60)
    ways = (
        Playback("Παρουσίαση", f"{HOST}/playback/presentation/2.3/{record}", length, 91_226_112),
        Playback("Ήχος", f"{HOST}/podcast/{record}/audio.ogg", length, 21_348_352),
    )
    told = Recorded(record, session.starts_at, session.ends_at, 112_574_464, ways)
    delivery.take_recordings(row, (told,), actor=SYSTEM, at=session.ends_at + 2 * HOUR)


def _watched(rows: QuerySet[SessionRecording]) -> None:
    """Whoever taught looks at the first again."""
    row = rows.select_related("session__trainer").order_by("session__starts_at")[0]
    part, trainer = row.parts.get(), row.session.trainer
    if trainer is not None:
        at = row.session.ends_at + DAY
        delivery.watch(row, part.pk, 0, actor=actor(trainer), at=at)
