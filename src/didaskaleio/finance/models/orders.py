"""Payment orders (εντολές πληρωμής): from accepted lines to a payee's account, and back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from didaskaleio.finance.enums import OrderState, PaymentState
from didaskaleio.finance.models.eligibility import beyond
from didaskaleio.finance.models.payees import Payee
from didaskaleio.finance.models.rates import PayTerm
from didaskaleio.finance.models.work import WorkLine
from didaskaleio.kernel.models import StoredFile
from didaskaleio.kernel.sealed import SealedTextField
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.structures.models import ImplementingBody


class PayingAccount(models.Model):
    """Paying account (λογαριασμός πληρωμών) of a body."""

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    iban = models.CharField(max_length=27)
    bic = models.CharField(max_length=11, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "iban"], name="account_once")]

    def __str__(self) -> str:
        return f"{self.title} (…{self.iban[-4:]})"


class PaymentOrder(models.Model):
    """Payment order (εντολή πληρωμής) of an action: one payment for each payee.

    ``exception`` is why it was approved although some of it is outside the eligible period.
    """

    action = models.ForeignKey(TrainingAction, models.PROTECT, related_name="+")
    account = models.ForeignKey(PayingAccount, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    execution_on = models.DateField()
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.DRAFT)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    exception = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("by")),
                name="order_approved_by_another",
            )
        ]

    def __str__(self) -> str:
        return f"Εντολή πληρωμής {self.number}"

    def outside(self) -> PaymentLines:
        """Its lines whose work or payment is outside the eligible period (εκτός επιλεξιμότητας)."""
        return PaymentLine.objects.outside().filter(payment__order=self)


class Payment(models.Model):
    """Payment (πληρωμή): what one payee receives by one order; the account as it was then."""

    order = models.ForeignKey(PaymentOrder, models.CASCADE, related_name="payments")
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="payments")
    payee_version = models.PositiveIntegerField()
    iban = SealedTextField()
    gross = models.DecimalField(max_digits=12, decimal_places=2)
    net = models.DecimalField(max_digits=12, decimal_places=2)
    state = models.CharField(max_length=10, choices=PaymentState, default=PaymentState.WAITING)
    bank_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "payee"], name="payment_once"),
            models.CheckConstraint(condition=Q(net__gt=0), name="payment_above_zero"),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(bank_on__isnull=False), name="paid_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee}, εντολή {self.order.number}"


class PaymentDeduction(models.Model):
    """Deduction of a payment (κράτηση): by which version of which term, how much."""

    payment = models.ForeignKey(Payment, models.CASCADE, related_name="deductions")
    term = models.ForeignKey(PayTerm, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2)


class PaymentLines(models.QuerySet["PaymentLine"]):
    """Lines of payments (γραμμές πληρωμών)."""

    def with_day(self) -> PaymentLines:
        """With ``paid_on``: the day of the bank, or until then that of the order's execution."""
        return self.annotate(paid_on=Coalesce("payment__bank_on", "payment__order__execution_on"))

    def outside(self) -> PaymentLines:
        """Those whose work or payment falls outside the period."""
        project = "payment__order__action__project"
        return self.with_day().filter(
            beyond("line__worked_on", project) | beyond("paid_on", project)
        )


class PaymentLine(models.Model):
    """A line in a payment (γραμμή πληρωμής) with its share of the net.

    ``live`` until the payment is returned or cancelled: the database lets a line be in one live
    payment only, so that nothing is paid twice.
    """

    payment = models.ForeignKey(Payment, models.CASCADE, related_name="lines")
    line = models.ForeignKey(WorkLine, models.PROTECT, related_name="payments")
    net = models.DecimalField(max_digits=12, decimal_places=2)
    live = models.BooleanField(default=True)

    objects = PaymentLines.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=Q(live=True), name="line_paid_once")
        ]
