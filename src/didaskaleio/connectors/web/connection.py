"""Pages of the connection with MySchool: its state, pulls and their timetable, pushes."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.connectors import connection, operations
from didaskaleio.connectors.enums import PullState, PushState
from didaskaleio.connectors.lifecycle import IMPORT, PULL, PUSH
from didaskaleio.connectors.models import Pull, Push, Timetable
from didaskaleio.connectors.web.forms import TimetableForm
from didaskaleio.kernel import greek
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, rows
from didaskaleio.kernel.web.http import Request

PAGE = 50


@guarded("myschool.connect", about_object=False)
def shown(request: Request) -> HttpResponse:
    """«Σύνδεση»: whether MySchool answers, the pulls, when they happen by themselves."""
    timetable = Timetable.objects.filter(pk=1).first()
    form = TimetableForm(request.POST or None, initial={"hour": timetable and timetable.hour})
    if request.method == "POST" and form.is_valid():
        hour = form.cleaned_data["hour"]
        operations.set_timetable(hour, actor=request.actor, at=request.at)
        messages.success(request, "Το πρόγραμμα λήψης αποθηκεύτηκε.")
        return redirect("connectors:connection")
    pulls = rows(request, "myschool.connect", Pull.objects.select_related("batch", "work"))
    page = Paginator(pulls.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    last = pulls.order_by("-pk").first()
    work = last.work if last and last.state == PullState.RUNNING else None
    context = {
        "host": connection.host(),
        "form": form,
        "page": page,
        "last": last,
        "work": work if work and work.owner_id == request.actor.user_id else None,
        "running": PullState.RUNNING,
        "waiting": operations.unfinished(),
        "standing": operations.standing(),
        "pushes": Push.objects.aggregate(**_counts()),
        "unsent": Push.objects.filter(state=PushState.WAITING).exclude(error="").first(),
        "lifecycle": PULL,
        "imports": IMPORT,
    }
    status = 422 if form.errors else 200
    return render(request, "connectors/connection.html", context, status=status)


def _counts() -> dict[str, Count]:
    return {str(state): Count("pk", filter=Q(state=state)) for state in PushState}


@require_POST
@guarded("myschool.connect", about_object=False)
def pull(request: Request) -> HttpResponseRedirect:
    """Begin a pull: of what changed, or of everybody."""
    whole = request.POST.get("whole") == "1"
    operations.pull(connection.service(), whole=whole, actor=request.actor, at=request.at)
    messages.success(request, "Άρχισε η λήψη.")
    return redirect("connectors:connection")


@guarded("myschool.push", about_object=False)
def pushes(request: Request) -> HttpResponse:
    """«Αποστολές»: what MySchool was told or is to be told, the latest first."""
    found = rows(request, "myschool.push", Push.objects.select_related("credential__person"))
    text = request.GET.get("q", "").replace("\0", "").strip()[:40]
    desk = desks.by_state(request, found, desks.views(PushState))
    context = {
        "page": Paginator(_named(desk.rows, text), PAGE).get_page(request.GET.get("page")),
        "desk": desk,
        "q": text,
        "refused": desk.counts.get(PushState.REFUSED, 0),
        "refused_state": PushState.REFUSED,
        "lifecycle": PUSH,
        "host": connection.host(),
    }
    return render(request, "connectors/pushes.html", context)


def _named(found: QuerySet[Push], text: str) -> QuerySet[Push]:
    """Those of one number or of one surname, the latest first."""
    if text:
        named = Q(credential__person__sort_key__startswith=greek.search_key(text))
        found = found.filter(named | Q(credential__number__iexact=text))
    return found.order_by("-pk")


@require_POST
@guarded("myschool.push", about_object=False)
def again(request: Request) -> HttpResponseRedirect:
    """Send again every one that was refused."""
    count = operations.send_all_again(actor=request.actor, at=request.at)
    messages.success(request, f"Θα σταλούν ξανά: {greek.number(count)}.")
    return redirect("connectors:pushes")
