"""Addresses of room credentials."""

from __future__ import annotations

from django.urls import path

from didaskaleio.credentials.web import remote, roots, signing, standing_in, views

app_name = "credentials"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/keys.json", views.keys, name="keys"),
    path("verify/<str:code>/", views.check, name="check"),
    path("my/credentials/", views.mine, name="mine"),
    path("my/signing/", signing.mine, name="my-signing"),
    path("desk/signing/", signing.desk, name="signing-desk"),
    path("signing/<int:pk>/", signing.case, name="case"),
    path("signing/<int:pk>/upload/", signing.upload, name="case-upload"),
    path("signing/<int:pk>/seal/", signing.seal, name="case-seal"),
    path("signing/<int:pk>/remote/", remote.begin, name="case-remote"),
    path("signing/<int:pk>/turns/<int:turn>/", standing_in.replace, name="case-replace"),
    path("signing/roots/", roots.listed, name="roots"),
    path("signing/roots/<int:pk>/", roots.shown, name="root"),
    path("signing/remote/back/", remote.back, name="remote-back"),
]
