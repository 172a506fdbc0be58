"""Pages of the kernel: files and documents, notices, the progress of long acts, components."""

from __future__ import annotations

import uuid
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access, files, notices
from didaskaleio.kernel.models import Notice, NoticePreference, StoredFile, Work
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import unsent
from didaskaleio.kernel.web.guard import guarded, public
from didaskaleio.kernel.web.http import Request

INLINE = {files.PDF, *files.IMAGES}
access.declare("own.pages", access.SignedIn(), "οι δικές μου σελίδες")


@public
def file(request: Request, key: uuid.UUID) -> HttpResponse | FileResponse:
    """Stream a stored file to whoever may do its kind's permission on its subject."""
    stored = get_object_or_404(StoredFile, key=key)
    kind = files.kinds.get(stored.kind)
    subject = _subject(stored)
    if (
        kind is None
        or subject is None
        or not access.allowed(request.actor, kind.permission, subject)
    ):
        raise Http404
    return FileResponse(
        default_storage.open(stored.path),
        content_type=stored.content_type,
        filename=stored.name,
        as_attachment=stored.content_type not in INLINE,
    )


def _subject(stored: StoredFile) -> Any:
    model: Any = apps.get_model(stored.subject)
    return model._base_manager.filter(pk=stored.subject_id).first()  # noqa: SLF001


def _own_notices(request: Request) -> QuerySet[Notice]:
    return Notice.objects.filter(person_id=request.actor.person_id).order_by("-at", "-pk")


@guarded("own.pages", about_object=False)
def notice_list(request: Request) -> HttpResponse:
    """My notices, newest first; opening the list marks them read."""
    page = Paginator(_own_notices(request), 25).get_page(request.GET.get("page"))
    response = render(request, "kernel/notices.html", {"page": page})
    _own_notices(request).filter(read_at=None).update(read_at=request.at)
    return response


@guarded("own.pages", about_object=False)
def notice_preferences(request: Request) -> HttpResponse:
    """Which kinds of notice come by mail too."""
    optional = [kind for kind in notices.kinds.values() if kind.optional and kind.mail]
    if request.method == "POST":
        for kind in optional:
            NoticePreference.objects.update_or_create(
                person_id=request.actor.person_id,
                kind=kind.name,
                defaults={"by_mail": kind.name in request.POST.getlist("by_mail")},
            )
        messages.success(request, "Οι προτιμήσεις σας αποθηκεύτηκαν.")
        return HttpResponseRedirect(reverse("kernel:notice-preferences"))
    off = NoticePreference.objects.filter(person_id=request.actor.person_id, by_mail=False)
    silent = set(off.values_list("kind", flat=True))
    rows = [(kind, kind.name not in silent) for kind in optional]
    return render(request, "kernel/notice_preferences.html", {"rows": rows})


@guarded("own.pages", about_object=False)
def work(request: Request, key: uuid.UUID) -> HttpResponse:
    """The progress of a long act that I started (refreshes itself while it runs)."""
    row = get_object_or_404(Work, key=key, owner_id=request.actor.user_id)
    running = row.state in {Work.State.WAITING, Work.State.RUNNING}
    template = "kernel/work_bar.html" if request.htmx else "kernel/work.html"
    return render(request, template, {"work": row, "running": running})


@public
def components(request: Request) -> HttpResponse:
    """What the screens are made of, once."""
    return render(request, "kernel/components.html")


@require_POST
@guarded("own.pages", about_object=False)
def read_all(request: Request) -> HttpResponse:
    """Mark all my notices read."""
    _own_notices(request).filter(read_at=None).update(read_at=request.at)
    return HttpResponseRedirect(reverse("kernel:notices"))


@guarded("own.pages", about_object=False)
def unsent_form(request: Request) -> HttpResponse:
    """What I posted after my session had ended: sent now, to where it was going, or dropped."""
    found = unsent.kept(request)
    if found is None:
        messages.info(request, "Καμία φόρμα δεν περιμένει αποστολή.")
        return HttpResponseRedirect(reverse(settings.LOGIN_REDIRECT_URL))
    if request.method != "POST":
        return render(request, "kernel/unsent.html", {"kept": found})
    unsent.drop(request)
    return HttpResponseRedirect(found["path"], preserve_request=True)
