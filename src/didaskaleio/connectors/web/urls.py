"""Addresses of room connectors."""

from __future__ import annotations

from django.urls import path

from didaskaleio.connectors.web import classrooms, connection, corrections, views

app_name = "connectors"
urlpatterns = [
    path("myschool/", views.imports, name="imports"),
    path("myschool/new/", views.new, name="new"),
    path("myschool/<int:pk>/", views.shown, name="import"),
    path("myschool/connection/", connection.shown, name="connection"),
    path("myschool/connection/pull/", connection.pull, name="pull"),
    path("myschool/pushes/", connection.pushes, name="pushes"),
    path("myschool/pushes/again/", connection.again, name="pushes-again"),
    path("classrooms/events/", classrooms.recorded, name="classroom-events"),
    path("classrooms/recording/", classrooms.ready, name="classroom-recording"),
    path("corrections/", corrections.listed, name="corrections"),
    path("corrections/mine/", corrections.mine, name="my-corrections"),
    path("corrections/<int:pk>/", corrections.shown, name="correction"),
    path("people/<int:pk>/correction/", corrections.new, name="new-correction"),
    path("myschool/<int:pk>/columns/", views.columns, name="columns"),
]
