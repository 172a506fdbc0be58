"""The form of a proposal with its search in the register of trainers."""

from __future__ import annotations

from typing import Any

from didaskaleio.kernel.web.http import Request, number
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.programmes.queries.trainers import SHOWN, find_trainers, one_trainer
from didaskaleio.programmes.web.forms import ProposalForm
from didaskaleio.structures.models import TrainingCentre

MANY = ("technical", "administrative", "units")


def proposal_form(
    request: Request,
    period: TrainingPeriod,
    centre: TrainingCentre,
    initial: dict[str, Any] | None = None,
) -> ProposalForm:
    """The form as posted; while the person only searches, unbound with what was typed."""
    posted = request.POST if request.method == "POST" else None
    if posted is not None and "find" in posted:
        names = ProposalForm.base_fields
        typed: dict[str, Any] = {
            name: posted.getlist(name) if name in MANY else posted.get(name, "") for name in names
        }
        return ProposalForm(period=period, centre=centre, initial=typed)
    return ProposalForm(posted, period=period, centre=centre, initial=initial)


def trainer_search(
    request: Request,
    form: ProposalForm | None,
    period: TrainingPeriod,
    centre: TrainingCentre,
    programme: Programme | None = None,
) -> dict[str, Any]:
    """What was searched for, what was found, and who is chosen (shown first in any case)."""
    typed = request.POST if request.method == "POST" else request.GET
    words = typed.get("q", "")[:80].replace("\0", "")
    chosen = _number(form["trainer"].value() if form else typed.get("trainer"))
    cluster = _number(form["cluster"].value() if form else typed.get("cluster"))
    place = centre.prefecture_id
    found = find_trainers(period, place, words=words, cluster_id=cluster, programme=programme)
    mine = one_trainer(period, place, chosen, programme) if chosen else []
    others = [one for one in found if one.person.pk != chosen]
    return {"q": words, "found": found, "shown": [*mine, *others], "chosen": chosen, "limit": SHOWN}


def _number(value: Any) -> int | None:
    return number(str(value or ""))
