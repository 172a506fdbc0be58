"""Fields that name a record, and records that exist and were not offered in them."""

from __future__ import annotations

import re

from tests.house.finders import (
    CHOOSES,
    Reference,
    constant,
    elsewhere,
    ends,
    here,
    offered,
    others,
    programmes_here,
    table,
)
from tests.house.walking import filler

REASON = {"reason": ["Απόφαση 12/2023."]}
PROPOSAL = {"category": ["2"], "cluster": ["20"], "minimum": ["10"], "capacity": ["14"],
            "trainer": [], "room": [], "technical": [], "administrative": [], "units": [],
            "note": ["Σημείωση."]}  # fmt: skip
ACTION = {"code": ["b2-neo"], "title": ["Νέα δράση"], "target": ["10"], "course_version": ["1"],
          "project": [""], "cat-TOTAL_FORMS": ["2"]}  # fmt: skip
SLOT = {"kind": ["sync"], "day": ["2023-09-23"], "start": ["10:00"]}


def of_proposal(name, found):
    return {
        f"programmes:{page} {name}": Reference(found, needs=PROPOSAL) for page in ("new", "edit")
    }


WORK = {"title": ["Νέα πρόσκληση"], "text": [], "opens_at": ["2023-02-01T09:00"],
        "closes_at": ["2023-02-08T15:00"], "answer_hours": ["72"], "line-TOTAL_FORMS": ["1"],
        "line-0-places": ["1"]}  # fmt: skip


def of_work(name, found):
    return {
        f"programmes:{page} {name}": Reference(found, needs=WORK)
        for page in ("work-new", "work-edit")
    }


UNSEEN = constant("P09999")  # in the story all periods share the same codes
ATTENDANCE, SLOTS, OWN_SLOTS = (
    (elsewhere("delivery.Attendance", "session"), here("delivery.Attendance", "session")),
    elsewhere("programmes.Slot", "programme"),
    here("programmes.Slot", "programme"),
)


def person_called(*names):
    return lambda form, _: ends(table("people.Person").filter(username__in=names))


def in_state(owed):
    rows = table("completion.Attestation")
    return lambda form, _: ends(rows.filter(state="owed") if owed else rows.exclude(state="owed"))


def desk_of(form):
    """The desk of the period whose programmes wait."""
    return form.action.replace("/4/", "/5/")


def part_of(form):
    """The page of the part of the register: the register itself cannot be a part."""
    return form.action.replace("/1/", "/2/")


NOT_THERE = constant("9999")
UNSEEN_EDIT = {"seen": []}


def directorate_near(form, _):
    """A directorate of the prefecture that the form is about to send."""
    chosen = next(one for one in form.fields if one.name == "prefecture")
    place = chosen.value or filler(chosen)
    return ends(table("structures.Directorate").filter(prefecture_id=place))[:1]


LEFT_OUT = {"site": [], "email": [], "directorate": [], "parent": []}


def of_structure(name, foreign, own=None):
    return {
        f"directory:{page} {name}": Reference(foreign, own, UNSEEN_EDIT | LEFT_OUT)
        for page in ("structure-new", "structure-edit")
    }


SMALL_ACTION = {"kind": ["workshop"], "title": ["Νέα δράση"], "day": ["2023-02-21"],
                "start": ["17:00"], "end": ["20:00"], "venue": ["Αίθουσα 1"],
                "meeting_url": [], "places": ["20"], "hours": ["3"], "counts": ["on"],
                "attested": [], "unit": [], "material": [], "for_prefecture": [], "schools": [],
                "clusters": []}  # fmt: skip


def of_small_action(name, foreign):
    needs = {key: value for key, value in SMALL_ACTION.items() if key != name}
    promised = "what was published keeps what it promised; tests/small_actions posts it"
    return {
        f"small_actions:new {name}": Reference(foreign, needs=needs),
        f"small_actions:edit {name}": Reference(foreign, needs=needs, alone=promised),
    }


CALL = {"title": ["Νέα πρόσκληση"], "fills": ["register"], "fills_name": ["Μητρώο"],
        "opens_at": [], "closes_at": []}  # fmt: skip
