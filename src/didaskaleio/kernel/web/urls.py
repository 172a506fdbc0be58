"""Addresses of the kernel."""

from __future__ import annotations

from django.urls import path

from didaskaleio.kernel.web import reports, steps, views

app_name = "kernel"
urlpatterns = [
    path("steps/<slug:cycle>/<int:pk>/<slug:step>/", steps.take, name="step"),
    path("files/<uuid:key>/", views.file, name="file"),
    path("notices/", views.notice_list, name="notices"),
    path("notices/read/", views.read_all, name="notices-read"),
    path("notices/preferences/", views.notice_preferences, name="notice-preferences"),
    path("work/<uuid:key>/", views.work, name="work"),
    path("reports/", reports.index, name="reports"),
    path("reports/<str:name>/", reports.table, name="report"),
    path("reports/<str:name>/save/", reports.save_view, name="report-save"),
    path("reports/<str:name>/views/<int:pk>/delete/", reports.forget_view, name="report-forget"),
    path("reports/<str:name>/export.<slug:form>", reports.export, name="report-export"),
    path("unsent/", views.unsent_form, name="unsent"),
    path("components/", views.components, name="components"),
]
