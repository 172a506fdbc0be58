"""Addresses of room small_actions."""

from __future__ import annotations

from django.urls import path

from didaskaleio.small_actions.web import catalogue, desk, rolls

app_name = "small_actions"
urlpatterns = [
    path("small-actions/", catalogue.catalogue, name="catalogue"),
    path("small-actions/desk/", desk.desk, name="desk"),
    path("small-actions/new/", desk.new, name="new"),
    path("small-actions/<int:pk>/", catalogue.action, name="action"),
    path("small-actions/<int:pk>/register/", catalogue.register, name="register"),
    path("small-actions/<int:pk>/check-in/", catalogue.check_in, name="check-in"),
    path("small-actions/<int:pk>/edit/", desk.edit, name="edit"),
    path("small-actions/<int:pk>/roll/", rolls.roll, name="roll"),
    path("small-actions/<int:pk>/code/", rolls.code, name="code"),
]
