"""Contracts of the story (συμβάσεις): payees in every state, documents, signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from django.conf import settings
from django.core.files.base import ContentFile

from didaskaleio.credentials import operations as credentials
from didaskaleio.credentials.enums import Method
from didaskaleio.credentials.models import SigningCase
from didaskaleio.credentials.operations.signing import record
from didaskaleio.credentials.signing import adding
from didaskaleio.finance import operations, queries
from didaskaleio.finance.enums import BodySigns, ContractKind, PaperKind
from didaskaleio.finance.models import Contract, Payee
from didaskaleio.kernel import files, lifecycle, typesetting
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.identifiers import synthetic_afm, synthetic_amka, synthetic_iban
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.site.demo_certificates import Holder, Issuer
from didaskaleio.site.story.cast import Cast, account, post
from didaskaleio.site.story.contract_texts import ASKED, TEXTS
from didaskaleio.site.story.moments import local
from didaskaleio.structures.models import ImplementingBody

MATERIAL = Path(__file__).parent / "material.typ"
SPRING, AUTUMN, LATELY = local(2022, 2, 21, 10), local(2022, 10, 3, 10), local(2023, 1, 16, 11)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
UNTIL = date(2023, 12, 31)
P = PaperKind


def contracts(cast: Cast, action: TrainingAction) -> None:
    """The accounts of a body at work, from the first period to now."""
    body = ImplementingBody.objects.get(code="itye")
    cast.accounts["finance"] = account("finance", "Αναφορίδης", "Νικόλαος")
    post(cast.accounts["finance"], Role.FINANCE_OFFICER, Scope.BODY, body.pk)
    desk = cast.actor("finance")
    _templates(body, desk)
    _completed(desk)
    _by_head(body, desk)
    _running(desk)
    _author(cast, action, desk)


def _templates(body: ImplementingBody, desk: Actor) -> None:
    """One in use for each kind but one; that of trainers has a retired version too."""
    at = SPRING - 20 * DAY
    for kind, (title, text) in TEXTS.items():
        made = operations.begin_template(body, kind, actor=desk, at=at)
        asks = ASKED.get(kind, ())
        operations.write_template(
            made, title=title, text=text, requires=asks, actor=desk, at=at + HOUR
        )
        if kind != ContractKind.MARKER:
            operations.publish_template(made, actor=desk, at=at + DAY)
    newer = operations.begin_template(body, ContractKind.TRAINER, actor=desk, at=at + 5 * DAY)
    operations.publish_template(newer, actor=desk, at=at + 6 * DAY)


def _by_head(body: ImplementingBody, desk: Actor) -> None:
    """From autumn on the head of the body signs the contracts of centres in person."""
    at = AUTUMN - 9 * DAY
    newer = operations.begin_template(body, ContractKind.CENTRE, actor=desk, at=at)
    operations.write_template(
        newer,
        title=newer.title,
        text=newer.text,
        requires=newer.requires,
        signs=BodySigns.HEAD,
        actor=desk,
        at=at + HOUR,
    )
    operations.publish_template(newer, actor=desk, at=at + DAY)


def _drawn(period: str, place: str, kind: ContractKind, desk: Actor, at: datetime) -> Contract:
    rows = queries.programmes().filter(period__code=period, centre__code=f"KSE-{place}")
    made = [
        operations.draw_up_work(work, actor=desk, at=at) for work in queries.works(rows, [kind])
    ]
    assert made[0] is not None  # noqa: S101 - the first of its kind
    return queries.contracts().get(pk=made[0].pk)


def _completed(desk: Actor) -> None:
    """The first period is over: a trainer's and a centre's contract have ended."""
    for kind in (ContractKind.TRAINER, ContractKind.CENTRE):
        row = _drawn("B1-2022-1", "KOZ", kind, desk, SPRING)
        confirmed(row.payee, desk, SPRING + DAY)
        papers(row, desk, SPRING + DAY, until=date(2022, 12, 31))
        in_force(row, desk, SPRING + 2 * DAY)
        _by_clock("contract", "lapse", row, row.ends_at)


def _running(desk: Actor) -> None:
    """The second: in force, amended, awaiting signature, refused, withdrawn, in preparation."""
    period = "B2-2022-1"
    first = _drawn(period, "KOZ", ContractKind.TRAINER, desk, AUTUMN)
    _renewed(first, desk)
    in_force(first, desk, AUTUMN + 3 * DAY)
    amended = _drawn(period, "LAR", ContractKind.TRAINER, desk, AUTUMN)
    _ready(amended, desk)
    in_force(amended, desk, AUTUMN + 3 * DAY)
    _amended(amended, desk)
    waiting = _drawn(period, "THS", ContractKind.TRAINER, desk, AUTUMN)
    _ready(waiting, desk)
    operations.issue_and_send(waiting, actor=desk, at=LATELY)
    _unready(period, desk)
    _staff(period, desk)


def _ready(row: Contract, desk: Actor) -> None:
    confirmed(row.payee, desk, AUTUMN + DAY)
    papers(row, desk, AUTUMN + DAY, until=UNTIL)


def _renewed(row: Contract, desk: Actor) -> None:
    """The permit of the first period has expired; the one that holds ends soon."""
    payee, at = row.payee, AUTUMN + 2 * DAY
    old = payee.papers.get(kind=P.PERMIT)
    _by_clock("paper", "remind", old, old.remind_at)
    newer = _given(payee, P.PERMIT, at, until=date(2023, 2, 10))
    operations.accept(newer, actor=desk, at=at + HOUR)
    _by_clock("paper", "remind", newer, newer.remind_at)


def _amended(row: Contract, desk: Actor) -> None:
    at = AUTUMN + 40 * DAY
    terms = operations.Terms(
        f"{row.duties} και δύο υποστηρικτικές συναντήσεις",
        row.starts_on,
        row.last_day,
        (row.hours or 0) + 6,
    )
    reason = "Προστέθηκαν δύο υποστηρικτικές συναντήσεις."
    newer = operations.amend(row, terms, actor=desk, at=at, reason=reason)
    in_force(queries.contracts().get(pk=newer.pk), desk, at + DAY)


def _unready(period: str, desk: Actor) -> None:
    """Contracts of centres that wait for documents or for facts."""
    missing = _drawn(period, "KOZ", ContractKind.CENTRE, desk, AUTUMN)
    old = missing.payee.papers.get(kind=P.TAX_CLEARANCE)
    _by_clock("paper", "remind", old, old.remind_at)
    _by_clock("paper", "lapse", old, old.ends_at)
    wrong = _given(missing.payee, P.TAX_CLEARANCE, LATELY, until=date(2023, 1, 31))
    reason = "Αφορά άλλο νομικό πρόσωπο. Χρειάζεται της σχολικής επιτροπής."
    operations.reject(wrong, actor=desk, at=LATELY + HOUR, reason=reason)
    returned = _drawn(period, "LAR", ContractKind.CENTRE, desk, AUTUMN)
    _submitted(returned.payee, AUTUMN + DAY)
    reason = "Ο λογαριασμός είναι φυσικού προσώπου. Γράψτε της σχολικής επιτροπής."
    operations.send_back(returned.payee, actor=desk, at=AUTUMN + 2 * DAY, reason=reason)
    _drawn(period, "THS", ContractKind.CENTRE, desk, AUTUMN)


def _staff(period: str, desk: Actor) -> None:
    """Staff of centres: issued, refused, withdrawn; one waits for the desk."""
    issued = _drawn(period, "KOZ", ContractKind.STAFF, desk, AUTUMN)
    _ready(issued, desk)
    operations.issue(issued, actor=desk, at=LATELY)
    declined = _drawn(period, "LAR", ContractKind.STAFF, desk, AUTUMN)
    _ready(declined, desk)
    operations.issue_and_send(declined, actor=desk, at=AUTUMN + 2 * DAY)
    case, at = _case(declined), AUTUMN + 4 * DAY
    person = _person(declined.payee)
    reason = "Μετατέθηκα σε άλλο σχολείο."
    credentials.decline(case, actor=actor_of(person, at=at), at=at, reason=reason)
    left = _drawn(period, "THS", ContractKind.STAFF, desk, AUTUMN)
    _submitted(left.payee, LATELY)
    _given(left.payee, P.DECLARATION, LATELY + HOUR)
    _given(left.payee, P.DECLARATION, LATELY + 2 * HOUR)
    reason = "Το πρόγραμμα θα έχει άλλη τεχνική υποστήριξη."
    operations.withdraw(left, actor=desk, at=LATELY + 3 * HOUR, reason=reason)


def _author(cast: Cast, action: TrainingAction, desk: Actor) -> None:
    """The account «trainer» writes material too, and is asked to sign for it."""
    payee = Payee.objects.get(person=cast.accounts["trainer"])
    terms = operations.Terms(
        "Συγγραφή δύο ενοτήτων επιμορφωτικού υλικού", date(2023, 1, 23), date(2023, 5, 31)
    )
    made = operations.draw_up(
        action, ContractKind.AUTHOR, payee, terms, actor=desk, at=LATELY - DAY
    )
    operations.set_terms(made, replace(terms, ceiling=Decimal(800)), actor=desk, at=LATELY - HOUR)
    operations.issue_and_send(queries.contracts().get(pk=made.pk), actor=desk, at=LATELY)


def confirmed(payee: Payee, desk: Actor, at: datetime) -> None:
    """The payee has filled everything in and the desk has confirmed it."""
    _submitted(payee, at)
    operations.confirm(payee, actor=desk, at=at + HOUR)


def _submitted(payee: Payee, at: datetime) -> None:
    actor = actor_of(_person(payee), at=at)
    number = payee.pk
    facts: dict[str, Any] = {
        "afm": payee.afm or synthetic_afm(9_700_000 + number),
        "tax_office": "Κοζάνης",
        "tax_status": "receipt" if payee.person_id else "public",
        "address": f"Οδός Δοκιμής {number}, 501 00 Κοζάνη",
        "iban": synthetic_iban(number),
    }
    if payee.person_id:
        facts |= {
            "amka": synthetic_amka(number),
            "public_servant": hasattr(payee.person, "teacher"),
        }
    else:
        facts["legal_name"] = f"Σχολική Επιτροπή, {payee.centre}"
    operations.write(payee, facts, actor=actor, at=at)
    payee.refresh_from_db()
    operations.submit(payee, actor=actor, at=at)


def papers(row: Contract, desk: Actor, at: datetime, *, until: date) -> None:
    """All the documents that a contract needs, given and accepted."""
    for kind in queries.missing(queries.contracts().get(pk=row.pk), at):
        paper = _given(row.payee, kind, at, until=until)
        operations.accept(paper, actor=desk, at=at + HOUR)


def _given(payee: Payee, kind: PaperKind, at: datetime, until: date | None = None) -> Any:
    upload = ContentFile(_page(str(kind.label)), f"{kind.value}.pdf")
    actor = actor_of(_person(payee), at=at)
    return operations.give(payee, kind, upload, until=until, actor=actor, at=at)


@cache
def _page(title: str) -> bytes:
    return typesetting.render(MATERIAL, {"title": title})


def _person(payee: Payee) -> Person:
    return Person.objects.get(pk=queries.people_of(payee, AUTUMN)[0])


def in_force(row: Contract, desk: Actor, at: datetime) -> None:
    """Issued, sent, and signed by the payee a day later."""
    operations.issue_and_send(row, actor=desk, at=at)
    case, person = _case(row), _person(row.payee)
    actor, moment = actor_of(person, at=at), at + DAY
    assert case.turn is not None and case.file is not None  # noqa: S101, PT018 - it was sent
    signed = _signed(files.read(case.file), person, moment)
    facts = [["Πιστοποιητικό", person.full_name], ["Στιγμή υπογραφής", "Κατά τον πάροχο"]]
    record(case, case.turn, signed, Method.REMOTE, facts, actor=actor, at=moment)
    row.refresh_from_db()


def _case(row: Contract) -> SigningCase:
    row.refresh_from_db()
    assert row.case is not None  # noqa: S101 - it was sent
    return row.case


def _signed(pdf: bytes, person: Person, at: datetime) -> bytes:
    """The document with the person's signature, as a provider would give it back."""
    issuer = Issuer.kept(Path(settings.VAR_DIR) / "signers")
    chain = [
        each.public_bytes(serialization.Encoding.DER)
        for each in (issuer.of(Holder(person.surname, person.given_name)), issuer.root)
    ]
    prepared = adding.prepare(pdf, chain, field="Payee", reason="Δικαιούχος", at=at)
    made = issuer.key.sign(prepared.attributes, padding.PKCS1v15(), hashes.SHA256())
    return adding.finish(prepared, chain, made)


def _by_clock(cycle: str, step: str, row: Any, at: datetime | None) -> None:
    lifecycle.known[cycle].operations[step](row, actor=SYSTEM, at=at)
