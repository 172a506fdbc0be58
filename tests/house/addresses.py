"""Every address of the site, filled with objects of the told story: own ones and others'."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.urls import URLPattern, get_resolver, reverse

from didaskaleio.kernel import access, files, lifecycle, printouts, reports, subjects
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.site.demo_accounts import ACCOUNTS
from didaskaleio.site.story import moments

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
A_KEY = "00000000-0000-4000-8000-000000000000"
EACH = 3
STATES = 4


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


def model(label):
    return apps.get_model(label)


def some(label):
    """A few objects of a kind: one of each of some states, else the first and the last."""
    rows = model(label)._base_manager.order_by("pk")
    names = {field.name for field in model(label)._meta.fields}
    if "state" not in names:
        return [row for row in (rows.first(), rows.last()) if row]
    found = rows.order_by().values_list("state", flat=True).distinct()
    states = sorted(found, key=lambda state: (state != "draft", state))[:STATES]
    return [row for s in states for row in rows.filter(state=s)[:1]]


def _of_accounts(address, label):
    """For each account the first object that it may open, if the permission is about this kind."""
    if address.name in ODD or address.permission not in access.register.rules:
        return []
    rows = model(label)._base_manager.order_by("pk")
    return [
        row
        for actor in actors()
        if (row := access.visible(actor, address.permission, rows).first()) is not None
    ]


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


def _by_number_of_period(name):
    rows = some("programmes.TrainingPeriod")
    return [(reverse(name, args=[row.pk]), row) for row in rows]


def _rooms_of_centres(name):
    rows = some("structures.Room")
    return [(reverse(name, args=[row.centre_id, row.pk]), row.centre) for row in rows]


def _of_programmes(name):
    rows = some("programmes.Programme")
    return [(reverse(name, args=[row.period.code, row.code]), row) for row in rows]


def _centre_of_period(name):
    periods = some("programmes.TrainingPeriod")[:2]
    centres = model("structures.TrainingCentre").objects.order_by("pk")
    return [
        (reverse(name, args=[period.pk, centre.pk]), centre)
        for period in periods
        for centre in (centres.first(), centres.last())
    ]


def _receipts(name):
    rows = some("enrolment.Submission")
    return [(reverse(name, args=[r.application.period.code, r.version]), r) for r in rows]


def _answers(name):
    rows = some("enrolment.PhaseBLog")
    return [(reverse(name, args=[row.period.code, row.sequence]), row) for row in rows]


def _consents(name):
    rows = some("enrolment.MergeConsent")
    return [(reverse(name, args=[r.application.period.code, r.pk]), r) for r in rows]


def _draw_files(name):
    rows = model("enrolment.Draw").objects.order_by("pk")[:EACH]
    return [
        (reverse(name, args=[draw.period.code, file]), draw)
        for draw in rows
        for file in ("bundle", "nothing")
    ]


def _proposals(name):
    rows = some("programmes.TimetableProposal")
    return [(reverse(name, args=[row.programme_id, row.pk]), row) for row in rows]


def _versions(name):
    rows = model("courses.CourseVersion").objects.order_by("pk")
    return [(reverse(name, args=[row.course_id, row.number]), row.course) for row in rows]


def _teams(name):
    held = model("people.Post").objects.filter(scope="course").order_by("pk")[:EACH]
    courses = model("courses.Course").objects.in_bulk([post.scope_id for post in held])
    return [(reverse(name, args=[p.scope_id, p.pk]), courses[p.scope_id]) for p in held]


def _remarks(name):
    rows = some("courses.Remark")
    return [
        (reverse(name, args=[row.version.course_id, row.pk]), row.version.course) for row in rows
    ]


def _assessors(name):
    rows = some("registers.Assessment")
    return [(reverse(name, args=[row.call_id, row.person_id]), row.call) for row in rows]


def _papers_of_calls(name):
    rows = some("registers.CallDocument")
    return [(reverse(name, args=[row.call_id, row.pk]), row.call) for row in rows]


def _spaces(name):
    rows = some("programmes.TrainingAction")
    label = "programmes.trainingaction"
    return [(reverse(name, args=[label, row.pk, "action.help_line"]), row) for row in rows]


def _standard_files(name):
    rows = some("kernel.StandardFile")
    return [(reverse(name, args=[r.version.standard_id, r.pk]), r.version.standard) for r in rows]


def _standard_acts(name):
    rows = some("kernel.Standard")
    return [(reverse(name, args=[row.pk, "next"]), row) for row in rows]


def _texts(name):
    rows = some("courses.Course")
    return [(reverse(name, args=[row.pk, "hours"]), row) for row in rows]


def _candidacies(name):
    rows = some("registers.Submission")
    return [(reverse(name, args=[row.candidacy_id, row.version]), row) for row in rows]


def _profiles(name):
    rows = some("courses.Course")
    return [(reverse(name, args=[row.pk, "trainee"]), row) for row in rows]


def _lines_of_minutes(name):
    rows = model("finance.MinutesItem").objects.order_by("pk")
    found = (rows.filter(minutes=each).first() for each in some("finance.Minutes"))
    return [(reverse(name, args=[r.minutes_id, r.pk]), r.minutes) for r in found if r]


def _paid_years(name):
    rows = model("finance.Payment").objects.filter(state="paid").order_by("pk")[:EACH]
    return [(reverse(name, args=[r.payee_id, r.bank_on.year]), r.payee) for r in rows]


def _codes(name):
    rows = some("credentials.Credential")
    return [(reverse(name, args=[row.code]), row) for row in rows]


def _projects(name):
    return [(reverse(name, args=[row.code]), row) for row in some("structures.FundedProject")]


def _links_of_mail(name):
    return [(reverse(name, args=["MQ", "set-password"]), None)]


def _steps(name):
    found = []
    for cycle in lifecycle.known.values():
        if cycle.model is None:
            continue
        rows = some(cycle.model._meta.label)
        found += [
            (reverse(name, args=[cycle.name, row.pk, step.name]), (row, step))
            for step in cycle.steps.values()
            for row in rows
            if row.state in step.sources
        ]
    return found


def _files(name):
    first = Q(pk__in=[])
    for kind in files.kinds:
        rows = model("kernel.StoredFile").objects.filter(kind=kind).order_by("pk")
        first |= Q(pk__in=[row.pk for row in rows[:EACH]])
    return [
        (reverse(name, args=[row.key]), row)
        for row in model("kernel.StoredFile").objects.filter(first).order_by("pk")
    ]


def _works(name):
    rows = model("kernel.Work").objects.order_by("pk")[:EACH]
    return [(reverse(name, args=[row.key]), row) for row in rows]


def _reports(name):
    return [(reverse(name, args=[one.name]), one) for one in reports.known.values()]


def _exports(name):
    return [
        (reverse(name, args=[one.name, form]), one)
        for one in reports.known.values()
        for form in ("csv",)
    ]


@dataclass(frozen=True)
class Printed:
    """A printed form and one of the objects that have it."""

    printout: printouts.Printout
    thing: Any


def _printouts(name):
    return [
        (reverse(name, args=[one.name, row.pk]), Printed(one, row))
        for one in printouts.known.values()
        for row in (one.some().order_by("pk").first(), one.some().order_by("pk").last())
    ]


def _saved_views(name):
    rows = model("kernel.SavedView").objects.order_by("pk")[:EACH]
    return [(reverse(name, args=[row.report, row.pk]), row) for row in rows]


def _words(name):
    rows = some("surveys.Survey")
    return [(reverse(name, args=[row.pk, "good"]), row) for row in rows]


def _invitations(name):
    """The surveys to which an account is asked, and one stranger's."""
    names = [username for username, _ in ACCOUNTS]
    rows = model("surveys.Invitation").objects.order_by("pk")
    found = [*rows.filter(person__username__in=names)[:EACH], rows.first()]
    return [(reverse(name, args=[row.survey_id]), row) for row in found]


