"""The forms of the whole site: found on pages, or written here where only a script posts."""

from __future__ import annotations

import inspect

from didaskaleio.kernel.access import NOBODY, allowed
from didaskaleio.people.queries import actor_of
from didaskaleio.site.story import moments
from tests.house import addresses, walking
from tests.house.walking import Field, Form

CLASSES = "django.contrib.auth.views"
ONLY_READ = {
    "people:password-reset-done": "a page that says that mail was sent",
    "people:password-reset-complete": "a page that says that the password is set",
}
# posted by scripts, or by pages that the story reaches only at another moment
BY_HAND = {
    "completion:employment-ask": {"programme": "1"},
    "completion:issue": {"id": "1"},
    "connectors:classroom-events": {},
    "connectors:classroom-recording": {"signed_parameters": "a.b.c"},
    "completion:pack-retry": {},
    "connectors:pull": {},
    "delivery:asynchronous": {"done": "1"},
    "delivery:check-in": {"code": "ABEHKM"},
    "delivery:countersign": {},
    "delivery:marks": {"marks": "[]", "now": "2023-01-18T10:00:00Z"},
    "delivery:sign": {"seen": "-"},
    "enrolment:answer-merge": {"answer": "yes"},
    "enrolment:answer-offer": {"answer": "yes"},
    "enrolment:beacon": {"beacon": "0" * 64},
    "enrolment:confirm": {"will_teach": "on", "regulation": "on"},
    "enrolment:decline": {},
    "enrolment:join": {},
    "enrolment:leave": {"reason": "Μετακομίζω."},
    "enrolment:merge-decide": {"reason": "Δεν συμπληρώνεται."},
    "enrolment:merge-decide-all": {"reason": "Δεν συμπληρώνονται."},
    "enrolment:open-enrolment": {},
    "enrolment:remove": {"code": "P00001"},
    "enrolment:save-order": {"order": "P00001"},
    "enrolment:submit": {"version": "0", "reviewed": "P00001", "accepts": "on"},
    "enrolment:withdraw": {},
    "enrolment:without-secret": {"reason": "Χάθηκε το μυστικό."},
    "finance:minutes-draw": {"id": "1"},
    "finance:new": {"person": "1", "kind": "author"},
    "finance:pay-calculate": {"seen": "-"},
    "finance:payment-paid": {"bank_on": "2023-01-17"},
    "finance:payment-returned": {"reason": "Κλειστός λογαριασμός."},
    "kernel:form-next": {},
    "kernel:notices-read": {},
    "kernel:space": {"act": "open", "text": "Γραμμή 210"},
    "kernel:standard-acknowledge": {},
    "kernel:standard-act": {"reason": "Αντικαταστάθηκε."},
    "people:account-invite": {},
    "people:account-reopen": {"reason": "Επέστρεψε."},
    "people:password-reset-confirm": {"new_password1": "a", "new_password2": "a"},
    "people:welcome": {"new_password1": "a", "new_password2": "a"},
    "programmes:action-schools-add": {"school": "0000000", "group": ""},
    "programmes:answer": {"agree": "1"},
    "programmes:decide": {"act": "approve", "ids": "1", "reason": "Πλήρης."},
    "programmes:discard": {},
    "programmes:regulation-publish": {},
    "programmes:repair": {"code": "T1", "subject": "1"},
    "programmes:slot": {"slot": "", "kind": "sync", "day": "2023-09-23", "start": "10:00"},
    "programmes:slot-remove": {"slot": "1"},
    "programmes:suggest-trial": {"slot-TOTAL_FORMS": "1", "slot-INITIAL_FORMS": "0"},
    "programmes:trial": {"kind": "face_to_face", "slot": "", "day": "2023-05-02", "start": "10:00"},
    "courses:team": {"person": "1", "role": "author", "reason": "Απόφαση ορισμού."},
    "people:rights-person": {"role": "centre_manager", "where": "centre:1", "reason": "Ορισμός."},
    "courses:profile-trial": {"rule": "0", "kind-0": "will_teach"},
    "courses:units-trial": {"form-TOTAL_FORMS": "1", "form-0-hours": "5"},
    "courses:finding-place": {"act": "take_up"},
    "courses:finding-answer": {"text": "Προστέθηκε στόχος."},
    "courses:finding-dismiss": {"reason": "Καλύπτεται αλλού."},
    "courses:work-done": {},
    "courses:work-deadline": {"due_on": "2023-05-02", "reason": "Λίγο ακόμη."},
    "courses:work-withdraw": {"reason": "Τη γράφει η ομάδα."},
    "courses:remark": {"component": "units", "text": "Λείπει παράδειγμα."},
    "courses:remark-answer": {"text": "Προστέθηκε."},
    "courses:remark-resolve": {},
    "courses:material-drop": {},
    "courses:material-ready": {},
    "small_actions:check-in": {"code": "ABEHKM"},
    "registers:apply": {},
    "registers:appoint": {"person": "1", "most": "", "reason": "Απόφαση ορισμού."},
    "registers:audience-trial": {"rule": "0", "kind-0": "service_years", "least-0": "3"},
    "registers:document-drop": {},
    "registers:evidence-drop": {},
    "registers:follow": {"follow": "1"},
    "registers:enter": {"person": "1"},
    "directory:appoint": {
        "person": "1",
        "begins_on": "2040-01-01",
        "ends_on": "2041-01-01",
        "decision": "Φ.1/2040",
    },
    "directory:office-abolish": {"reason": "Απόφαση 9/2023."},
    "directory:engage": {
        "person": "1",
        "kind": "student",
        "host": "centre:1",
        "duties": "Υποστήριξη",
        "begins_on": "2040-01-01",
        "ends_on": "2041-01-01",
        "agreement": "4/2040",
        "remind_days": "30",
    },
}
# no object of the story, nor any account, may come so far
NOT_IN_THE_STORY = {
    "credentials:case-remote": "no provider is named here; tests/credentials posts it",
    "enrolment:answer-merge": "nobody was asked about a merge; tests/enrolment posts it",
    "enrolment:answer-offer": "no offer stands open; tests/enrolment posts it",
    "delivery:excuse": "no excuse stands open; tests/delivery posts it",
    "delivery:class-plan": "the account's plan is approved; tests/delivery posts it",
    "delivery:visit-add": "every meeting ahead has its visit; tests/delivery posts it",
    "delivery:visit-answer": "the report that waits is of a centre without account; "
    "tests/delivery posts it",
    "delivery:visit-round-draw": "the public chance is not known yet; tests/delivery posts it",
    "delivery:move": "no meeting waits to be moved; tests/delivery posts it",
    "programmes:action-edit": "no action is a draft; tests/programmes posts it",
    "programmes:answer": "no trainer's proposal stands open; tests/programmes posts it",
    "kernel:standard-text": "no standard is a draft; tests/kernel posts it",
    "kernel:standard-attach": "no standard is a draft; tests/kernel posts it",
    "kernel:standard-detach": "no standard is a draft; tests/kernel posts it",
    "registers:tender-write": "no tender is a draft; tests/registers posts it",
    "registers:close": "no call waits to be closed; tests/registers posts it",
    "kernel:unsent": "posts again what a session kept; it takes no field of its own",
    "kernel:report-forget": "nobody saved a view; it takes no field",
}
TELLING = ("POST", "_new_deadline", "_form_page")


