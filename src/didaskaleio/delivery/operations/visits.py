"""On-site visits (επιτόπιοι έλεγχοι): decided, assigned, made, answered, followed, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.delivery import notices
from didaskaleio.delivery.enums import Severity, VisitState, VisitWay
from didaskaleio.delivery.errors import VisitRefusedError
from didaskaleio.delivery.lifecycle import VISIT
from didaskaleio.delivery.models import SiteVisit, TrainingSession, VisitFinding
from didaskaleio.delivery.operations.checklist import checklist_of
from didaskaleio.delivery.operations.excuses import written
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms.definition import Problem
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.enums import Role
from didaskaleio.people.models import Person
from didaskaleio.people.queries import open_posts

VISIT.model = SiteVisit
MOST_PEOPLE = 200
ANSWERS = "Γράψτε την απάντηση του κέντρου στα ευρήματα."


def add_visit(session: TrainingSession, *, reason: str, actor: Actor, at: datetime) -> SiteVisit:
    """Visit a session by an officer's decision (με απόφαση), outside any round."""
    words = written(reason, "Γράψτε γιατί γίνεται η επίσκεψη.")
    made = SiteVisit(session=session, way=VisitWay.ADDED)
    access.require(actor, "visit.manage", made)
    made.checklist = checklist_of(session.programme.period.action.body, at=at)
    if session.kind != "f2f" or session.starts_at <= at:
        raise VisitRefusedError("Επίσκεψη γίνεται σε διά ζώσης συνάντηση που δεν έχει αρχίσει.")
    with unless_taken(VisitRefusedError("Υπάρχει ήδη επίσκεψη γι’ αυτή τη συνάντηση.")):
        made.save()
    with transaction.atomic():
        journal.write(made, "Προτάθηκε επίσκεψη", actor=actor, at=at, reason=words)
        decide(made, actor=actor, at=at, reason=words)
    return made


@VISIT.performs("decide")
def decide(visit: SiteVisit, *, actor: Actor, at: datetime, reason: str) -> None:
    """The visit will be made (απόφαση)."""


@VISIT.performs("drop")
def drop(visit: SiteVisit, *, actor: Actor, at: datetime, reason: str) -> None:
    """The visit will not be made; the reason stands beside the draw for ever."""


@VISIT.performs("assign")
def assign(visit: SiteVisit, *, actor: Actor, at: datetime, inspector: Person) -> None:
    """Give the visit to an inspector (ανάθεση), free at that hour and a stranger to the class."""
    programme = visit.session.programme
    if not open_posts(at).filter(person=inspector, role=Role.INSPECTOR).exists():
        raise VisitRefusedError("Το πρόσωπο δεν ασκεί τώρα καθήκοντα ελέγχου. Διαλέξτε άλλο.")
    if inspector.pk in {visit.session.trainer_id, *notices.managers_of(programme, at)}:
        raise VisitRefusedError("Το πρόσωπο έχει σχέση με το πρόγραμμα. Διαλέξτε άλλο.")
    if _busy(visit, inspector):
        raise VisitRefusedError("Το πρόσωπο έχει άλλη επίσκεψη την ίδια ώρα. Διαλέξτε άλλο.")
    visit.inspector_id = inspector.pk
    notices.visit_assigned(visit, at=at)


def _busy(visit: SiteVisit, inspector: Person) -> bool:
    """Whether the inspector, whose row is held, is elsewhere at that hour."""
    Person.objects.select_for_update(no_key=True).get(pk=inspector.pk)
    rows = SiteVisit.objects.filter(
        inspector=inspector,
        state__in=[VisitState.ASSIGNED, VisitState.IN_PROGRESS],
        session__starts_at__lt=visit.session.ends_at,
        session__ends_at__gt=visit.session.starts_at,
    )
    return rows.exclude(pk=visit.pk).exists()


@VISIT.performs("begin")
def begin(visit: SiteVisit, *, actor: Actor, at: datetime) -> None:
    """The inspector is there (έναρξη): the checklist opens."""
    sheet = forms.open_sheet(visit.checklist, visit, person=actor.person_id, at=at)
    visit.started_at, visit.sheet_id = at, sheet.pk


@VISIT.performs("not_done")
def not_done(visit: SiteVisit, *, actor: Actor, at: datetime, reason: str) -> None:
    """The visit was not made (δεν έγινε): the officers are told why."""
    notices.visit_not_done(visit, reason=reason, at=at)


