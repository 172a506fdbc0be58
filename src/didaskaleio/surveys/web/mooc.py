"""The figures of the course of 2023, recomputed beside what was published."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request
from didaskaleio.surveys import figures
from didaskaleio.surveys.web.desk import LIST


@guarded("survey.figures", about_object=False)
def mooc(request: Request) -> HttpResponse:
    """«Το μάθημα σε αριθμούς»: shares, events, and what does not agree."""
    course = figures.course()
    context = {
        "course": course,
        "contradictions": figures.contradictions(course),
        "crumbs": [LIST | {"needs": "survey.desk"}, {"label": "Το μάθημα σε αριθμούς"}],
    }
    return render(request, "surveys/mooc.html", context)
