"""Addresses of the demonstration; outside one they answer 404."""

from __future__ import annotations

from django.urls import path

from didaskaleio.site.web import views

app_name = "site"
urlpatterns = [
    path("clock/", views.clock_page, name="clock"),
    path("clock/move/", views.move_clock, name="clock-move"),
    path("mail/", views.mail, name="mail"),
]
