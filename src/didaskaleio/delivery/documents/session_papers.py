"""Printed forms (έντυπα) of a session: the blank sheet to sign, the signed one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from didaskaleio.delivery import queries
from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.lifecycle import BEFORE, SETTLED
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.delivery.wording import when, where
from didaskaleio.kernel import greek
from didaskaleio.kernel.printouts import Paper, Printout, Table, declare
from didaskaleio.programmes.documents import paper_of

COUNTED = (("Παρόντες", (Mark.PRESENT, Mark.LATE)), ("Απόντες", (Mark.ABSENT, Mark.EXCUSED)))
NOBODY = "Δεν υπάρχει εγγεγραμμένο πρόσωπο."


def _sessions() -> QuerySet[TrainingSession]:
    return queries.with_programme(TrainingSession.objects.all())


def _facts(session: TrainingSession) -> list[tuple[str, str]]:
    return [
        ("Συνάντηση", f"{session} ({session.get_kind_display()})"),
        ("Πότε", when(session)),
        ("Πού", where(session)),
        ("Ώρες", _hours(session)),
    ]


def _hours(session: TrainingSession) -> str:
    own = greek.count(session.async_hours, "ασύγχρονη", "ασύγχρονες")
    return f"{greek.count(session.hours, 'διδακτική', 'διδακτικές')}, {own}"


def _blank(session: TrainingSession, at: datetime) -> Paper:
    people = list(queries.roll(session))
    trainees = [str(row.person) for row in people if row.attendee == Attendee.TRAINEE]
    others = [(str(r.person), r.get_attendee_display()) for r in people if r.attendee != "trainee"]
    return paper_of(
        session.programme,
        at,
        fields=[*_facts(session), ("Θέμα", "")],
        tables=[
            Table(
                "Επιμορφούμενοι",
                ("Α/Α", "Ονοματεπώνυμο", "Ώρα προσέλευσης", "Υπογραφή", "Ώρα αποχώρησης"),
                [(str(n), name, "", "", "") for n, name in enumerate(trainees, start=1)],
                ("auto", "1fr", "28mm", "62mm", "28mm"),
                right=(0,),
                tall=True,
                nothing=NOBODY,
            ),
            Table(
                "Επιμορφωτής/τρια και προσωπικό",
                ("Ονοματεπώνυμο", "Ιδιότητα", "Ώρα προσέλευσης", "Υπογραφή", "Ώρα αποχώρησης"),
                [(name, capacity, "", "", "") for name, capacity in others],
                ("1fr", "42mm", "28mm", "62mm", "28mm"),
                tall=True,
                nothing="Δεν έχει οριστεί κανείς.",
            ),
        ],
        notes=[
            "Το σαρωμένο φύλλο ανεβαίνει στη σελίδα της συνάντησης. Ισχύει το παρουσιολόγιο που "
            "υπογράφεται ψηφιακά."
        ],
        signatures=("Επιμορφωτής/τρια", "Υπεύθυνος/η Κ.Σ.Ε."),
    )


def _signed(session: TrainingSession, at: datetime) -> Paper:
    sheet = queries.latest_sheet(session)
    if sheet is None:
        raise ValueError(f"session {session.pk} is settled without a sheet")
    signatures = [("Υπογραφή", f"{sheet.signed_by}, {greek.long_moment(sheet.signed_at)}")]
    if sheet.countersigned_at:
        second = f"{sheet.countersigned_by}, {greek.long_moment(sheet.countersigned_at)}"
        signatures.append(("Δεύτερη υπογραφή", second))
    trainees = [row for row in sheet.rows if row["attendee"] == Attendee.TRAINEE]
    counts = [(title, str(sum(r["mark"] in m for r in trainees))) for title, m in COUNTED]
    reason = [("Λόγος της διόρθωσης", sheet.reason)] if sheet.reason else []
    return paper_of(
        session.programme,
        at,
        fields=[
            *_facts(session),
            ("Θέμα", sheet.topic),
            *counts,
            ("Έκδοση", str(sheet.version)),
            *reason,
            *signatures,
            ("Αποτύπωμα SHA-256", sheet.digest_groups),
        ],
        tables=[_marks(sheet.rows, session)],
        notes=["Αντίγραφο του ψηφιακού παρουσιολογίου. Το αποτύπωμα το ταυτίζει με την οθόνη."],
    )


def _marks(rows: list[Mapping[str, Any]], session: TrainingSession) -> Table:
    marks, attendees = dict(Mark.choices), dict(Attendee.choices)
    return Table(
        "Παρουσίες",
        ("Ονοματεπώνυμο", "Ιδιότητα", "Σημείωση", "Λεπτά", "Ασύγχρονες"),
        [
            (
                row["name"],
                str(attendees[row["attendee"]]),
                str(marks[row["mark"]]),
                str(row["minutes"]),
                _own_work(row, session),
            )
            for row in rows
        ],
        ("1fr", "auto", "auto", "auto", "auto"),
        right=(3,),
    )


def _own_work(row: Mapping[str, Any], session: TrainingSession) -> str:
    if not session.async_hours or row["attendee"] != Attendee.TRAINEE or row["async"] is None:
        return "–"
    return "Έγινε" if row["async"] else "Δεν έγινε"


declare(
    Printout(
        name="delivery.blank_sheet",
        title="Παρουσιολόγιο προς υπογραφή",
        permission="session.read",
        rows=_sessions,
        paper=_blank,
        found="Από τη σελίδα της συνάντησης, ώσπου να υπογραφεί",
        states=frozenset({*map(str, BEFORE), "in_progress", "held"}),
        flipped=True,
    )
)
declare(
    Printout(
        name="delivery.signed_sheet",
        title="Παρουσιολόγιο συνάντησης",
        permission="session.read",
        rows=_sessions,
        paper=_signed,
        found="Από τη σελίδα της συνάντησης, αφού υπογραφεί",
        states=frozenset(map(str, SETTLED)),
    )
)
