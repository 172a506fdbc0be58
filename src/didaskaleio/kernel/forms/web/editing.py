"""Pages of the composer: a new form, its facts, sections and questions, their order."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel.errors import OvertakenError, Refusal
from didaskaleio.kernel.forms import editing, exchange, operations, owners, queries
from didaskaleio.kernel.forms.definition import Definition, Section
from didaskaleio.kernel.forms.exchange import UnreadableFormError
from didaskaleio.kernel.forms.marks import mark, unless_changed, whole
from didaskaleio.kernel.forms.models import Form, FormVersion
from didaskaleio.kernel.forms.web import composing
from didaskaleio.kernel.forms.web.views import crumbs_of
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request

LARGEST_FILE = 1_000_000


def drafted(request: Request, pk: int) -> tuple[Form, FormVersion, Definition]:
    form = one(request, "form.write", Form.objects.all(), pk=pk)
    version = queries.draft(form)
    if version is None:
        raise Http404
    return form, version, version.parsed()


def by(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.at}


def to(form: Form, key: str = "") -> HttpResponseRedirect:
    address = reverse("kernel:form", args=[form.pk])
    return redirect(f"{address}#{key}" if key else address)


def read_file(upload: Any) -> Definition:
    """The definition in an uploaded file; raises a refusal that says what is wrong where."""
    content = upload.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Refusal("Το αρχείο ξεπερνά το 1 MB. Μια φόρμα είναι πολύ μικρότερη.")
    try:
        data = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Refusal("Το αρχείο δεν είναι JSON σε UTF-8. Επιλέξτε αρχείο φόρμας.") from error
    return exchange.read(data)


def _wrongs(refusal: Refusal) -> list[str]:
    if isinstance(refusal, UnreadableFormError):
        return [f"{problem.place}: {problem.text}" for problem in refusal.problems[:20]]
    return [str(refusal)]


@guarded("form.begin", about_object=False)
def new_form(request: Request) -> HttpResponse:
    """«Νέα φόρμα»: title, code and body; empty, or from a file."""
    mine = {f"{owner.scope}:{owner.scope_id}": owner for owner in owners.of(request.actor)}
    form = composing.NewForm(list(mine.values()), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = _begun(request, mine[given["owner"]], given)
        except Refusal as refusal:
            field = "file" if isinstance(refusal, UnreadableFormError) else "code"
            for text in _wrongs(refusal):
                form.add_error(field, text)
        else:
            return to(made.form)
    context = {"form": form, "cancel_url": reverse("kernel:forms")}
    context["crumbs"] = crumbs_of(None, "Νέα φόρμα")
    return render(request, "kernel/forms/new.html", context)


def _begun(request: Request, owner: operations.Owner, given: dict[str, Any]) -> FormVersion:
    empty = Definition(given["title"], sections=(Section("s1", "Πρώτη ενότητα"),))
    definition = read_file(given["file"]) if given["file"] else empty
    return operations.begin(owner, code=given["code"], definition=definition, **by(request))


def edited(
    request: Request, version: FormVersion, key: str | None, change: editing.Edit, what: str
) -> OvertakenError | None:
    """Do an edit of one part; the refusal when somebody else changed the part meanwhile.

    Without a key the part is new: nobody can have changed it.
    """
    seen = request.POST.get("mark", "")
    careful = change if key is None else unless_changed(change, key, seen)
    try:
        operations.edit(version, careful, what=what[:200], **by(request))
    except OvertakenError as refusal:
        return refusal
    messages.success(request, "Αποθηκεύτηκε.")
    return None


def opened(
    request: Request,
    definition: Definition,
    key: str,
    refusal: OvertakenError | None,
    theirs: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The mark that a page carries; after a refusal the present one, and what the others wrote."""
    held = request.POST.get("mark")
    if refusal is not None or held is None:
        held = mark(definition, key)
    found: dict[str, Any] = {"mark": held}
    return found | ({"overtaken": str(refusal), "theirs": theirs} if refusal else {})


@guarded("form.write")
def head(request: Request, pk: int) -> HttpResponse:
    """Title, introduction, reference date, cap, order of those who tie."""
    form, version, definition = drafted(request, pk)
    typed = composing.HeadForm(definition, request.POST or None)
    refused = None
    if request.method == "POST" and typed.is_valid():
        refused = edited(request, version, "", typed.apply, "Στοιχεία της φόρμας")
        if refused is None:
            return to(form)
    now = fresh(version)
    theirs = [("Τίτλος", now.title), ("Εισαγωγή", now.intro)]
    context = {"form": typed, "the": form, "cancel_url": reverse("kernel:form", args=[pk])}
    context |= opened(request, now, "", refused, theirs)
    context["crumbs"] = crumbs_of(form, "Στοιχεία")
    return render(request, "kernel/forms/head.html", context)


def fresh(version: FormVersion) -> Definition:
    return FormVersion.objects.get(pk=version.pk).parsed()


ACTS: dict[str, tuple[str, Callable[[Definition, str], Definition]]] = {
    "up": ("Μετακίνηση προς τα πάνω", lambda d, key: editing.move(d, key, -1)),
    "down": ("Μετακίνηση προς τα κάτω", lambda d, key: editing.move(d, key, 1)),
    "copy": ("Αντίγραφο", editing.copy),
    "drop": ("Διαγραφή", editing.drop),
}


@require_POST
@guarded("form.write")
def arrange(request: Request, pk: int) -> HttpResponse:
    """Move, copy or delete one section or question."""
    form, version, definition = drafted(request, pk)
    act, _, key = request.POST.get("do", "").partition(":")
    what, change = ACTS.get(act, ("", None))
    if change is None:
        raise Http404
    part = definition.question(key) or definition.section(key)
    name = getattr(part, "label", getattr(part, "title", key))
    operations.edit(
        version, lambda d: change(d, key), what=f"{what}: «{name}»"[:200], **by(request)
    )
    messages.success(request, f"{what}: έγινε.")
    return to(form, "" if act == "drop" else key)


@guarded("form.write")
def replace_all(request: Request, pk: int) -> HttpResponse:
    """Replace the draft by the form in a file."""
    form, version, definition = drafted(request, pk)
    wrong: list[str] = []
    if request.method == "POST":
        try:
            _replaced(request, version, definition)
        except Refusal as refusal:
            wrong = _wrongs(refusal)
        else:
            messages.success(request, "Το πρόχειρο αντικαταστάθηκε από το αρχείο.")
            return to(form)
    context = {"form": composing.FileForm(), "wrong": wrong, "the": form}
    context |= {"cancel_url": reverse("kernel:form", args=[pk]), "mark": whole(definition)}
    context["crumbs"] = crumbs_of(form, "Εισαγωγή")
    return render(request, "kernel/forms/import.html", context)


def _replaced(request: Request, version: FormVersion, definition: Definition) -> None:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refusal("Επιλέξτε αρχείο.")
    if request.POST.get("mark") != whole(definition):
        raise Refusal("Το πρόχειρο άλλαξε στο μεταξύ. Δείτε το και επιλέξτε ξανά το αρχείο.")
    found = read_file(upload)
    operations.edit(version, lambda _: found, what="Αντικατάσταση από αρχείο", **by(request))


@require_POST
@guarded("form.write")
def next_version(request: Request, pk: int) -> HttpResponse:
    """Open the next version as a draft."""
    form = one(request, "form.write", Form.objects.all(), pk=pk)
    operations.new_version(form, **by(request))
    messages.success(request, "Άνοιξε νέα έκδοση. Η δημοσιευμένη ισχύει ως τη δική της δημοσίευση.")
    return to(form)
