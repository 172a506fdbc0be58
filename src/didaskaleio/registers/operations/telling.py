"""News of a call (ειδοποιήσεις): whoever follows it or has begun a candidacy learns of its acts."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.kernel import access, greek, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.notices import Message
from didaskaleio.registers import notices as kinds
from didaskaleio.registers.enums import CallActKind, CandidacyState
from didaskaleio.registers.models import Call, CallAct, CallFollower


def follow(call: Call, *, actor: Actor, at: datetime) -> None:
    """Παρακολούθηση: the actor is told of announced acts and has the deadline in the calendar."""
    access.require(actor, "call.follow", call)
    CallFollower.objects.get_or_create(call=call, person_id=actor.person_id, defaults={"since": at})


def unfollow(call: Call, *, actor: Actor, at: datetime) -> None:
    """Τέλος παρακολούθησης."""
    access.require(actor, "call.follow", call)
    CallFollower.objects.filter(call=call, person_id=actor.person_id).delete()


def tell(call: Call, act: CallAct) -> None:
    """Tell everybody concerned of an announced act, once each."""
    title = f"{act.get_kind_display()}: {call.title}"
    url = reverse("registers:call", args=[call.pk])
    text = text_of(act)
    begun = call.candidacies.exclude(state=CandidacyState.WITHDRAWN)
    people = {
        *call.followers.values_list("person_id", flat=True),
        *begun.values_list("person_id", flat=True),
    }
    news = (Message(pk, title, text, f"call-act-{act.pk}", url) for pk in sorted(people))
    notices.send(kinds.ANNOUNCED, news, at=act.at)


def text_of(act: CallAct) -> str:
    """An announced act in words: number, moment, deadline of a new call, changes, reason."""
    lines = [f"Πράξη {act.number}, {greek.long_moment(act.at)}."]
    if act.kind == CallActKind.PUBLICATION and act.call.closes_at:
        lines.append(f"Υποβολή έως {greek.long_moment(act.call.closes_at)}.")
    lines += [f"{one['label']}: {one['after']}" for one in act.changes]
    if act.reason:
        lines.append(f"Αιτιολογία: {act.reason}")
    return "\n".join(lines)
