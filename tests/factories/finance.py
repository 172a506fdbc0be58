"""Payees, templates and contracts of the body of the fixtures; each factory returns the row."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from django.core.files.base import ContentFile

from didaskaleio.finance import operations, queries
from didaskaleio.finance.enums import ContractKind, PaperKind
from didaskaleio.finance.models import ContractTemplate, Payee
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.identifiers import synthetic_afm, synthetic_amka, synthetic_iban
from didaskaleio.kernel.sealed import blind_index
from didaskaleio.people.enums import Role
from tests.factories import people, programmes, signing, structures

NOW = datetime(2023, 1, 18, 10, tzinfo=ATHENS)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TEXT = """Μεταξύ του φορέα {φορέας} και του δικαιούχου {δικαιούχος}, Α.Φ.Μ. {αφμ}:

Άρθρο 1. Έργο
{έργο}, από {έναρξη} έως {λήξη}."""
_serial = count(1)


def a_desk(body="itye", **facts):
    """An officer of accounts of a body."""
    return people.officer(body, Role.FINANCE_OFFICER, **facts)


def facts(**changes):
    """What a person fills in, valid and complete."""
    number = next(_serial)
    return {
        "afm": synthetic_afm(9_500_000 + number),
        "amka": synthetic_amka(number),
        "iban": synthetic_iban(number),
        "tax_office": "Κοζάνης",
        "tax_status": "receipt",
        "address": "Οδός Δοκιμής 1, 501 00 Κοζάνη",
        **changes,
    }


def a_payee(person=None, *, body=None, state="confirmed", **changes):
    """A payee with all the facts; ``state`` as it is, without operations."""
    given = facts(**changes)
    return Payee.objects.create(
        body=body or structures.a_body(),
        person=person or people.a_person(surname="Πληρωτέα", given_name="Ευδοκία"),
        afm_index=blind_index(given["afm"], queries.AFM),
        state=state,
        version=int(state == "confirmed"),
        **given,
    )


def a_template(kind="trainer", *, body=None, state="published", requires=(), **facts):
    """A template of a kind, in use unless said otherwise."""
    body = body or structures.a_body()
    last = ContractTemplate.objects.filter(body=body, kind=kind).count()
    return ContractTemplate.objects.create(
        body=body,
        kind=kind,
        version=last + 1,
        state=state,
        requires=list(requires),
        **{"title": "Σύμβαση έργου", "text": TEXT, **facts},
    )


def terms(**changes):
    """Terms of work from March to June 2023."""
    return operations.Terms(
        **{
            "duties": "Διδασκαλία 60 ωρών",
            "starts_on": date(2023, 3, 6),
            "ends_on": date(2023, 6, 30),
            "hours": 60,
            **changes,
        }
    )


def a_contract(payee=None, *, desk=None, kind="trainer", programme=None, at=NOW, **changes):
    """A contract in preparation, drawn up from a template in use."""
    payee = payee or a_payee()
    if kind not in queries.in_use(payee.body_id):
        a_template(kind, body=payee.body, requires=changes.pop("requires", ()))
    action = programme.period.action if programme else programmes.an_action(body=payee.body)
    made = operations.draw_up(
        action,
        ContractKind(kind),
        payee,
        terms(**changes),
        programme=programme,
        actor=desk or SYSTEM,
        at=at,
    )
    return queries.contracts().get(pk=made.pk)


def a_paper(payee, kind="declaration", *, accepted=True, until=None, at=NOW):
    """A document that the payee has given; accepted unless said otherwise."""
    made = operations.give(payee, PaperKind(kind), upload(), until=until, actor=SYSTEM, at=at)
    if accepted:
        operations.accept(made, actor=SYSTEM, at=at + timedelta(minutes=1))
    return made


def upload(name="έγγραφο.pdf", content=PDF):
    """A small file as a form sends it."""
    return ContentFile(content, name)


def signed_by_turn(contract, *, at):
    """Whose turn it is signs elsewhere and the file comes back; the contract as it then is."""
    from didaskaleio.credentials.enums import Method
    from didaskaleio.credentials.operations.signing import record
    from didaskaleio.kernel import files

    case = queries.contracts().get(pk=contract.pk).case
    holder, field = signing.holder_of(case.turn.person), f"Turn{case.turn.order}"
    pdf = signing.signed(files.read(case.file), holder, at, field=field)
    record(case, case.turn, pdf, Method.UPLOAD, [], actor=SYSTEM, at=at)
    contract.refresh_from_db()
    return contract
