"""Operations of room people: granting and withdrawing posts, setting identifiers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from didaskaleio.kernel import access, identifiers, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.people import scopes
from didaskaleio.people.enums import SCOPES_OF, IdentifierKind, Role
from didaskaleio.people.errors import (
    AlreadyHeldError,
    BeyondScopeError,
    EndedPostError,
    IdentifierTakenError,
    InactivePersonError,
    OwnRightsError,
    ScopeError,
)
from didaskaleio.people.models import Identifier, Person, Post

VALIDATORS: dict[str, Callable[[str], str]] = {
    IdentifierKind.AFM: identifiers.validate_afm,
    IdentifierKind.AM: identifiers.validate_am,
    IdentifierKind.AMKA: identifiers.validate_amka,
    IdentifierKind.PA: identifiers.validate_pa,
}


@transaction.atomic
def grant(
    person: Person,
    *,
    role: str,
    scope: str,
    scope_id: int | None,
    actor: Actor,
    at: datetime,
    reason: str,
) -> Post:
    """Απόδοση δικαιώματος: give ``person`` a role over a scope from ``at`` on (000 §6).

    Refused: a scope that does not fit the role, one beyond the actor's own, one's own rights,
    a right held already, a closed account, no reason.
    """
    _check_scope(role, scope, scope_id)
    post = Post(person=person, role=role, scope=scope, scope_id=scope_id, valid_from=at)
    _check_hand("post.grant", post, actor, reason)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if not locked.is_active:
        raise InactivePersonError("Ο λογαριασμός είναι κλειστός. Ζητήστε πρώτα να ανοίξει.")
    same = Post.objects.filter(person=person, role=role, scope=scope, scope_id=scope_id)
    if same.filter(valid_until=None).exists():
        raise AlreadyHeldError(
            f"Το πρόσωπο έχει ήδη τον ρόλο «{Role(role).label}» εκεί. Δείτε τον στον πίνακα."
        )
    post.save()
    _record(post, "Απόδοση δικαιώματος", actor=actor, at=at, reason=reason)
    return post


@transaction.atomic
def withdraw(post: Post, *, actor: Actor, at: datetime, reason: str) -> Post:
    """Αφαίρεση δικαιώματος: the post ends at ``at``; its history stays.

    Refused: beyond the actor's scope, one's own, a post that has ended, the last operator's.
    """
    operators = _hold(post)
    _check_hand("post.withdraw", post, actor, reason)
    if post.valid_until is not None:
        raise EndedPostError("Το δικαίωμα έχει ήδη αφαιρεθεί. Ανανεώστε τη σελίδα.")
    if post.role == Role.OPERATOR and operators == 1:
        raise EndedPostError(
            "Είναι το τελευταίο πρόσωπο της υπηρεσίας λειτουργίας. Ορίστε πρώτα άλλο."
        )
    post.valid_until = at
    post.save(update_fields=["valid_until"])
    _record(post, "Αφαίρεση δικαιώματος", actor=actor, at=at, reason=reason)
    return post


@transaction.atomic
def set_identifier(
    person: Person, *, kind: str, value: str, actor: Actor, at: datetime
) -> Identifier:
    """Καταχώριση αναγνωριστικού: validated; a person fills in only what is still missing.

    An identifier that belongs to somebody else is refused without saying to whom.
    """
    access.require(actor, "identifier.set", person)
    clean = VALIDATORS[kind](value)
    Person.objects.select_for_update().get(pk=person.pk)
    held = Identifier.objects.filter(person=person, kind=kind).first()
    if held and held.value != clean and actor.user_id == person.pk:
        raise IdentifierTakenError(
            f"{IdentifierKind(kind).label}: υπάρχει ήδη καταχώριση. "
            "Για διόρθωση απευθυνθείτε στο σχολείο σας, ώστε να αλλάξει στο MySchool."
        )
    if Identifier.objects.filter(kind=kind, value=clean).exclude(person=person).exists():
        raise IdentifierTakenError(
            f"{IdentifierKind(kind).label}: η τιμή χρησιμοποιείται ήδη. "
            "Ελέγξτε τα ψηφία· αν είναι σωστά, απευθυνθείτε στην υπηρεσία λειτουργίας."
        )
    found, _ = Identifier.objects.update_or_create(
        person=person, kind=kind, defaults={"value": clean}
    )
    journal.write(person, "Καταχώριση αναγνωριστικού", actor=actor, at=at, kind=str(kind))
    return found


def _check_scope(role: str, scope: str, scope_id: int | None) -> None:
    if scope not in SCOPES_OF.get(role, ()):
        raise ScopeError("Ο ρόλος δεν δίνεται σε αυτή την εμβέλεια. Διαλέξτε άλλη.")
    if not scopes.exists(scope, scope_id):
        raise ScopeError("Διαλέξτε από τον κατάλογο πού ισχύει ο ρόλος.")


def _check_hand(permission: str, post: Post, actor: Actor, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissingError("Γράψτε την αιτιολογία: μένει στο ιστορικό.", code=permission)
    if actor.is_system:
        return
    if actor.user_id == post.person_id:
        raise OwnRightsError("Τα δικά σας δικαιώματα τα αλλάζει άλλο εξουσιοδοτημένο πρόσωπο.")
    if not access.allowed(actor, permission, post):
        raise BeyondScopeError(
            "Η θέση είναι έξω από τη δική σας ευθύνη. Απευθυνθείτε στον φορέα ή στο Υπουργείο."
        )


def _hold(post: Post) -> int:
    """Lock the post and read it again; of an operator's post, lock all and count the open ones."""
    open_ones = 0
    if post.role == Role.OPERATOR:
        # in one order, so that two who withdraw from each other cannot both succeed
        held = Post.objects.filter(role=Role.OPERATOR, valid_until=None).order_by("pk")
        open_ones = len(held.select_for_update().values_list("pk", flat=True))
    post.refresh_from_db(from_queryset=Post.objects.select_for_update())
    return open_ones


def _record(post: Post, act: str, *, actor: Actor, at: datetime, reason: str) -> None:
    where = scopes.names([post]).get((post.scope, post.scope_id), "")
    what = f"{act}: {Role(post.role).label}, {where}"[:200]
    for thing in (post, post.person):
        journal.write(
            thing,
            what,
            actor=actor,
            at=at,
            reason=reason,
            post=post.pk,
            role=post.role,
            scope=post.scope,
            scope_id=post.scope_id,
        )
