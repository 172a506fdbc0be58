"""What officers must do about offices and terms, and the ends of one's own terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from didaskaleio.directory import queries
from didaskaleio.directory.access import KEEPERS
from didaskaleio.directory.enums import STANDING, TermState
from didaskaleio.directory.models import Term
from didaskaleio.kernel import access, greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, Todo, dates, shortened, todos


@todos("directory.vacancies")
def vacancies(actor: Actor, at: datetime) -> Iterator[Todo]:
    """One line for all vacant offices that the actor fills: they are many and seldom urgent."""
    if not actor.holds(*KEEPERS):
        return
    many = access.visible(actor, "office.keep", queries.vacancies()).count()
    if many:
        page = f"{reverse('directory:structures')}?vacant=on&mine=on"
        detail = greek.count(many, "θέση δομής", "θέσεις δομών")
        yield Todo("Ορισμός σε κενές θέσεις", page, detail=detail)


@todos("directory.successors")
def successors(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Terms that end soon and have no successor yet, the first to end first."""
    if not actor.holds(*KEEPERS):
        return
    rows = access.visible(actor, "term.keep", _terms().filter(state=TermState.ENDING))
    yield from shortened(
        queries.without_successor(rows).order_by("ends_at", "pk"),
        _name_successor,
        rest="θητείες που λήγουν χωρίς διάδοχο",
        url=reverse("kernel:report", args=["directory.ending"]),
    )


def _name_successor(term: Term) -> Todo:
    page = reverse("directory:appoint", args=[term.office_id])
    return Todo("Ορισμός διαδόχου", page, term.ends_at, str(term.office))


@todos("directory.mine")
def mine(actor: Actor, at: datetime) -> Iterator[Todo]:
    """One's own terms that have ended and wait for the handover."""
    if actor.user_id is None:
        return
    for term in _terms().filter(person=actor.user_id, state=TermState.ENDED):
        page = reverse("directory:term", args=[term.pk])
        yield Todo("Βεβαίωση παράδοσης θέσης", page, detail=str(term.office))


@dates("directory.terms")
def ends(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """The ends of one's own terms and time-limited posts."""
    if actor.user_id is None:
        return
    for term in _terms().filter(person=actor.user_id, state__in=STANDING):
        page = reverse("directory:term", args=[term.pk])
        title = f"Λήγει η θητεία: {term.office}"
        yield Appointment(f"term-{term.pk}", title, term.ends_at, term.ends_at, page)

    for row in queries.engagements().filter(person=actor.user_id, state__in=queries.RUNNING):
        page = reverse("directory:engagement", args=[row.pk])
        title = f"Λήγει η θέση: {row.place[1]}"
        yield Appointment(f"engagement-{row.pk}", title, row.ends_at, row.ends_at, page)


def _terms() -> QuerySet[Term]:
    return Term.objects.select_related("office__structure")
