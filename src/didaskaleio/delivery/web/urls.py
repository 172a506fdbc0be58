"""Addresses of room delivery."""

from __future__ import annotations

from django.urls import path

from didaskaleio.delivery.web.views import (
    decisions,
    overview,
    sessions,
    sheets,
    trainees,
    visit_rounds,
    visit_work,
    visits,
)

app_name = "delivery"
urlpatterns = [
    path("sessions/", sessions.teaching, name="sessions"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/move/", sessions.move, name="move"),
    path("sessions/<int:pk>/save/", sheets.save, name="save"),
    path("sessions/<int:pk>/sign/", sheets.sign, name="sign"),
    path("sessions/<int:pk>/asynchronous/", sheets.asynchronous, name="asynchronous"),
    path("sessions/<int:pk>/countersign/", sheets.countersign, name="countersign"),
    path("sessions/<int:pk>/correct/", sheets.correct, name="correct"),
    path("programmes/<int:pk>/sessions/", overview.programme, name="programme"),
    path("attendance/", trainees.mine, name="mine"),
    path("attendance/<int:pk>/excuse/", trainees.excuse, name="excuse-new"),
    path("attendance/<int:pk>/dispute/", trainees.dispute, name="dispute-new"),
    path("excuses/<int:pk>/", decisions.excuse, name="excuse"),
    path("disputes/<int:pk>/", decisions.dispute, name="dispute"),
    path("exceptions/", overview.exceptions, name="exceptions"),
    path("progress/", overview.progress, name="progress"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/assign/", visits.assign, name="visit-assign"),
    path("visits/<int:pk>/checklist/", visit_work.checklist, name="visit-checklist"),
    path("visits/<int:pk>/findings/", visit_work.findings, name="visit-findings"),
    path(
        "visits/<int:pk>/findings/<int:finding>/drop/",
        visit_work.drop_finding,
        name="visit-finding-drop",
    ),
    path("visits/<int:pk>/findings/<int:finding>/settle/", visits.settle, name="visit-settle"),
    path("visits/<int:pk>/photo/", visit_work.photo, name="visit-photo"),
    path("visits/<int:pk>/report/", visit_work.report, name="visit-report"),
    path("visits/<int:pk>/answer/", visits.answer, name="visit-answer"),
    path("sessions/<int:pk>/visit/", visits.add, name="visit-add"),
    path("visit-rounds/", visit_rounds.rounds, name="visit-rounds"),
    path("visit-rounds/new/", visit_rounds.new, name="visit-round-new"),
    path("visit-rounds/weights/<int:body>/", visit_rounds.weights, name="visit-weights"),
    path("visit-rounds/<int:pk>/", visit_rounds.round_, name="visit-round"),
    path("visit-rounds/<int:pk>/draw/", visit_rounds.draw, name="visit-round-draw"),
    path("visit-draws/", visit_rounds.public_rounds, name="visit-draws"),
    path("visit-draws/<slug:code>/", visit_rounds.public_round, name="visit-draw"),
    path(
        "visit-draws/<slug:code>/<slug:name>.json",
        visit_rounds.public_file,
        name="visit-draw-file",
    ),
]
