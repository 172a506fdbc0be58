"""Addresses of room observatory."""

from __future__ import annotations

from django.urls import path

from didaskaleio.observatory.web import builder, dimensioning, presence, reports, requests

app_name = "observatory"
urlpatterns = [
    path("observatory/presence/", presence.shown, name="presence"),
    path("observatory/reports/", reports.listed, name="reports"),
    path("observatory/reports/new/", builder.choose, name="choose"),
    path("observatory/reports/new/<str:subject>/", builder.build, name="build"),
    path("observatory/reports/<int:pk>/", reports.shown, name="report"),
    path("observatory/reports/<int:pk>/edit/", builder.edit, name="edit"),
    path("observatory/reports/<int:pk>/export.<slug:form>", reports.export, name="export"),
    path("observatory/reports/<int:pk>/share/", reports.share, name="share"),
    path("observatory/reports/<int:pk>/restore/", reports.restore, name="restore"),
    path("observatory/reports/<int:pk>/copy/", reports.copy, name="copy"),
    path("observatory/reports/<int:pk>/subscribe/", reports.subscribe, name="subscribe"),
    path("observatory/subscriptions/<int:pk>/stop/", reports.unsubscribe, name="unsubscribe"),
    path("observatory/forecasts/", dimensioning.listed, name="forecasts"),
    path("observatory/forecasts/new/", dimensioning.new, name="forecast-new"),
    path("observatory/forecasts/<int:pk>/", dimensioning.shown, name="forecast"),
    path("observatory/requests/", requests.listed, name="requests"),
    path("observatory/requests/new/", requests.new, name="request-new"),
    path("observatory/requests/<int:pk>/", requests.shown, name="request"),
    path("observatory/requests/<int:pk>/deliver/", requests.deliver, name="request-deliver"),
]
