"""The register of centres in the story (μητρώο Κ.Σ.Ε.): acts, visits, rooms, one that ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from didaskaleio.registers import operations
from didaskaleio.registers.operations import RoomFacts
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import BEGINNING, NOW, local
from didaskaleio.structures.models import ImplementingBody, RegionalUnit, Room, TrainingCentre

ENDS = {
    "KOZ": date(2024, 8, 31),
    "THS": date(2023, 2, 28),
    "LAR": date(2025, 6, 30),
    "HER": None,
}


def approved(cast: Cast) -> None:
    """Each centre was approved when the story began and renewed since; one ends soon."""
    for number, (prefecture, until) in enumerate(ENDS.items(), 1):
        _approved(cast, cast.centres[prefecture], number, until)
        cast.centres[prefecture].refresh_from_db()


def _approved(cast: Cast, centre: TrainingCentre, number: int, until: date | None) -> None:
    officer = cast.actor("officer")
    operations.decide_approval(
        centre,
        kind="grant",
        number=f"{140 + number}/2022",
        day=date(2022, 1, 7),
        valid_from=BEGINNING.date(),
        valid_until=date(2022, 8, 31) if until else None,
        actor=officer,
        at=BEGINNING,
    )
    if until:
        operations.decide_approval(
            centre,
            kind="renewal",
            number=f"{820 + number}/2022",
            day=date(2022, 7, 18),
            valid_from=None,
            valid_until=until,
            actor=officer,
            at=local(2022, 7, 19, 11),
        )


def kept(cast: Cast) -> None:
    """Visits, changes of rooms, and one centre that waits for its approval."""
    _visited(cast)
    _changed(cast)
    _new(cast)
    operations.remind_ends(NOW)


def _visited(cast: Cast) -> None:
    by: dict[str, Any] = {"actor": cast.actor("officer")}
    operations.record_visit(
        cast.centres["KOZ"],
        day=date(2022, 9, 14),
        visitors="Δύο στελέχη του φορέα",
        outcome="remarks",
        findings="Τρεις υπολογιστές του Εργαστηρίου Β χρειάζονται αντικατάσταση.",
        at=local(2022, 9, 15, 10),
        **by,
    )
    operations.record_visit(
        cast.centres["LAR"],
        day=date(2022, 10, 5),
        visitors="Στέλεχος του φορέα",
        outcome="fit",
        findings="",
        at=local(2022, 10, 5, 15),
        **by,
    )


def _changed(cast: Cast) -> None:
    """Kozani asks for a new room, and its earlier change was accepted; Larisa closes a lab."""
    kozani, manager = cast.centres["KOZ"], cast.actor("centre")
    second = kozani.rooms.get(name="Εργαστήριο Β")
    facts = RoomFacts("Εργαστήριο Β", Room.Kind.LAB, 16, "16 υπολογιστές, διαδραστικός πίνακας")
    note = "Αντικαταστάθηκαν οι τρεις υπολογιστές."
    made = operations.propose_room(
        kozani, facts, room=second, note=note, actor=manager, at=local(2022, 11, 21, 13)
    )
    operations.accept_room(made, actor=cast.actor("officer"), at=local(2022, 11, 23, 10))
    new = RoomFacts("Αίθουσα πολυμέσων", Room.Kind.CLASSROOM, 24, "Βιντεοπροβολέας, ηχεία")
    operations.propose_room(
        kozani, new, note="Παραχωρήθηκε από το σχολείο.", actor=manager, at=local(2023, 1, 16, 12)
    )
    larisa = cast.centres["LAR"]
    old = larisa.rooms.get(name="Εργαστήριο Β")
    operations.propose_room(
        larisa,
        operations.facts_of(old),
        room=old,
        close=True,
        note="Ανακαινίζεται η πτέρυγα ώς το καλοκαίρι.",
        actor=actor(cast.managers["LAR"]),
        at=local(2023, 1, 17, 9),
    )


def _new(cast: Cast) -> None:
    """A centre of another legal form, entered and not yet approved."""
    unit = RegionalUnit.objects.filter(prefecture__code="HER").order_by("pk")[0]
    body = ImplementingBody.objects.get(code="itye")
    made = operations.open_centre(
        body,
        code="KSE-0913",
        name="Κ.Σ.Ε. Ινστιτούτου Δοκιμών",
        kind=TrainingCentre.Kind.UNIVERSITY,
        school=None,
        regional_unit=unit,
        directorate=None,
        town="Ηράκλειο",
        address="Λεωφόρος Υποδείγματος 12",
        phone="2810 000000",
        email="kse@example.org",
        actor=cast.actor("registrar"),
        at=local(2023, 1, 12, 10),
    )
    facts = RoomFacts("Εργαστήριο 1", Room.Kind.LAB, 20, "20 υπολογιστές")
    note = "Από τον φάκελο της αίτησης."
    by: dict[str, Any] = {"actor": cast.actor("registrar"), "at": local(2023, 1, 12, 10, 30)}
    operations.keep_room(made, facts, note=note, **by)
