"""Opinions (τι απάντησαν): surveys of trainees about a programme, for whoever was judged by them.

Only what the officer's page shows of a closed survey, by the same suppression; never the words.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from didaskaleio.delivery.models import TrainingSession
from didaskaleio.kernel import journal
from didaskaleio.programmes.models import Programme
from didaskaleio.surveys.enums import Audience, SurveyState
from didaskaleio.surveys.models import Survey


def surveys_about(programme: Programme) -> QuerySet[Survey]:
    """The closed surveys of its trainees about the programme or a session, the newest first."""
    own = TrainingSession.objects.filter(programme=programme).values("pk")
    about = Q(subject=journal.label(Programme), subject_id=programme.pk) | Q(
        subject=journal.label(TrainingSession), subject_id__in=own
    )
    rows = Survey.objects.filter(
        about, state=SurveyState.CLOSED, questionnaire__audience=Audience.TRAINEE
    )
    return rows.select_related("questionnaire__form", "version").order_by("-closes_at", "-pk")
