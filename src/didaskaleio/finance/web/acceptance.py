"""Pages of acceptance: committees, the lines that wait for them, minutes, signatures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.finance import operations
from didaskaleio.finance.enums import MinutesState
from didaskaleio.finance.errors import MinutesRefusedError
from didaskaleio.finance.lifecycle import MINUTES
from didaskaleio.finance.models import Minutes
from didaskaleio.finance.operations.acceptance import CommitteeFacts
from didaskaleio.finance.queries import acceptance as queries
from didaskaleio.finance.web.desk import PAGE, action_of, crumbs
from didaskaleio.finance.web.pay_forms import CommitteeForm
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, numbers
from didaskaleio.kernel.web.steps import buttons


@guarded("pay_action.keep")
def new_committee(request: Request, pk: int) -> HttpResponse:
    """Appoint a committee of an action."""
    found = action_of(request, pk, "pay_action.keep")
    form = CommitteeForm(found, request.at, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        names = ("title", "decision", "quorum", "valid_from", "valid_until")
        facts = CommitteeFacts(members=form.people, **{name: given[name] for name in names})
        try:
            made = operations.acceptance.appoint(found, facts, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Συγκροτήθηκε η επιτροπή.")
            return redirect("finance:committee", made.pk)
    context = {"form": form, "action_": found, "crumbs": crumbs(found, "Νέα επιτροπή")}
    return render(
        request, "finance/pay/committee_new.html", context, status=422 if form.errors else 200
    )


@guarded("committee.keep")
def committee(request: Request, pk: int) -> HttpResponse:
    """A committee, its minutes, and the lines that it may take over."""
    found = one(request, "committee.keep", queries.committees(), pk=pk)
    day = request.at.astimezone(ATHENS).date()
    context = {
        "committee": found,
        "members": found.members.select_related("person"),
        "holds": found.holds(day),
        "page": Paginator(queries.examinable(found, day), PAGE).get_page(request.GET.get("page")),
        "minutes": queries.minutes_list().filter(committee=found)[:PAGE],
        "cycle": MINUTES,
        "entries": journal.of(found)[:10],
        "crumbs": crumbs(found.action, found.title),
    }
    return render(request, "finance/pay/committee.html", context)


@require_POST
@guarded("committee.keep")
def draw_up(request: Request, pk: int) -> HttpResponse:
    """Draw up minutes over the ticked lines, or over all that wait."""
    found = one(request, "committee.keep", queries.committees(), pk=pk)
    chosen = numbers(request.POST.getlist("id")[:PAGE])
    if request.POST.get("all") == "1":
        day = request.at.astimezone(ATHENS).date()
        most = operations.acceptance.MOST
        chosen = list(queries.examinable(found, day).values_list("pk", flat=True)[:most])
    made = operations.acceptance.draw_up(found, chosen, actor=request.actor, at=request.at)
    messages.success(request, "Συντάχθηκε πρακτικό. Ελέγξτε τις γραμμές και στείλτε το.")
    return redirect("finance:minutes", made.pk)


@guarded("minutes.mine", about_object=False)
def mine(request: Request) -> HttpResponse:
    """The minutes of my committees: those that wait for my signature first."""
    person = request.actor.person_id
    found = queries.minutes_list().filter(committee__members__person=person)
    waiting = set(queries.to_sign(person).values_list("pk", flat=True))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "waiting": waiting, "cycle": MINUTES}
    return render(request, "finance/pay/minutes_mine.html", context)


@guarded("minutes.read")
def minutes(request: Request, pk: int) -> HttpResponse:
    """Minutes: every line with its verdict, who has signed, the sealed document."""
    found = one(request, "minutes.read", queries.minutes_list(), pk=pk)
    desk = access.allowed(request.actor, "minutes.write", found)
    seats = queries.seats_of(found)
    sits = any(seat.member.person_id == request.actor.user_id and not seat.signed for seat in seats)
    context = {
        "minutes": found,
        "page": Paginator(queries.items_of(found), PAGE).get_page(request.GET.get("page")),
        "seats": seats,
        "needed": found.committee.needed(len(seats)),
        "sums": queries.totals(found),
        "judges": found.state == MinutesState.DRAFT
        and access.allowed(request.actor, "minutes.judge", found),
        "signs": found.state == MinutesState.SIGNING and sits,
        "cycle": MINUTES,
        "states": MinutesState,
        "steps": buttons(request, MINUTES, found),
        "entries": journal.of(found)[:20],
        "crumbs": crumbs(found.committee.action, str(found)) if desk else _own(found),
    }
    return render(request, "finance/pay/minutes.html", context)


def _own(found: Minutes) -> list[dict[str, str]]:
    page = {"label": "Πρακτικά παραλαβής", "url": reverse("finance:minutes-mine")}
    return [page, {"label": str(found)}]


@require_POST
@guarded("minutes.judge")
def judge(request: Request, pk: int, item: int) -> HttpResponse:
    """Refuse a line with its reason, or take it over again."""
    found = one(request, "minutes.judge", queries.minutes_list(), pk=pk)
    row = get_object_or_404(found.items, pk=item)
    said = request.POST.get("reason", "")[:2_000]
    if not said.strip() and request.POST.get("take") != "1":
        raise MinutesRefusedError("Γράψτε γιατί δεν παραλαμβάνεται η γραμμή.")
    operations.acceptance.judge(found, row, refusal=said, actor=request.actor, at=request.at)
    return redirect("finance:minutes", pk)


@require_POST
@guarded("minutes.sign")
def sign(request: Request, pk: int) -> HttpResponse:
    """Sign as a member what the page showed."""
    found = one(request, "minutes.sign", Minutes.objects.all(), pk=pk)
    seen = request.POST.get("seen", "")
    operations.acceptance.sign(found, actor=request.actor, at=request.at, seen=seen)
    sealed = found.state == MinutesState.SEALED
    messages.success(request, "Υπογράψατε. Το πρακτικό σφραγίστηκε." if sealed else "Υπογράψατε.")
    return redirect("finance:minutes", pk)
