"""Addresses of the kernel."""

from __future__ import annotations

from django.urls import path

from didaskaleio.kernel.forms.web import editing as composer
from didaskaleio.kernel.forms.web import parts
from didaskaleio.kernel.forms.web import views as forms
from didaskaleio.kernel.spaces.web import views as spaces
from didaskaleio.kernel.standards.web import views as standards
from didaskaleio.kernel.web import printouts, reports, steps, views

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
    path("printouts/<str:name>/<int:pk>/", printouts.printed, name="printout"),
    path("forms/", forms.form_list, name="forms"),
    path("forms/new/", composer.new_form, name="form-new"),
    path("forms/<int:pk>/", forms.form_page, name="form"),
    path("forms/<int:pk>/changes/", forms.changes, name="form-changes"),
    path("forms/<int:pk>/export/", forms.export, name="form-export"),
    path("forms/<int:pk>/try/", forms.trial, name="form-try"),
    path("forms/<int:pk>/details/", composer.head, name="form-details"),
    path("forms/<int:pk>/section/", parts.section, name="form-section"),
    path("forms/<int:pk>/question/", parts.question, name="form-question"),
    path("forms/<int:pk>/arrange/", composer.arrange, name="form-arrange"),
    path("forms/<int:pk>/import/", composer.replace_all, name="form-import"),
    path("forms/<int:pk>/next/", composer.next_version, name="form-next"),
    path("spaces/", spaces.board, name="spaces"),
    path("spaces/<str:label>/<int:pk>/<str:need>/", spaces.decide, name="space"),
    path("standards/", standards.standards, name="standards"),
    path("standards/new/", standards.new_standard, name="standard-new"),
    path("standards/<int:pk>/", standards.standard, name="standard"),
    path("standards/<int:pk>/text/", standards.text, name="standard-text"),
    path("standards/<int:pk>/files/", standards.attach, name="standard-attach"),
    path(
        "standards/<int:pk>/files/<int:attached>/remove/", standards.detach, name="standard-detach"
    ),
    path("standards/<int:pk>/acknowledge/", standards.acknowledge, name="standard-acknowledge"),
    path("standards/<int:pk>/<slug:name>/", standards.act, name="standard-act"),
    path("unsent/", views.unsent_form, name="unsent"),
    path("components/", views.components, name="components"),
]
