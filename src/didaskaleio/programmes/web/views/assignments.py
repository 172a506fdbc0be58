"""Pages of assigned work: who is asked for a programme, and one assignment with its answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.people.models import Person
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import LIVE_STATES, ActionRole, AssignmentState
from didaskaleio.programmes.lifecycle import ASSIGNMENT
from didaskaleio.programmes.models import Programme, WorkAssignment
from didaskaleio.programmes.operations.assignments import LONGEST, MOST_HOURS
from didaskaleio.programmes.queries import assignments as queries
from didaskaleio.programmes.queries.assignments import DRAFTS
from didaskaleio.programmes.queries.centres import people_of_centre

SHOWN = 50


class AskForm(forms.Form):
    """Ποιο πρόσωπο ρωτιέται και τι του γράφετε."""

    person: Any = forms.ModelChoiceField(None, label="Πρόσωπο", empty_label="Επιλέξτε")
    message = forms.CharField(
        label="Μήνυμα",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields
        own["person"].queryset = people


class StaffForm(AskForm):
    """Ποιος/α του Κ.Σ.Ε. αναλαμβάνει ποια υποστήριξη και για πόσες ώρες."""

    role = forms.ChoiceField(label="Έργο", choices=ActionRole.choices[1:])
    hours = forms.IntegerField(label="Ώρες", min_value=1, max_value=MOST_HOURS)
    field_order = ("person", "role", "hours", "message")


class ByHandForm(AskForm):
    """Ποιο πρόσωπο ρωτιέται με απόφαση, και γιατί."""

    reason = forms.CharField(
        label="Αιτιολογία",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Μένει στο ιστορικό του προγράμματος.",
    )
    field_order = ("person", "reason", "message")


@guarded("programme.assign")
def by_hand(request: Request, pk: int) -> HttpResponse:
    """Somebody out of order is asked to teach a programme, by decision."""
    programme = one(request, "programme.assign", _programmes(), pk=pk)
    form = ByHandForm(request.POST or None, people=queries.by_hand(programme))
    if form.is_valid():
        try:
            operations.ask_by_hand(
                programme, **form.cleaned_data, actor=request.actor, at=request.at
            )
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        else:
            messages.success(request, "Ζητήθηκε απάντηση. Το πρόσωπο ειδοποιήθηκε.")
            return redirect("programmes:programme-work", pk)
    back = reverse("programmes:programme-work", args=[pk])
    crumbs = [*_crumbs(programme)[:1], {"label": "Αναθέσεις", "url": back}, {"label": "Με απόφαση"}]
    context = {"form": form, "programme": programme, "cancel_url": back, "crumbs": crumbs}
    status = 422 if form.errors else 200
    return render(request, "programmes/work_by_hand.html", context, status=status)


def _programmes() -> QuerySet[Programme]:
    return Programme.objects.select_related(
        "period__action__scheme", "category", "cluster", "centre__prefecture"
    )


def _crumbs(programme: Programme) -> list[dict[str, str]]:
    own = reverse("programmes:proposal", args=[programme.pk])
    return [{"label": programme.code, "url": own}, {"label": "Αναθέσεις"}]


@guarded("programme.assign")
def work(request: Request, pk: int) -> HttpResponse:
    """Who was asked for a programme and what they answered; ask the next, or the staff."""
    programme = one(request, "programme.assign", _programmes(), pk=pk)
    people = people_of_centre(programme.centre_id, request.at)
    staff = request.method == "POST" and "next" not in request.POST
    form = StaffForm(request.POST if staff else None, people=people)
    if request.method == "POST" and not staff:
        _ask_next(request, programme)
        return redirect("programmes:programme-work", pk)
    if form.is_valid() and _ask_staff(request, programme, form):
        messages.success(request, "Ζητήθηκε απάντηση. Το πρόσωπο ειδοποιήθηκε.")
        return redirect("programmes:programme-work", pk)
    status = 422 if form.errors else 200
    context = _context(request, programme) | {"form": form}
    return render(request, "programmes/programme_work.html", context, status=status)


def _ask_next(request: Request, programme: Programme) -> None:
    message = request.POST.get("message", "").replace("\0", "")
    made = operations.ask_next(programme, actor=request.actor, at=request.at, message=message)
    if made is None:
        messages.error(
            request, "Δεν έμεινε κανείς της κατάταξης που να μπορεί. Ορίστε πρόσωπο από το μητρώο."
        )
    else:
        messages.success(request, f"Ζητήθηκε απάντηση από: {made.person.full_name}.")


def _ask_staff(request: Request, programme: Programme, form: StaffForm) -> bool:
    data = form.cleaned_data
    try:
        operations.ask_staff(
            programme,
            data["person"],
            ActionRole(data["role"]),
            hours=data["hours"],
            message=data["message"],
            actor=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        return False
    return True


def _context(request: Request, programme: Programme) -> dict[str, Any]:
    asked = list(queries.of_programme(programme)[:SHOWN])
    waiting = any(
        row.role == ActionRole.TRAINER and row.state == AssignmentState.ASKED for row in asked
    )
    vacant = programme.state in DRAFTS and programme.trainer_id is None
    line_up = queries.line_up(programme, request.at) if vacant and not waiting else []
    return {
        "programme": programme,
        "asked": asked,
        "cycle": ASSIGNMENT,
        "vacant": vacant,
        "waiting": waiting,
        "next": line_up,
        "somebody": any(not one.why_not for one in line_up),
        "takes_staff": programme.state in (*DRAFTS, *LIVE_STATES),
        "longest": LONGEST,
        "may_call": access.allowed(request.actor, "action.manage", programme.period.action),
        "crumbs": _crumbs(programme),
    }


@guarded("assignment.read")
def assignment(request: Request, pk: int) -> HttpResponse:
    """One assignment: what is asked, until when, the answer; its steps are its buttons."""
    found = WorkAssignment.objects.select_related(
        "programme__cluster", "programme__centre", "programme__period", "programme__category",
        "person", "asked_by", "application",
    )  # fmt: skip
    row = one(request, "assignment.read", found, pk=pk)
    programme = row.programme
    context = {
        "row": row,
        "programme": programme,
        "cycle": ASSIGNMENT,
        "states": AssignmentState,
        "own": row.person_id == request.actor.user_id,
        "steps": buttons(request, ASSIGNMENT, row),
        "entries": journal.of(row)[:20],
        "may_open": access.allowed(request.actor, "programme.read", programme),
        "now": request.at,
        "crumbs": [
            {"label": "Έργο σε προγράμματα", "url": reverse("programmes:work")},
            {"label": programme.code},
        ]
        if row.person_id == request.actor.user_id
        else [
            {"label": programme.code, "url": reverse("programmes:proposal", args=[programme.pk])},
            {"label": "Ανάθεση"},
        ],
    }
    return render(request, "programmes/assignment.html", context)
