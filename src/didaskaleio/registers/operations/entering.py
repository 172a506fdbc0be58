"""From a call to its register (ένταξη των επιλεγέντων; R-019, R-010): one act, then a job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.kernel import jobs
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms.definition import Definition, Kind, Values
from didaskaleio.kernel.models import Work
from didaskaleio.registers import standings
from didaskaleio.registers.enums import Fills
from didaskaleio.registers.errors import CallRefusedError
from didaskaleio.registers.lifecycle import CALL
from didaskaleio.registers.models import Call, Register
from didaskaleio.registers.operations.membering import enter, sound


@CALL.performs("close", locks=("body",))
def close(
    call: Call, *, actor: Actor, at: datetime, register: Register | None = None
) -> Work | None:
    """Ολοκλήρωση: the selected are entered into the register, by a job with a progress bar.

    A call for posts is only closed. Refused: no register, or one of another body, or another
    than the call announced.
    """
    if call.fills == Fills.POSTS:
        return None
    call.register = _sound_register(call, register)
    total = standings.selected(call).count()
    work = jobs.begin(
        "registers.enter_selected",
        f"Ένταξη στο μητρώο «{call.register}»"[:200],
        actor=actor,
        at=at,
        total=total,
        url=f"/registers/{call.register.pk}/",
    )
    jobs.enqueue("registers.enter_selected", work=work.pk, call_id=call.pk, at=at.isoformat())
    return work


def _sound_register(call: Call, register: Register | None) -> Register:
    if register is None:
        raise CallRefusedError("Διαλέξτε το μητρώο στο οποίο εντάσσονται οι επιλεγέντες.")
    if register.body_id != call.body_id:
        raise CallRefusedError("Το μητρώο είναι άλλου φορέα. Διαλέξτε μητρώο του φορέα σας.")
    if call.register_id not in {None, register.pk}:
        raise CallRefusedError(f"Η πρόσκληση ανακοίνωσε άλλο μητρώο: «{call.register}».")
    return register


@dataclass(frozen=True)
class Entered:
    """What one part of the job did: the last line, how many lines, and refusals in words."""

    line: int
    many: int
    refused: tuple[str, ...]


@transaction.atomic
def enter_selected(call: Call, *, after: int, most: int, actor: Actor, at: datetime) -> Entered:
    """Ένταξη of the next lines after line ``after``; who was entered already is passed over.

    Answers whose key is a field of the register, and that the field takes, fill it; the others
    are asked of the member.
    """
    assert call.register is not None  # noqa: S101 - a closed call has its register
    fields, refused = call.register.fields(), []
    rows = list(standings.selected(call).filter(line__gt=after, candidacy__membership=None)[:most])
    for row in rows:
        one = row.candidacy
        assert one.submission is not None  # noqa: S101 - what was received has its version
        values = fitting(fields, one.submission.values)
        try:
            enter(call.register, one.person, actor=actor, at=at, values=values, candidacy=one)
        except Refusal as refusal:
            refused.append(f"{one.code}: {refusal}")
    return Entered(rows[-1].line if rows else 0, len(rows), tuple(refused))


def fitting(fields: Definition, values: Values) -> dict[str, Any]:
    """The answers of a candidacy that are fields of a register too; documents stay with it."""
    papers = {one.key for one in fields.questions() if one.kind == Kind.FILE}
    return sound(fields, {key: value for key, value in values.items() if key not in papers})