def _feeds(name):
    return [(reverse(name, args=[A_KEY]), None)]


def _roles_of_actions(name):
    rows = model("programmes.ActionRegister").objects.select_related("action").order_by("pk")
    return [(reverse(name, args=[row.action_id, row.role]), row.action) for row in rows]


def _findings(name):
    rows = model("delivery.VisitFinding").objects.order_by("pk")[:EACH]
    return [(reverse(name, args=[row.visit_id, row.pk]), row.visit) for row in rows]


def _visit_draws(name):
    rows = model("delivery.VisitRound").objects.order_by("pk")
    return [(reverse(name, args=[row.code]), row) for row in rows]


def _visit_files(name):
    rows = model("delivery.VisitRound").objects.order_by("pk")
    files_of = ("bundle", "nothing")
    return [(reverse(name, args=[row.code, file]), row) for row in rows for file in files_of]


def _bodies(name):
    rows = some("structures.ImplementingBody")
    return [(reverse(name, args=[row.pk]), row) for row in rows]


def _subjects(name):
    return [(reverse(name, args=[one]), None) for one in sorted(subjects.known)]


def _adhoc_files(name):
    rows = some("observatory.AdHocReport")
    return [(reverse(name, args=[row.pk, form]), row) for row in rows for form in ("csv", "xlsx")]


