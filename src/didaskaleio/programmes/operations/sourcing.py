"""Registers of an action (μητρώα δράσης; 000 §7.4, R-170): named per role, filled by a call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.courses import profiles
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.models import FormVersion
from didaskaleio.kernel.spaces import operations as spaces
from didaskaleio.programmes.enums import ActionRole, ActionState
from didaskaleio.programmes.models import ActionRegister, TrainingAction
from didaskaleio.programmes.queries.registers import terms
from didaskaleio.programmes.spaces import said_register
from didaskaleio.registers import operations as registers
from didaskaleio.registers.enums import CallState, Fills
from didaskaleio.registers.models import Call, Register

UNSETTLED = (
    *(CallState.DRAFT, CallState.PUBLISHED, CallState.EXPIRED),
    *(CallState.ASSESSING, CallState.PROVISIONAL),
)
ENDED = (ActionState.CLOSED, ActionState.CANCELLED)


def naming(role: ActionRole) -> str:
    """The act of the journal that names the register of a role."""
    return f"Ορίστηκε μητρώο: {role.label}"


@transaction.atomic
def name_register(
    action: TrainingAction,
    role: ActionRole,
    register: Register | None,
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> ActionRegister | None:
    """Μητρώο ανά ρόλο: from now on the role is given to its members; None lets go of it.

    Programmes that were checked keep their people. Refused: a register of another body, whose
    members this body does not see; an action that is over.
    """
    row = _held(action, actor)
    journal.require_latest(row, naming(role), seen)
    if register is None:
        row.registers.filter(role=role).delete()
        journal.write(row, naming(role), actor=actor, at=at, reason="Χωρίς μητρώο.")
        return None
    if register.body_id != row.body_id:
        raise Refusal("Το μητρώο το τηρεί άλλος φορέας. Επιλέξτε μητρώο του φορέα σας.")
    source, _ = ActionRegister.objects.update_or_create(
        action=row, role=role, defaults={"register": register}
    )
    journal.write(row, naming(role), actor=actor, at=at, reason=f"«{register}»")
    if role == ActionRole.TRAINER:
        spaces.move_space(row, "action.register", place=said_register(source))
    return source


@transaction.atomic
def call_members(
    action: TrainingAction, role: ActionRole, form: FormVersion, *, actor: Actor, at: datetime
) -> Call:
    """Πρόσκληση για το μητρώο: a draft whose register, audience and terms come from the action.

    For trainers the audience is the profile of the course, as far as a call can ask it.
    Refused: no register is named for the role, or an earlier call from here is not over.
    """
    row = _held(action, actor)
    source = row.registers.select_related("register", "call").filter(role=role).first()
    if source is None:
        raise Refusal("Ορίστε πρώτα από ποιο μητρώο ορίζεται ο ρόλος.")
    if source.call and source.call.state in UNSETTLED:
        raise Refusal(f"Η πρόσκληση «{source.call}» δεν έχει τελειώσει. Συνεχίστε από εκείνη.")
    rules = terms(row, role)
    content = _content(row, source, rules) | {"register": source.register, "form": form}
    draft = registers.prepare(row.body, actor=actor, at=at, **content)
    source.call = registers.write_audience(draft, rules, actor=actor, at=at)
    source.save(update_fields=["call"])
    journal.write(row, f"Πρόσκληση για μέλη: {role.label}", actor=actor, at=at)
    return source.call


def _content(
    action: TrainingAction, source: ActionRegister, rules: list[dict[str, object]]
) -> dict[str, Any]:
    register = source.register
    return {
        "title": f"Ένταξη στο «{register}»"[:300],
        "fills": Fills.SUBREGISTER if register.parent_id else Fills.REGISTER,
        "fills_name": register.title,
        "text": (
            f"Καλούνται όσα πρόσωπα επιθυμούν να ενταχθούν στο «{register}». Από τα μέλη του "
            f"ορίζεται ο ρόλος «{source.get_role_display()}» στη δράση «{action}»."
        ),
        "audience": "\n".join(profiles.parse(rules).in_words()),
    }


def _held(action: TrainingAction, actor: Actor) -> TrainingAction:
    found = TrainingAction.objects.select_for_update(of=("self",), no_key=True)
    row = found.select_related("body", "course_version").get(pk=action.pk)
    access.require(actor, "action.manage", row)
    if row.state in ENDED:
        raise StepRefusedError("Η δράση έχει τελειώσει και τα μητρώα της δεν αλλάζουν.")
    return row
