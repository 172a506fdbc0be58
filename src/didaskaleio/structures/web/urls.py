"""Addresses of room structures."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "structures"
urlpatterns: list[URLPattern] = []
