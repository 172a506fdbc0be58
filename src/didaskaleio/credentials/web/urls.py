"""Addresses of room credentials."""

from __future__ import annotations

from django.urls import path

from didaskaleio.credentials.web import views

app_name = "credentials"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/keys.json", views.keys, name="keys"),
    path("verify/<str:code>/", views.check, name="check"),
    path("my/credentials/", views.mine, name="mine"),
]
