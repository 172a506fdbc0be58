"""Lists of questionnaires and surveys, and how many have answered."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from didaskaleio.kernel.forms.models import FormState, FormVersion
from didaskaleio.surveys.enums import RUNNING, SurveyState
from didaskaleio.surveys.models import Invitation, Questionnaire, Survey, Token


def questionnaires() -> QuerySet[Questionnaire]:
    """Questionnaires by title, with the number of the published version and of surveys."""
    published = FormVersion.objects.filter(form=OuterRef("form"), state=FormState.PUBLISHED)
    return (
        Questionnaire.objects.select_related("form", "body")
        .annotate(published=Subquery(published.values("number")[:1]), sent=Count("surveys"))
        .order_by("form__sort_key", "pk")
    )


def surveys() -> QuerySet[Survey]:
    """Surveys, the last to open first."""
    rows = Survey.objects.select_related(
        "questionnaire__form", "questionnaire__body", "version", "region"
    )
    return rows.order_by("-opens_at", "-pk")


def progress(found: list[Survey]) -> dict[int, int]:
    """How many have answered each survey, by its id: counts only, one query for all."""
    running = [one.pk for one in found if one.state in RUNNING]
    left = dict(
        Token.objects.filter(invitation__survey__in=running)
        .values_list("invitation__survey")
        .annotate(Count("pk"))
        if running
        else ()
    )
    return {
        one.pk: one.invited - left.get(one.pk, 0) if one.state in RUNNING else one.answered or 0
        for one in found
    }


def open_for(person: int, at: datetime) -> QuerySet[Invitation]:
    """What waits for the answer of a person, the first to close first."""
    rows = Invitation.objects.filter(
        person_id=person,
        token__isnull=False,
        survey__state__in=RUNNING,
        survey__closes_at__gt=at,
    )
    return rows.select_related("survey__questionnaire__form").order_by("survey__closes_at", "pk")


def years_of(rows: QuerySet[Survey]) -> list[int]:
    """The school years in which closed surveys were sent, the last first."""
    found = rows.filter(state=SurveyState.CLOSED).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def school_year(year: int) -> str:
    """«2021–22»."""
    return f"{year}–{(year + 1) % 100:02d}"


def newest(questionnaire: Questionnaire) -> FormVersion | None:
    """The last version that was published: by its words many surveys are compared."""
    rows = FormVersion.objects.filter(form=questionnaire.form_id)
    return rows.exclude(state=FormState.DRAFT).order_by(F("number").desc()).first()
