"""The timetable's builder: weeks, one slot at a time, every rule checked at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.programmes import operations, parameters, queries
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Availability, Programme, Slot
from didaskaleio.programmes.queries.plans import KINDS
from didaskaleio.programmes.timetable import Slot as PlanSlot
from didaskaleio.programmes.web.forms import ProposeForm, SlotForm, weekdays_of
from didaskaleio.programmes.web.show import consent, rules_panel


def _one(request: Request, pk: int) -> Programme:
    found = queries.with_relations(Programme.objects.prefetch_related("slots", "staff__person"))
    return one(request, "programme.edit", found, pk=pk)


@guarded("programme.edit")
def weeks(request: Request, pk: int) -> HttpResponse:
    """The weeks with their slots, the form of the slot that is open, the panel of rules."""
    programme = _one(request, pk)
    chosen = _chosen(request, programme)
    context = {
        "programme": programme,
        "cycle": PROGRAMME,
        "form": chosen,
        "editing": bool(chosen and chosen.initial.get("slot")),
        "proposing": ProposeForm(
            initial={
                "first_day": programme.period.first_day,
                "weekdays": weekdays_of(programme.period.first_day),
            }
        ),
        "declared": Availability.objects.filter(person=programme.trainer_id or 0)
        .prefetch_related("wishes", "days_off")
        .first(),
        "consent": consent(programme, request.at),
        "may_submit": access.allowed(request.actor, "programme.submit", programme),
    }
    panel = _dropped(programme, chosen, request) or rules_panel(programme, request.at, repairs=True)
    return render(request, "programmes/timetable.html", context | panel)


def _dropped(
    programme: Programme, chosen: SlotForm | None, request: Request
) -> dict[str, Any] | None:
    """The rules as they would be with a slot that was dragged to another day, not yet saved."""
    if chosen is None or not {"slot", "day"} <= set(request.GET):
        return None
    form = SlotForm(chosen.initial)
    if not form.is_valid():
        return None
    tried = rules_panel(programme, request.at, slots=_tried(programme, form, request))
    return tried | {"weeks": rules_panel(programme, request.at)["weeks"]}


def _chosen(request: Request, programme: Programme) -> SlotForm | None:
    """The form of the slot or of the empty day that was clicked."""
    chosen, day = number(request.GET.get("slot", "")), request.GET.get("day", "")
    if slot := programme.slots.filter(pk=chosen or 0).first():
        return SlotForm(initial=_initial(slot) | ({"day": day} if day else {}))
    if not day:
        return None
    usual = programme.slots.first()
    return SlotForm(initial={"day": day, "start": usual.start if usual else None} if usual
                    else {"day": day, "start": "17:30"})  # fmt: skip


def _initial(slot: Slot) -> dict[str, Any]:
    return {"slot": slot.pk, "kind": slot.kind, "day": slot.date, "start": slot.start}


@require_POST
@guarded("programme.edit")
def trial(request: Request, pk: int) -> HttpResponse:
    """The panel of rules as it would be with the slot being typed; nothing is saved."""
    programme = _one(request, pk)
    form = SlotForm(request.POST)
    slots = _tried(programme, form, request) if form.is_valid() else None
    panel = rules_panel(programme, request.at, slots=slots)
    return render(request, "programmes/rules_panel.html", {"programme": programme} | panel)


def _tried(programme: Programme, form: SlotForm, request: Request) -> tuple[PlanSlot, ...]:
    plan = queries.plan_of(programme)
    data, kind = form.cleaned_data, KINDS[SlotKind(form.cleaned_data["kind"])]
    numbers = parameters.of(programme.period.action, request.at).timetable()
    room = str(programme.room_id or "") if kind.value == "face_to_face" else None
    new = PlanSlot(
        str(data["slot"] or "new"),
        kind,
        data["day"],
        data["start"],
        numbers.minutes(plan.composition, kind),
        room,
    )
    if data["slot"]:
        return plan.changed([new]).slots
    return (*plan.slots, new)


@require_POST
@guarded("programme.edit")
def save_slot(request: Request, pk: int) -> HttpResponse:
    """Add a slot or move the one that is open."""
    programme = one(request, "programme.edit", Programme.objects.all(), pk=pk)
    form = SlotForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Συμπληρώστε είδος, ημέρα και ώρα έναρξης.")
        return redirect("programmes:timetable", pk)
    data = form.cleaned_data
    values: dict[str, Any] = {
        "kind": SlotKind(data["kind"]), "day": data["day"], "start": data["start"],
        "actor": request.actor, "at": request.at,
    }  # fmt: skip
    if data["slot"]:
        operations.move_slot(programme, data["slot"], **values)
    else:
        operations.add_slot(programme, **values)
    return redirect("programmes:timetable", pk)


@require_POST
@guarded("programme.edit")
def remove_slot(request: Request, pk: int) -> HttpResponseRedirect:
    """Take the open slot out."""
    programme = one(request, "programme.edit", Programme.objects.all(), pk=pk)
    slot = number(request.POST.get("slot", "")) or 0
    operations.remove_slot(programme, slot, actor=request.actor, at=request.at)
    return redirect("programmes:timetable", pk)


@require_POST
@guarded("programme.edit")
def repair(request: Request, pk: int) -> HttpResponseRedirect:
    """Apply the repair of one finding, or the one that mends most."""
    programme = one(request, "programme.edit", Programme.objects.all(), pk=pk)
    done = operations.apply_repair(
        programme,
        actor=request.actor,
        at=request.at,
        code=request.POST.get("code", ""),
        subject=request.POST.get("subject", ""),
    )
    messages.success(request, f"Εφαρμόστηκε. {done}")
    return redirect("programmes:timetable", pk)


@require_POST
@guarded("programme.edit")
def propose(request: Request, pk: int) -> HttpResponseRedirect:
    """«Πρότεινε ωρολόγιο»: a whole timetable that keeps every rule."""
    programme = one(request, "programme.edit", Programme.objects.all(), pk=pk)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Επιλέξτε ημέρα έναρξης, δύο τουλάχιστον ημέρες και ώρα.")
        return redirect("programmes:timetable", pk)
    operations.propose_timetable(
        programme,
        actor=request.actor,
        at=request.at,
        first_day=form.cleaned_data["first_day"],
        weekdays_times=form.pairs(),
    )
    messages.success(request, "Το ωρολόγιο προτάθηκε. Ελέγξτε το και αλλάξτε ό,τι χρειάζεται.")
    return redirect("programmes:timetable", pk)
