"""Menus (μενού): what each role finds at the top of every page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from didaskaleio.kernel.access import Actor
from didaskaleio.people.enums import Role


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: bool = False


# label, url name, roles (empty: everybody, "*": any signed-in person)
ENTRIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Αρχική", "portal:front", ()),
    ("Προγράμματα", "enrolment:catalogue", (Role.TEACHER,)),
    ("Η αίτησή μου", "enrolment:application", (Role.TEACHER,)),
    ("Β΄ φάση", "enrolment:phase-b-current", (Role.TEACHER,)),
    ("Κληρώσεις", "enrolment:draws", ()),
    (
        "Κλήρωση",
        "enrolment:ceremonies",
        (Role.BODY_OFFICER, Role.BODY_HEAD, Role.MINISTRY_OFFICER),
    ),
    (
        "Ομάδες",
        "enrolment:groups",
        (Role.BODY_OFFICER, Role.BODY_HEAD, Role.CENTRE_MANAGER, Role.CENTRE_STAFF),
    ),
    ("Τα προγράμματά μου", "programmes:centre", (Role.CENTRE_MANAGER, Role.CENTRE_STAFF)),
    ("Προγράμματα που διδάσκω", "programmes:trainer", (Role.TRAINER,)),
    (
        "Προγράμματα",
        "programmes:desk",
        (
            Role.BODY_OFFICER,
            Role.BODY_HEAD,
            Role.PLANNER,
            Role.REGIONAL_OFFICER,
            Role.MINISTRY_OFFICER,
        ),
    ),
    (
        "Περίοδοι",
        "programmes:periods",
        (Role.BODY_OFFICER, Role.BODY_HEAD, Role.PLANNER, Role.MINISTRY_OFFICER),
    ),
    (
        "Θεματικά αντικείμενα",
        "courses:courses",
        (Role.AUTHOR, Role.APPROVER, Role.BODY_OFFICER, Role.BODY_HEAD),
    ),
    ("Οι παρουσίες μου", "delivery:mine", (Role.TEACHER,)),
    ("Συναντήσεις", "delivery:sessions", (Role.TRAINER,)),
    (
        "Εκκρεμότητες",
        "delivery:exceptions",
        (Role.CENTRE_MANAGER, Role.CENTRE_STAFF, Role.BODY_OFFICER, Role.BODY_HEAD),
    ),
    ("Πρόοδος", "delivery:progress", (Role.REGIONAL_OFFICER, Role.MINISTRY_OFFICER)),
    ("Βεβαιώσεις", "completion:attestations", (Role.BODY_OFFICER, Role.BODY_HEAD)),
    ("Η ολοκλήρωσή μου", "completion:mine", (Role.TEACHER,)),
    ("Οι βεβαιώσεις μου", "credentials:mine", ("*",)),
    ("Έλεγχος γνησιότητας", "credentials:verify", ()),
    (
        "Δικαιώματα",
        "people:rights",
        (Role.BODY_OFFICER, Role.BODY_HEAD, Role.MINISTRY_OFFICER, Role.OPERATOR),
    ),
    (
        "Πράξεις",
        "structures:projects",
        (
            Role.BODY_HEAD,
            Role.BODY_OFFICER,
            Role.PLANNER,
            Role.MINISTRY_OFFICER,
            Role.OPERATOR,
        ),
    ),
    ("Κ.Σ.Ε.", "structures:centres", ()),
    ("Συστάδες", "structures:clusters", ()),
)
FOOTER = (
    ("Προσβασιμότητα", "/accessibility/"),
    ("Προσωπικά δεδομένα", "/privacy/"),
    ("Όροι χρήσης", "/terms/"),
)


def menu(actor: Actor, path: str) -> list[Item]:
    """The entries open to ``actor``, the present one marked."""
    items = []
    for label, name, roles in ENTRIES:
        if roles and not (("*" in roles and actor.user_id) or actor.holds(*roles)):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        home = url == "/" and path == "/home/"
        items.append(Item(label, url, home or path == url or (url != "/" and path.startswith(url))))
    return items


def role_line(actor: Actor) -> str:
    """The roles of the person in words, for the head of the page."""
    names = sorted({str(Role(post.role).label) for post in actor.posts})
    return ", ".join(names[:2])
