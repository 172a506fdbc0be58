"""Addresses of room enrolment."""

from __future__ import annotations

from django.urls import path

from didaskaleio.enrolment.web import (
    catalogue,
    ceremony,
    draws,
    merges,
    officer_places,
    phase_b,
    receipts,
    targets,
    wizard,
)

app_name = "enrolment"
APPLYING = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<slug:period>/<slug:code>/", catalogue.programme, name="programme"),
    path("application/", receipts.overview, name="application"),
    path("application/<slug:period>/begin/", wizard.begin, name="begin"),
    path("application/<slug:period>/facts/", wizard.facts, name="facts"),
    path("application/<slug:period>/conditions/", wizard.conditions, name="conditions"),
    path("application/<slug:period>/preferences/", wizard.preferences, name="preferences"),
    path("application/<slug:period>/preferences/save/", wizard.save_order, name="save-order"),
    path("application/<slug:period>/preferences/add/", wizard.add, name="add"),
    path("application/<slug:period>/preferences/remove/", wizard.remove, name="remove"),
    path("application/<slug:period>/check/", wizard.check, name="check"),
    path("application/<slug:period>/submit/", wizard.submit, name="submit"),
    path("application/<slug:period>/receipt/<int:version>/", receipts.receipt, name="receipt"),
    path("application/<slug:period>/history/", receipts.history, name="history"),
    path("application/<slug:period>/withdraw/", receipts.withdraw, name="withdraw"),
]
DRAWS = [
    path("draws/", draws.draws, name="draws"),
    path("draws/<slug:period>/", draws.draw, name="draw"),
    path("draws/<slug:period>/results/", draws.by_number, name="results"),
    path("draws/<slug:period>/names/", draws.by_name, name="names"),
    path("draws/<slug:period>/numbers/", draws.numbers, name="numbers"),
    path("draws/<slug:period>/heads/", draws.heads, name="heads"),
    path("draws/<slug:period>/changes/", draws.changes, name="changes"),
    path("draws/<slug:period>/<slug:name>.json", draws.download, name="draw-file"),
]
CEREMONY = [
    path("ceremony/", ceremony.ceremonies, name="ceremonies"),
    path("ceremony/<slug:period>/", ceremony.ceremony, name="ceremony"),
    path("ceremony/<slug:period>/progress/", ceremony.progress, name="ceremony-progress"),
    path("ceremony/<slug:period>/announce/", ceremony.announce, name="announce"),
    path("ceremony/<slug:period>/extend/", ceremony.extend, name="extend"),
    path("ceremony/<slug:period>/reopen/", ceremony.reopen, name="reopen"),
    path("ceremony/<slug:period>/beacon/", ceremony.beacon, name="beacon"),
    path("ceremony/<slug:period>/restore/", ceremony.restore, name="restore"),
    path("ceremony/<slug:period>/escrow/", ceremony.escrow, name="escrow"),
    path("ceremony/<slug:period>/without-secret/", ceremony.without_secret, name="without-secret"),
]
PHASE_B = [
    path("phase-b/", phase_b.current, name="phase-b-current"),
    path("phase-b/<slug:period>/", phase_b.phase_b, name="phase-b"),
    path("phase-b/<slug:period>/log/", phase_b.log, name="phase-b-log"),
    path("phase-b/<slug:period>/claim/<slug:code>/", phase_b.claim, name="claim"),
    path("phase-b/<slug:period>/answer/<int:sequence>/", phase_b.answer, name="phase-b-answer"),
    path("place/<slug:period>/", phase_b.place, name="place"),
    path("place/<slug:period>/confirm/", phase_b.confirm, name="confirm"),
    path("place/<slug:period>/decline/", phase_b.decline, name="decline"),
    path("place/<slug:period>/leave/", phase_b.leave, name="leave"),
    path("place/<slug:period>/join/<slug:code>/", phase_b.join, name="join"),
    path("place/<slug:period>/merge/<int:pk>/", phase_b.answer_merge, name="answer-merge"),
    path("offers/<int:pk>/", phase_b.answer_offer, name="answer-offer"),
]
OFFICERS = [
    path("groups/", officer_places.listing, name="groups"),
    path("groups/<int:pk>/", officer_places.places, name="places"),
    path("groups/<int:pk>/merge/", officer_places.merge, name="merge"),
    path("groups/move/<int:pk>/", officer_places.move, name="move"),
    path("filling/<slug:period>/", officer_places.filling, name="filling"),
    path("filling/<slug:period>/enrolment/", officer_places.open_enrolment, name="open-enrolment"),
    path("filling/<slug:period>/phase-b/", officer_places.postpone, name="postpone-phase-b"),
]
PLANNING = [
    path("targets/<slug:period>/", targets.targets, name="targets"),
    path("merges/<slug:period>/", merges.merges, name="merges"),
    path("merge-plans/<int:pk>/", merges.merge_plan, name="merge-plan"),
    path("merge-plans/<int:pk>/<slug:act>/", merges.decide_all, name="merge-decide-all"),
    path("merge-plans/<int:pk>/<int:line>/<slug:act>/", merges.decide_line, name="merge-decide"),
]
urlpatterns = [*APPLYING, *DRAWS, *CEREMONY, *PHASE_B, *OFFICERS, *PLANNING]
