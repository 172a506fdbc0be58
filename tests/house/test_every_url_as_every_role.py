"""Every address of the site, opened by every role and by nobody: whoever is entitled enters, and
nobody else. What is expected comes from the declared permission and the object, by the rule's
Python side; the doors ask its SQL side.

Shows: R-166.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from django.apps import apps

from didaskaleio.courses.models import Assignment, Finding, Material
from didaskaleio.enrolment.models import Draw, MergeConsent, ParticipationApplication, PhaseBLog
from didaskaleio.kernel import files, reports
from didaskaleio.kernel.access import NOBODY, allowed
from didaskaleio.people.queries import actor_of
from didaskaleio.site.story import moments
from didaskaleio.structures.models import ImplementingBody, TrainingCentre
from tests.house import addresses, walking

REFUSED = {403, 404}
FEW = 2  # objects of one address that one person opens, of each answer that is expected
# entitled, and still 404: the page exists only in some states of its object
BY_STATE = {
    "courses:texts": "only one's own component of a draft that is written",
    "courses:objectives": "only one's own component of a draft that is written",
    "courses:units": "only one's own component of a draft that is written",
    "courses:profile": "only one's own component of a draft that is written",
    "courses:material-upload": "only who writes the material",
    "courses:material-ready": "only who writes the material",
    "courses:material-drop": "only who writes the material",
    "courses:remark-answer": "only who writes the component",
    "courses:work-done": "only whose work it is, and authors",
    "courses:kit": "only with an approved version",
    "courses:kit-file": "only with an approved version",
    "courses:revise": "only where a revision may begin",
    "courses:work": "only while a draft is written",
    "courses:remark": "only while a draft is written",
    "courses:material-add": "only one's own component of a draft that is written",
    "courses:changes": "only where there is a version before",
    "courses:version-changes": "only where there is a version before",
    "kernel:standard-text": "only while a draft is written",
    "kernel:standard-attach": "only while a draft is written",
    "kernel:standard-detach": "only while a draft is written",
    "kernel:form-changes": "only where there is a version before",
    "kernel:form-details": "only while a draft is written",
    "kernel:form-import": "only while a draft is written",
    "kernel:form-section": "only while a draft is written",
    "kernel:form-question": "only a question that the address names",
    "kernel:form-arrange": "only an act that the post names",
    "surveys:compare": "only with a published version",
    "surveys:compare-sheet": "only with a published version",
    "credentials:case-remote": "only where a provider of signatures is set",
    "credentials:remote-back": "only where a provider of signatures is set",
    "observatory:build": "only subjects of which the person may see something",
    "enrolment:move": "only applications that hold a place",
    "finance:programme": "only programmes whose staff is settled",
    "finance:terms": "only while the contract is in preparation",
    "finance:amend": "only a contract in force",
    "finance:template-write": "only while a draft is written",
    "finance:work-report-write": "only a signed contract of a person",
    "completion:dossier": "only programmes that run or are over",
    "completion:dossier-pack": "only programmes that run or are over",
    "finance:mine-write": "only while the facts are with the payee",
    "programmes:action-edit": "only while the action is a draft",
    "programmes:new": "only while the period takes proposals",
    "programmes:arrange": "only while the period takes proposals",
    "programmes:shift": "only while the period takes proposals",
    "programmes:arrange-again": "only of one centre, while the period takes proposals",
    "programmes:trainers": "only while the period takes proposals",
    "programmes:work-edit": "only while the call is a draft",
    "programmes:work-move": "only while the selection waits for its confirmation",
    "delivery:move": "only while the meeting may still be moved",
    "connectors:classroom-events": "only with a token that the classroom has signed",
    "connectors:classroom-recording": "only with a token that the classroom has signed",
    "delivery:report-correct": "only where a report was filed and may still change",
    "delivery:report-ask": "only a report about which nobody has asked yet",
    "delivery:report-keep": "only while a request waits for its answer",
    "delivery:recording-watch": "only one of its files, with a virtual classroom",
    "delivery:report-file": "only a session held of which no report was filed",
    "delivery:report-pdf": "only where a report was filed",
    "delivery:substitute": "only a meeting ahead for which nobody was asked",
    "delivery:correct": "only after the signature",
    "delivery:class-plan": "only places in a programme that runs with support meetings",
    "delivery:class-evidence": "only after the plan was approved",
    "delivery:class-hand-in": "only after the plan was approved",
    "delivery:given-task-answer": "only while the task waits",
    "delivery:visit-weights": "only the weights of one's own body",
    "delivery:visit-add": "only a meeting ahead that nobody visits",
    "delivery:visit-assign": "only while the visit waits for its inspector or its hour",
    "delivery:visit-checklist": "only while the visit is made",
    "delivery:visit-findings": "only while the visit is made",
    "delivery:visit-photo": "only while the visit is made",
    "delivery:visit-report": "only while the visit is made",
    "delivery:visit-finding-drop": "only while the visit is made",
    "delivery:visit-settle": "only a finding that waits",
    "delivery:visit-answer": "only within the days of the answer",
    "delivery:visit-round-draw": "only once the public chance is known",
    "delivery:classroom": "only with a virtual classroom, while the meeting takes place",
    "delivery:task": "only a meeting with own work",
    "delivery:work": "only a meeting with own work",
    "delivery:hand-in": "only where a task was set",
    "observatory:forecast-new": "only who makes one of some action",
    "small_actions:new": "only who organises somewhere",
    "small_actions:edit": "only while the action may still change",
    "small_actions:roll": "only once the action has begun",
    "small_actions:check-in": "only whoever has a seat",
    "enrolment:programme": "only programmes that the catalogue shows",
    "enrolment:claim": "only programmes of a period with applications",
    "enrolment:join": "only programmes of a period with applications",
}
# lists that open to everybody who is signed in and show only the rows that they may see
LISTS = {
    "enrolment:ceremonies",
    "programmes:actions",
    "programmes:periods",
    "structures:projects",
}


@pytest.fixture(scope="module")
def world(story, django_db_blocker):
    with walking.entered(story, django_db_blocker, "roles"):
        addresses.forget()
        found = [
            (one, *pair) for one in addresses.every_address() for pair in addresses.examples(one)
        ]
        yield sorted(found, key=lambda each: each[0].name == "people:logout")


@pytest.fixture(autouse=True)
def private_places():
    """The files of the story stand where the copy was put."""


def _application(actor, period):
    rows = ParticipationApplication.objects.filter(person=actor.user_id, period=period)
    return rows.first()


def _any_of(actor, permission, model):
    return any(allowed(actor, permission, row) for row in model.objects.all())


def _file(actor, stored):
    subject = apps.get_model(stored.subject)._base_manager.get(pk=stored.subject_id)
    return allowed(actor, files.kinds[stored.kind].permission, subject)


def _own(actor, permission, subject):
    """Pages of one's own; the rows behind them belong to one person, or to a report's readers."""
    if isinstance(subject, reports.Report):
        return allowed(actor, subject.permission)
    owner = getattr(subject, "owner_id", None) or getattr(subject, "person_id", None)
    return subject is None or owner == actor.user_id


def _of_period(actor, permission, period):
    room = permission.split(".")[0]
    if room == "draw":
        draw = Draw.objects.filter(period=period).first()
        return draw is not None and allowed(actor, permission, draw)
    if permission == "application.write":
        mine = _application(actor, period)
        return mine is not None and allowed(actor, permission, mine)
    if permission == "application.read":
        return Draw.objects.filter(period=period).exists()
    return allowed(actor, permission, period)


def _of_object(actor, address, subject):
    permission = address.permission
    if isinstance(subject, PhaseBLog | MergeConsent):
        subject = subject.application
    if isinstance(subject, Material | Assignment | Finding):
        subject = subject.version.course
    if address.name == "programmes:regulation-publish":
        subject = subject.action
    if address.name == "programmes:answer":
        subject = subject.programme
    return allowed(actor, permission, subject)


PUBLIC = {
    "kernel:file": _file,
    "programmes:programme": lambda actor, row: allowed(actor, "programme.sheet", row),
    "courses:about": lambda actor, row: allowed(actor, "course.sheet", row),
    "courses:sheet": lambda actor, row: allowed(actor, "course.sheet", row),
    "registers:call": lambda actor, row: allowed(actor, "call.page", row),
    "programmes:work-call": lambda actor, row: allowed(actor, "work_call.page", row),
    "registers:tender": lambda actor, row: allowed(actor, "tender.page", row),
}
WHOLE = {
    "action.begin": ("action.begin", ImplementingBody),
    "centre.propose": ("centre.propose", TrainingCentre),
}


def entitled(actor, address, subject):
    """What the declarations say, None where they say nothing about this object."""
    permission = address.permission
    if permission == "public":
        rule = PUBLIC.get(address.name)
        return rule(actor, subject) if rule else None
    if actor.user_id is None:
        return False
    if address.name in LISTS:
        return True
    if permission == "step":
        row, step = subject
        return step.button and allowed(actor, step.needs, row)
    if permission == "printout":
        return allowed(actor, subject.printout.permission, subject.thing)
    if permission == "report":
        return allowed(actor, subject.permission)
    if permission == "own.pages":
        return _own(actor, permission, subject)
    if permission in WHOLE and not isinstance(subject, TrainingCentre):
        return _any_of(actor, *WHOLE[permission])
    if "period" in address.words and "pk" not in address.words and hasattr(subject, "action_id"):
        return _of_period(actor, permission, subject)
    return _of_object(actor, address, subject)


@cache
def only_posts():
    """The names of addresses that answered 405 to somebody: nobody opens them again."""
    return set()


def opened(client, name, address):
    """How the door answered: open, login or refused; a post where it takes nothing else."""
    if name not in only_posts():
        with walking.undone():
            answer = walking.whole(client.get(address))
        if answer.status_code == 405:
            only_posts().add(name)
    if name in only_posts():
        with walking.undone():
            answer = client.post(address)
    if answer.status_code >= 500:
        return str(answer.status_code)
    if answer.status_code in REFUSED:
        return "refused"
    return "login" if answer.get("Location", "").startswith("/login/") else "open"


def expected(actor, address, subject):
    may = entitled(actor, address, subject)
    if may is None:
        return {"open", "refused"} if address.permission == "public" else {"refused"}
    if may:
        return {"open", "refused"} if address.name in BY_STATE else {"open"}
    signed_out = actor.user_id is None and address.permission != "public"
    if signed_out and address.permission == "step" and not subject[1].button:
        return {"login", "refused"}  # a step that only the platform takes has no address
    return {"login"} if signed_out else {"refused"}


def door(address, subject):
    """Where two objects of one address are one door; each step and each report is its own."""
    if address.permission == "step":
        return address.name, subject[1].needs, subject[1].name
    if address.permission == "printout":
        return address.name, subject.printout.name
    return address.name, subject.name if isinstance(subject, reports.Report) else ""


def chosen(world, actor):
    """A few objects of each door, of those that open to this person and of those that do not."""
    kept = Counter()
    for address, url, subject in world:
        answers = expected(actor, address, subject)
        kind = door(address, subject), tuple(sorted(answers))
        kept[kind] += 1
        if kept[kind] <= FEW:
            yield address, url, answers


def told(surprises):
    """The surprises by address, permission and answer, each with its first example."""
    found = {}
    for name, url, permission, answer in surprises:
        found.setdefault((name, permission, answer), url)
    return found


@pytest.mark.parametrize("name", walking.PEOPLE, ids=lambda name: name or "nobody")
def test_a_door_opens_to_whom_the_declarations_say_and_to_nobody_else(world, name):
    client = walking.browser(name)
    actor = actor_of(walking.person(name), at=moments.NOW) if name else NOBODY
    surprises, entered = [], 0
    for address, url, answers in chosen(world, actor):
        answer = opened(client, address.name, url)
        entered += answer == "open"
        if answer not in answers:
            surprises.append((address.name, url, address.permission, answer))
    assert told(surprises) == {}
    assert entered > 20
