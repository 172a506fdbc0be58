"""Addresses of room completion."""

from __future__ import annotations

from django.urls import path

from didaskaleio.completion.web import (
    attestations,
    dossiers,
    employment,
    measures,
    opinions,
    packs,
    programme,
    trainee,
)

app_name = "completion"
urlpatterns = [
    path("completion/", trainee.mine, name="mine"),
    path("programmes/<int:pk>/completion/", programme.programme, name="programme"),
    path("programmes/<int:pk>/opinions/", opinions.opinions, name="opinions"),
    path("programmes/<int:pk>/consolidate/", programme.consolidate, name="consolidate"),
    path("consolidated/<int:pk>.xlsx", programme.spreadsheet, name="spreadsheet"),
    path("dossiers/", dossiers.desk, name="dossiers"),
    path("programmes/<int:pk>/dossier/", dossiers.dossier, name="dossier"),
    path("programmes/<int:pk>/dossier/pack/", dossiers.pack, name="dossier-pack"),
    path("packs/", packs.desk, name="packs"),
    path("packs/verify/", packs.verify, name="pack-verify"),
    path("packs/projects/<int:pk>/", packs.audit, name="pack-audit"),
    path("packs/<int:pk>/", packs.pack, name="pack"),
    path("packs/<int:pk>/retry/", packs.retry, name="pack-retry"),
    path("packs/<int:pk>/files.zip", packs.archive, name="pack-zip"),
    path("packs/projects/<int:pk>/measures/", measures.measures, name="measures"),
    path("packs/projects/<int:pk>/measures/new/", measures.plan, name="measure-new"),
    path("packs/measures/<int:pk>/", measures.measure, name="measure"),
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
