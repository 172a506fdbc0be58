"""Addresses of room surveys."""

from __future__ import annotations

from django.urls import path

from didaskaleio.surveys.web import answering, comparing, desk, dispatches, keeping, mooc, regional

app_name = "surveys"
urlpatterns = [
    path("surveys/", desk.surveys, name="surveys"),
    path("surveys/mooc/", mooc.mooc, name="mooc"),
    path("surveys/regions/", regional.regions, name="regions"),
    path("surveys/mine/", answering.mine, name="mine"),
    path("surveys/questionnaires/", keeping.questionnaires, name="questionnaires"),
    path("surveys/questionnaires/new/", keeping.new, name="questionnaire-new"),
    path("surveys/questionnaires/<int:pk>/", keeping.questionnaire, name="questionnaire"),
    path("surveys/questionnaires/<int:pk>/rule/", keeping.add_rule, name="rule-new"),
    path("surveys/questionnaires/<int:pk>/launch/", keeping.launch, name="launch"),
    path("surveys/questionnaires/<int:pk>/compare/", comparing.compare, name="compare"),
    path("surveys/questionnaires/<int:pk>/compare.xlsx", comparing.sheet, name="compare-sheet"),
    path("surveys/questionnaires/<int:pk>/dispatch/", dispatches.send, name="dispatch-new"),
    path("surveys/rules/<int:pk>/", keeping.rule, name="rule"),
    path("surveys/dispatches/", dispatches.dispatches, name="dispatches"),
    path("surveys/dispatches/<int:pk>/", dispatches.dispatch, name="dispatch"),
    path("surveys/<int:pk>/", desk.survey, name="survey"),
    path("surveys/<int:pk>/words/<slug:question>/", desk.words, name="words"),
    path("surveys/<int:pk>/results.pdf", desk.document, name="results-pdf"),
    path("surveys/<int:pk>/results.xlsx", desk.sheet, name="results-sheet"),
    path("surveys/<int:pk>/answer/", answering.answer, name="answer"),
    path("surveys/<int:pk>/thanks/", answering.thanks, name="thanks"),
]
