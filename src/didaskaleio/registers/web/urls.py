"""Addresses of room registers."""

from __future__ import annotations

from django.urls import path

from didaskaleio.registers.web import (
    applying,
    changing,
    checking,
    desk,
    members,
    mine,
    registers,
    views,
)

app_name = "registers"
urlpatterns = [
    path("registers/", registers.registers, name="registers"),
    path("registers/new/", registers.new, name="register-new"),
    path("registers/<int:pk>/edit/", registers.edit, name="register-edit"),
    path("registers/<int:pk>/procedures/", registers.procedures, name="procedures"),
    path("registers/<int:pk>/enter/", registers.enter, name="enter"),
    path("registers/<int:pk>/", members.members, name="members"),
    path("registers/members/<int:pk>/", members.member, name="member"),
    path("registers/members/<int:pk>/update/", members.update, name="member-update"),
    path("registers/proposals/<int:pk>/", members.proposal, name="proposal"),
    path("calls/", views.calls, name="calls"),
    path("calls/<int:pk>/", views.call, name="call"),
    path("calls/<int:pk>/follow/", views.follow, name="follow"),
    path("calls/<int:pk>/apply/", applying.apply, name="apply"),
    path("candidacies/", mine.mine, name="mine"),
    path("candidacies/<int:pk>/", mine.candidacy, name="candidacy"),
    path("candidacies/<int:pk>/answers/", applying.answers, name="answers"),
    path("candidacies/<int:pk>/review/", applying.review, name="review"),
    path("candidacies/<int:pk>/receipts/<int:version>/", mine.receipt, name="receipt"),
    path("candidacies/<int:pk>/ask/", checking.ask, name="ask"),
    path("candidacies/<int:pk>/complete/", checking.complete, name="complete"),
    path("evidence/", mine.wallet, name="wallet"),
    path("evidence/<int:pk>/", mine.evidence, name="evidence"),
    path("evidence/<int:pk>/drop/", mine.drop, name="evidence-drop"),
    path("calls/desk/", desk.desk, name="desk"),
    path("calls/desk/new/", desk.new, name="call-new"),
    path("calls/desk/<int:pk>/", desk.desk_call, name="desk-call"),
    path("calls/desk/<int:pk>/candidacies/", mine.received, name="received"),
    path("calls/desk/<int:pk>/write/", desk.write, name="call-write"),
    path("calls/desk/<int:pk>/audience/", changing.audience, name="audience"),
    path("calls/desk/<int:pk>/documents/", changing.document, name="document"),
    path(
        "calls/desk/<int:pk>/documents/<int:document>/drop/",
        changing.drop_document,
        name="document-drop",
    ),
    path("calls/desk/<int:pk>/amend/", changing.amend, name="amend"),
    path("calls/desk/<int:pk>/extend/", changing.extend, name="extend"),
]
