"""Invoices (παραστατικά δαπάνης) that payees who keep books issue for accepted work."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.finance.enums import InvoiceState
from didaskaleio.finance.models.payees import Payee
from didaskaleio.kernel.models import StoredFile
from didaskaleio.programmes.models import TrainingAction


class Invoice(models.Model):
    """Παραστατικό δαπάνης: one for the accepted lines of an action that had none.

    ``amount`` in euro is what is paid, with VAT where it is owed: exactly the sum of its lines.
    """

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="invoices")
    action = models.ForeignKey(TrainingAction, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=InvoiceState, default=InvoiceState.SUBMITTED)
    refusal = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "payee"], name="invoice_desk")]
        constraints = [
            models.UniqueConstraint(
                fields=["payee", "number", "issued_on"],
                condition=~Q(state="rejected"),
                name="invoice_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="invoice_above_zero"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What it is."""
        return f"Παραστατικό {self.number}"
