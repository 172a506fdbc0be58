"""Addresses of room structures."""

from __future__ import annotations

from django.urls import path

from didaskaleio.structures.web import views

app_name = "structures"
urlpatterns = [
    path("centres/", views.centres, name="centres"),
    path("centres/<int:pk>/", views.centre, name="centre"),
    path("clusters/", views.clusters, name="clusters"),
    path("projects/", views.projects, name="projects"),
    path("projects/<str:code>/", views.project, name="project"),
]
