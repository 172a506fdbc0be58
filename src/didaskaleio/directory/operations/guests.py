"""Time-limited posts of people outside the teacher record (θέσεις ορισμένου χρόνου; R-189)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.directory import notices as kinds
from didaskaleio.directory import queries
from didaskaleio.directory.enums import RIGHT_AT
from didaskaleio.directory.errors import EngagementRefusedError
from didaskaleio.directory.lifecycle import ENGAGEMENT
from didaskaleio.directory.models import Engagement
from didaskaleio.directory.operations.terms import midnight
from didaskaleio.kernel import access, files, greek, journal, notices
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.files import Kind as FileKind
from didaskaleio.kernel.notices import Kind, Message
from didaskaleio.people import operations as rights
from didaskaleio.people.models import Person, Teacher

ENGAGEMENT.model = Engagement
AGREEMENT = files.declare(
    FileKind("directory.agreement", "Συμφωνητικό", "engagement.page", (files.PDF,))
)


@transaction.atomic
def engage(
    person: Person,
    *,
    begins_on: date,
    ends_on: date,
    actor: Actor,
    at: datetime,
    right: bool = False,
    upload: Any = None,
    **facts: Any,
) -> Engagement:
    """Θέση ορισμένου χρόνου at one host, by an agreement, both days included.

    With ``right`` the person has the role of such people at the host in those days and no longer.
    Refused: a host that is not the actor's, a teacher, oneself, days in the wrong order or past,
    a right that the actor may not grant or the host does not have.
    """
    made = Engagement(person=person, **facts)
    _span(made, begins_on, ends_on, at)
    _refuse(made, actor)
    made.save()
    if upload:
        made.file = files.accept(AGREEMENT, upload, upload.name, made, actor=actor, at=at)
    if right:
        _grant(made, actor, at)
    made.save(update_fields=["file", "post"])
    journal.write(made, "Καταχωρίστηκε η θέση", actor=actor, at=at, agreement=made.agreement)
    days = f"Από {greek.long_date(made.first_day)} έως {greek.long_date(made.last_day)}."
    _tell(made, "Έχετε θέση ορισμένου χρόνου", f"{made.duties}. {days}", at)
    return made


def _span(made: Engagement, begins_on: date, ends_on: date, at: datetime) -> None:
    if ends_on < begins_on:
        raise EngagementRefusedError(
            "Η λήξη είναι πριν από την έναρξη. Διορθώστε τη.", code="ends_on"
        )
    made.begins_at, made.ends_at = midnight(begins_on), midnight(ends_on + timedelta(days=1))
    if made.ends_at <= at:
        raise EngagementRefusedError(
            "Η θέση θα είχε ήδη λήξει. Γράψτε λήξη από σήμερα και μετά.", code="ends_on"
        )
    reminder = midnight(ends_on - timedelta(days=made.remind_days))
    made.remind_at = max(reminder, made.begins_at)


def _refuse(made: Engagement, actor: Actor) -> None:
    if len([host for host in made.hosts if host]) != 1:
        raise EngagementRefusedError("Επιλέξτε έναν φορέα υποδοχής.", code="host")
    if not (actor.is_system or access.allowed(actor, "engagement.keep", made)):
        raise EngagementRefusedError(
            "Ο φορέας υποδοχής δεν είναι στη δική σας ευθύνη. Επιλέξτε άλλον.", code="host"
        )
    if made.person_id == actor.user_id:
        raise EngagementRefusedError("Για εσάς αποφασίζει άλλο πρόσωπο.", code="person")
    if not made.person.is_active:
        raise EngagementRefusedError(
            "Ο λογαριασμός του προσώπου είναι κλειστός. Ζητήστε πρώτα να ανοίξει.", code="person"
        )
    if Teacher.objects.filter(person=made.person_id).exists():
        raise EngagementRefusedError(
            "Το πρόσωπο είναι στο μητρώο εκπαιδευτικών. Ορίστε το με θητεία ή δώστε του ρόλο από "
            "τα Δικαιώματα.",
            code="person",
        )


def _grant(made: Engagement, actor: Actor, at: datetime) -> None:
    kind, host = made.place
    if kind not in RIGHT_AT:
        raise EngagementRefusedError(
            "Στις δομές δεν αντιστοιχεί ρόλος της πλατφόρμας. Αποθηκεύστε χωρίς ρόλο.", code="right"
        )
    made.post = rights.grant(
        made.person,
        role=RIGHT_AT[kind],
        scope=kind,
        scope_id=host.pk,
        actor=actor,
        at=at,
        reason=f"{made.get_kind_display()}, {made.agreement}",
        since=max(at, made.begins_at),
        until=made.ends_at,
    )


@ENGAGEMENT.performs("remind")
def remind(engagement: Engagement, *, actor: Actor, at: datetime) -> None:
    """Υπενθύμιση by the clock: the person and the officers of the host."""
    until = greek.long_date(engagement.last_day)
    _tell(engagement, "Λήγει η θέση σας", f"Λήγει {until}.", at)
    text = f"{engagement.person}, {engagement.get_kind_display()}. Λήγει {until}."
    people = queries.hosts_of(engagement, at) - {engagement.person_id}
    _send(kinds.OFFICE, people, engagement, "Θέση ορισμένου χρόνου που λήγει", text, at)


@ENGAGEMENT.performs("lapse")
def lapse(engagement: Engagement, *, actor: Actor, at: datetime) -> None:
    """Λήξη by the clock; the right has ended at the same moment."""
    _tell(engagement, "Έληξε η θέση σας", "Ευχαριστούμε για τη συνεργασία.", at)


@ENGAGEMENT.performs("stop")
def stop(engagement: Engagement, *, actor: Actor, at: datetime, reason: str) -> None:
    """Διακοπή by the host or at the person's wish: the right ends with it, whoever granted it."""
    engagement.ends_at = max(at, engagement.begins_at + timedelta(microseconds=1))
    post = engagement.post
    if post and not post.has_ended(at):
        rights.withdraw(post, actor=SYSTEM, at=at, reason=f"Διακοπή θέσης: {reason}")
    _tell(engagement, "Διακόπηκε η θέση σας", reason, at)


def _tell(engagement: Engagement, title: str, text: str, at: datetime) -> None:
    _send(kinds.ENGAGEMENT, {engagement.person_id}, engagement, title, text, at)


def _send(
    kind: Kind, people: set[int], engagement: Engagement, title: str, text: str, at: datetime
) -> None:
    url = reverse("directory:engagement", args=[engagement.pk])
    key = f"engagement-{engagement.pk}-{title}-{at.isoformat()}"
    where = engagement.place[1]
    news = [Message(pk, f"{title}: {where}", text, key, url) for pk in sorted(people)]
    notices.send(kind, news, at=at)
