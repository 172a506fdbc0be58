"""A call under assessment (πρόσκληση σε αξιολόγηση): assessors, judgements, disagreements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.models import Person
from didaskaleio.registers import assessments, operations
from didaskaleio.registers.enums import AssessmentState, Fills
from didaskaleio.registers.models import Assessment, Call, Candidacy, Reconciliation
from didaskaleio.site.story import calls, candidates
from didaskaleio.site.story import cast as people
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import local

CONTENT: dict[str, Any] = {
    "title": "Ένταξη στο μητρώο επιμορφωτών εξ αποστάσεως προγραμμάτων",
    "fills": Fills.REGISTER,
    "fills_name": "Μητρώο επιμορφωτών εξ αποστάσεως προγραμμάτων",
    "places": 6,
    "text": "Έξι θέσεις. Κάθε υποψηφιότητα την αξιολογούν δύο πρόσωπα.",
    "audience": "Εκπαιδευτικοί με επιμορφωτικό έργο.",
}
CLOSES = local(2023, 1, 5, 15)
STARTED = local(2023, 1, 11, 12)
ILLEGIBLE = "Η βεβαίωση δείχνει 64 ώρες· οι υπόλοιπες δεν αποδεικνύονται."
MATERIAL = "Από τη βεβαίωση δεν προκύπτει η ημερομηνία διορισμού που δηλώθηκε."


def call(cast: Cast) -> None:
    """Nine candidacies, three assessors: some judged, two in dispute, one without a second."""
    window = (local(2022, 12, 12), CLOSES)
    row = calls.published(cast, CONTENT, local(2022, 12, 9), window)
    for n, person in enumerate(_candidates(cast)):
        at = local(2022, 12, 14, 17) + timedelta(hours=9 * n)
        draft = candidates.answered(row, person, n % len(candidates.HOURS), at)
        candidates.sent(draft, people.actor(person), at + timedelta(minutes=20))
    operations.expire(row, actor=SYSTEM, at=CLOSES)
    _assigned(cast, row)
    _judged(cast, row)
    _disputed(cast, row)


def _candidates(cast: Cast) -> list[Person]:
    return cast.crowd["HER", "ΠΕ70"][:9]


def _second(cast: Cast) -> Person:
    return cast.crowd["THS", "ΠΕ03"][20]


def _third(cast: Cast) -> Person:
    return cast.crowd["LAR", "ΠΕ03"][20]


def _assigned(cast: Cast, row: Call) -> None:
    """The check is over; three are appointed and the proposal is decided."""
    officer = cast.actor("officer")
    at = local(2023, 1, 9, 11)
    for n, one in enumerate(Candidacy.objects.filter(call=row).order_by("pk")):
        operations.accept(one, actor=officer, at=at + timedelta(minutes=6 * n))
    operations.plan(row, each=2, due_at=local(2023, 1, 25, 15), actor=officer, at=at)
    reason = "Απόφαση ορισμού αξιολογητών 14/2023."
    for person, most in ((cast.accounts["assessor"], None), (_second(cast), 7), (_third(cast), 6)):
        operations.appoint(row, person, most=most, actor=officer, at=at, reason=reason)
    found = assessments.proposed(row, STARTED)
    assert found is not None  # noqa: S101 - the plan stands
    operations.assign(row, seen=found.seal, actor=officer, at=STARTED - timedelta(hours=1))
    operations.start_assessment(row, actor=officer, at=STARTED)


def _judged(cast: Cast, row: Call) -> None:
    """The account has judged two and begun a third; each of the others has judged some."""
    _submit(_of(row, cast.accounts["assessor"])[0], {"hours": ("3", ILLEGIBLE)})
    _submit(_of(row, cast.accounts["assessor"])[0], {})
    begun = _of(row, cast.accounts["assessor"])[0]
    first = assessments.claims_of(begun.candidacy)[0].key
    operations.save_verdicts(
        begun,
        verdicts={first: {"allowed": "", "reason": ""}},
        actor=people.actor(cast.accounts["assessor"]),
        at=STARTED + timedelta(days=2),
    )
    judged = set(
        Assessment.objects.filter(
            call=row, person=cast.accounts["assessor"], state=AssessmentState.SUBMITTED
        ).values_list("candidacy", flat=True)
    )
    apart = [one for one in _of(row, _third(cast)) if one.candidacy_id not in judged]
    _submit(apart[0], {})
    leaving = apart[-1]
    operations.recuse(
        leaving,
        actor=people.actor(_third(cast)),
        at=STARTED + timedelta(days=1),
        reason="Έχουμε υπογράψει μαζί εκπαιδευτικό υλικό.",
    )


def _disputed(cast: Cast, row: Call) -> None:
    """On both candidacies that the account judged the two differ; the other has proposed on one."""
    mine = Assessment.objects.filter(call=row, person=cast.accounts["assessor"])
    done = mine.filter(state=AssessmentState.SUBMITTED).values("candidacy")
    theirs = Assessment.objects.filter(call=row, candidacy__in=done, state="assigned")
    for one in theirs.select_related("call", "candidacy__call", "person").order_by("pk"):
        _submit(one, {"hired": ("0", MATERIAL)})
    dispute = Reconciliation.objects.filter(call=row).order_by("pk")[0]
    second = assessments.submitted(dispute.candidacy).exclude(person=cast.accounts["assessor"])
    verdicts = {
        claim.key: {"allowed": "", "reason": "Μετά από νέο έλεγχο των εγγράφων γίνονται δεκτά."}
        for claim in assessments.disputed_claims(dispute.candidacy)
    }
    operations.propose_settlement(
        dispute,
        actor=people.actor(second[0].person),
        at=local(2023, 1, 17, 13),
        verdicts=verdicts,
    )


def _of(row: Call, person: Person) -> list[Assessment]:
    """What a person has still to judge, by code of the first document of the candidacy."""
    rows = Assessment.objects.filter(call=row, person=person, state=AssessmentState.ASSIGNED)
    related = rows.select_related("call", "candidacy__call", "candidacy__submission", "person")
    return list(related.order_by("candidacy"))


def _submit(one: Assessment, reduced: dict[str, tuple[str, str]]) -> None:
    verdicts = {claim.key: dict(ACCEPTED) for claim in assessments.claims_of(one.candidacy)}
    verdicts |= {
        key: {"allowed": allowed, "reason": reason}
        for key, (allowed, reason) in reduced.items()
        if key in verdicts
    }
    at = STARTED + timedelta(days=3, minutes=one.pk % 50)
    operations.submit_assessment(one, actor=people.actor(one.person), at=at, verdicts=verdicts)


ACCEPTED = {"allowed": "", "reason": ""}
