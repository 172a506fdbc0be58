"""Work done (παραχθέν έργο): what is due to a payee, line by line, each from its source."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Round

from didaskaleio.finance.enums import GONE, ContractKind, Source, Unit, WorkState
from didaskaleio.finance.models.contracts import Contract
from didaskaleio.finance.models.eligibility import beyond
from didaskaleio.finance.models.invoices import Invoice
from didaskaleio.finance.models.payees import Payee
from didaskaleio.finance.models.rates import PayTerm
from didaskaleio.kernel.models import StoredFile
from didaskaleio.programmes.models import Programme, TrainingAction


class WorkLines(models.QuerySet["WorkLine"]):
    """Lines of work (γραμμές έργου)."""

    def costs_outside(self) -> WorkLines:
        """Those that are owed or paid and of which the work or the payment is outside.

        Each with the order that pays it (``order_number``, ``order_pk``), ``paid_on`` and the
        reason for which the order was approved.
        """
        paying = models.FilteredRelation("payments", condition=Q(payments__live=True))
        order = "paying__payment__order"
        known = (
            self.exclude(state__in=GONE)
            .annotate(paying=paying)
            .annotate(
                order_pk=F(f"{order}_id"),
                order_number=F(f"{order}__number"),
                exception=F(f"{order}__exception"),
                paid_on=Coalesce("paying__payment__bank_on", f"{order}__execution_on"),
            )
        )
        project = "action__project"
        return known.filter(beyond("worked_on", project) | beyond("paid_on", project))


class WorkLine(models.Model):
    """Line of work (γραμμή έργου): quantity of a source, its rate and the amount; never edited.

    ``quantity`` was worked, ``counted`` is paid (caps cut it). What a later version of the source
    or of the rate changes stands in a further line of the same source, the next ``sequence``,
    that ``adjusts`` the one before; only of such a line may quantity and amount be negative.
    """

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="work")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="work")
    action = models.ForeignKey(TrainingAction, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=12, choices=ContractKind)
    unit = models.CharField(max_length=12, choices=Unit)
    quantity = models.DecimalField(max_digits=8, decimal_places=2)
    counted = models.DecimalField(max_digits=8, decimal_places=2)
    rate = models.ForeignKey(PayTerm, models.PROTECT, related_name="+")
    price = models.DecimalField(max_digits=10, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=12, choices=Source)
    source_id = models.BigIntegerField()
    source_version = models.PositiveSmallIntegerField()
    source_title = models.CharField(max_length=200)
    sequence = models.PositiveSmallIntegerField(default=1)
    adjusts = models.ForeignKey("self", models.PROTECT, null=True, related_name="adjustments")
    worked_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, related_name="lines")
    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.DUE)
    at = models.DateTimeField()

    objects = WorkLines.as_manager()

    class Meta:
        ordering = ["worked_on", "pk"]
        indexes = [
            models.Index(fields=["action", "state"], name="work_desk"),
            models.Index(fields=["payee", "worked_on"], name="work_payee"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["payee", "source", "source_id", "unit", "sequence"], name="work_once"
            ),
            models.CheckConstraint(
                condition=Q(adjusts__isnull=False) | Q(amount=Round(F("counted") * F("price"), 2)),
                name="work_amount_is_quantity_by_rate",
            ),
            models.CheckConstraint(
                condition=Q(adjusts__isnull=False) | Q(counted__gte=0, counted__lte=F("quantity")),
                name="work_counts_what_was_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_unit_display()}: {self.source_title}"

    @property
    def counted_from(self) -> str:
        """What it was counted from, with its version: «Παρουσιολόγιο, έκδοση 2»."""
        return f"{self.get_source_display()}, έκδοση {self.source_version}"
