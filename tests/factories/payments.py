"""Payees with contracts, terms of payment, committees, orders: valid rows and finished acts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from didaskaleio.finance.enums import ContractKind, TermKind, Unit
from didaskaleio.finance.models import Contract, ContractTemplate, Payee, PayingAccount, WorkLine
from didaskaleio.finance.operations import acceptance, orders, rates, work
from didaskaleio.finance.queries.work import plan
from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.identifiers import synthetic_iban
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people

_serial = count(1)
NOW = datetime(2023, 6, 1, 10, tzinfo=ATHENS)
SINCE = date(2023, 1, 1)
TRAINER_HOUR = "25.50"


def a_finance_officer(body, **facts):
    """A person of the body's accounts."""
    person = people.a_person(**facts)
    people.a_post(person, Role.FINANCE_OFFICER, Scope.BODY, body)
    return person


def the_actor(person, at=NOW):
    return actor_of(person, at=at)


def a_payee(body, person=None, *, centre=None, state="confirmed", **facts) -> Payee:
    """A payee whose facts were confirmed."""
    facts.setdefault("iban", synthetic_iban(next(_serial)))
    facts.setdefault("tax_status", "receipt")
    return Payee.objects.create(
        body=body, person=person, centre=centre, state=state, version=1, **facts
    )


def a_signed_contract(payee, action, *, kind="trainer", programme=None, **facts) -> Contract:
    """A contract in force that everybody has signed."""
    template, _ = ContractTemplate.objects.get_or_create(
        body=payee.body, kind=kind, version=1, defaults={"title": "Σύμβαση", "state": "published"}
    )
    facts.setdefault("state", "in_force")
    facts.setdefault("signed_at", NOW - timedelta(days=150))
    return Contract.objects.create(
        body=payee.body,
        kind=kind,
        template=template,
        payee=payee,
        action=action,
        programme=programme,
        duties="Διδασκαλία",
        starts_on=SINCE,
        ends_at=NOW + timedelta(days=365),
        number=f"ΣΥ-{next(_serial)}",
        at=NOW - timedelta(days=160),
        **facts,
    )


def a_term(action, officer, kind=TermKind.RATE, value=TRAINER_HOUR, *, since=SINCE, **facts):
    """A term of payment, by default the trainer's hour."""
    if kind == TermKind.RATE:
        facts = {"unit": Unit.HOUR, "role": ContractKind.TRAINER, **facts}
    said = rates.TermFacts(kind, Decimal(value), since, "Απόφαση του φορέα", **facts)
    return rates.set_term(action, said, actor=the_actor(officer), at=NOW)


class Desk:
    """A running programme with signed sheets, its trainer a payee, terms, a finance officer."""

    def __init__(self, *, signed=2, contract=True, payee=True, asynchronous=False):
        self.programme = delivery.a_running_programme(1)
        for session in delivery.sessions_of(self.programme)[:signed]:
            delivery.a_signed_session(session, asynchronous=asynchronous)
        self.action = self.programme.period.action
        self.body = self.action.body
        self.officer = a_finance_officer(self.body, surname="Ταμειακή")
        self.trainer = self.programme.trainer
        self.payee = a_payee(self.body, self.trainer) if payee else None
        self.contract = a_signed_contract(self.payee, self.action) if contract else None
        self.rate = a_term(self.action, self.officer)

    @property
    def actor(self):
        return the_actor(self.officer)

    def another(self):
        """Another person of the accounts."""
        return the_actor(a_finance_officer(self.body))

    def calculated(self, at=NOW):
        """Everything due is written; the lines."""
        seen = plan(self.action, at).digest
        work.calculate(self.action, actor=self.actor, at=at, seen=seen)
        return list(WorkLine.objects.filter(action=self.action).order_by("pk"))

    def corrected(self, number=0, *, mark="absent", late=0):
        """The sheet of a session is corrected: the trainer's mark changes."""
        from didaskaleio.delivery import operations, queries
        from didaskaleio.delivery.rules import Marking

        session = delivery.sessions_of(self.programme)[number]
        row = next(r for r in queries.roll(session) if r.attendee == "trainer")
        body_officer = people.a_person()
        people.a_post(body_officer, Role.BODY_OFFICER, Scope.BODY, self.body)
        operations.correct_sheet(
            session,
            {row.pk: Marking(mark, late)},
            actor=the_actor(body_officer, session.ends_at),
            at=session.ends_at + timedelta(days=1),
            reason="Λάθος σημείωση",
        )

    def committee(self, *, quorum="majority", members=None):
        """A committee of three."""
        facts = acceptance.CommitteeFacts(
            "Επιτροπή παραλαβής",
            "Απόφαση 12/2023",
            quorum,
            SINCE,
            date(2023, 12, 31),
            members or [people.a_person(surname=f"Μέλος{n}") for n in range(3)],
        )
        return acceptance.appoint(self.action, facts, actor=self.actor, at=NOW)

    def circulated(self, lines, committee=None, refusals=None):
        """Minutes over the lines, sent for signing."""
        committee = committee or self.committee()
        minutes = acceptance.draw_up(committee, [x.pk for x in lines], actor=self.actor, at=NOW)
        for line, reason in (refusals or {}).items():
            item = minutes.items.get(line=line)
            acceptance.judge(minutes, item, refusal=reason, actor=self.actor, at=NOW)
        acceptance.circulate(minutes, actor=self.actor, at=NOW)
        return minutes

    def accepted(self, lines=None, refusals=None):
        """All lines (or these) taken over by a committee; the lines again."""
        lines = self.calculated() if lines is None else lines
        minutes = self.circulated(lines, refusals=refusals)
        for member in minutes.committee.members.all()[:2]:
            acceptance.sign(minutes, actor=the_actor(member.person), at=NOW, seen=minutes.digest)
        return list(WorkLine.objects.filter(pk__in=[x.pk for x in lines]).order_by("pk"))

    def account(self):
        found = PayingAccount.objects.filter(body=self.body).first()
        return found or orders.open_account(
            self.action,
            title="Λογαριασμός της πράξης",
            iban=synthetic_iban(next(_serial)),
            bic="",
            actor=self.actor,
            at=NOW,
        )

    def ordered(self):
        """An order of all that is ready."""
        day = NOW.date()
        return orders.prepare(
            self.action, self.account(), execution_on=day, actor=self.actor, at=NOW
        )

    def sent(self):
        """An order approved by another and sent to the bank."""
        order = self.ordered()
        orders.approve(order, actor=self.another(), at=NOW)
        orders.dispatch(order, actor=self.actor, at=NOW)
        return order

    def paid(self):
        """An order that the bank has paid."""
        order = self.sent()
        orders.pay_all(order, bank_on=NOW.date(), actor=self.actor, at=NOW)
        order.refresh_from_db()
        return order
