"""Payments of the story (πληρωμές): each stage from the calculation to the bank, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery import queries as sheets
from didaskaleio.delivery.enums import Attendee
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.delivery.rules import Marking
from didaskaleio.finance.enums import Quorum, TermKind, Unit, WorkState
from didaskaleio.finance.models import (
    Committee,
    Invoice,
    Minutes,
    Payee,
    PayingAccount,
    PaymentOrder,
    WorkLine,
)
from didaskaleio.finance.operations import acceptance, invoices, orders, rates, work
from didaskaleio.finance.queries.invoices import Uninvoiced, uninvoiced
from didaskaleio.finance.queries.payees import people_of
from didaskaleio.finance.queries.work import plan
from didaskaleio.kernel import typesetting
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.identifiers import synthetic_iban
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.site.story import eligibility
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import NOW, local

MATERIAL = Path(__file__).parent / "material.typ"
DAY = timedelta(days=1)
SUMMER, WINTER, LATELY = local(2022, 7, 20, 11), local(2022, 12, 5, 11), NOW - timedelta(hours=20)
DECISION = "Απόφαση του φορέα για τις αμοιβές της δράσης"
R, D = TermKind.RATE, TermKind.DEDUCTION
Term = tuple[str, str, dict[str, str]]
TERMS: tuple[Term, ...] = (
    (R, "20", {"unit": Unit.HOUR, "role": "trainer"}),
    (R, "8", {"unit": Unit.ASYNC_HOUR, "role": "trainer"}),
    (R, "6.50", {"unit": Unit.STAFF_HOUR, "role": "staff"}),
    (R, "650", {"unit": Unit.PROGRAMME, "role": "centre"}),
    (R, "35", {"unit": Unit.SITTING, "role": "trainer"}),
    (R, "40", {"unit": Unit.SITTING, "role": "centre"}),
    (TermKind.INCOME, "6000", {}),
    (TermKind.HOURS_OPERATION, "400", {"role": "trainer"}),
    (D, "20", {"title": "Παρακράτηση φόρου", "tax_status": "receipt"}),
    (D, "3.60", {"title": "Ψηφιακό τέλος συναλλαγής", "tax_status": "receipt"}),
)


def payments(cast: Cast, first: TrainingAction, second: TrainingAction) -> None:
    """A finished action is paid; of the running one every stage is to be seen."""
    desk = cast.actor("finance")
    account = orders.open_account(
        first,
        title="Λογαριασμός της πράξης",
        iban=synthetic_iban(77),
        bic="",
        actor=desk,
        at=local(2022, 2, 24),
    )
    eligibility.preparatory(first, desk)
    _finished(cast, first, account)
    _running(cast, second, account)


def _terms(action: TrainingAction, desk: Actor, day: date, at: datetime) -> None:
    for kind, value, rest in TERMS:
        facts = rates.TermFacts(kind, Decimal(value), day, DECISION, **rest)
        rates.set_term(action, facts, actor=desk, at=at)


def _committee(cast: Cast, action: TrainingAction, day: date, at: datetime) -> Committee:
    facts = acceptance.CommitteeFacts(
        "Επιτροπή παραλαβής",
        f"Απόφαση {day:%d/%m/%Y}",
        Quorum.MAJORITY,
        day,
        day.replace(year=day.year + 1),
        [cast.accounts[name] for name in ("officer", "officer2", "registrar")],
    )
    return acceptance.appoint(action, facts, actor=cast.actor("finance"), at=at)


def _calculated(action: TrainingAction, desk: Actor, at: datetime) -> None:
    work.calculate(action, actor=desk, at=at, seen=plan(action, at).digest)


def _due(action: TrainingAction, **narrow: object) -> list[int]:
    rows = WorkLine.objects.filter(action=action, state=WorkState.DUE, **narrow)
    return list(rows.order_by("worked_on", "pk").values_list("pk", flat=True))


def _drawn_up(
    committee: Committee, lines: Sequence[int], desk: Actor, at: datetime, refused: str = ""
) -> Minutes:
    made = acceptance.draw_up(committee, lines, actor=desk, at=at)
    if refused:
        item = made.items.filter(line__unit=Unit.HOUR).latest("line__worked_on", "pk")
        acceptance.judge(made, item, refusal=refused, actor=desk, at=at + timedelta(minutes=9))
    acceptance.circulate(made, actor=desk, at=at + timedelta(minutes=20))
    return made


def _signed(minutes: Minutes, cast: Cast, names: Iterable[str], at: datetime) -> None:
    for name in names:
        acceptance.sign(minutes, actor=cast.actor(name), at=at, seen=minutes.digest)


def _ordered(
    cast: Cast, action: TrainingAction, account: PayingAccount, at: datetime, stage: str
) -> PaymentOrder:
    """An order as far as ``stage``: draft, approved or sent."""
    desk = cast.actor("finance")
    day = at.date() + 2 * DAY
    order = orders.prepare(action, account, execution_on=day, actor=desk, at=at)
    if stage != "draft":
        by: Any = {"actor": cast.actor("officer"), "at": at + timedelta(hours=3)}
        if order.outside().exists():
            orders.approve_outside(order, reason=eligibility.REASON, **by)
        else:
            orders.approve(order, **by)
    if stage == "sent":
        orders.dispatch(order, actor=desk, at=at + timedelta(hours=5))
    return order


def _finished(cast: Cast, action: TrainingAction, account: PayingAccount) -> None:
    """One line is refused; one payment comes back and is paid again."""
    desk = cast.actor("finance")
    _terms(action, desk, date(2022, 2, 1), local(2022, 2, 25))
    committee = _committee(cast, action, date(2022, 7, 1), SUMMER - 9 * DAY)
    _calculated(action, desk, SUMMER)
    reason = "Η έκθεση της τελευταίας συνάντησης δεν έχει κατατεθεί."
    minutes = _drawn_up(committee, _due(action), desk, SUMMER + DAY, refused=reason)
    _signed(minutes, cast, ("officer", "officer2"), SUMMER + 2 * DAY)
    _invoiced(action, desk, SUMMER + 3 * DAY)
    order = _ordered(cast, action, account, SUMMER + 6 * DAY, "sent")
    bank = SUMMER + 9 * DAY
    for payment in order.payments.select_related("payee"):
        if payment.payee.centre_id:
            reason = "Ο λογαριασμός του δικαιούχου έχει κλείσει."
            orders.mark_returned(payment, actor=desk, at=bank, reason=reason)
        else:
            orders.mark_paid(payment, bank_on=bank.date(), actor=desk, at=bank)
    wrong = _ordered(cast, action, account, bank + 30 * DAY, "draft")
    reason = "Περιμένουμε τον νέο λογαριασμό του δικαιούχου."
    orders.cancel(wrong, actor=desk, at=bank + 31 * DAY, reason=reason)


def _invoiced(action: TrainingAction, desk: Actor, at: datetime) -> None:
    """The centre of Kozani invoices what it is owed, with a mistake first."""
    owed = _owed(action)
    wrong = _invoice(owed, "Α 17", at)
    reason = "Το παραστατικό γράφει άλλη δράση. Εκδώστε νέο με τον τίτλο της δράσης."
    invoices.reject(wrong, actor=desk, at=at + timedelta(hours=2), reason=reason)
    right = _invoice(owed, "Α 18", at + DAY)
    invoices.accept(right, actor=desk, at=at + DAY + timedelta(hours=2))


def _owed(action: TrainingAction) -> Uninvoiced:
    found = uninvoiced(Payee.objects.filter(centre__code="KSE-KOZ"))
    return next(each for each in found if each.action == action)


def _invoice(owed: Uninvoiced, number: str, at: datetime) -> Invoice:
    manager = actor_of(Person.objects.get(pk=people_of(owed.payee, at)[0]), at=at)
    facts = invoices.Facts(number, at.date(), owed.amount)
    pdf = typesetting.render(MATERIAL, {"title": f"Παραστατικό δαπάνης {number}"})
    upload = ContentFile(pdf, "parastatiko.pdf")
    return invoices.give(owed.payee, owed.action, facts, upload, actor=manager, at=at)


def _running(cast: Cast, action: TrainingAction, account: PayingAccount) -> None:
    """Paid, at the bank, approved, for approval, for signature, in preparation, due."""
    desk = cast.actor("finance")
    _terms(action, desk, date(2022, 9, 1), local(2022, 9, 12))
    raised = rates.TermFacts(
        R, Decimal(22), date(2023, 1, 1), DECISION, unit=Unit.HOUR, role="trainer"
    )
    rates.set_term(action, raised, actor=desk, at=local(2022, 12, 20))
    committee = _committee(cast, action, date(2022, 10, 1), local(2022, 10, 5))
    _calculated(action, desk, WINTER)
    _taken(cast, committee, _due(action, worked_on__lt=date(2022, 11, 1)), WINTER + DAY)
    order = _ordered(cast, action, account, WINTER + 5 * DAY, "sent")
    bank = WINTER + 8 * DAY
    orders.pay_all(order, bank_on=bank.date(), actor=desk, at=bank)
    _corrected(cast, "KOZ", bank + DAY)
    _taken(cast, committee, _due(action, worked_on__lt=date(2022, 11, 21)), bank + 2 * DAY)
    _ordered(cast, action, account, LATELY - 6 * DAY, "sent")
    _taken(cast, committee, _due(action, worked_on__lt=date(2022, 12, 1)), LATELY - 5 * DAY)
    _ordered(cast, action, account, LATELY - 3 * DAY, "approved")
    _hosted(cast, action, committee)
    _waiting(cast, action, committee)
    _sitting(action, desk)
    left = WorkLine.objects.filter(action=action, state=WorkState.ACCEPTED)
    if left.exists():
        _ordered(cast, action, account, LATELY + timedelta(hours=2), "draft")


def _taken(cast: Cast, committee: Committee, lines: Sequence[int], at: datetime) -> None:
    minutes = _drawn_up(committee, lines, cast.actor("finance"), at)
    _signed(minutes, cast, ("officer", "registrar"), at + timedelta(hours=4))


def _corrected(cast: Cast, place: str, at: datetime) -> None:
    """A sheet of hours already paid is corrected: the trainer came late."""
    rows = TrainingSession.objects.filter(
        programme__period__code="B2-2022-1", programme__centre__code=f"KSE-{place}"
    )
    session = rows.order_by("starts_at")[2]
    row = next(each for each in sheets.roll(session) if each.attendee == Attendee.TRAINER)
    reason = "Κατά τον έλεγχο βρέθηκε ότι η συνάντηση άρχισε με καθυστέρηση."
    delivery.correct_sheet(
        session,
        {row.pk: Marking("late", late=40)},
        actor=cast.actor("officer"),
        at=at,
        reason=reason,
    )


def _waiting(cast: Cast, action: TrainingAction, committee: Committee) -> None:
    """Lines of December: signed by one, accepted now, in preparation, taken out; the rest due."""
    desk = cast.actor("finance")
    _calculated(action, desk, LATELY - 2 * DAY)
    due = _due(action)
    _taken(cast, committee, due[:3], LATELY - DAY)
    minutes = _drawn_up(committee, due[3:7], desk, LATELY)
    _signed(minutes, cast, ("officer2",), LATELY + timedelta(hours=1))
    wrong = _drawn_up(committee, due[7:9], desk, LATELY)
    reason = "Μπήκαν γραμμές που περιμένουν διόρθωση παρουσιολογίου."
    acceptance.withdraw(wrong, actor=desk, at=LATELY + timedelta(hours=1), reason=reason)
    acceptance.draw_up(committee, due[7:8], actor=desk, at=LATELY + timedelta(hours=2))


def _sitting(action: TrainingAction, desk: Actor) -> None:
    """Work that only a document shows."""
    trainer = WorkLine.objects.filter(action=action, role="trainer").latest("pk").payee
    _shown_by_paper(
        action,
        desk,
        work.Entry(
            trainer,
            "trainer",
            Unit.SITTING,
            Decimal(2),
            date(2023, 1, 14),
            "Επιτήρηση δοκιμαστικής εξέτασης",
        ),
        LATELY,
    )


def _hosted(cast: Cast, action: TrainingAction, committee: Committee) -> None:
    """What a centre hosted was accepted twice: one invoice is to be judged, one to be given."""
    centre = Payee.objects.get(centre__code="KSE-KOZ")

    def accepted(day: date, at: datetime) -> None:
        told = "Φιλοξενία δοκιμαστικής εξέτασης"
        entry = work.Entry(centre, "centre", Unit.SITTING, Decimal(1), day, told)
        line = _shown_by_paper(action, cast.actor("finance"), entry, at)
        _taken(cast, committee, [line.pk], at + timedelta(hours=1))

    accepted(date(2023, 1, 11), LATELY - 2 * DAY)
    _invoice(_owed(action), "Α 3", LATELY - DAY)
    accepted(date(2023, 1, 14), LATELY)


def _shown_by_paper(
    action: TrainingAction, desk: Actor, entry: work.Entry, at: datetime
) -> WorkLine:
    pdf = typesetting.render(MATERIAL, {"title": "Κατάσταση επιτηρήσεων"})
    return work.enter(action, entry, ContentFile(pdf, "epitiriseis.pdf"), actor=desk, at=at)