TENDER = {"title": ["Νέος"], "text": ["Όροι."], "form": ["4"], "rule": ["lowest"],
          "weight": ["60"], "ceiling": ["1.000,00"], "standstill_days": ["10"],
          "opens_at": ["2023-01-19T09:00"], "closes_at": ["2023-01-29T09:00"]}  # fmt: skip
COMMITTEE = {"title": ["Επιτροπή"], "decision": ["Απόφαση 1"], "valid_from": ["2023-01-01"],
             "valid_until": ["2023-12-31"]}  # fmt: skip
FIELDS = constant("4")  # the only form of the story that asks for no files
REGISTER = {"title": ["Νέο μητρώο"], "code": ["neo-mitroo"], "form": ["4"]}
TOOK_APPLICATIONS = "the action took applications; tests/programmes posts it for one that did not"
ONLY_SHOWN = "it writes nothing, whatever is posted"
KNOWN = {
    "completion:employment-ask programme": Reference(
        others("programmes.Programme"), alone="the story's trainer asked for all that may be asked"
    ),
    "completion:issue id": Reference(in_state(owed=False), in_state(owed=True)),
    "completion:preview id": Reference(in_state(owed=False), needs={"all": []}, alone=ONLY_SHOWN),
    "courses:material-add cluster": Reference(
        constant("9999"), needs={"kind": ["training"], "title": ["Οδηγός"]}
    ),
    "courses:new body": Reference(
        others("structures.ImplementingBody"),
        needs={"title": ["Νέο"], "code": ["neo"], "level": ["B1"]},
    ),
    "registers:call-new form": Reference(others("kernel.FormVersion"), needs=CALL),
    "registers:call-write form": Reference(others("kernel.FormVersion"), needs=CALL),
    "registers:object papers": Reference(others("registers.Evidence")),
    "registers:call-new register": Reference(NOT_THERE, needs=CALL),
    "registers:call-write register": Reference(NOT_THERE, needs=CALL),
    "courses:work known": Reference(
        person_called("teacher3"),
        needs={"component": ["texts"], "due_on": ["2023-05-02"], "task": ["Κείμενα."]},
    ),
    "registers:register-new form": Reference(others("kernel.FormVersion"), FIELDS, REGISTER),
    "registers:register-new parent": Reference(others("registers.Register"), needs=REGISTER),
    "registers:register-new cluster": Reference(constant("9999"), needs=REGISTER),
    "registers:register-new prefecture": Reference(constant("9999"), needs=REGISTER),
    "registers:register-edit form": Reference(
        others("kernel.FormVersion"), FIELDS, UNSEEN_EDIT, part_of
    ),
    "registers:register-edit parent": Reference(
        others("registers.Register"), needs=UNSEEN_EDIT, goes=part_of
    ),
    "registers:register-edit cluster": Reference(constant("9999"), needs=UNSEEN_EDIT, goes=part_of),
    "registers:register-edit prefecture": Reference(
        constant("9999"), needs=UNSEEN_EDIT, goes=part_of
    ),
    "registers:enter person": Reference(
        person_called("teacher3"),
        person_called("teacher2"),
        goes=lambda form: f"{form.action}?q=teacher2",
    ),
    "registers:appoint person": Reference(
        person_called("teacher3"),
        person_called("teacher2"),
        needs=REASON,
        goes=lambda form: f"{form.action}?q=teacher2",
    ),
    "registers:candidacy-assessors person": Reference(person_called("teacher3"), needs=REASON),
    "registers:candidacy-assessors assessment": Reference(
        others("registers.Assessment"), needs=REASON
    ),
    "directory:appoint person": Reference(
        person_called("teacher3"),
        person_called("teacher2"),
        goes=lambda form: f"{form.action}?q=teacher2",
    ),
    "directory:engage person": Reference(
        person_called("teacher2"),
        person_called("admin"),
        goes=lambda form: f"{form.action}?q=admin",
    ),
    "directory:engage host": Reference(
        constant("centre:9999", "directory:1"),
        constant("centre:1"),
        goes=lambda form: f"{form.action}?q=admin",
        alone="the person is not offered with it; tests/directory posts it",
    ),
    **of_structure("type", NOT_THERE),
    **of_structure("prefecture", NOT_THERE),
    **of_structure("directorate", NOT_THERE, directorate_near),
    **of_structure("body", NOT_THERE),
    **of_structure("parent", others("directory.Structure")),
    "courses:revise findings": Reference(
        others("courses.Finding"), needs={"reason": ["Δύο ευρήματα."]}
    ),
    "courses:team person": Reference(
        person_called("teacher3"),
        person_called("teacher2"),
        goes=lambda form: f"{form.action}?q=teacher2",
    ),
    "credentials:case-replace person": Reference(person_called("teacher3"), needs=REASON),
    "delivery:visit-assign inspector": Reference(
        person_called("teacher"), person_called("inspector")
    ),
    "delivery:substitute person": Reference(
        person_called("teacher"),
        needs=REASON,
        alone="the first whom the walk tries may not; tests/delivery posts it",
    ),
    "delivery:visit-round-new body": Reference(
        NOT_THERE, alone="every meeting ahead has its visit; tests/delivery posts it"
    ),
    "delivery:asynchronous done": Reference(
        *ATTENDANCE, alone="the sheet is not signed; tests/delivery posts it"
    ),
    "delivery:disagreements row": Reference(
        *ATTENDANCE[:1], needs={"mark": ["present"], "late": [""], "reason": ["Ήταν εδώ."]}
    ),
    "delivery:work row": Reference(
        ATTENDANCE[0], needs={"kind": ["access"], "text": ["Άνοιξε το υλικό."]}
    ),
    "enrolment:add code": Reference(UNSEEN, programmes_here),
    "enrolment:remove code": Reference(UNSEEN, programmes_here),
    "enrolment:save-order order": Reference(UNSEEN, programmes_here),
    "enrolment:preferences order": Reference(UNSEEN, programmes_here, {"move": []}),
    "enrolment:merge target": Reference(
        others("programmes.Programme"),
        needs=REASON | {"decide": []},
        alone="no group may be merged",
    ),
    "enrolment:move target": Reference(
        others("programmes.Programme"), needs=REASON | {"code": ["service"]}
    ),
    "kernel:form-new owner": Reference(
        constant("body:999", "centre:1"),
        needs={"title": ["Νέα φόρμα"], "code": ["nea"], "file": []},
    ),
    "kernel:standard-new owner": Reference(
        constant("body:999", "centre:1"),
        needs={"title": ["Νέο πρότυπο"], "text": ["Κείμενο."], "demanded": [], "roles": []},
    ),
    "kernel:form-arrange do": Reference(constant("up:q99", "drop:q99", "publish:q1")),
    "people:rights-person where": Reference(constant("centre:999", "body:1", "course:1")),
    "people:rights-person role": Reference(constant("operator", "teacher", "ministry")),
    "finance:new person": Reference(
        person_called("teacher3"),
        person_called("teacher2"),
        needs={
            "kind": ["author"],
            "duties": ["Συγγραφή υλικού."],
            "hours": [],
            "ceiling": [],
            "starts_on": ["2023-02-01"],
            "ends_on": ["2023-05-31"],
        },
        goes=lambda form: f"{form.action}?q=teacher2",
    ),
    "finance:pay-enter payee": Reference(
        NOT_THERE, alone="work from a document is not taken without the document"
    ),
    "finance:committee-new presides": Reference(others("people.Person"), needs=COMMITTEE),
    "finance:committee-new members": Reference(
        others("people.Person"), needs=COMMITTEE, alone="a committee has three members"
    ),
    "finance:order-new account": Reference(
        NOT_THERE, alone="in the story everything that is ready stands in an order"
    ),
    "finance:minutes-draw id": Reference(
        lambda form, _: ends(table("finance.WorkLine").exclude(state="due")),
        own=lambda form, _: ends(table("finance.WorkLine").filter(state="due"))[:1],
        goes=lambda form: "/payments/committees/2/minutes/",
    ),
    "delivery:report-file units": Reference(others("courses.SyllabusUnit")),
    "delivery:report-correct units": Reference(
        others("courses.SyllabusUnit"), own=lambda form, name: offered(form, name)[1:]
    ),
    "finance:templates body": Reference(
        others("structures.ImplementingBody"), needs={"kind": ["item_author"]}
    ),
    "observatory:share audience": Reference(
        constant("body_head:999", "ministry_officer:", "body_officer")
    ),
    "observatory:request-deliver report": Reference(
        others("observatory.AdHocReport"), needs={"reply": ["Ως αναφορά."], "upload": []}
    ),
    "programmes:action-new body": Reference(others("structures.ImplementingBody"), needs=ACTION),
    "programmes:action-new course_version": Reference(
        others("courses.CourseVersion"), constant("1"), needs=ACTION
    ),
    "programmes:action-new scheme": Reference(others("structures.ClusterScheme"), needs=ACTION),
    "programmes:decide ids": Reference(
        lambda *_: ends(table("programmes.Programme").exclude(state="checked")),
        lambda *_: ends(table("programmes.Programme").filter(state="checked"))[:1],
        {"act": ["return"]},
        desk_of,
    ),
    "programmes:preview ids": Reference(
        elsewhere("programmes.Programme", "period"), alone=ONLY_SHOWN
    ),
    "programmes:new centre": Reference(others("structures.TrainingCentre"), needs=PROPOSAL),
    **of_proposal("category", others("programmes.ProgrammeCategory")),
    **of_proposal("cluster", others("structures.Cluster")),
    **of_proposal("trainer", person_called("teacher", "officer")),
    **of_proposal("room", others("structures.Room")),
    **of_proposal("technical", others("people.Person")),
    **of_proposal("administrative", others("people.Person")),
    **of_proposal("units", constant("regional_unit:ATH", "directorate:DDE-IOA")),
    "programmes:period-quota key": Reference(
        others("structures.Cluster", "code"), needs={"limit": ["3"]}
    ),
    "programmes:period-arrange region": Reference(
        NOT_THERE,
        lambda *_: ends(
            table("structures.TrainingCentre").filter(prefecture__code="KOZ"), "region"
        ),
    ),
    "programmes:regulation-accept centre": Reference(
        others("structures.TrainingCentre"),
        needs={"capacity": ["centre"]},
        alone="the trainer who sees the form has no centre",
    ),
    "programmes:action-audience prefectures": Reference(
        constant("9999"), needs=UNSEEN_EDIT | {"kind": ["prefectures"]}, alone=TOOK_APPLICATIONS
    ),
    "programmes:action-schools-add school": Reference(
        constant("0000000"), needs={"group": [""]}, alone=TOOK_APPLICATIONS
    ),
    "programmes:action-schools-drop named": Reference(constant("9999"), alone=TOOK_APPLICATIONS),
    "programmes:action-targets region": Reference(
        constant("9999"), needs=UNSEEN_EDIT | {"people": ["5"]}
    ),
    "programmes:action-targets cluster": Reference(
        others("structures.Cluster"), needs=UNSEEN_EDIT | {"people": ["5"]}
    ),
    "programmes:action-targets category": Reference(
        others("programmes.ProgrammeCategory"), needs=UNSEEN_EDIT | {"people": ["5"]}
    ),
    "programmes:action-register register": Reference(constant("9999"), needs=UNSEEN_EDIT),
    "programmes:action-call form": Reference(others("kernel.FormVersion")),
    "programmes:action-tenders tender": Reference(
        constant("9999"), alone="the tenders of the story belong to an action"
    ),
    "programmes:action-tenders drop": Reference(constant("9999"), alone="it is a button"),
    "registers:tender-new form": Reference(others("kernel.FormVersion"), FIELDS, TENDER),
    "registers:tender-new prefecture": Reference(constant("9999"), needs=TENDER),
    "registers:offer-begin centre": Reference(
        others("structures.TrainingCentre"),
        alone="the only centre of the story has begun its offer",
    ),
    **{
        f"registers:{page} {name}": Reference(
            NOT_THERE, alone="a place of the prefecture; tests/registers posts it"
        )
        for page in ("centre-new", "centre-edit")
        for name in ("directorate", "regional_unit")
    },
    "registers:tender-award first": Reference(constant("9999"), alone="it asks for a document"),
    "surveys:questionnaire-new body": Reference(
        others("structures.ImplementingBody"), needs={"code": ["neo"], "title": [""]}
    ),
    "surveys:launch subject": Reference(constant("9999"), needs={"opens_on": []}),
    "observatory:forecast-new action": Reference(
        NOT_THERE, alone="every action is offered; tests/observatory posts it"
    ),
    **of_small_action("host", constant("centre:9999", "directory:1")),
    **of_small_action("material", others("courses.Material")),
    **of_small_action("for_prefecture", NOT_THERE),
    **of_small_action("clusters", NOT_THERE),
    "small_actions:roll present": Reference(
        elsewhere("small_actions.Seat", "action"), here("small_actions.Seat", "action")
    ),
    "programmes:slot slot": Reference(SLOTS, OWN_SLOTS, SLOT),
    **of_work("line-#-cluster", others("structures.Cluster")),
    **of_work("line-#-prefecture", NOT_THERE),
    "programmes:programme-work person": Reference(
        person_called("teacher3"), needs={"message": [], "hours": ["9"]}
    ),
    "programmes:work-by-hand person": Reference(
        NOT_THERE, needs=REASON, alone="who may teach it is asked; tests/programmes posts it"
    ),
    "programmes:work-call centre": Reference(others("structures.TrainingCentre")),
    "programmes:work-write p#": Reference(
        others("programmes.WorkCallLine"),
        needs={"wanted": ["1"], "note": []},
        alone="a preference is kept with the others; tests/programmes posts it",
    ),
    "programmes:work-move where": Reference(others("programmes.WorkCallLine"), needs=REASON),
    "programmes:slot-remove slot": Reference(SLOTS, OWN_SLOTS),
    "programmes:suggest slot-#-slot": Reference(SLOTS, needs={"message": ["Αργότερα."]}),
}
# they choose among words, numbers of rows and moments; no record stands behind them
NO_RECORD = (
    "seen", "revision", "version", "next", "to", "act", "kind", "level", "by_mail", "all", "q",
    "period", "programme", "query", "more", "find", "try", "ask", "decide", "move", "day", "hour",
    "weekdays", "will_teach", "regulation", "accepts", "ready", "capacity", "code", "subject",
    "role", "limit", "reason", "done", "slot", "beacon", "new_password#", "start", "order",
    "completed_once_refused", "excused_counts_as_absence", "offer_iib_to_cancelled",
    "signed_parameters", "sessions_recorded",
    "viable_places_open_in_phase_b", "project", "reviewed", "any-", "async-", "mark-", "form-",
    "slot-", "cat-", "quota-", "a-", "test-", "options-", "lines-", "bands-", "mark", "match",
    "way", "prefill", "tie#", "expires", "required", "check", "clear", "whole", "column-", "fact",
    "rule", "kind-", "new", "component", "text", "severity", "source", "page", "stage", "roles",
    "demanded", "fills", "follow", "go", "asked", "each", "v-", "begins_on", "ends_on", "decision",
    "duties", "agreement", "remind_days", "right", "ground", "standing", "issue", "way-",
    "audience", "occasion", "year", "compulsory", "most", "least-", "outcome", "close", "unit",
    "tax_status", "quorum", "rhythm", "pin-", "week", "by", "w#_#", "marks", "now", "bank_on",
    "requires", "off-", "counted", "counts", "attested", "no_pupils", "send", "line-",
    "class_application_required", "fill", "parts", "asynchronous", "key", "signs", "group",
)  # fmt: skip


def squashed(name):
    """The name of a field without the numbers in it."""
    return re.sub(r"\d+", "#", name)


def unknown(forms):
    """Fields that choose and that nobody has said anything about."""
    for form in forms:
        for one in form.fields:
            name = squashed(one.name)
            plain = any(name == w or (w[-1] == "-" and name.startswith(w)) for w in NO_RECORD)
            if one.kind in CHOOSES and not plain and f"{form.address} {name}" not in KNOWN:
                yield form.address, name


def sent(form, reference):
    """A post that would be taken: one choice of each kind, no button, the rest as needed."""
    values = {}
    for one in form.fields:
        if one.kind in {"file", "button"} or one.name.endswith("DELETE"):
            continue
        if one.kind != "radio" or one.name not in values:
            shown = one.value or ("" if one.kind == "hidden" else filler(one))
            values.setdefault(one.name, []).append(shown)
    return values | reference.needs


def posts(forms):
    """Per field that names a record: the form, the field's whole name, what is known of it."""
    for key, reference in KNOWN.items():
        address, name = key.split(" ")
        found = [form for form in forms if form.address == address]
        named = [(f, one.name) for f in found for one in f.fields if squashed(one.name) == name]
        yield key, *(named or [(found[0], name)])[0], reference
