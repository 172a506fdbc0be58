"""Questions of signing cases: what a file is asked, in which words it answers, whose turn it is."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import Count, Q, QuerySet

from didaskaleio.credentials.models import Signatory, SigningCase, TrustRoot
from didaskaleio.credentials.queries.checking import published_keys
from didaskaleio.credentials.signing.findings import Finding, Question, Root, Signature, Signer
from didaskaleio.kernel import greek
from didaskaleio.people.enums import IdentifierKind
from didaskaleio.people.models import Person
from didaskaleio.people.queries import holders

ALWAYS = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


def trusted_roots() -> tuple[Root, ...]:
    """The authorities whose signatures count: the operator's list, and our own published root."""
    kept = [
        Root(bytes(root.certificate), root.valid_from, root.valid_until)
        for root in TrustRoot.objects.order_by("pk")
    ]
    own = [Root(der, *ALWAYS) for der in published_keys().roots]
    return (*kept, *own)


def question_of(turn: Signatory, content: bytes, base: bytes, at: datetime) -> Question:
    """What an uploaded file must be at this turn."""
    person = turn.person
    last = not turn.case.signatories.filter(order__gt=turn.order).exists()
    return Question(
        content=content,
        at=at,
        roots=trusted_roots(),
        base=base,
        signer=signer_of(person) if person else None,
        last=last,
    )


def signer_of(person: Person) -> Signer:
    """The names and the ΑΦΜ with which a certificate must agree."""
    held = person.identifiers.filter(kind=IdentifierKind.AFM).values_list("value", flat=True)
    return Signer(person.surname, person.given_name, held.first() or "")


def facts_of(finding: Finding) -> list[list[str]]:
    """The evidence of the newest signature, as the case keeps and shows it: no ΑΦΜ itself."""
    found = finding.signatures[-1]
    by_afm = [["Ταύτιση", "Με το Α.Φ.Μ. του πιστοποιητικού"]] if found.by_afm else []
    return facts_about(found) + by_afm


def facts_about(found: Signature) -> list[list[str]]:
    """Who, under which authority, when and by which proof, what to look at."""
    facts = [
        ["Πιστοποιητικό", found.name],
        ["Αρχή έκδοσης", found.issuer],
        ["Στιγμή υπογραφής", _moment(found)],
    ]
    facts += [["Προσοχή", caution] for caution in found.cautions]
    return [fact for fact in facts if fact[1]]


def _moment(found: Signature) -> str:
    if found.at is None:
        return "Δεν δηλώνεται"
    proof = "χρονοσήμανση" if found.stamped else "κατά δήλωση του προγράμματος υπογραφής"
    return f"{greek.long_moment(found.at)} ({proof})"


def substitutes(turn: Signatory, at: datetime) -> QuerySet[Person]:
    """Who may sign in place of the person of a turn: others with the same post, by name."""
    if not turn.role:
        return Person.objects.none()
    found = holders(turn.role, turn.scope, turn.scope_id, at=at)
    taken = Signatory.objects.filter(case=turn.case_id, person__isnull=False).values("person_id")
    return found.exclude(pk__in=taken).order_by("sort_key", "pk")


def vacant(case: SigningCase, at: datetime) -> set[int]:
    """The turns still to be signed whose person no longer holds the post."""
    rows = case.signatories.filter(signed_at=None).exclude(role="")
    return {row.pk for row in rows if row.person_id not in _holding(row, at)}


def _holding(turn: Signatory, at: datetime) -> set[int]:
    held = holders(turn.role, turn.scope, turn.scope_id, at=at)
    return set(held.values_list("pk", flat=True))


def mine(person: int) -> QuerySet[SigningCase]:
    """Cases in which a person signs or has signed, what awaits them first."""
    return (
        SigningCase.objects.filter(signatories__person_id=person)
        .select_related("turn__person", "turn__body", "body", "file")
        .order_by("-opened_at", "-pk")
    )


def listed() -> QuerySet[SigningCase]:
    """Cases as a desk lists them, the newest first."""
    rows = SigningCase.objects.select_related("turn__person", "turn__body", "body")
    counted = rows.annotate(
        many=Count("signatories"),
        signed=Count("signatories", filter=Q(signatories__signed_at__isnull=False)),
    )
    return counted.order_by("-opened_at", "-pk")
