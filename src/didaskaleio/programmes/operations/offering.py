"""A new training action and a new period of one (νέα δράση, νέα περίοδος; 000 §3, 001 §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from didaskaleio.courses import operations as courses
from didaskaleio.courses import profiles
from didaskaleio.courses.enums import CourseState
from didaskaleio.courses.models import CourseVersion
from didaskaleio.courses.profiles.rules import ClusterAnyOf
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.programmes import rules
from didaskaleio.programmes.enums import ActionState
from didaskaleio.programmes.models import (
    ProgrammeCategory,
    Quota,
    TrainingAction,
    TrainingPeriod,
)
from didaskaleio.programmes.queries.quotas import named_by
from didaskaleio.structures.models import ClusterScheme, FundedProject, ImplementingBody

# an action takes new periods from the settling of its parameters until its last lessons
TAKES_PERIODS = (
    ActionState.CONFIGURED,
    ActionState.PLANNING,
    ActionState.APPLICATIONS_OPEN,
    ActionState.ALLOCATING,
    ActionState.RUNNING,
)
QuotaRow = tuple[str, str, int]


@dataclass(frozen=True)
class CategoryFacts:
    """A category as the officer writes it (κατηγορία): its composition in meetings and hours."""

    code: str
    label: str
    title: str
    face_to_face: int
    synchronous: int
    support: int
    session_hours: int = 2
    async_hours_per_session: int = 1
    support_hours: int = 3
    locality: bool = False


@dataclass(frozen=True)
class ActionFacts:
    """What an action says of itself (στοιχεία δράσης), besides parameters and regulation."""

    code: str
    title: str
    course_version: CourseVersion
    scheme: ClusterScheme
    target: int
    project: FundedProject | None = None
    geography: str = "Όλη η χώρα"
    compulsory: bool = False
    categories: tuple[CategoryFacts, ...] = ()


FIELDS = (
    *("code", "title", "course_version", "scheme", "target", "project", "geography"),
    "compulsory",
)


@transaction.atomic
def begin_action(
    body: ImplementingBody, facts: ActionFacts, *, actor: Actor, at: datetime
) -> TrainingAction:
    """A new action of ``body`` on an approved course, in draft; the course counts as offered."""
    access.require(actor, "action.begin", body)
    _fits(body, facts)
    if TrainingAction.objects.filter(code=facts.code).exists():
        raise Refusal("Υπάρχει ήδη δράση με αυτόν τον κωδικό. Δώστε άλλον.", code="code")
    row = TrainingAction.objects.create(
        body=body, **{name: getattr(facts, name) for name in FIELDS}
    )
    _categories(row, facts.categories)
    course = facts.course_version.course
    if course.state == CourseState.APPROVED:
        courses.link_to_action(course, actor=actor, at=at)
    journal.write(row, "Νέα επιμορφωτική δράση", actor=actor, at=at, compulsory=facts.compulsory)
    return row


@transaction.atomic
def change_action(
    action: TrainingAction, facts: ActionFacts, *, actor: Actor, at: datetime
) -> TrainingAction:
    """Change what a draft action says; after its parameters are settled it stands."""
    row = TrainingAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    access.require(actor, "action.manage", row)
    if row.state != ActionState.DRAFT:
        raise StepRefusedError(
            "Οι παράμετροι της δράσης οριστικοποιήθηκαν και τα στοιχεία της δεν αλλάζουν."
        )
    _fits(row.body, facts)
    if TrainingAction.objects.filter(code=facts.code).exclude(pk=row.pk).exists():
        raise Refusal("Υπάρχει ήδη δράση με αυτόν τον κωδικό. Δώστε άλλον.", code="code")
    changed = [name for name in FIELDS if getattr(row, name) != getattr(facts, name)]
    for name in changed:
        setattr(row, name, getattr(facts, name))
    row.save()
    _categories(row, facts.categories)
    journal.write(row, "Άλλαξαν τα στοιχεία της δράσης", actor=actor, at=at, fields=changed)
    return row


def _fits(body: ImplementingBody, facts: ActionFacts) -> None:
    version = facts.course_version
    if version.frozen_at is None or version.course.body_id != body.pk:
        raise Refusal(
            "Επιλέξτε εγκεκριμένη έκδοση θεματικού αντικειμένου του φορέα σας.",
            code="course_version",
        )
    if facts.scheme.level != version.course.level:
        raise Refusal(
            f"Το αντικείμενο είναι {version.course.level}: επιλέξτε συστάδες του ίδιου επιπέδου.",
            code="scheme",
        )
    if facts.project is not None and facts.project.body_id != body.pk:
        raise Refusal("Η Πράξη ανήκει σε άλλον φορέα. Επιλέξτε άλλη.", code="project")
    if facts.compulsory:
        _tells_who_owes(version)
    codes = [category.code for category in facts.categories]
    if len(set(codes)) < len(codes):
        raise Refusal("Δύο κατηγορίες έχουν τον ίδιο κωδικό. Δώστε άλλον στη μία.")


def _tells_who_owes(version: CourseVersion) -> None:
    """Refuse a compulsory action whose profile does not say by itself who owes it."""
    rules = profiles.parse(version.trainee_profile).rules
    if any(rule.kind == ClusterAnyOf.kind for rule in rules):
        raise Refusal(
            "Το προφίλ του αντικειμένου ζητά συστάδες και δεν ορίζει μόνο του ποιοι οφείλουν. "
            "Ζητήστε κλάδους στη θέση τους, ή κρατήστε τη δράση προαιρετική.",
            code="compulsory",
        )
    if all(rule.of_programme for rule in rules):
        raise Refusal(
            "Το προφίλ του αντικειμένου δεν ορίζει ποιοι οφείλουν την επιμόρφωση. Προσθέστε "
            "κανόνα, π.χ. ημερομηνία διορισμού, ή κρατήστε τη δράση προαιρετική.",
            code="compulsory",
        )


def _categories(action: TrainingAction, wanted: Sequence[CategoryFacts]) -> None:
    action.categories.all().delete()
    ProgrammeCategory.objects.bulk_create(
        ProgrammeCategory(action=action, order=order, **asdict(category))
        for order, category in enumerate(wanted, start=1)
    )


@transaction.atomic
def begin_period(
    action: TrainingAction,
    *,
    actor: Actor,
    at: datetime,
    code: str,
    title: str,
    moments: Mapping[str, datetime | date],
    quotas: Sequence[QuotaRow] = (),
) -> TrainingPeriod:
    """A new period in draft, with all its moments in order and its quotas."""
    row = TrainingAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    access.require(actor, "action.manage", row)
    require_open(row)
    if TrainingPeriod.objects.filter(code=code).exists():
        raise Refusal("Υπάρχει ήδη περίοδος με αυτόν τον κωδικό. Δώστε άλλον.", code="code")
    for name, sentence in rules.out_of_order(moments, now=at).items():
        raise Refusal(f"Οι ημερομηνίες δεν είναι στη σειρά. {sentence}", code=name)
    made = TrainingPeriod.objects.create(action=row, code=code, title=title, **moments)
    for kind, key, _limit in quotas:
        named_by(made, kind, key)
    Quota.objects.bulk_create(
        Quota(period=made, kind=kind, key=key, limit=limit) for kind, key, limit in quotas
    )
    journal.write(made, "Νέα περίοδος", actor=actor, at=at, quotas=[list(q) for q in quotas])
    return made


def require_open(action: TrainingAction) -> None:
    """Refuse unless the action takes new periods in its present state."""
    if action.state == ActionState.DRAFT:
        raise StepRefusedError(
            "Η δράση είναι ακόμη πρόχειρη: οριστικοποιήστε πρώτα τις παραμέτρους της."
        )
    if action.state not in TAKES_PERIODS:
        raise StepRefusedError(
            f"Η δράση είναι σε κατάσταση «{ActionState(action.state).label}» "
            "και δεν δέχεται νέα περίοδο."
        )
