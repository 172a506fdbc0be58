"""Addresses of room directory."""

from __future__ import annotations

from django.urls import path

from didaskaleio.directory.web import entries, guests, offices, terms, views

app_name = "directory"
urlpatterns = [
    path("directory/", views.structures, name="structures"),
    path("directory/<int:pk>/", views.structure, name="structure"),
    path("directory/new/", entries.new, name="structure-new"),
    path("directory/<int:pk>/edit/", entries.edit, name="structure-edit"),
    path("directory/<int:pk>/close/", entries.close, name="structure-close"),
    path("directory/<int:pk>/offices/new/", offices.new, name="office-new"),
    path("directory/offices/<int:pk>/", offices.edit, name="office"),
    path("directory/offices/<int:pk>/abolish/", offices.abolish, name="office-abolish"),
    path("directory/offices/<int:pk>/appoint/", terms.appoint, name="appoint"),
    path("directory/engagements/", guests.engagements, name="engagements"),
    path("directory/engagements/new/", guests.engage, name="engage"),
    path("directory/engagements/guest/", guests.guest, name="guest"),
    path("directory/engagements/<int:pk>/", guests.engagement, name="engagement"),
    path("directory/terms/", terms.mine, name="mine"),
    path("directory/terms/<int:pk>/", terms.term, name="term"),
]
