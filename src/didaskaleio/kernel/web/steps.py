"""The one door for steps of life cycles: the buttons of a page and the view behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.web.guard import one, to_login
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.middleware import page_before


@dataclass(frozen=True)
class Button:
    """A step as a page shows it (see ``kernel/step_buttons.html``)."""

    name: str
    label: str
    url: str
    needs_reason: bool
    danger: bool
    primary: bool


def buttons(request: Request, cycle: lifecycle.Lifecycle, thing: Any) -> list[Button]:
    """The open steps of ``thing`` for the person of this request; the first is the green one."""
    steps = cycle.open_steps(thing, request.actor, request.at)
    first = next((s.name for s in steps if not s.danger and not s.reason), "")
    return [
        Button(
            s.name,
            s.label,
            reverse("kernel:step", args=[cycle.name, thing.pk, s.name]),
            s.reason,
            s.danger,
            s.name == first,
        )
        for s in steps
    ]


@require_POST
def take(request: Request, cycle: str, pk: int, step: str) -> HttpResponse:
    """Take a step on an object that the person may take it on; refusals become messages."""
    declared = lifecycle.known.get(cycle)
    if declared is None or declared.model is None or step not in declared.operations:
        raise Http404
    if request.actor.user_id is None:
        return to_login(request)
    the = declared.steps[step]
    if not the.button:
        raise Http404
    thing = one(request, the.needs, declared.model._base_manager.all(), pk=pk)  # noqa: SLF001
    # a body that cannot be read is refused before anything is done
    given = {"reason": request.POST.get("reason", "")}
    extra = given if the.reason else {}
    declared.operations[step](thing, actor=request.actor, at=request.at, **extra)
    messages.success(request, the.done or the.label)
    return HttpResponseRedirect(page_before(request))


take.permission = "step"  # type: ignore[attr-defined]
