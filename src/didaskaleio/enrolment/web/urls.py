"""Addresses of room enrolment."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "enrolment"
urlpatterns: list[URLPattern] = []
