"""Addresses of room delivery."""

from __future__ import annotations

from django.urls import path

from didaskaleio.delivery.web.views import (
    arriving,
    classroom,
    decisions,
    overview,
    own_work,
    papers,
    sessions,
    sheets,
    signs,
    staff,
    trainees,
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
    path("check-in/", arriving.check_in, name="check-in"),
    path("sessions/<int:pk>/task/", own_work.task, name="task"),
    path("sessions/<int:pk>/own-work/", own_work.work, name="work"),
    path("own-work/<int:pk>/", own_work.answer, name="work-answer"),
    path("attendance/<int:pk>/own-work/", own_work.hand_in, name="hand-in"),
    path("sessions/<int:pk>/classroom/", classroom.enter, name="classroom"),
    path("hours/", staff.hours, name="hours"),
    path("sessions/worker.js", signs.worker, name="worker"),
    path("sessions/<int:pk>/code/", signs.code, name="code"),
    path("sessions/<int:pk>/marks/", signs.marks, name="marks"),
    path("sessions/<int:pk>/disagreements/", signs.disagreements, name="disagreements"),
    path("sessions/<int:pk>/file/", papers.roll_file, name="roll-file"),
    path("sessions/<int:pk>/scan/", papers.scan, name="scan"),
]
