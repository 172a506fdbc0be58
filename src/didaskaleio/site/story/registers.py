"""Registers of the story (μητρώα): trainers with life in them, and one part of the register."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from didaskaleio.kernel import typesetting
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms.models import FormVersion
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.people.enums import Scope
from didaskaleio.people.models import Person
from didaskaleio.registers import operations
from didaskaleio.registers.models import Membership, Register
from didaskaleio.site.story.calls import TEMPLATE
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import BEGINNING, NOW, local
from didaskaleio.site.story.questions import options
from didaskaleio.structures.models import Cluster, ImplementingBody, Prefecture

DAYS = options(
    ("monday", "Δευτέρα"),
    ("tuesday", "Τρίτη"),
    ("wednesday", "Τετάρτη"),
    ("thursday", "Πέμπτη"),
    ("friday", "Παρασκευή"),
    ("saturday", "Σάββατο"),
)
FIELDS: dict[str, Any] = {
    "schema": exchange.SCHEMA,
    "title": "Στοιχεία επιμορφωτών Β΄ επιπέδου",
    "sections": [
        {
            "key": "contact",
            "title": "Επικοινωνία και διαθεσιμότητα",
            "questions": [
                {"key": "phone", "kind": "text", "label": "Τηλέφωνο επικοινωνίας", "most": 30},
                {"key": "days", "kind": "choices", "label": "Διαθέσιμες ημέρες", "options": DAYS},
                {
                    "key": "mode",
                    "kind": "choice",
                    "label": "Τρόπος διδασκαλίας",
                    "options": options(
                        ("both", "Δια ζώσης και εξ αποστάσεως"),
                        ("remote", "Μόνο εξ αποστάσεως"),
                    ),
                },
            ],
        },
        {
            "key": "work",
            "title": "Επιμορφωτικό έργο",
            "questions": [
                {
                    "key": "hours",
                    "kind": "number",
                    "label": "Ώρες διδασκαλίας σε επιμορφώσεις",
                    "unit": "ώρες",
                    "low": "0",
                    "high": "5000",
                },
                {
                    "key": "degrees",
                    "kind": "choices",
                    "label": "Τίτλοι σπουδών πέρα από τον βασικό",
                    "options": options(("phd", "Διδακτορικό"), ("master", "Μεταπτυχιακό")),
                },
                {"key": "certified", "kind": "date", "label": "Πιστοποίηση στο μητρώο"},
            ],
        },
    ],
}
PROCEDURES = {
    "phone": "free",
    "days": "free",
    "mode": "free",
    "hours": "proof",
    "certified": "body",
}
ENTERED = local(2022, 1, 12, 11)


def opened(cast: Cast) -> Register:
    """The trainers' register with its first members: actions draw on it from the beginning."""
    register = _register(cast)
    for n, person in enumerate(cast.trainers.values()):
        _entered(cast, register, person, n)
    return register


def registers(cast: Cast, register: Register) -> None:
    """What has happened since: some renew, one is suspended, two changes wait for the body."""
    part = _part(cast, register)
    people = list(cast.trainers.values())
    members = list(register.members.select_related("person", "register").order_by("pk"))
    kozani = cast.trainers["KOZ", "B2.3"]
    by: dict[str, Any] = {"actor": cast.actor("officer"), "at": local(2022, 2, 8, 10)}
    operations.enter(part, kozani, **by, values=members[people.index(kozani)].values)
    others = [row for row in members if row.person_id != kozani.pk]
    _changed(cast, members[people.index(kozani)], others[0])
    _ending(others[-1])
    reason = "Εκκρεμεί έλεγχος δικαιολογητικών."
    operations.suspend(others[-3], actor=cast.actor("officer"), at=NOW, reason=reason)


