"""News of a call to all whom it concerns (μαζική ειδοποίηση; R-014): in chunks, once each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import greek, jobs, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.notices import Message
from didaskaleio.registers import notices as kinds
from didaskaleio.registers import queries
from didaskaleio.registers.enums import CallActKind
from didaskaleio.registers.models import Call, CallAct
from didaskaleio.registers.operations.telling import text_of

WORK = "registers.announce"
CHUNK = 5_000


def announce(act: CallAct, *, actor: Actor, at: datetime) -> Work | None:
    """Ειδοποίηση όσων αφορά: a job tells them of an announced act; None when it is nobody.

    Those who follow the call or have begun a candidacy are told in the act itself (``telling``).
    """
    many = queries.concerned(act.call, at).count()
    if not many:
        return None
    title = f"Ειδοποιήσεις: {act.get_kind_display()} {act.number}"
    page = reverse("registers:desk-call", args=[act.call_id])
    work = jobs.begin(WORK, title[:200], actor=actor, at=at, total=many, url=page)
    jobs.enqueue("registers.announce", act=act.pk, work=work.pk, told=0, after=0)
    return work


@transaction.atomic
def announce_chunk(act_id: int, work_id: int, *, told: int, after: int) -> None:
    """Tell the next chunk in the order of ids and leave the rest to the next job.

    A chunk that was told already (``told`` is behind the bar) is passed over.
    """
    work = Work.objects.select_for_update().get(pk=work_id)
    if work.done != told or work.state == Work.State.DONE:
        return
    act = CallAct.objects.select_related("call").get(pk=act_id)
    people = queries.concerned(act.call, act.at).filter(pk__gt=after).order_by("pk")
    ids = list(people.values_list("pk", flat=True)[: min(CHUNK, work.total - told)])
    notices.send(kinds.CALLS, (_message(act, pk) for pk in ids), at=act.at)
    jobs.advance(work_id, len(ids))
    if len(ids) == CHUNK:
        rest = {"told": told + len(ids), "after": ids[-1]}
        jobs.enqueue("registers.announce", act=act_id, work=work_id, **rest)
    else:
        many = greek.count(told + len(ids), "πρόσωπο", "πρόσωπα")
        jobs.finish(work_id, f"Ειδοποιήθηκαν {many}.")


def announced(call: Call) -> Work | None:
    """The last such job of a call with its bar, None before there is one."""
    page = reverse("registers:desk-call", args=[call.pk])
    return Work.objects.filter(kind=WORK, url=page).order_by("-pk").first()


def _message(act: CallAct, person_id: int) -> Message:
    call: Call = act.call
    new = act.kind == CallActKind.PUBLICATION
    title = f"Νέα πρόσκληση: {call.title}" if new else f"{act.get_kind_display()}: {call.title}"
    url = reverse("registers:call", args=[call.pk])
    return Message(person_id, title, text_of(act), f"call-act-{act.pk}", url)
