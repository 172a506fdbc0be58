"""Menus (μενού): what each role finds at the top of every page.

The first entries of a person stand on the bar, the others behind «Περισσότερα»; the order below
is that of importance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from didaskaleio.courses.models import Assignment
from didaskaleio.credentials.models import Credential, SigningCase
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.finance.models import CommitteeMember, Payee
from didaskaleio.kernel.access import Actor
from didaskaleio.people.enums import Role
from didaskaleio.people.models import Person, Post
from didaskaleio.programmes.enums import PeriodState
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.registers.models import Candidacy
from didaskaleio.surveys.models import Invitation

ON_THE_BAR = 6


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Menu:
    """The entries of a person: those on the bar, and those behind «Περισσότερα»."""

    bar: tuple[Item, ...] = ()
    more: tuple[Item, ...] = ()

    def __iter__(self) -> Iterator[Item]:
        return iter(self.bar + self.more)

    def __len__(self) -> int:
        return len(self.bar) + len(self.more)


@dataclass(frozen=True)
class Entry:
    """One entry: for ``roles`` (none: for everybody) who have what ``needs`` names.

    ``among`` is the label beside another entry of the same words.
    """

    label: str
    name: str
    roles: tuple[str, ...] = ()
    needs: str = ""
    among: str = ""


BODY = (Role.BODY_OFFICER, Role.BODY_HEAD)
CENTRE = (Role.CENTRE_MANAGER, Role.CENTRE_STAFF)
REGISTRY = (Role.REGISTRAR, Role.REGIONAL_OFFICER, Role.MINISTRY_OFFICER)
FINANCE = (Role.FINANCE_OFFICER,)
LEARNER = (Role.TEACHER,)
FORECASTERS = (*BODY, Role.PLANNER, Role.MINISTRY_OFFICER)
ENTRIES = (
    Entry("Αρχική", "portal:front"),
    # work
    Entry("Προγράμματα που διδάσκω", "programmes:trainer", (Role.TRAINER,)),
    Entry("Συναντήσεις", "delivery:sessions", (Role.TRAINER,)),
    Entry("Οι ώρες μου", "delivery:hours", (Role.TRAINER, Role.CENTRE_STAFF)),
    Entry("Η διαθεσιμότητά μου", "programmes:availability", (Role.TRAINER,)),
    Entry("Τα προγράμματά μου", "programmes:centre", CENTRE),
    Entry("Έργο σε προγράμματα", "programmes:work", (Role.TRAINER, *CENTRE)),
    Entry(
        "Προγράμματα",
        "programmes:desk",
        (*BODY, Role.PLANNER, Role.REGIONAL_OFFICER, Role.MINISTRY_OFFICER),
    ),
    Entry("Πρόοδος", "delivery:progress", (Role.REGIONAL_OFFICER, Role.MINISTRY_OFFICER)),
    Entry("Κλήρωση", "enrolment:ceremonies", (*BODY, Role.MINISTRY_OFFICER)),
    Entry("Ομάδες", "enrolment:groups", (*BODY, *CENTRE)),
    Entry("Εκκρεμότητες", "delivery:exceptions", (*CENTRE, *BODY)),
    Entry("Βεβαιώσεις", "completion:attestations", BODY),
    Entry(
        "Επιτόπιοι έλεγχοι",
        "delivery:visits",
        (
            Role.INSPECTOR,
            *BODY,
            Role.CENTRE_MANAGER,
            Role.REGIONAL_OFFICER,
            Role.MINISTRY_OFFICER,
        ),
    ),
    Entry("Μαγνητοσκοπήσεις", "delivery:recordings", (Role.INSPECTOR, *BODY, *CENTRE)),
    Entry("Βεβαιώσεις απασχόλησης", "completion:employments", BODY),
    Entry("Πληρωμές", "finance:pay-desk", (*FINANCE, *BODY)),
    Entry("Πρακτικά παραλαβής", "finance:minutes-mine", needs="committee"),
    Entry("Συμβάσεις", "finance:contracts", FINANCE),
    Entry("Δικαιούχοι", "finance:payees", FINANCE),
    Entry("Κατάρτιση", "finance:periods", FINANCE),
    Entry("Υποδείγματα", "finance:templates", FINANCE),
    Entry("Υπογραφές εγγράφων", "credentials:signing-desk", BODY),
    Entry(
        "Εργασίες συντονισμού",
        "delivery:given-tasks",
        (*BODY, Role.REGIONAL_OFFICER, Role.MINISTRY_OFFICER, Role.CENTRE_MANAGER),
    ),
    Entry("Φάκελοι", "completion:dossiers", (*FINANCE, *BODY, Role.CENTRE_MANAGER)),
    Entry("Πακέτα τεκμηρίων", "completion:packs", BODY),
    Entry(
        "Εκθέσεις πεπραγμένων",
        "finance:work-reports",
        (*FINANCE, *BODY, Role.CENTRE_MANAGER),
    ),
    Entry("Εφαρμογή στην τάξη", "delivery:class-applications", (Role.TRAINER,)),
    Entry("Θεματικά αντικείμενα", "courses:courses", (Role.AUTHOR, Role.APPROVER, *BODY)),
    Entry("Προσκλήσεις του φορέα", "registers:desk", BODY),
    Entry("Μητρώο Κ.Σ.Ε.", "registers:centres", (*BODY, *CENTRE, *REGISTRY)),
    Entry(
        "Μητρώο εκπαιδευτικών",
        "registers:teachers",
        (*BODY, Role.REGIONAL_OFFICER, Role.MINISTRY_OFFICER),
    ),
    Entry("Ενστάσεις", "registers:objections", (Role.OBJECTION_COMMITTEE,)),
    Entry("Αξιολογήσεις", "registers:assessments", (Role.ASSESSOR,)),
    Entry("Διαγωνισμοί του φορέα", "registers:tender-desk", BODY),
    Entry("Οι αναθέσεις μου", "courses:my-work", needs="work"),
    Entry("Ερωτηματολόγια", "surveys:surveys", BODY),
    Entry("Διαβιβάσεις", "surveys:dispatches", (Role.MINISTRY_OFFICER,)),
    Entry(
        "Ερωτηματολόγια ανά περιφέρεια",
        "surveys:regions",
        (Role.REGIONAL_OFFICER, Role.MINISTRY_OFFICER),
    ),
    Entry("Φόρμες", "kernel:forms", BODY),
    Entry("Χώροι", "kernel:spaces", (Role.OPERATOR,)),
    Entry("Έμπιστες ρίζες", "credentials:roots", (Role.OPERATOR,)),
    Entry("Πρότυπα και οδηγίες", "kernel:standards", (*BODY, Role.MINISTRY_OFFICER)),
    Entry("Δράσεις", "programmes:actions", (*BODY, Role.PLANNER, Role.MINISTRY_OFFICER)),
    Entry("Περίοδοι", "programmes:periods", (*BODY, Role.PLANNER, Role.MINISTRY_OFFICER)),
    Entry("Δικαιώματα", "people:rights", (*BODY, Role.MINISTRY_OFFICER, Role.OPERATOR)),
    Entry("MySchool", "connectors:imports", (Role.MINISTRY_OFFICER, Role.OPERATOR)),
    Entry("Αιτήματα διόρθωσης", "connectors:corrections", (Role.MINISTRY_OFFICER, Role.OPERATOR)),
    Entry(
        "Αναφορές",
        "kernel:reports",
        (*BODY, *CENTRE, *REGISTRY, *FINANCE, Role.PLANNER),
    ),
    Entry(
        "Εικόνα παρουσιών", "observatory:presence", (Role.REGIONAL_OFFICER, Role.MINISTRY_OFFICER)
    ),
    Entry(
        "Οι αναφορές μου",
        "observatory:reports",
        (*BODY, *CENTRE, *REGISTRY, Role.PLANNER, Role.OPERATOR),
    ),
    Entry(
        "Αιτήματα στην υπηρεσία",
        "observatory:requests",
        (*BODY, *CENTRE, *REGISTRY, Role.PLANNER, Role.OPERATOR),
    ),
    Entry(
        "Πράξεις",
        "structures:projects",
        (*BODY, Role.PLANNER, Role.MINISTRY_OFFICER, Role.OPERATOR),
    ),
    Entry("Οι συμβάσεις μου", "finance:my-contracts", needs="payee"),
    Entry("Οι εκθέσεις πεπραγμένων μου", "finance:work-reports-mine", needs="payee"),
    Entry("Οι πληρωμές μου", "finance:payments-mine", needs="payee"),
    Entry("Στοιχεία πληρωμής", "finance:mine", needs="payee"),
    # learning
    Entry("Προγράμματα", "enrolment:catalogue", LEARNER, among="Προγράμματα για εμένα"),
    Entry("Η αίτησή μου", "enrolment:application", LEARNER, needs="application"),
    Entry("Οι παρουσίες μου", "delivery:mine", LEARNER, needs="programme"),
    Entry("Η ολοκλήρωσή μου", "completion:mine", LEARNER, needs="programme"),
    Entry("Η εφαρμογή μου στην τάξη", "delivery:my-class-application", LEARNER, needs="programme"),
    Entry("Β΄ φάση", "enrolment:phase-b-current", LEARNER, needs="phase_b"),
    Entry("Η απασχόλησή μου", "completion:employment-mine", (Role.TRAINER, *CENTRE)),
    Entry("Οι βεβαιώσεις μου", "credentials:mine", needs="credential"),
    Entry("Προς υπογραφή", "credentials:my-signing", needs="signing"),
    Entry("Οι επιμορφώσεις μου", "registers:my-record", (*LEARNER, Role.TRAINER)),
    Entry("Οι υποψηφιότητές μου", "registers:mine", needs="candidacy"),
    Entry("Τα ερωτηματολόγιά μου", "surveys:mine", needs="survey"),
    Entry("Ημερίδες και εργαστήρια", "small_actions:catalogue", LEARNER),
    Entry("Μικρές δράσεις", "small_actions:desk", (*CENTRE, *BODY, Role.REGIONAL_OFFICER)),
    Entry("Προβλέψεις αναγκών", "observatory:forecasts", FORECASTERS),
    # for everybody
    Entry("Προσκλήσεις", "registers:calls"),
    Entry("Κληρώσεις", "enrolment:draws"),
    Entry("Έλεγχος γνησιότητας", "credentials:verify"),
    Entry("Κ.Σ.Ε.", "structures:centres"),
    Entry("Τι διδάσκεται", "courses:offered"),
    Entry("Διαγωνισμοί", "registers:tenders"),
    Entry("Μητρώα", "registers:registers"),
    Entry("Κατάλογος δομών", "directory:structures"),
    Entry("Συστάδες", "structures:clusters"),
    Entry("Κληρώσεις επισκέψεων", "delivery:visit-draws"),
)
FOOTER = (
    ("Βοήθεια", "/help/"),
    ("Προσβασιμότητα", "/accessibility/"),
    ("Προσωπικά δεδομένα", "/privacy/"),
    ("Όροι χρήσης", "/terms/"),
)


def _applications(person: OuterRef) -> QuerySet[ParticipationApplication]:
    return ParticipationApplication.objects.filter(person_id=person)


TAKEN_PART = (
    ApplicationState.ENROLLED,
    ApplicationState.ATTENDED,
    ApplicationState.CERTIFIED,
    ApplicationState.REMOVED,
)
# what a person has that makes an entry worth showing
HAS: dict[str, Callable[[OuterRef], QuerySet[Any]]] = {
    "application": _applications,
    "programme": lambda person: _applications(person).filter(state__in=TAKEN_PART),
    "phase_b": lambda _person: TrainingPeriod.objects.filter(state=PeriodState.PHASE_B),
    "work": lambda person: Assignment.objects.filter(person_id=person),
    "credential": lambda person: Credential.objects.filter(person_id=person),
    "signing": lambda person: SigningCase.objects.filter(signatories__person_id=person),
    "payee": lambda person: Payee.objects.filter(
        Q(person_id=person)
        | Q(
            centre_id__in=Post.objects.filter(
                person_id=OuterRef(person), role=Role.CENTRE_MANAGER, valid_until=None
            ).values("scope_id")
        )
    ),
    "survey": lambda person: Invitation.objects.filter(person_id=person),
    "committee": lambda person: CommitteeMember.objects.filter(person_id=person),
    "candidacy": lambda person: Candidacy.objects.filter(person_id=person),
}


def menu(actor: Actor, path: str) -> Menu:
    """The entries open to ``actor``, the present one marked; at most one query."""
    offered = [entry for entry in ENTRIES if not entry.roles or actor.holds(*entry.roles)]
    held = _held(actor, {entry.needs for entry in offered if entry.needs})
    items: list[Item] = []
    for entry in offered:
        if entry.needs and entry.needs not in held:
            continue
        taken = any(item.label == entry.label for item in items)
        items.append(_item(entry.among if taken else entry.label, _address(entry.name), path))
    return Menu(tuple(items[:ON_THE_BAR]), tuple(items[ON_THE_BAR:]))


def _held(actor: Actor, names: set[str]) -> set[str]:
    if actor.user_id is None or not names:
        return set()
    asked = tuple(sorted(names))
    sql, before = _question(asked)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*before, actor.user_id])
        row = cursor.fetchone()
    return {name for name, found in zip(asked, row or (), strict=False) if found}


@cache
def _question(names: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """The query and its parameters before the person; composing it costs more than asking it."""
    asked = [Exists(HAS[name](OuterRef("pk"))) for name in names]
    sql, params = Person.objects.filter(pk=0).values_list(*asked).query.sql_with_params()
    return sql, params[:-1]


@cache
def _address(name: str) -> str:
    return reverse(name)


def _item(label: str, url: str, path: str) -> Item:
    home = url == "/" and path == "/home/"
    return Item(label, url, home or path == url or (url != "/" and path.startswith(url)))


def role_line(actor: Actor) -> str:
    """The most senior role of the person and how many others, for the head of the page."""
    ranks = list(Role)
    held = sorted({Role(post.role) for post in actor.posts}, key=ranks.index, reverse=True)
    if not held:
        return ""
    others = len(held) - 1
    rest = f" και {others} ακόμη" if others else ""
    return f"{held[0].label}{rest}"
