"""Who may apply for work and where (όροι των προσκλήσεων για έργο; R-029)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.timezone import localdate

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.greek import long_moment, short_date
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person, TrainerProfile
from didaskaleio.programmes import parameters, timetable
from didaskaleio.programmes.enums import ActionRole, WorkApplicationState, WorkCallState, WorkFor
from didaskaleio.programmes.models import WorkApplication, WorkCall, WorkCallLine
from didaskaleio.programmes.queries import availability, registers
from didaskaleio.programmes.queries.centres import managers_of_body
from didaskaleio.programmes.queries.trainers import trainers
from didaskaleio.registers.queries import contracted_centres
from didaskaleio.structures.models import TrainingCentre

SHOWN_STATES = (WorkCallState.ANNOUNCED, WorkCallState.OPEN)
STANDING = (
    WorkApplicationState.SUBMITTED,
    WorkApplicationState.SELECTED,
    WorkApplicationState.RESERVE,
)
Applicant = Person | TrainingCentre


@dataclass(frozen=True)
class Term:
    """One term of a call (όρος): whether it holds for an applicant, and the sentence."""

    fulfilled: bool
    sentence: str


@dataclass(frozen=True)
class Load:
    """What a trainer teaches already against the limits of the action (φόρτος)."""

    hours: float
    limit: int
    operation: float
    operation_limit: int
    week_limit: int

    @property
    def left(self) -> int | None:
        """Hours that may still be taken on in the period; None without limits."""
        limits = [(self.limit, self.hours), (self.operation_limit, self.operation)]
        rest = [max(0, limit - int(held)) for limit, held in limits if limit]
        return min(rest) if rest else None


def of_action(action_id: int) -> QuerySet[WorkCall]:
    """The calls of an action, newest first, with how many applied for how many places."""
    rows = WorkCall.objects.filter(period__action=action_id).select_related("period")
    sent = Q(applications__submission__isnull=False) & ~Q(
        applications__state=WorkApplicationState.WITHDRAWN
    )
    places = WorkCallLine.objects.filter(call=OuterRef("pk")).order_by().values("call")
    return rows.order_by("-opens_at", "-pk").annotate(
        applied=Count("applications", filter=sent, distinct=True),
        places=places.annotate(n=Sum("places")).values("n"),
    )


def announced(window: str, at: datetime) -> QuerySet[WorkCall]:
    """Calls that everybody may read: ``open`` before their deadline, ``past`` the latest first."""
    rows = WorkCall.objects.exclude(state=WorkCallState.DRAFT)
    rows = rows.select_related("period__action__body").annotate(places=Sum("lines__places"))
    running = Q(state__in=SHOWN_STATES, closes_at__gt=at)
    if window == "open":
        return rows.filter(running).order_by("closes_at", "pk")
    return rows.exclude(running).order_by("-closes_at", "-pk")


def who_may(call: WorkCall) -> list[str]:
    """Who may apply (ποιοι μπορούν), in words for everybody."""
    action, day = call.period.action, short_date(call.period.first_day)
    if not call.for_trainers:
        return [
            f"Κ.Σ.Ε. του φορέα {action.body.name}, σε περιφέρεια της πρόσκλησης, με έγκριση σε "
            "ισχύ.",
            "Όσα δεν είναι δημόσια σχολεία χρειάζονται σύμβαση από διαγωνισμό της δράσης.",
        ]
    found = [
        f"Όσοι έχουν ιδιότητα επιμορφωτή/τριας που ισχύει την πρώτη ημέρα μαθημάτων ({day}), σε "
        "συστάδα της πρόσκλησης."
    ]
    if register := registers.drawn_on(call.period.action_id, ActionRole.TRAINER):
        found.append(f"Ενεργά μέλη του μητρώου «{register}» την ίδια ημέρα.")
    return found


def why_closed(call: WorkCall, at: datetime) -> str:
    """Why an application is not taken now, "" when it is."""
    if call.state == WorkCallState.ANNOUNCED or at < call.opens_at:
        return f"Η υποβολή ανοίγει {long_moment(call.opens_at)}."
    if call.state != WorkCallState.OPEN or at >= call.closes_at:
        return f"Η υποβολή έληξε {long_moment(call.closes_at)}."
    return ""


def terms(call: WorkCall, who: Applicant, at: datetime) -> list[Term]:
    """Every term of the call for this applicant, fulfilled or not, with what to do about it."""
    if isinstance(who, TrainingCentre):
        return _of_centre(call, who, at)
    return _of_trainer(call, who)


def unmet(found: Iterable[Term]) -> str:
    """The sentences of the terms that do not hold, "" when all do."""
    return " ".join(term.sentence for term in found if not term.fulfilled)


def _of_trainer(call: WorkCall, person: Person) -> list[Term]:
    day = call.period.first_day
    profile = TrainerProfile.objects.filter(person=person).first()
    valid = profile is not None and profile.valid_from <= day
    valid = valid and (profile.valid_until is None or profile.valid_until >= day)  # type: ignore[union-attr]
    found = [
        Term(True, f"Η ιδιότητα επιμορφωτή/τριας ισχύει την πρώτη ημέρα ({short_date(day)}).")
        if valid
        else Term(False, "Δεν έχετε ιδιότητα επιμορφωτή/τριας που να ισχύει την πρώτη ημέρα "
                  f"μαθημάτων ({short_date(day)}): ζητήστε από τον φορέα την ανανέωσή της.")
    ]  # fmt: skip
    if register := registers.drawn_on(call.period.action_id, ActionRole.TRAINER):
        inside = registers.members(register, day).filter(person=person).exists()
        found.append(
            Term(True, f"Είστε ενεργό μέλος του μητρώου «{register}».")
            if inside
            else Term(False, f"Δεν είστε ενεργό μέλος του μητρώου «{register}» την πρώτη ημέρα: "
                      "υποβάλετε υποψηφιότητα όταν ανοίξει πρόσκληση του μητρώου.")
        )  # fmt: skip
    if not lines_of(call, person).exists():
        found.append(
            Term(False, "Καμία θέση δεν είναι σε συστάδα που διδάσκετε. Αν λείπει συστάδα από "
                 "το προφίλ σας, ζητήστε τη διόρθωσή του από τον φορέα.")
        )  # fmt: skip
    return found


def _of_centre(call: WorkCall, centre: TrainingCentre, at: datetime) -> list[Term]:
    day, action = localdate(at), call.period.action
    found = []
    if centre.body_id != action.body_id:
        found.append(Term(False, "Το κέντρο συνεργάζεται με άλλον φορέα υλοποίησης."))
    if centre.approved_on(day):
        found.append(Term(True, "Η έγκριση του Κ.Σ.Ε. ισχύει."))
    else:
        found.append(
            Term(False, "Η έγκριση του Κ.Σ.Ε. δεν ισχύει σήμερα: ζητήστε από τον φορέα νέα πράξη "
                 "έγκρισης.")
        )  # fmt: skip
    if centre.kind != TrainingCentre.Kind.PUBLIC_SCHOOL:
        tenders = action.tenders.values_list("tender", flat=True)
        if not contracted_centres(tenders).filter(centre=centre).exists():
            found.append(
                Term(False, "Η πρόσκληση αφορά δημόσια σχολεία και όσους έχουν σύμβαση από "
                     "διαγωνισμό της δράσης.")
            )  # fmt: skip
    if not lines_of(call, centre).exists():
        found.append(Term(False, "Η πρόσκληση δεν ζητά προγράμματα στην περιφέρεια του Κ.Σ.Ε."))
    return found


def lines_of(call: WorkCall, who: Applicant) -> QuerySet[WorkCallLine]:
    """The lines for which this applicant may apply."""
    rows = call.lines.select_related("cluster", "prefecture", "region")
    if isinstance(who, TrainingCentre):
        return rows.filter(region=who.region_id)
    own = TrainerProfile.clusters.through.objects.filter(
        trainerprofile__person=who, cluster=OuterRef("cluster")
    )
    return rows.filter(Exists(own))


def load_of(call: WorkCall, person: Person, at: datetime) -> Load:
    """The hours a trainer holds in the period and its operation, beside the limits."""
    numbers = parameters.of(call.period.action, at)
    held = availability.loads([person.pk], call.period).get(person.pk) or timetable.Load()
    return Load(
        held.period,
        numbers.trainer_hours_per_period,
        held.operation,
        numbers.trainer_hours_per_operation,
        numbers.trainer_hours_per_week,
    )


def audience(call: WorkCall, at: datetime) -> list[int]:
    """Ids of the persons whom a call concerns, each once."""
    if call.audience == WorkFor.CENTRES:
        regions = call.lines.values("region")
        return managers_of_body(call.period.action.body_id, at, regions=regions)
    clusters = call.lines.values("cluster")
    rows = trainers(call.period).filter(trainer_profile__clusters__in=clusters)
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())


def for_me(actor: Actor) -> QuerySet[WorkCall]:
    """Calls of the kinds of work for which a person holds a post, as far as they are public."""
    kinds = []
    if actor.holds(Role.TRAINER):
        kinds.append(WorkFor.TRAINERS)
    if actor.holds(Role.CENTRE_MANAGER):
        kinds.append(WorkFor.CENTRES)
    rows = WorkCall.objects.filter(audience__in=kinds).exclude(state=WorkCallState.DRAFT)
    mine = WorkApplication.objects.filter(own_q(actor))
    shown = Q(state__in=SHOWN_STATES) | Q(pk__in=mine.values("call"))
    return rows.filter(shown).select_related("period__action__body")


def own_q(actor: Actor) -> Q:
    """The applications that are a person's own, or of a centre that the person manages."""
    centres = actor.scopes(Role.CENTRE_MANAGER, Scope.CENTRE) - {None}
    return Q(person=actor.user_id, person__isnull=False) | Q(centre__in=centres)


def with_demand(call: WorkCall) -> list[tuple[WorkCallLine, int]]:
    """The lines of a call, each with how many submitted applications name it in any order."""
    rows = call.applications.filter(state__in=STANDING)
    named = [pk for ids in rows.values_list("submission__lines", flat=True) for pk in ids or ()]
    tally = Counter(named)
    lines = call.lines.select_related("cluster", "prefecture", "region")
    return [(line, tally[line.pk]) for line in lines]