def _acts_on_merges(name):
    return [(reverse(name, args=[r.pk, "accept"]), r) for r in some("enrolment.MergePlan")]


def _lines_of_merges(name):
    rows = model("enrolment.MergeLine").objects.order_by("pk")[:EACH]
    return [(reverse(name, args=[r.plan_id, r.pk, "accept"]), r.plan) for r in rows]


SPECIAL = {
    "enrolment:merge-decide-all": _acts_on_merges,
    "enrolment:merge-decide": _lines_of_merges,
    "finance:minutes-judge": _lines_of_minutes,
    "finance:statement": _paid_years,
    "delivery:visit-settle": _findings,
    "delivery:visit-finding-drop": _findings,
    "delivery:visit-draw": _visit_draws,
    "delivery:visit-draw-file": _visit_files,
    "delivery:visit-weights": _bodies,
    "observatory:build": _subjects,
    "observatory:export": _adhoc_files,
    "portal:feed": _feeds,
    "enrolment:programme": _of_programmes,
    "enrolment:receipt": _receipts,
    "enrolment:draw-file": _draw_files,
    "enrolment:claim": _of_programmes,
    "enrolment:join": _of_programmes,
    "enrolment:phase-b-answer": _answers,
    "enrolment:answer-merge": _consents,
    "programmes:action-register": _roles_of_actions,
    "programmes:action-call": _roles_of_actions,
    "registers:room-edit": _rooms_of_centres,
    "programmes:new": _by_number_of_period,
    "programmes:arrange": _centre_of_period,
    "programmes:shift": _centre_of_period,
    "programmes:trainers": _centre_of_period,
    "programmes:preview": _by_number_of_period,
    "programmes:decide": _by_number_of_period,
    "programmes:answer": _proposals,
    "courses:release": _teams,
    "courses:version": _versions,
    "courses:version-changes": _versions,
    "courses:profile": _profiles,
    "courses:texts": _texts,
    "kernel:space": _spaces,
    "kernel:standard-act": _standard_acts,
    "kernel:standard-detach": _standard_files,
    "courses:remark-answer": _remarks,
    "courses:remark-resolve": _remarks,
    "courses:profile-trial": _profiles,
    "courses:profile-test": _profiles,
    "registers:assessor": _assessors,
    "registers:document-drop": _papers_of_calls,
    "registers:receipt": _candidacies,
    "credentials:check": _codes,
    "people:password-reset-confirm": _links_of_mail,
    "people:welcome": _links_of_mail,
    "structures:project": _projects,
    "surveys:answer": _invitations,
    "surveys:thanks": _invitations,
    "surveys:words": _words,
    "kernel:step": _steps,
    "kernel:file": _files,
    "kernel:work": _works,
    "kernel:printout": _printouts,
    "kernel:report": _reports,
    "kernel:report-save": _reports,
    "kernel:report-forget": _saved_views,
    "kernel:report-export": _exports,
}