def takes_posts(address):
    """Whether the view behind an address reads what is posted."""
    inner = inspect.unwrap(address.callback)
    of_django = hasattr(inner, "view_class") or hasattr(address.callback, "view_class")
    return of_django or any(word in inspect.getsource(inner) for word in TELLING)


def needed():
    """The addresses that take posts, by name."""
    found = {one.name: one for one in addresses.every_address() if takes_posts(one)}
    return {name: one for name, one in found.items() if name not in ONLY_READ}


def begun():
    """The applicant has begun: the pages of the application stand open."""
    client = walking.browser("teacher")
    client.post("/application/B2-2023-2/begin/")


def all_walks():
    """What everybody reaches while an application is written."""
    begun()
    return walking.all_walks()


def all_forms(walks):
    """One form of each shape for each address that takes posts."""
    found = {}
    for walk in walks:
        for form in walk.forms:
            if form.method == "post":
                found.setdefault(form.shape, form)
    wanted = needed()
    for name in sorted(set(wanted) - {form.address for form in found.values()}):
        form = on_its_page(wanted[name]) or by_hand(wanted[name])
        if form is not None:
            found[form.shape] = form
    return sorted(found.values(), key=lambda form: form.shape)


def tries(address):
    """Who may try which whole address, as far as a declared permission tells beforehand."""
    examples = addresses.examples(address)
    told = address.words <= {"pk"} and address.name not in addresses.ODD
    for who in walking.PEOPLE[1:] if address.permission != "public" else ("",):
        actor = actor_of(walking.person(who), at=moments.NOW) if who else NOBODY
        client = None
        for url, subject in examples:
            if told and subject and not allowed(actor, address.permission, subject):
                continue
            client = client or walking.browser(who)
            yield who, client, url


def on_its_page(address):
    """The form that the page itself shows to somebody."""
    for who, client, url in tries(address):
        walk = walking.Walk(who, client)
        walk.open(url)
        for form in walk.forms:
            if form.address == address.name and form.method == "post":
                return form
    return None


def by_hand(address):
    """The form written above, for the first who is let in."""
    if address.name not in BY_HAND:
        return None
    values = BY_HAND[address.name]
    fields = tuple(Field(name, "hidden", value, required=False) for name, value in values.items())
    for who, client, url in tries(address):
        with walking.undone():
            answer = client.post(url, values)
        location = answer.get("Location", "")
        if answer.status_code not in {403, 404, 405} and not location.startswith("/login/"):
            return Form(who, url, url, "post", fields, files=False)
    return None
