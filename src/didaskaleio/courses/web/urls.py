"""Addresses of room courses."""

from __future__ import annotations

from django.urls import path

from didaskaleio.courses.web import (
    contributing,
    finding,
    kit,
    opening,
    profiling,
    reviewing,
    views,
    writing,
)

app_name = "courses"
urlpatterns = [
    path("courses/", views.course_list, name="courses"),
    path("subjects/", kit.offered, name="offered"),
    path("courses/new/", opening.new_course, name="new"),
    path("courses/<int:pk>/details/", opening.amend, name="amend"),
    path("courses/<int:pk>/team/", opening.team, name="team"),
    path("courses/<int:pk>/team/<int:post>/release/", opening.release, name="release"),
    path("assignments/", contributing.my_work, name="my-work"),
    path("courses/<int:pk>/assignments/", contributing.work, name="work"),
    path("assignments/<int:pk>/done/", contributing.finish, name="work-done"),
    path("assignments/<int:pk>/deadline/", contributing.extend, name="work-deadline"),
    path("assignments/<int:pk>/withdraw/", contributing.withdraw, name="work-withdraw"),
    path("courses/<int:pk>/findings/", finding.findings, name="findings"),
    path("courses/<int:pk>/revise/", finding.revise, name="revise"),
    path("courses/findings/<int:pk>/place/", finding.place, name="finding-place"),
    path("courses/findings/<int:pk>/answer/", finding.answer, name="finding-answer"),
    path("courses/findings/<int:pk>/dismiss/", finding.dismiss, name="finding-dismiss"),
    path("courses/<int:pk>/", views.course, name="course"),
    path("courses/<int:pk>/versions/<int:number>/", views.course, name="version"),
    path("courses/<int:pk>/changes/", views.changes, name="changes"),
    path(
        "courses/<int:pk>/versions/<int:number>/changes/",
        views.changes,
        name="version-changes",
    ),
    path("courses/<int:pk>/remarks/", reviewing.remark, name="remark"),
    path("courses/<int:pk>/remarks/<int:remark>/answer/", reviewing.answer, name="remark-answer"),
    path(
        "courses/<int:pk>/remarks/<int:remark>/resolve/", reviewing.resolve, name="remark-resolve"
    ),
    path("courses/<int:pk>/about/", views.about, name="about"),
    path("courses/<int:pk>/about.pdf", kit.sheet, name="sheet"),
    path("courses/<int:pk>/kit/", kit.kit, name="kit"),
    path("courses/<int:pk>/kit.zip", kit.kit_file, name="kit-file"),
    path("courses/<int:pk>/texts/<slug:part>/", writing.texts, name="texts"),
    path("courses/<int:pk>/objectives/", writing.objectives, name="objectives"),
    path("courses/<int:pk>/units/", writing.syllabus, name="units"),
    path("courses/<int:pk>/units/trial/", writing.units_trial, name="units-trial"),
    path("courses/<int:pk>/profiles/<slug:which>/", profiling.profile, name="profile"),
    path("courses/<int:pk>/profiles/<slug:which>/trial/", profiling.trial, name="profile-trial"),
    path("courses/<int:pk>/profiles/<slug:which>/test/", profiling.test, name="profile-test"),
    path("courses/<int:pk>/materials/", writing.add_material, name="material-add"),
    path("courses/materials/<int:pk>/upload/", writing.upload, name="material-upload"),
    path("courses/materials/<int:pk>/ready/", writing.ready, name="material-ready"),
    path("courses/materials/<int:pk>/drop/", writing.drop, name="material-drop"),
]
