"""Addresses of room completion."""

from __future__ import annotations

from django.urls import path

from didaskaleio.completion.web import attestations, employment, opinions, programme, trainee

app_name = "completion"
urlpatterns = [
    path("completion/", trainee.mine, name="mine"),
    path("programmes/<int:pk>/completion/", programme.programme, name="programme"),
    path("programmes/<int:pk>/opinions/", opinions.opinions, name="opinions"),
    path("programmes/<int:pk>/consolidate/", programme.consolidate, name="consolidate"),
    path("consolidated/<int:pk>.xlsx", programme.spreadsheet, name="spreadsheet"),
    path("employment/", employment.mine, name="employment-mine"),
    path("employment/ask/", employment.ask, name="employment-ask"),
    path("employment/desk/", employment.desk, name="employments"),
    path("employment/<int:pk>/", employment.employment, name="employment"),
    path("attestations/", attestations.attestations, name="attestations"),
    path("attestations/preview/", attestations.preview, name="preview"),
    path("attestations/issue/", attestations.issue, name="issue"),
    path("attestations/<int:pk>/", attestations.attestation, name="attestation"),
    path("attestations/<int:pk>/specimen.pdf", attestations.specimen, name="specimen"),
    path("attestations/<int:pk>/replace/", attestations.replace, name="replace"),
]
