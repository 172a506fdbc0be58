"""What others take of a course: its public sheet in PDF, and the kit to present it (R-177)."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.courses import documents
from didaskaleio.courses.enums import KIT, CourseState
from didaskaleio.courses.models import Course, Material
from didaskaleio.courses.web.rows import crumbs_of
from didaskaleio.kernel import access, files, greek, limits
from didaskaleio.kernel.models import StoredFile
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, public
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import by_person, limited

PACKED = limits.declare("kit", "πακέτα παρουσίασης: πρόσωπο", 60, 3600)
WITH_VERSION = Course.objects.select_related("body", "current__course__body")


def _made(request: Request, course: Course, which: str) -> StoredFile:
    try:
        return documents.made(course, which, at=request.at)
    except ValueError as error:
        raise Http404 from error


@public
def offered(request: Request) -> HttpResponse:
    """«Τι διδάσκεται»: the courses with an approved version, for everybody."""
    rows = access.visible(request.actor, "course.sheet", WITH_VERSION)
    found = rows.exclude(state=CourseState.RETIRED).order_by("sort_key", "pk")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "courses/offered.html", {"page": page})


@public
def sheet(request: Request, pk: int) -> HttpResponseRedirect:
    """The sheet of the approved version as PDF, for everybody."""
    course = one(request, "course.sheet", WITH_VERSION, pk=pk)
    stored = _made(request, course, "sheet")
    return HttpResponseRedirect(reverse("kernel:file", args=[stored.key]))


def _parts(request: Request, course: Course) -> list[tuple[str, str, StoredFile]]:
    """What the kit holds: title, kind and file of slides, sheet and what the authors added."""
    ready = Material.objects.filter(version=course.current_id, kind__in=KIT, state="ready")
    made = [
        ("Διαφάνειες, από την εγκεκριμένη έκδοση", "PDF 16:9", _made(request, course, "slides")),
        ("Καρτέλα του αντικειμένου", "PDF", _made(request, course, "sheet")),
    ]
    added = [
        (row.title, row.get_kind_display(), row.file)
        for row in ready.select_related("file").order_by("kind", "pk")
        if row.file is not None
    ]
    return made + added


@guarded("course.kit")
def kit(request: Request, pk: int) -> HttpResponse:
    """«Πακέτο παρουσίασης»: slides, sheet, notes, and how they are used."""
    course = one(request, "course.kit", WITH_VERSION, pk=pk)
    may_read = access.allowed(request.actor, "course.read", course)
    context: dict[str, Any] = {
        "course": course,
        "version": course.current,
        "parts": _parts(request, course),
        "crumbs": crumbs_of(course, "Πακέτο παρουσίασης") if may_read else None,
    }
    return render(request, "courses/kit.html", context)


@guarded("course.kit")
@limited(PACKED, by_person, when=lambda _request: True)
def kit_file(request: Request, pk: int) -> HttpResponse:
    """All of the kit as one ZIP."""
    course = one(request, "course.kit", WITH_VERSION, pk=pk)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for number, (title, _, stored) in enumerate(_parts(request, course), 1):
            ending = files.named(stored.content_type).lower()
            name = f"{number:02}-{greek.slug(title)[:60]}.{ending}"
            archive.writestr(name, files.read(stored))
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="paketo-{course.code}.zip"'
    return answer
