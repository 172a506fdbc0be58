"""Rights (δικαιώματα): granting and withdrawing posts, with a reason; the person is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.shortcuts import resolve_url

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.kernel.notices import Kind, Message, send
from didaskaleio.people import notices, scopes
from didaskaleio.people.enums import SCOPES_OF, Role
from didaskaleio.people.errors import (
    AlreadyHeldError,
    BeyondScopeError,
    EndedPostError,
    InactivePersonError,
    OwnRightsError,
    ScopeError,
)
from didaskaleio.people.models import Person, Post


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
    since: datetime | None = None,
    until: datetime | None = None,
) -> Post:
    """Απόδοση δικαιώματος: give ``person`` a role over a scope from ``at`` on (000 §6).

    It begins later with ``since`` and ends by itself with ``until``. Refused: a scope that does
    not fit the role, one beyond the actor's own, one's own rights, a right held already, a closed
    account, no reason, an end that has passed.
    """
    _check_scope(role, scope, scope_id)
    if until is not None and until <= max(at, since or at):
        raise EndedPostError("Το δικαίωμα θα είχε ήδη λήξει. Ορίστε λήξη μετά την έναρξη.")
    post = Post(person=person, role=role, scope=scope, scope_id=scope_id)
    post.valid_from, post.valid_until = since or at, until
    _check_hand("post.grant", post, actor, reason)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if not locked.is_active:
        raise InactivePersonError("Ο λογαριασμός είναι κλειστός. Ζητήστε πρώτα να ανοίξει.")
    if _overlapping(post).exists():
        raise AlreadyHeldError(
            f"Το πρόσωπο έχει ήδη τον ρόλο «{Role(role).label}» εκεί. Δείτε τον στον πίνακα."
        )
    post.save()
    what = _record(post, "Απόδοση δικαιώματος", actor=actor, at=at, reason=reason)
    _tell(notices.GRANTED, post, what, reason, notices.BEGIN, at)
    return post


@transaction.atomic
def withdraw(post: Post, *, actor: Actor, at: datetime, reason: str) -> Post:
    """Αφαίρεση δικαιώματος: the post ends at ``at``; its history stays.

    Refused: beyond the actor's scope, one's own, a post that has ended, the last operator's.
    """
    operators = _hold(post)
    _check_hand("post.withdraw", post, actor, reason)
    if post.valid_until is not None and post.valid_until <= at:
        raise EndedPostError("Το δικαίωμα έχει ήδη αφαιρεθεί. Ανανεώστε τη σελίδα.")
    if post.role == Role.OPERATOR and operators == 1:
        raise EndedPostError(
            "Είναι το τελευταίο πρόσωπο της υπηρεσίας λειτουργίας. Ορίστε πρώτα άλλο."
        )
    # one that has not begun ends where it would begin: it never held
    post.valid_until = max(at, post.valid_from)
    post.save(update_fields=["valid_until"])
    what = _record(post, "Αφαίρεση δικαιώματος", actor=actor, at=at, reason=reason)
    _tell(notices.WITHDRAWN, post, what, reason, notices.ASK, at)
    return post


def _overlapping(post: Post) -> QuerySet[Post]:
    """The posts of the person with the same right at some moment of this one."""
    same = Post.objects.filter(
        person=post.person, role=post.role, scope=post.scope, scope_id=post.scope_id
    )
    same = same.filter(Q(valid_until=None) | Q(valid_until__gt=post.valid_from))
    return same.filter(valid_from__lt=post.valid_until) if post.valid_until else same


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
    open_ones = lock_operators() if post.role == Role.OPERATOR else 0
    post.refresh_from_db(from_queryset=Post.objects.select_for_update())
    return open_ones


def lock_operators() -> int:
    """How many operators can sign in, held still until the end of the transaction."""
    held = Post.objects.filter(role=Role.OPERATOR, valid_until=None)
    # in one order, so that two who withdraw from each other cannot both succeed
    list(held.order_by("pk").select_for_update().values_list("pk", flat=True))
    # asked anew: whoever held the locks before may have closed an account meanwhile
    return held.filter(person__is_active=True).count()


def _record(post: Post, act: str, *, actor: Actor, at: datetime, reason: str) -> str:
    """Write the act in the journals of post and person; returns the right in words."""
    where = scopes.names([post]).get((post.scope, post.scope_id), "")
    right = f"{Role(post.role).label}, {where}"
    for thing in (post, post.person):
        journal.write(
            thing,
            f"{act}: {right}"[:200],
            actor=actor,
            at=at,
            reason=reason,
            post=post.pk,
            role=post.role,
            scope=post.scope,
            scope_id=post.scope_id,
        )
    return right


def _tell(kind: Kind, post: Post, right: str, reason: str, then: str, at: datetime) -> None:
    ended = kind is notices.WITHDRAWN
    message = Message(
        post.person_id,
        f"{kind.title}: {right}",
        f"{kind.title}: {right}.\nΑιτιολογία: {reason}\n{then}",
        f"{kind.name}:{post.pk}",
        resolve_url("people:profile") if ended else scopes.page(post),
    )
    send(kind, [message], at=at)
