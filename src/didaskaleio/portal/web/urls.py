"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from didaskaleio.portal.web import views

app_name = "portal"
urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/renew/", views.renew_feed, name="renew-feed"),
    path("calendar/<uuid:key>.ics", views.feed, name="feed"),
    *(path(f"{name}/", views.standing, {"name": name}, name=name) for name in views.STANDING),
]
