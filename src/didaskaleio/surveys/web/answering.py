"""A person's own questionnaires: what waits, the page to answer, thanks that say nothing.

Answers are kept nowhere until they are sent, no message is left in the session, and the counter
of requests is not asked: each would stand beside the person with a moment.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from didaskaleio.kernel import access
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms import sheets
from didaskaleio.kernel.forms.conditions import applying
from didaskaleio.kernel.forms.definition import Problem
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.surveys import operations, queries
from didaskaleio.surveys.enums import RUNNING
from didaskaleio.surveys.models import Invitation, Survey, Token

MINE = {"label": "Τα ερωτηματολόγιά μου", "url": "/surveys/mine/"}
ASKED = Invitation.objects.select_related(
    "survey__version", "survey__questionnaire__form", "survey__questionnaire__body"
)


@guarded("survey.mine", about_object=False)
def mine(request: Request) -> HttpResponse:
    """What waits for my answer."""
    access.require(request.actor, "survey.mine")
    found = queries.open_for(request.actor.person_id, request.at)
    context = {"page": Paginator(found, 25).get_page(request.GET.get("page")), "now": request.at}
    return render(request, "surveys/mine.html", context)


@guarded("invitation.answer")
def answer(request: Request, pk: int) -> HttpResponse:
    """The questionnaire; once answered, or closed, only that is said."""
    invitation = one(request, "invitation.answer", ASKED, survey_id=pk)
    survey = invitation.survey
    open_now = survey.state in RUNNING and request.at < survey.closes_at
    if not open_now or not Token.objects.filter(invitation=invitation).exists():
        context = {"survey": survey, "open": open_now, "crumbs": [MINE, {"label": "Απάντηση"}]}
        return render(request, "surveys/over.html", context)
    if request.method == "POST":
        return _answered(request, survey)
    return render(request, "surveys/answer.html", _page(survey, {}, []))


def _answered(request: Request, survey: Survey) -> HttpResponse:
    told = sheets.told(survey.version.parsed(), request.POST)
    if request.htmx:  # which questions apply now; nothing is kept
        shown = {"applying": " ".join(sorted(applying(survey.version.parsed(), told)))}
        return render(request, "surveys/live.html", shown)
    try:
        operations.answer(survey, told, actor=request.actor, at=request.at)
    except AnswersRefusedError as refusal:
        return render(
            request, "surveys/answer.html", _page(survey, told, [*refusal.problems]), status=422
        )
    except Refusal:
        return _again(survey)
    return redirect("surveys:thanks", survey.pk)


def _again(survey: Survey) -> HttpResponseRedirect:
    """Too late, or sent twice: the page itself says which."""
    return redirect("surveys:answer", survey.pk)


def _page(survey: Survey, values: dict[str, Any], wrong: list[Problem]) -> dict[str, Any]:
    definition = survey.version.parsed()
    bound, groups = sheets.filled(definition, values, wrong)
    return {
        "survey": survey,
        "definition": definition,
        "bound": bound,
        "groups": groups,
        "applying": " ".join(sorted(applying(definition, values))),
        "crumbs": [MINE, {"label": "Απάντηση"}],
    }


@guarded("invitation.answer")
def thanks(request: Request, pk: int) -> HttpResponse:
    """Thanks to whoever was asked; it says nothing of what was answered."""
    invitation = one(request, "invitation.answer", ASKED, survey_id=pk)
    answered = not Token.objects.filter(invitation=invitation).exists()
    context = {"survey": invitation.survey, "answered": answered, "crumbs": [MINE]}
    return render(request, "surveys/thanks.html", context)
