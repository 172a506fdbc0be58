"""Addresses of room completion."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "completion"
urlpatterns: list[URLPattern] = []
