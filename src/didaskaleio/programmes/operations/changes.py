"""Changes that a trainer proposes to a draft, slot by slot, and the centre's answer to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple, cast

from django.db import transaction

from didaskaleio.kernel import journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.greek import count
from didaskaleio.programmes import notices, queries, timetable
from didaskaleio.programmes.enums import ProposalAnswer, SlotKind
from didaskaleio.programmes.errors import ChangedMeanwhileError, RulesBrokenError
from didaskaleio.programmes.models import Programme, Slot, TimetableProposal
from didaskaleio.programmes.operations import drafts
from didaskaleio.programmes.operations import slots as rows
from didaskaleio.programmes.operations.timetables import slot_of
from didaskaleio.programmes.queries.plans import KINDS, STORED_KINDS
from didaskaleio.programmes.timetable import Change, Place, changes


class Wanted(NamedTuple):
    """A slot as the trainer wants it (τρίωρο): ``slot`` None for one that is not there yet."""

    slot: int | None
    kind: SlotKind
    day: date
    start: time


@transaction.atomic
def suggest(
    programme: Programme,
    *,
    actor: Actor,
    at: datetime,
    message: str,
    wanted: Sequence[Wanted] | None = None,
    revision: int | None = None,
) -> TimetableProposal:
    """The trainer proposes changes: a comment and, with ``wanted``, another timetable.

    What is kept is the list of differences, old → new; the centre is told. ``revision`` is the
    one that was on the screen.
    """
    row = drafts.locked(programme, actor=actor, permission="programme.suggest")
    if revision is not None and revision != row.revision:
        raise ChangedMeanwhileError(
            "Το κέντρο άλλαξε την πρόταση όσο τη διαβάζατε. Δείτε τη νέα μορφή της."
        )
    found = [] if wanted is None else differences(row, wanted, at)
    if not message.strip() and not found:
        raise Refusal("Αλλάξτε κάποιο τρίωρο ή γράψτε τι προτείνετε να αλλάξει.")
    made = TimetableProposal.objects.create(
        programme=row,
        trainer_id=cast("int", row.trainer_id),
        changes=[change.data() for change in found],
        message=message.strip(),
        at=at,
    )
    words = "Πρόταση αλλαγών από επιμορφωτή/τρια"
    journal.write(row, words, actor=actor, at=at, reason=message.strip(), changes=made.changes)
    notices.changes_proposed(made, at=at)
    return made


def differences(programme: Programme, wanted: Sequence[Wanted], at: datetime) -> list[Change]:
    """What ``wanted`` changes in the stored timetable; an hour past midnight is refused."""
    stored = places_of(programme)
    for slot in wanted:
        if slot.slot is not None and slot.slot not in stored:
            raise ChangedMeanwhileError("Κάποιο τρίωρο δεν υπάρχει πια. Ανανεώστε τη σελίδα.")
        slot_of(programme, slot.kind, slot.day, slot.start, at)
    return changes(
        stored,
        [(slot.slot, Place(KINDS[slot.kind], slot.day, slot.start)) for slot in wanted],
    )


def as_slots(programme: Programme, wanted: Sequence[Wanted], at: datetime) -> list[timetable.Slot]:
    """The timetable that is wanted as the rules read it, for a trial."""
    room = str(programme.room_id) if programme.room_id else None
    made = [
        slot_of(programme, slot.kind, slot.day, slot.start, at, str(slot.slot or f"n{number}"))
        for number, slot in enumerate(wanted)
    ]
    needs = timetable.SlotKind.FACE_TO_FACE
    return [replace(slot, room_id=room if slot.kind is needs else None) for slot in made]


def places_of(programme: Programme) -> dict[int, Place]:
    """The stored timetable as the differences read it."""
    return {
        slot.pk: Place(KINDS[SlotKind(slot.kind)], slot.date, slot.start)
        for slot in programme.slots.all()
    }


@transaction.atomic
def answer(
    proposal: TimetableProposal,
    *,
    actor: Actor,
    at: datetime,
    take: bool,
    only: Collection[int] | None = None,
    reply: str = "",
) -> TimetableProposal:
    """The centre takes all changes, some (``only`` their numbers, from 0) or none; once.

    Changes that would break rules which hold now are refused, and so are those to slots that
    have changed since. The trainer is told.
    """
    programme = drafts.locked(proposal.programme, actor=actor)
    row = TimetableProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if row.answer:
        raise Refusal("Η πρόταση έχει ήδη απαντηθεί. Ανανεώστε τη σελίδα.")
    every = range(len(row.changes))
    taken = [n for n in every if take and (only is None or n in only)]
    if take and row.changes and not taken:
        raise Refusal("Επιλέξτε μία τουλάχιστον αλλαγή, ή απαντήστε ότι δεν δέχεστε καμία.")
    if taken:
        _apply(programme, [Change.read(row.changes[n]) for n in taken], at=at)
    whole = ProposalAnswer.ACCEPTED if len(taken) == len(every) else ProposalAnswer.PARTLY
    row.answer = whole if take else ProposalAnswer.DECLINED
    row.taken, row.reply, row.answered_at = taken, reply.strip(), at
    row.save(update_fields=["answer", "taken", "reply", "answered_at"])
    _record(programme, row, actor=actor, at=at)
    notices.changes_answered(row, at=at)
    return row


def _record(programme: Programme, row: TimetableProposal, *, actor: Actor, at: datetime) -> None:
    """The journal keeps what was taken; a changed timetable is a new revision."""
    words = f"Πρόταση αλλαγών: {ProposalAnswer(row.answer).label.lower()}"
    if not row.taken:
        journal.write(programme, words, actor=actor, at=at, reason=row.reply)
        return
    said = f"{words}, {count(len(row.taken), 'αλλαγή', 'αλλαγές')} από {len(row.changes)}"
    kept = [row.changes[n] for n in row.taken]
    drafts.touch(programme, said, actor=actor, at=at, reason=row.reply, changes=kept)


def _apply(programme: Programme, taken: Sequence[Change], *, at: datetime) -> None:
    before = {finding.key: finding.weight for finding in queries.errors_of(programme, at)}
    stored = {slot.pk: slot for slot in programme.slots.all()}
    present = places_of(programme)
    for change in taken:
        if change.slot is not None and present.get(change.slot) != change.old:
            raise ChangedMeanwhileError(
                "Το ωρολόγιο άλλαξε μετά την πρόταση. Αφήστε έξω τα τρίωρα που άλλαξαν στο μεταξύ, "
                "ή ζητήστε νέα πρόταση."
            )
        _write(programme, stored.get(change.slot or 0), change.new, at)
    rows.renumber(programme)
    after = queries.errors_of(_afresh(programme), at)
    if broken := [found for found in after if found.weight > before.get(found.key, 0)]:
        raise RulesBrokenError(broken, lead="Με αυτές τις αλλαγές κάποιοι κανόνες δεν τηρούνται.")


def _write(programme: Programme, slot: Slot | None, new: Place | None, at: datetime) -> None:
    if new is None:
        if slot is not None:
            slot.delete()
        return
    made = slot_of(programme, STORED_KINDS[new.kind], new.date, new.start, at)
    number = 1_000 + programme.slots.count()
    rows.write(programme, made, slot or Slot(sequence=number)).save()


def _afresh(programme: Programme) -> Programme:
    return queries.with_relations(Programme.objects.all()).get(pk=programme.pk)
