"""Pages of the register of trained teachers: the search, one record, the record as PDF."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import limits
from didaskaleio.kernel.access import Actor, allowed
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import by_person, every_time, limited
from didaskaleio.people.models import Person
from didaskaleio.registers import documents, teachers
from didaskaleio.structures.models import Prefecture

PAGE = 50
PRINTED = limits.declare("registers.record", "εκτυπώσεις φακέλου: πρόσωπο", 30, 3600)


class TeacherSearch(forms.Form):
    """Φίλτρα του μητρώου εκπαιδευτικών."""

    is_search = True

    q = forms.CharField(label="Όνομα ή Α.Φ.Μ.", required=False, max_length=80)
    prefecture = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"),
        label="Νομός υπηρέτησης",
        required=False,
        empty_label="Όλοι",
    )
    holds = forms.ChoiceField(label="Κατέχει", required=False)

    def __init__(self, actor: Actor, *args: Any) -> None:
        super().__init__(*args)
        holds: Any = self.fields["holds"]
        holds.choices = [("", "Οτιδήποτε"), *teachers.held_kinds(actor)]


@guarded("teacher_record.desk", about_object=False)
def trained(request: Request) -> HttpResponse:
    """«Μητρώο εκπαιδευτικών»: who has been trained or certified, within one's rights."""
    form = TeacherSearch(request.actor, request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    seen = rows(request, "teacher_record.read", Person.objects.all())
    found = teachers.asked(seen, day=localdate(request.at), **asked)
    figures = teachers.with_figures(found, request.actor)
    page = Paginator(figures, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [(row, teachers.held_words(row)) for row in page],
        "asked": any(asked.values()),
        "whole": allowed(request.actor, "teacher_record.every"),
    }
    return render(request, "registers/teachers.html", context)


def _person(request: Request, pk: int) -> Person:
    found = Person.objects.select_related("teacher__specialty").prefetch_related("certificates")
    return one(request, "teacher_record.read", found, pk=pk)


@guarded("teacher_record.own", about_object=False)
def my_record(request: Request) -> HttpResponse:
    """«Οι επιμορφώσεις μου»."""
    return _page(request, request.actor.person_id, reverse("registers:my-record-pdf"))


@guarded("teacher_record.read")
def record(request: Request, pk: int) -> HttpResponse:
    """The record of a person, as far as one may read it."""
    return _page(request, pk, reverse("registers:record-pdf", args=[pk]))


def _page(request: Request, pk: int, pdf: str) -> HttpResponse:
    person = _person(request, pk)
    own = person.pk == request.actor.user_id
    context: dict[str, Any] = {"person": person, "own": own, "pdf": pdf}
    context["record"] = teachers.record_of(person, request.actor)
    if not own:
        desk = {"label": "Μητρώο εκπαιδευτικών", "url": reverse("registers:teachers")}
        context["crumbs"] = [desk, {"label": str(person)}]
    return render(request, "registers/teacher_record.html", context)


@guarded("teacher_record.own", about_object=False)
@limited(PRINTED, by_person, when=every_time)
def my_record_pdf(request: Request) -> HttpResponse:
    """One's own record as PDF/A, as it stands at this moment."""
    return _pdf(request, request.actor.person_id)


@guarded("teacher_record.read")
@limited(PRINTED, by_person, when=every_time)
def record_pdf(request: Request, pk: int) -> HttpResponse:
    """The record of a person as PDF/A, as far as one may read it."""
    return _pdf(request, pk)


def _pdf(request: Request, pk: int) -> HttpResponse:
    found = teachers.record_of(_person(request, pk), request.actor)
    pdf = documents.teacher_record(found, request.at)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="fakelos.pdf"'
    return answer
