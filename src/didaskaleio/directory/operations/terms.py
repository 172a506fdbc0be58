"""Terms of office (θητείες; R-157): appointment, succession, handover, the end by clock or act."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse

from didaskaleio.directory import notices as kinds
from didaskaleio.directory import queries
from didaskaleio.directory.enums import EndedBy, TermState
from didaskaleio.directory.errors import TermRefusedError
from didaskaleio.directory.lifecycle import TERM
from didaskaleio.directory.models import Office, Term
from didaskaleio.kernel import access, greek, journal, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.notices import Kind, Message
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.models import Person
from didaskaleio.registers.enums import PASSED, Fills
from didaskaleio.registers.models import Call

TERM.model = Term
APPOINTED = "Ορισμός σε θέση"


@transaction.atomic
def appoint(
    office: Office,
    person: Person,
    *,
    begins_on: date,
    ends_on: date,
    decision: str,
    actor: Actor,
    at: datetime,
    call: Call | None = None,
) -> Term:
    """Ορισμός με θητεία by a decision, both days included; to come, it names a successor.

    Refused: an office that somebody holds in those days, oneself, a closed account, days in the
    wrong order or all past, no protocol number, a call that filled no posts.
    """
    row = _free_for(office, person, actor)
    _refuse_call(row, call, actor)
    if not decision.strip():
        raise TermRefusedError("Γράψτε τον αριθμό πρωτοκόλλου της απόφασης.", code="decision")
    made = Term(office=row, person=person, decision=decision.strip(), call=call)
    _span(made, begins_on, ends_on, at)
    made.state = TermState.SERVING if made.begins_at <= at else TermState.NAMED
    with unless_taken(
        TermRefusedError(
            "Στις ημέρες αυτές έχει οριστεί ήδη πρόσωπο στη θέση. Δείτε τις θητείες της και "
            "αλλάξτε την έναρξη ή τη λήξη.",
            code="begins_on",
        )
    ):
        made.save()
    journal.write(made, APPOINTED, actor=actor, at=at, decision=made.decision)
    act = f"Ορίστηκε: {person}, {row.words}"
    journal.write(row.structure, act, actor=actor, at=at, office=row.pk, term=made.pk)
    days = f"από {greek.long_date(made.first_day)} έως {greek.long_date(made.last_day)}"
    _tell(made, "Οριστήκατε σε θέση με θητεία", f"{made.decision}, {days}.", at)
    return made


def _free_for(office: Office, person: Person, actor: Actor) -> Office:
    rows = Office.objects.select_related("structure__prefecture")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    access.require(actor, "office.keep", row)
    if row.abolished_on or row.structure.closed_on:
        raise TermRefusedError("Η θέση έχει καταργηθεί. Ανανεώστε τη σελίδα.")
    if person.pk == actor.user_id:
        raise TermRefusedError(
            "Τον εαυτό σας τον ορίζει άλλο εξουσιοδοτημένο πρόσωπο.", code="person"
        )
    if not person.is_active:
        raise TermRefusedError(
            "Ο λογαριασμός του προσώπου είναι κλειστός. Ζητήστε πρώτα να ανοίξει.", code="person"
        )
    return row


def _refuse_call(office: Office, call: Call | None, actor: Actor) -> None:
    if call is None:
        return
    if call.fills != Fills.POSTS or call.state not in PASSED:
        raise TermRefusedError(
            "Η πρόσκληση δεν πληρώνει θέσεις ή δεν έχει λήξει. Διαλέξτε άλλη ή καμία.", code="call"
        )
    if not (actor.is_system or access.allowed(actor, "call.manage", call)):
        raise TermRefusedError("Η πρόσκληση είναι άλλου φορέα. Διαλέξτε δική σας.", code="call")


def _span(term: Term, begins_on: date, ends_on: date, at: datetime) -> None:
    if ends_on < begins_on:
        raise TermRefusedError("Η λήξη είναι πριν από την έναρξη. Διορθώστε τη.", code="ends_on")
    term.begins_at = _freed(term.office, begins_on)
    term.ends_at = midnight(ends_on + timedelta(days=1))
    if term.ends_at <= at:
        raise TermRefusedError(
            "Η θητεία θα είχε ήδη λήξει. Γράψτε λήξη από σήμερα και μετά.", code="ends_on"
        )
    reminder = midnight(ends_on - timedelta(days=term.office.remind_days))
    term.remind_at = max(reminder, term.begins_at)


def _freed(office: Office, day: date) -> datetime:
    """The beginning of ``day``, or the moment of that day at which the office became free."""
    left = office.terms.filter(state__in=(TermState.ENDED, TermState.HANDED_OVER))
    first, after = midnight(day), midnight(day + timedelta(days=1))
    last = left.filter(ends_at__gt=first, ends_at__lt=after).order_by("ends_at").last()
    return last.ends_at if last else first


def midnight(day: date) -> datetime:
    """The first moment of a day in Greece."""
    return datetime.combine(day, time(), ATHENS)


@TERM.performs("begin")
def begin(term: Term, *, actor: Actor, at: datetime) -> None:
    """Έναρξη by the clock: who was named holds the office."""
    _tell(term, "Άρχισε η θητεία σας", f"Έως {greek.long_date(term.last_day)}.", at)


@TERM.performs("remind")
def remind(term: Term, *, actor: Actor, at: datetime) -> None:
    """Υπενθύμιση by the clock: the holder, and the officers unless a successor was named."""
    until = greek.long_date(term.last_day)
    _tell(term, "Η θητεία σας λήγει", f"Λήγει {until}. Ετοιμάστε την παράδοση της θέσης.", at)
    if queries.without_successor(Term.objects.filter(pk=term.pk)).exists():
        text = f"{term.person}, λήξη {until}. Ορίστε διάδοχο πριν μείνει κενή η θέση."
        _tell_keepers(term, "Θητεία που λήγει χωρίς διάδοχο", text, at)


@TERM.performs("lapse")
def lapse(term: Term, *, actor: Actor, at: datetime) -> None:
    """Λήξη by the clock."""
    term.ended_by = EndedBy.TIME
    _tell(term, "Έληξε η θητεία σας", "Βεβαιώστε την παράδοση της θέσης.", at)
    _tell_of_vacancy(term, at)


@TERM.performs("resign")
def resign(term: Term, *, actor: Actor, at: datetime, reason: str) -> None:
    """Παραίτηση of the holder; the office is vacant from that moment on."""
    term.ended_by, term.ends_at = EndedBy.RESIGNATION, at
    text = f"{term.person}: {reason}"
    _tell_keepers(term, "Παραίτηση από θέση", text, at)


@TERM.performs("release")
def release(term: Term, *, actor: Actor, at: datetime, reason: str) -> None:
    """Λήξη με απόφαση before the time; the holder reads why."""
    term.ended_by, term.ends_at = EndedBy.DECISION, at
    _tell(term, "Η θητεία σας έληξε με απόφαση", reason, at)


@TERM.performs("cancel")
def cancel(term: Term, *, actor: Actor, at: datetime, reason: str) -> None:
    """Ανάκληση of an appointment that has not begun."""
    _tell(term, "Ανακλήθηκε ο ορισμός σας", reason, at)


@TERM.performs("hand_over")
def hand_over(term: Term, *, actor: Actor, at: datetime, reason: str) -> None:
    """Παράδοση και παραλαβή of files, keys and equipment: what was handed over, and to whom."""


def _tell_of_vacancy(term: Term, at: datetime) -> None:
    followed = Term.objects.filter(
        office=term.office_id, state__in=(TermState.NAMED, TermState.SERVING), begins_at__lte=at
    )
    if not followed.exists():
        text = "Έληξε η θητεία και δεν έχει οριστεί διάδοχος."
        _tell_keepers(term, "Κενή θέση", text, at)


def _tell(term: Term, title: str, text: str, at: datetime) -> None:
    _send(kinds.TERM, {term.person_id}, term, title, text, at)


def _tell_keepers(term: Term, title: str, text: str, at: datetime) -> None:
    people = queries.keepers(term.office.structure, at) - {term.person_id}
    _send(kinds.OFFICE, people, term, title, text, at)


def _send(kind: Kind, people: set[int], term: Term, title: str, text: str, at: datetime) -> None:
    url = reverse("directory:term", args=[term.pk])
    key = f"term-{term.pk}-{title}-{at.isoformat()}"
    news = [
        Message(pk, f"{title}: {term.office}", f"{term.office}. {text}", key, url)
        for pk in sorted(people)
    ]
    notices.send(kind, news, at=at)