def hold_visit(visit: SiteVisit, actor: Actor, *, needs: str = "visit.inspect") -> SiteVisit:
    """The visit's row, read again and locked, while it is being made."""
    held = SiteVisit.objects.select_for_update(of=("self",), no_key=True).get(pk=visit.pk)
    access.require(actor, needs, held)
    if held.state != VisitState.IN_PROGRESS:
        label = VisitState(held.state).label
        raise VisitRefusedError(f"Η επίσκεψη δεν είναι σε εξέλιξη (κατάσταση «{label}»).")
    return held


def record_visit(
    visit: SiteVisit,
    answers: Mapping[str, Any],
    *,
    counted: int | None,
    actor: Actor,
    at: datetime,
) -> list[Problem]:
    """Keep the checklist and the heads counted (μέτρηση) as a draft; what is wrong comes back."""
    if counted is not None and not 0 <= counted <= MOST_PEOPLE:
        raise VisitRefusedError(f"Οι παρόντες είναι από 0 έως {MOST_PEOPLE}.")
    with transaction.atomic():
        held = hold_visit(visit, actor)
        if counted is not None and counted != held.counted:
            held.counted, held.counted_at = counted, at
            held.save(update_fields=["counted", "counted_at"])
            journal.write(held, "Μετρήθηκαν παρόντες", actor=actor, at=at, counted=counted)
        assert held.sheet is not None  # noqa: S101 - opened when the visit began
        return forms.save(held.sheet, answers, actor=actor, at=at)


def add_finding(
    visit: SiteVisit, *, severity: str, text: str, asked: str, actor: Actor, at: datetime
) -> VisitFinding:
    """Write down a finding (εύρημα); whatever is more than a remark asks for something."""
    words = written(text, "Γράψτε τι διαπιστώσατε.")
    demand = asked.strip()
    if severity != Severity.REMARK:
        demand = written(asked, "Γράψτε τι ζητείται από το κέντρο.")
    with transaction.atomic():
        held = hold_visit(visit, actor)
        made = VisitFinding.objects.create(
            visit=held, severity=Severity(severity), text=words, asked=demand, at=at
        )
        journal.write(held, "Γράφτηκε εύρημα", actor=actor, at=at, finding=made.pk)
    return made


def drop_finding(finding: VisitFinding, *, actor: Actor, at: datetime) -> None:
    """Take back a finding before the report is signed."""
    with transaction.atomic():
        held = hold_visit(finding.visit, actor)
        journal.write(held, "Σβήστηκε εύρημα", actor=actor, at=at, text=finding.text)
        finding.delete()


@VISIT.performs("answer")
def answer(visit: SiteVisit, *, actor: Actor, at: datetime, text: str) -> None:
    """The centre answers the report (απάντηση), within its days."""
    if visit.answer_due is None or at > visit.answer_due:
        raise VisitRefusedError("Η προθεσμία της απάντησης πέρασε. Επικοινωνήστε με τον φορέα.")
    visit.answer = written(text, ANSWERS)
    visit.answered_at, visit.answered_by_id = at, actor.user_id
    notices.visit_answered(visit, at=at)


@VISIT.performs("follow")
def follow(visit: SiteVisit, *, actor: Actor, at: datetime, reason: str) -> None:
    """The findings are followed (παρακολούθηση) until each is settled."""
    notices.visit_followed(visit, reason=reason, at=at)


def settle_finding(finding: VisitFinding, *, text: str, actor: Actor, at: datetime) -> VisitFinding:
    """A finding is settled (τακτοποίηση): how, and when it was seen."""
    words = written(text, "Γράψτε πώς τακτοποιήθηκε το εύρημα.")
    with transaction.atomic():
        rows = VisitFinding.objects.select_for_update(of=("self",), no_key=True)
        held = rows.select_related("visit").get(pk=finding.pk)
        access.require(actor, "visit.manage", held.visit)
        if held.visit.state not in {VisitState.ANSWERED, VisitState.FOLLOW_UP}:
            raise VisitRefusedError(
                "Τα ευρήματα τακτοποιούνται αφού απαντήσει το κέντρο ή αρχίσει η παρακολούθηση."
            )
        if held.settled_at is not None:
            raise VisitRefusedError("Το εύρημα έχει ήδη τακτοποιηθεί.")
        held.settled_at, held.settled_by_id, held.settlement = at, actor.user_id, words
        held.save(update_fields=["settled_at", "settled_by", "settlement"])
        journal.write(held.visit, "Τακτοποιήθηκε εύρημα", actor=actor, at=at, reason=words)
    return held


@VISIT.performs("close")
def close_visit(visit: SiteVisit, *, actor: Actor, at: datetime, reason: str) -> None:
    """The visit is over (κλείσιμο)."""
    notices.visit_closed(visit, reason=reason, at=at)