def _register(cast: Cast) -> Register:
    officer = cast.actor("officer")
    content = {
        "title": "Μητρώο επιμορφωτών Β΄ επιπέδου",
        "code": "epimorfotes-b",
        "about": "Εκπαιδευτικοί που διδάσκουν σε προγράμματα Β΄ επιπέδου.",
        "form": _form(cast),
    }
    body = ImplementingBody.objects.get(code="itye")
    made = operations.define(body, actor=officer, at=BEGINNING, **content)
    return operations.set_procedures(made, PROCEDURES, actor=officer, at=BEGINNING)


def _form(cast: Cast) -> FormVersion:
    officer = cast.actor("officer")
    body = ImplementingBody.objects.get(code="itye")
    owner = Owner(Scope.BODY, body.pk, body.short_name)
    definition = exchange.read(FIELDS)
    by: dict[str, Any] = {"actor": officer, "at": BEGINNING}
    version = forms.begin(owner, code="stoicheia-epimorfoton", definition=definition, **by)
    forms.publish(version, **by)
    return version


def _part(cast: Cast, register: Register) -> Register:
    content = {
        "title": "Επιμορφωτές Β2.3 Μαθηματικά, Κοζάνη",
        "code": "epimorfotes-b2-3-koz",
        "about": "Μέλη του μητρώου για τη συστάδα Β2.3 στην Κοζάνη.",
        "form": register.form,
        "parent": register,
        "cluster": Cluster.objects.filter(code="B2.3").first(),
        "prefecture": Prefecture.objects.get(code="KOZ"),
    }
    return operations.define(register.body, actor=cast.actor("officer"), at=BEGINNING, **content)


def _entered(cast: Cast, register: Register, person: Person, n: int) -> Membership:
    days = [day["key"] for place, day in enumerate(DAYS) if (place + n) % 3 == 0]
    values = {
        "phone": f"69000000{n:02}",
        "days": days,
        "mode": "both" if n % 4 else "remote",
        "hours": str(60 + 35 * n),
        "certified": "2019-06-12",
    }
    if n % 2:
        values["degrees"] = ["master"]
    by: dict[str, Any] = {"actor": cast.actor("officer"), "at": ENTERED}
    return operations.enter(register, person, **by, values=values)


def _changed(cast: Cast, own: Membership, other: Membership) -> None:
    """One changes freely, one by proof, one waits; one was not accepted."""
    me, page = actor(own.person), typesetting.render(TEMPLATE, {"title": "Βεβαίωση"}, at=NOW)
    proof = ContentFile(page, name="vevaiosi.pdf")
    at = local(2022, 11, 3, 18)
    operations.update(own, {"hours": "340"}, actor=me, at=at, note="Έργο 2022.", proof=proof)
    operations.update(own, {"days": ["tuesday", "saturday"]}, actor=me, at=local(2023, 1, 9, 20))
    wanted = {"degrees": ["phd", "master"]}
    refused = operations.update(own, wanted, actor=me, at=local(2022, 12, 1, 19)).proposal
    if refused:
        reason = "Λείπει η αναγνώριση του τίτλου. Υποβάλετε ξανά με αυτήν."
        by: dict[str, Any] = {"actor": cast.actor("officer"), "at": local(2022, 12, 5, 12)}
        operations.decline(refused, **by, reason=reason)
    again = ContentFile(page, name="anagnorisi.pdf")
    note = "Με την αναγνώριση του τίτλου."
    operations.update(own, wanted, actor=me, at=local(2023, 1, 17, 19), note=note, proof=again)
    theirs = actor(other.person)
    operations.update(other, wanted, actor=theirs, at=local(2023, 1, 16, 21), note="Νέος τίτλος.")


def _ending(member: Membership) -> None:
    """A membership given for a shorter time, whose end is near."""
    until = local(2023, 2, 20, 23, 59)
    member.remind_at, member.valid_until = local(2022, 12, 22), until
    member.save(update_fields=["remind_at", "valid_until"])
    operations.remind(member, actor=SYSTEM, at=member.remind_at)
