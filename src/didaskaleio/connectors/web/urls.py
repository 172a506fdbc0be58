"""Addresses of room connectors."""

from __future__ import annotations

from django.urls import path

from didaskaleio.connectors.web import views

app_name = "connectors"
urlpatterns = [
    path("myschool/", views.imports, name="imports"),
    path("myschool/new/", views.new, name="new"),
    path("myschool/<int:pk>/", views.shown, name="import"),
    path("myschool/<int:pk>/columns/", views.columns, name="columns"),
]
