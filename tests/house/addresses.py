"""Every address of the site, filled with objects of the told story: own ones and others'."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from didaskaleio.kernel import access
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.site.demo_accounts import ACCOUNTS
from didaskaleio.site.story import moments
from tests.house.examples import SPECIAL, model, some

# by permission: the kind of object that the number in the address stands for
KINDS = {
    "adhoc": "observatory.AdHocReport",
    "account": "people.Person",
    "assessment": "registers.Assessment",
    "action": "programmes.TrainingAction",
    "arrangement": "programmes.Arrangement",
    "attendance": "delivery.Attendance",
    "attestation": "completion.Attestation",
    "call": "registers.Call",
    "candidacy": "registers.Candidacy",
    "centre": "structures.TrainingCentre",
    "completion": "programmes.Programme",
    "consolidation": "completion.ConsolidatedAttendance",
    "contract": "finance.Contract",
    "correction": "connectors.Correction",
    "course": "courses.Course",
    "dispatch": "surveys.Dispatch",
    "dispute": "delivery.Dispute",
    "dossier": "programmes.Programme",
    "employment": "completion.EmploymentAttestation",
    "engagement": "directory.Engagement",
    "forecast": "observatory.Forecast",
    "evidence": "registers.Evidence",
    "excuse": "delivery.Excuse",
    "form": "kernel.Form",
    "launch_rule": "surveys.LaunchRule",
    "member_import": "registers.MemberImport",
    "membership": "registers.Membership",
    "merge_plan": "enrolment.MergePlan",
    "myschool": "connectors.TeacherImport",
    "objection": "registers.Objection",
    "office": "directory.Office",
    "payee": "finance.Payee",
    "pay_action": "programmes.TrainingAction",
    "work": "finance.WorkLine",
    "committee": "finance.Committee",
    "minutes": "finance.Minutes",
    "order": "finance.PaymentOrder",
    "payment": "finance.Payment",
    "measure": "completion.ProjectMeasure",
    "own_work": "delivery.OwnWork",
    "pack": "completion.Pack",
    "period": "programmes.TrainingPeriod",
    "places": "programmes.Programme",
    "post": "people.Post",
    "programme": "programmes.Programme",
    "project": "structures.FundedProject",
    "proposal": "registers.ChangeProposal",
    "questionnaire": "surveys.Questionnaire",
    "room_proposal": "registers.RoomProposal",
    "standing": "registers.RankingRow",
    "reconciliation": "registers.Reconciliation",
    "register": "registers.Register",
    "request": "observatory.SpecialRequest",
    "regulation": "programmes.Regulation",
    "rights": "people.Person",
    "standard": "kernel.Standard",
    "template": "finance.ContractTemplate",
    "teacher_record": "people.Person",
    "session": "delivery.TrainingSession",
    "session_report": "delivery.TrainingSession",
    "recording": "delivery.SessionRecording",
    "signing_case": "credentials.SigningCase",
    "trust_root": "credentials.TrustRoot",
    "tender": "registers.Tender",
    "offer": "registers.Offer",
    "seat": "small_actions.Seat",
    "small_action": "small_actions.SmallAction",
    "structure": "directory.Structure",
    "survey": "surveys.Survey",
    "substitution": "delivery.Substitution",
    "subscription": "observatory.Subscription",
    "term": "directory.Term",
    "class_application": "delivery.ClassApplication",
    "given_task": "delivery.GivenTask",
    "visit": "delivery.SiteVisit",
    "visit_round": "delivery.VisitRound",
    "waiting": "enrolment.WaitingEntry",
    "work_report": "finance.WorkReport",
    "assignment": "programmes.WorkAssignment",
    "work_call": "programmes.WorkCall",
    "work_application": "programmes.WorkApplication",
}
# where the address says another kind than the permission does
ODD = {
    "programmes:regulation-publish": "programmes.Regulation",
    "structures:centre": "structures.TrainingCentre",
    "programmes:regulation": "programmes.Regulation",
    "programmes:programme": "programmes.Programme",
    "programmes:work-call": "programmes.WorkCall",
    "connectors:new-correction": "people.Person",
    "courses:about": "courses.Course",
    "delivery:class-plan": "enrolment.ParticipationApplication",
    "courses:sheet": "courses.Course",
    "registers:call": "registers.Call",
    "registers:tender": "registers.Tender",
    "registers:ranking": "registers.RankingList",
    "registers:list-table": "registers.RankingList",
    "registers:list-rules": "registers.RankingList",
    "directory:structure": "directory.Structure",
    "enrolment:move": "enrolment.ParticipationApplication",
    "courses:material-upload": "courses.Material",
    "courses:material-ready": "courses.Material",
    "courses:material-drop": "courses.Material",
    "courses:finding-place": "courses.Finding",
    "courses:finding-answer": "courses.Finding",
    "courses:finding-dismiss": "courses.Finding",
    "courses:work-done": "courses.Assignment",
    "courses:work-deadline": "courses.Assignment",
    "courses:work-withdraw": "courses.Assignment",
}


@dataclass(frozen=True)
class Address:
    """One line of the url map."""

    name: str
    route: str
    callback: Any

    @property
    def permission(self):
        return getattr(self.callback, "permission", "")

    @property
    def words(self):
        return {part.split(":")[-1].rstrip(">") for part in _marks(self.route)}


def _marks(route):
    return [part.split(">")[0] for part in route.split("<")[1:]]


def every_address(resolver=None, before="", room=""):
    """All addresses, in the order of the url map."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{room}{pattern.name}", route, pattern.callback)
        else:
            inner = f"{room}{pattern.namespace}:" if pattern.namespace else room
            yield from every_address(pattern, route, inner)


def _of_accounts(address, label):
    """For each account the first object that it may open, if the permission is about this kind."""
    if address.name in ODD or address.permission not in access.register.rules:
        return ()
    return _firsts(address.permission, label)


@cache
def _firsts(permission, label):
    rows = model(label)._base_manager.order_by("pk")
    found = (access.visible(actor, permission, rows).first() for actor in actors())
    return tuple(row for row in found if row is not None)


def forget():
    """Another copy of the story has objects of its own."""
    for kept in (actors, some, _firsts):
        kept.cache_clear()


@cache
def actors():
    """The accounts of the demonstration as actors, at the moment at which it begins."""
    names = [name for name, _ in ACCOUNTS]
    people = Person.objects.filter(username__in=names).order_by("pk")
    return [actor_of(person, at=moments.NOW) for person in people]


def examples(address):
    """Pairs of a whole address and the object that it is about (None: about no object)."""
    if not address.words:
        return [(reverse(address.name), None)]
    special = SPECIAL.get(address.name)
    if special:
        return special(address.name)
    if address.words <= {"pk"}:
        label = ODD.get(address.name) or KINDS[address.permission.split(".")[0]]
        rows = {row.pk: row for row in (*some(label), *_of_accounts(address, label))}
        return [(reverse(address.name, args=[pk]), row) for pk, row in rows.items()]
    if address.words == {"period"}:
        rows = model("programmes.TrainingPeriod").objects.order_by("pk")
        return [(reverse(address.name, args=[row.code]), row) for row in rows]
    raise LookupError(f"{address.name}: say in SPECIAL which objects stand in {address.route}")
