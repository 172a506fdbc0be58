"""Addresses of room programmes."""

from __future__ import annotations

from django.urls import path

from didaskaleio.programmes.web.views import (
    actions,
    builder,
    centre,
    desk,
    periods,
    public,
    sources,
    trainer,
)

app_name = "programmes"
urlpatterns = [
    path("programmes/centre/", centre.programmes, name="centre"),
    path("programmes/centre/new/<int:period>/", centre.new, name="new"),
    path("programmes/centre/trainers/<int:period>/<int:centre>/", centre.trainers, name="trainers"),
    path("programmes/<int:pk>/trainers/", centre.trainers_of, name="trainers-of"),
    path("programmes/training/", trainer.programmes, name="trainer"),
    path("programmes/desk/", desk.programmes, name="desk"),
    path("programmes/desk/<int:period>/preview/", desk.preview, name="preview"),
    path("programmes/desk/<int:period>/decide/", desk.decide, name="decide"),
    path("programmes/<int:pk>/", centre.proposal, name="proposal"),
    path("programmes/<int:pk>/edit/", centre.edit, name="edit"),
    path("programmes/<int:pk>/discard/", centre.discard, name="discard"),
    path("programmes/<int:pk>/ask/", centre.ask, name="ask"),
    path("programmes/<int:pk>/answer/<int:proposal>/", centre.answer, name="answer"),
    path("programmes/<int:pk>/timetable/", builder.weeks, name="timetable"),
    path("programmes/<int:pk>/timetable/trial/", builder.trial, name="trial"),
    path("programmes/<int:pk>/timetable/slot/", builder.save_slot, name="slot"),
    path("programmes/<int:pk>/timetable/remove/", builder.remove_slot, name="slot-remove"),
    path("programmes/<int:pk>/timetable/repair/", builder.repair, name="repair"),
    path("programmes/<int:pk>/timetable/propose/", builder.propose, name="propose"),
    path("programmes/<int:pk>/agree/", trainer.agree, name="agree"),
    path("programmes/<int:pk>/suggest/", trainer.suggest, name="suggest"),
    path("programmes/<int:pk>/suggest/trial/", trainer.trial, name="suggest-trial"),
    path("programmes/<int:pk>/sheet/", public.programme, name="programme"),
    path("regulations/<int:pk>/", public.regulation, name="regulation"),
    path("regulations/<int:pk>/accept/", public.accept, name="regulation-accept"),
    path("regulations/<int:pk>/publish/", actions.publish, name="regulation-publish"),
    path("actions/", actions.action_list, name="actions"),
    path("actions/new/", actions.new_action, name="action-new"),
    path("actions/<int:pk>/edit/", actions.edit_action, name="action-edit"),
    path("actions/<int:pk>/periods/new/", periods.new_period, name="period-new"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/<int:pk>/parameters/", actions.parameters, name="parameters"),
    path("actions/<int:pk>/regulation/", actions.write_regulation, name="regulation-write"),
    path("actions/<int:pk>/registers/<slug:role>/", sources.source, name="action-register"),
    path("actions/<int:pk>/registers/<slug:role>/call/", sources.call, name="action-call"),
    path("actions/<int:pk>/tenders/", sources.tenders, name="action-tenders"),
    path("periods/", periods.period_list, name="periods"),
    path("periods/<int:pk>/", periods.period, name="period"),
    path("periods/<int:pk>/dates/", periods.dates, name="period-dates"),
    path("periods/<int:pk>/quota/", periods.quota, name="period-quota"),
]
